"""How long the check takes, against the length of the text and the number of facts: ``python -m evals.bench_check``."""

from __future__ import annotations

import time
from dataclasses import replace

from assistant.factcheck.check import check
from assistant.records import Fact
from evals.mutations import load_samples

_LENGTHS = (1250, 2500, 5000, 10000, 20000)
_FACTS = (100, 200, 400, 800, 1600)
_TEXT, _LEDGER = 5000, 400
_RUNS = 7


def milliseconds(text: str, facts: tuple[Fact, ...]) -> int:
    """The quickest of several checks in tenths of a millisecond of one core; the first, which loads, is not counted."""
    check(text, facts, "2023")
    best = 10**12
    for _ in range(_RUNS):
        start = time.process_time_ns()
        check(text, facts, "2023")
        best = min(best, time.process_time_ns() - start)
    return best // 100_000


def enlarge(facts: tuple[Fact, ...], count: int) -> tuple[Fact, ...]:
    """Exactly `count` facts: the town's own, then the same under villages' names."""
    found = list(facts)
    village = 0
    while len(found) < count:
        village += 1
        found += [replace(fact, id=f"{fact.id}#{village}", place=f"第{village}村") for fact in facts]
    return tuple(found[:count])


def sample() -> tuple[str, tuple[Fact, ...]]:
    """A dense text of more than 20,000 characters, and the town's facts of two years, the year's own first."""
    samples = load_samples()
    text = "\n".join(each.text for each in samples if not each.kinds)
    facts = [fact for fact in samples[0].facts if fact.period.start.year in (2022, 2023)]
    facts.sort(key=lambda fact: -(fact.period.end - fact.period.start).days)
    return text * 4, tuple(facts)


def main() -> None:
    """Print the two curves."""
    text, facts = sample()
    for length in _LENGTHS:
        _print(length, _LEDGER, milliseconds(text[:length], enlarge(facts, _LEDGER)))
    for count in _FACTS:
        _print(_TEXT, count, milliseconds(text[:_TEXT], enlarge(facts, count)))


def _print(length: int, count: int, tenths: int) -> None:
    print(f"  {length:6} characters  {count:5} facts  {tenths // 10:4}.{tenths % 10} ms")


if __name__ == "__main__":
    main()
