"""Remakes a town's ledgers, past summaries and truth from the texts and rows under its `src` folders.

`python corpus/build.py` remakes the sample town; `--town evals/towns/NAME` another one; `--out FOLDER` writes
elsewhere. The same sources always give the same bytes.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from making.layout import read_town  # noqa: E402
from making.months import write_months  # noqa: E402
from making.truth import work_out  # noqa: E402
from making.workbook import write_workbook  # noqa: E402


def build(town_folder: Path, out: Path) -> None:
    """Writes everything that is made of the town's sources into `out`."""
    town = read_town(town_folder / "ledger" / "src")
    placement = write_workbook(town, out / town.workbook)
    for table in town.months:
        write_months(table["rows"], out / table["file"])
    truth = work_out(town, placement)
    write_json(truth, out / "truth.json")


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
