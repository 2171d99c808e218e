"""The benchmarks: ``python -m evals.bench [--quick] [--only TABLE …] [--out docs/benchmarks.md]``.

Every table names the machine, the versions and the peer measured in the same run; one table can be made again alone,
the others then stay as they stand in the file. Peers are installed into an environment of their own (see `peers`).
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from evals import bench_tables

OUT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"
_PARTS = re.compile(r"<!-- table: (\w+) -->\n(.*?)<!-- end -->\n", re.DOTALL)
TABLES: dict[str, Callable[[bool, Path | None], str]] = {
    "quantities": bench_tables.quantities,
    "check": bench_tables.check_report,
    "lengths": bench_tables.lengths,
    "import": bench_tables.import_sheet,
    "retrieval": bench_tables.retrieval,
    "drafting": bench_tables.drafting,
    "scale": bench_tables.scale,
}
_HEAD = """# Benchmarks

Made by `make bench` (`python -m evals.bench`); `python -m evals.bench --only quantities` makes one table again.
Times are processor time of one core, the best of three, unless a line says otherwise. Peers are measured in the same run.
"""


def machine() -> str:
    """Cores, processor and versions; no names of machines or folders."""
    model = ""
    if Path("/proc/cpuinfo").exists():
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
        model = next(
            (line.partition(":")[2].strip() for line in text.splitlines() if line.startswith("model name")), ""
        )
    names = ("jushi", "openpyxl", "python-calamine", "pandas", "SQLAlchemy")
    versions = [f"{name} {_version(name)}" for name in names if _version(name)]
    return (
        f"{os.cpu_count()} cores, {model or platform.machine()}, Python {platform.python_version()}, {', '.join(versions)}; "
        f"load {os.getloadavg()[0]:.1f} at the start, {date.today().isoformat()}"
    )


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def main(arguments: Sequence[str] | None = None) -> None:
    """Make the tables and write them."""
    parser = argparse.ArgumentParser(description="各项基准，与同类工具一并测量")
    parser.add_argument("--quick", action="store_true", help="小规模，几分钟")
    parser.add_argument("--only", action="append", choices=sorted(TABLES))
    parser.add_argument("--answers", type=Path, help="evals.writers 存下的模型回答")
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    before = dict(_PARTS.findall(options.out.read_text(encoding="utf-8"))) if options.out.exists() else {}
    for name, make in TABLES.items():
        if options.only and name not in options.only:
            continue
        print(f"{name} …", file=sys.stderr, flush=True)
        about = machine() + ("; --quick" if options.quick else "")
        try:
            body = make(options.quick, options.answers)
        except (OSError, RuntimeError, ImportError) as error:
            body = f"Not measured: {type(error).__name__}: {error}"
        before[name] = f"\n{body.strip()}\n\n*{about}*\n\n"
        _write(options.out, before)
    print(options.out.read_text(encoding="utf-8"))


def _write(out: Path, parts: dict[str, str]) -> None:
    tables = "\n".join(f"<!-- table: {name} -->\n{parts[name]}<!-- end -->\n" for name in TABLES if name in parts)
    out.write_text(f"{_HEAD}\n{tables}", encoding="utf-8")


if __name__ == "__main__":
    main()
