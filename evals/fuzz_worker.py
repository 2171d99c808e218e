"""One worker of the fuzzer: a process with a memory limit that runs cases and tells its parent of each.

``python -m evals.fuzz_worker TARGET DRIVER SEED FIRST COUNT FOLDER``: lines on standard output are
``B n`` before a case, whose input then stands in FOLDER/current, and ``E n milliseconds kilobytes outcome`` after it.
"""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from assistant.errors import JushiError
from evals.fuzz_cases import Case
from evals.fuzz_targets import TARGETS, Target, refused

MEMORY = 1 << 30
_FRAMES = 4  # of a traceback that tell where a defect is


@dataclass
class Worker:
    """Runs cases of one target and reports them."""

    target: Target
    folder: Path
    number: int

    def run(self, case: Case) -> None:
        """One case: any outcome but a result or a refusal is a defect."""
        (self.folder / "current").write_bytes(case.name.encode() + b"\n" + case.data)
        self._say(f"B {self.number}")
        _forget_peak()
        began = time.process_time()
        outcome = self._outcome(case)
        spent = round((time.process_time() - began) * 1000)
        if outcome.startswith("defect"):  # before the next case takes its place
            (self.folder / "current").rename(self.folder / f"defect-{self.number}")
        self._say(f"E {self.number} {spent} {_peak()} {outcome}")
        self.number += 1

    def _outcome(self, case: Case) -> str:
        try:
            self.target.handle(case, self.folder)
        except JushiError as error:
            try:
                refused(error)
            except AssertionError as defect:
                return f"defect {defect}"
            return "refused"
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is what we look for
            return f"defect {_told(error)}"
        return "read"

    def _say(self, line: str) -> None:
        os.write(1, (line.replace("\n", "\\n") + "\n").encode("utf-8", "backslashreplace"))


def _told(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if "/assistant/" in frame.filename][-_FRAMES:] or frames[-_FRAMES:]
    places = " > ".join(f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}" for frame in inner)
    return f"{type(error).__name__}: {str(error)[:160]} @ {places}"


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> int:
    """The most memory since the last `_forget_peak`, in kilobytes."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return int(line.split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def seeded(target: Target, seed: int, first: int, count: int) -> Iterator[Case]:
    """The cases that generators and mutations make; each by its own number, so that one can be made again."""
    for number in range(first, first + count):
        yield target.make(Random(f"{target.name} {seed} {number}"))


def _drive_hypothesis(worker: Worker, seed: int, count: int) -> None:
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded_with

    assert worker.target.strategy is not None

    @seeded_with(seed + worker.number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worker.target.strategy())
    def run(case: Case) -> None:
        worker.run(case)

    run()


def _drive_atheris(worker: Worker, seed: int, count: int) -> None:
    """Coverage-guided: the fuzzer changes what reached new code."""
    import atheris

    assert worker.target.from_bytes is not None
    make = worker.target.from_bytes
    corpus = worker.folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, data in enumerate(worker.target.seeds()):
        (corpus / str(number)).write_bytes(data)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # its chatter
    options = [
        f"-runs={count}",
        f"-seed={seed + worker.number + 1}",
        "-max_len=4000",
        "-timeout=600",
        "-rss_limit_mb=0",
    ]
    atheris.Setup(["fuzz", *options, str(corpus)], lambda data: worker.run(make(data)))
    atheris.Fuzz()


def main() -> None:
    """Run as the parent says."""
    name, driver, seed, first, count, folder = sys.argv[1:]
    target = next(each for each in TARGETS if each.name == name)
    if driver == "atheris":
        _instrument(target)
    logging.disable(logging.CRITICAL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    worker = Worker(target, Path(folder), int(first))
    if driver == "made":
        for case in seeded(target, int(seed), int(first), int(count)):
            worker.run(case)
    else:
        {"hypothesis": _drive_hypothesis, "atheris": _drive_atheris}[driver](worker, int(seed), int(count))


def _instrument(target: Target) -> None:
    """Give the target's modules the counters that guide the fuzzer; they are imported already, so functions one by one."""
    import types

    import atheris

    for name, module in list(sys.modules.items()):
        if name.startswith(target.instrument):
            for key, value in list(vars(module).items()):
                if isinstance(value, types.FunctionType) and value.__module__ == name:
                    with contextlib.suppress(Exception):  # a function it cannot rewrite stays as it is
                        value.__code__ = atheris.instrument_func(value).__code__
                        vars(module)[key] = value


if __name__ == "__main__":
    main()
