"""Faults: ``python -m evals.faults [--kills 100] [--only NAME …]``: what was tried, how often, what was lost, what was said.

The command is run as a process on real workspaces; small file systems are tmpfs mounts, which need root.
Exit status 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from evals import faults_disk, faults_kill, faults_model
from evals.faults_runs import Outcome, drafting, importing, jushi, shown

Fault = Callable[[Path, int], list[Outcome]]
FAULTS: dict[str, Fault] = {
    "lies": lambda folder, _kills: faults_model.lies(folder),
    "failures": lambda folder, _kills: faults_model.failures(folder),
    "disk": lambda folder, _kills: [faults_disk.disk_full(folder)],
    "export": lambda folder, _kills: [faults_disk.full_at_export(folder, prepared(folder))],
    "readonly": lambda folder, _kills: [faults_disk.read_only(folder, prepared(folder))],
    "locked": lambda folder, _kills: [faults_disk.locked(prepared(folder))],
    "damaged": lambda folder, _kills: [faults_disk.cut_off(folder, prepared(folder))],
    "clock": lambda folder, _kills: [faults_kill.clock_back(prepared(folder))],
    "processes": lambda folder, _kills: [faults_kill.side_by_side(folder)],
    "index": lambda folder, kills: [faults_kill.killed_indexing(folder, max(1, kills // 10))],
    "kill": lambda folder, kills: [faults_kill.killed_demo(folder, kills)],
}


def prepared(folder: Path) -> Path:
    """A workspace with the sample ledger and a draft."""
    workspace = folder / "prepared"
    for words in (importing(workspace), drafting(workspace, folder / "prepared.docx")):
        run = jushi(*words)
        if run.status:
            raise RuntimeError(run.err)
    return workspace


def main(arguments: Sequence[str] | None = None) -> None:
    """Try the faults and print the table."""
    parser = argparse.ArgumentParser(description="故障：磁盘、数据库、时钟、进程、模型服务")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--only", action="append", choices=sorted(FAULTS))
    options = parser.parse_args(arguments)
    outcomes: list[Outcome] = []
    for name, fault in FAULTS.items():
        if options.only and name not in options.only:
            continue
        with tempfile.TemporaryDirectory(prefix="jushi-faults-") as folder:
            outcomes += fault(Path(folder), options.kills)
        print(f"{name}: {sum(len(each.lost) for each in outcomes)} lost so far", file=sys.stderr, flush=True)
    print(shown(outcomes))
    sys.exit(any(each.lost for each in outcomes))


if __name__ == "__main__":
    main()
