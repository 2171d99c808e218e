"""Hostile input: ``python -m evals.fuzz [--cases 10000] [--seconds N] [--target NAME] [--replay FILE]``.

Generated and mutated spreadsheets, documents, texts and questions, each handled in a worker process that may take
`LIMIT` seconds of processor time and 1 GB of address space. A result that is true to its input, or an error in words
for people, is well; a crash, a hang, running out of memory, any other exception, offsets that do not fit or a figure
that is not in the cells is a defect. Inputs of defects are kept in ``out/fuzz`` and run again with ``--replay``.
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from evals.fuzz_cases import Case
from evals.fuzz_targets import TARGETS, Target

LIMIT = 5  # seconds of processor time that a case may take
_WALL = 60  # seconds after which a case that takes no processor time is stuck as well
_START = 120  # seconds that a worker may take to load
_BATCH = 400
_TICK = os.sysconf("SC_CLK_TCK")
KEPT = Path("out/fuzz")


@dataclass
class Tally:
    """What became of a target's cases."""

    name: str
    cases: int = 0
    read: int = 0
    refused: int = 0
    milliseconds: int = 0
    slowest: int = 0
    peak: int = 0  # kilobytes
    defects: Counter[str] = field(default_factory=Counter)

    def add(self, milliseconds: int, kilobytes: int, outcome: str) -> None:
        """Count a case."""
        self.cases += 1
        self.read += outcome == "read"
        self.refused += outcome == "refused"
        self.milliseconds += milliseconds
        self.slowest = max(self.slowest, milliseconds)
        self.peak = max(self.peak, kilobytes)
        if outcome.startswith("defect"):
            self.defects[outcome.removeprefix("defect ")] += 1

    def merge(self, other: Tally) -> None:
        """Count another tally in."""
        for name in ("cases", "read", "refused", "milliseconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.slowest, self.peak = max(self.slowest, other.slowest), max(self.peak, other.peak)
        self.defects.update(other.defects)


@dataclass(frozen=True)
class Batch:
    """Cases that one driver makes for one target."""

    target: Target
    driver: str
    first: int
    count: int


def batches(cases: int, wanted: Sequence[str]) -> list[Batch]:
    """The cases shared out over targets by their shares, and over drivers: half made, a quarter each the others."""
    chosen = [target for target in TARGETS if not wanted or any(name in target.name for name in wanted)]
    whole = sum(target.share for target in chosen)
    found = []
    for target in chosen:
        drivers = (
            ["made", "made"]
            + ["hypothesis"] * (target.strategy is not None)
            + ["atheris"] * (target.from_bytes is not None)
        )
        count = -(-cases * target.share // whole)
        for driver in dict.fromkeys(drivers):
            left, first = -(-count * drivers.count(driver) // len(drivers)), 0
            while left > 0:
                found.append(Batch(target, driver, first, min(left, _BATCH)))
                first, left = first + _BATCH, left - _BATCH
    return sorted(found, key=lambda batch: batch.first)


def run_batch(batch: Batch, seed: int, until: float) -> Tally:
    """Run a batch in worker processes: another one goes on after the case that ended the last."""
    tally = Tally(batch.target.name)
    at, end = batch.first, batch.first + batch.count
    while at < end and time.monotonic() < until:
        with tempfile.TemporaryDirectory(prefix="jushi-fuzz-", dir=_fast()) as folder:
            reached = _run_worker(batch, seed, at, end - at, Path(folder), tally, until)
        if reached == at:
            tally.defects[f"a worker ({batch.driver}) ended before its first case"] += 1
            break
        at = reached
    return tally


def _fast() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # nosec B108  # noqa: S108 - memory, where there is any


def _run_worker(batch: Batch, seed: int, first: int, count: int, folder: Path, tally: Tally, until: float) -> int:
    """One worker's life; the number of the next case."""
    command = [
        sys.executable,
        "-m",
        "evals.fuzz_worker",
        batch.target.name,
        batch.driver,
        str(seed),
        str(first),
        str(count),
        str(folder),
    ]
    environment = os.environ | {
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "RUST_BACKTRACE": "0",
        "PYTHONHASHSEED": "0",
    }
    worker = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, cwd=Path(__file__).parents[1]
    )
    try:
        return _listen(worker, first, folder, tally, until)
    finally:
        worker.kill()
        worker.wait()


def _listen(worker: subprocess.Popen[bytes], first: int, folder: Path, tally: Tally, until: float) -> int:
    assert worker.stdout is not None
    descriptor, buffer = worker.stdout.fileno(), b""
    done, running = first, False
    began, spent = time.monotonic(), 0.0
    while True:
        ready, _, _ = select.select([descriptor], [], [], 0.25)
        chunk = os.read(descriptor, 1 << 16) if ready else b""
        if ready and not chunk:
            break
        *lines, buffer = (buffer + chunk).split(b"\n")
        for line in lines:
            kind, number, *rest = line.decode().split(" ", 4)
            running = kind == "B"
            began, spent = time.monotonic(), _processor_time(worker.pid)
            if kind == "E":
                done = int(number) + 1
                _count(tally, int(rest[0]), int(rest[1]), rest[2], folder / f"defect-{number}")
                if time.monotonic() > until:
                    return done
        if not running and time.monotonic() - began > _START:
            break
        if running and (_processor_time(worker.pid) - spent > LIMIT or time.monotonic() - began > _WALL):
            _count(tally, LIMIT * 1000, 0, f"defect hangs: more than {LIMIT} s", folder / "current")
            return done + 1
    if not running:
        return done
    _count(tally, 0, 0, f"defect crashes: the worker ended with status {worker.wait()}", folder / "current")
    return done + 1


def _count(tally: Tally, milliseconds: int, kilobytes: int, outcome: str, kept: Path) -> None:
    """Count a case, and keep the input of a defect met for the first time."""
    if outcome == "read" and milliseconds > LIMIT * 1000:
        outcome = f"defect slow: more than {LIMIT} s"
    tally.add(milliseconds, kilobytes, outcome)
    if outcome.startswith("defect") and tally.defects[outcome.removeprefix("defect ")] <= 3:
        KEPT.mkdir(parents=True, exist_ok=True)
        name = f"{tally.name.split(' ')[0]}-{abs(hash(outcome)) % 10**6:06}-{tally.cases}"
        if kept.exists():
            shutil.copy(kept, KEPT / name)
        with (KEPT / "defects.txt").open("a", encoding="utf-8") as listed:
            listed.write(f"{name}\t{tally.name}\t{outcome}\n")


def _processor_time(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICK


def run(cases: int, seconds: float, seed: int, wanted: Sequence[str] = (), workers: int = 0) -> list[Tally]:
    """Run so many cases, or for so many seconds."""
    until = time.monotonic() + seconds
    tallies: dict[str, Tally] = {}
    with ThreadPoolExecutor(workers or min(2, os.cpu_count() or 1)) as pool:
        for tally in pool.map(lambda batch: run_batch(batch, seed, until), batches(cases, wanted)):
            tallies.setdefault(tally.name, Tally(tally.name)).merge(tally)
    return list(tallies.values())


def table(tallies: Sequence[Tally]) -> str:
    """The tallies as Markdown."""
    lines = [
        "| input | cases | read | refused | seconds | slowest | peak memory | defects |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for each in sorted(tallies, key=lambda tally: [target.name for target in TARGETS].index(tally.name)):
        lines.append(
            f"| {each.name} | {each.cases:,} | {each.read:,} | {each.refused:,} | {each.milliseconds / 1000:.0f} | {each.slowest / 1000:.2f} s "
            f"| {each.peak / 1024:.0f} MB | {sum(each.defects.values())} |"
        )
    return "\n".join(lines)


def replay(path: Path) -> str:
    """Handle a kept input again, here and without limits; what came of it."""
    name, _, data = path.read_bytes().partition(b"\n")
    with tempfile.TemporaryDirectory() as folder:
        listed = (
            (KEPT / "defects.txt").read_text(encoding="utf-8").splitlines() if (KEPT / "defects.txt").exists() else []
        )
        target = next((line.split("\t")[1] for line in listed if line.startswith(path.name)), "")
        handles = next((each for each in TARGETS if each.name == target), None) or TARGETS[0]
        handles.handle(Case(name.decode(), data), Path(folder))
    return "read"


def main(arguments: Sequence[str] | None = None) -> None:
    """Fuzz and print the table; exit status 1 where there are defects."""
    parser = argparse.ArgumentParser(description="恶意输入：表格、文档、文字、问题")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3_600.0, help="到时即止")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", default=[], help="只测名称里有这个词的，可多次给出")
    parser.add_argument("--workers", type=int, default=0)
    parser.add_argument("--replay", type=Path, help="再读一遍保留下来的输入")
    options = parser.parse_args(arguments)
    if options.replay:
        print(replay(options.replay))
        return
    began = time.monotonic()
    tallies = run(options.cases, options.seconds, options.seed, options.target, options.workers)
    print(table(tallies))
    print(
        f"\n{sum(each.cases for each in tallies):,} cases in {time.monotonic() - began:.0f} s, {options.workers or 2} workers, seed {options.seed}"
    )
    defects = Counter({f"{each.name}: {told}": count for each in tallies for told, count in each.defects.items()})
    for told, count in defects.most_common():
        print(f"  {count} × {told}")
    sys.exit(bool(defects))


if __name__ == "__main__":
    main()
