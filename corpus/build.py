"""Remakes a town's ledgers, past summaries and truth from the texts and rows under its `source` folder.

`python corpus/build.py` remakes the sample town; `--town evals/towns/NAME` another one; `--out FOLDER` writes
elsewhere. The same sources always give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making.document import write_document  # noqa: E402
from making.figures import NOT_CLAIMS, faults, values_of  # noqa: E402
from making.layout import read_town  # noqa: E402
from making.months import write_months  # noqa: E402
from making.prose import Figure, plain_text, read_figures, read_lines  # noqa: E402
from making.truth import work_out  # noqa: E402
from making.workbook import write_workbook  # noqa: E402


def build(town_folder: Path, out: Path) -> None:
    """Writes everything that is made of the town's sources into `out`."""
    town = read_town(town_folder / "source" / "ledger")
    placement = write_workbook(town, out / town.workbook)
    for table in town.months:
        write_months(table["rows"], out / table["file"], table.get("title", ""))
    truth = work_out(town, placement)
    claims = []
    for source in sorted((town_folder / "source" / "past").glob("*.md")):
        claims += build_summary(source, out / "past", truth)
    write_json({**truth, "claims": claims}, out / "truth.json")
    write_json([planted(claim) for claim in claims if "true" in claim], out / "planted.json")


def build_summary(source: Path, out: Path, truth: dict[str, Any]) -> list[dict[str, Any]]:
    """Writes one past summary as Word; returns its claims, each compared with the truth first."""
    lines = read_lines(source)
    figures = read_figures(source.with_suffix(".csv"), plain_text(lines))
    wrong = list(faults(figures, values_of(truth)))
    if wrong:
        raise SystemExit(f"{source.name}:\n  " + "\n  ".join(wrong))
    name = f"{source.stem}.docx"
    year, month, day = (int(part) for part in re.findall(r"\d+", lines[-1].text))
    write_document(lines, out / name, datetime(year, month, day, 9))
    return [claim(f"past/{name}", figure) for figure in figures if figure.nature not in NOT_CLAIMS]


def claim(file: str, figure: Figure) -> dict[str, Any]:
    """A figure that claims something, as tests and evals read it; `start` is its offset in the plain text."""
    entry = {"file": file, "surface": figure.surface, "start": figure.start, "context": figure.context}
    entry |= {"indicator": figure.indicator, "period": figure.period, "nature": figure.nature}
    if figure.true:
        return entry | {"verdict": "contradicted", "reason": figure.reason, "true": figure.true}
    return entry | {"verdict": "approx_ok" if figure.nature == "approx" else "supported"}


def planted(entry: dict[str, Any]) -> dict[str, Any]:
    """A wrong figure put into a summary on purpose."""
    kept = {key: entry[key] for key in ("file", "surface", "start", "context", "reason", "indicator", "period")}
    return kept | {"written": entry["surface"], "true": entry["true"]}


def write_json(content: object, path: Path) -> None:
    """Writes readable JSON with a newline at its end."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Parses the command line and builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--town", type=Path, default=HERE)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    build(arguments.town, arguments.out or arguments.town)


if __name__ == "__main__":
    main()
