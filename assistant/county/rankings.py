"""The towns of a county side by side: who stands first and last, who changed most, who is short of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger.derived import comparison_facts
from assistant.ledger.rollup import Rollup
from assistant.records import Fact
from assistant.registry.registry import Registry

SHOWN = 3
_ALL_SHOWN = 5  # so few that the whole order is told
_MOST_TIED = 6
_SMALLEST_BASE = 10  # below it a percentage says little
_SMALLEST_CHANGE = Decimal(20)  # percent
_WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Standing:
    """An indicator's towns, the highest first."""

    facts: tuple[Fact, ...]

    @property
    def top(self) -> tuple[Fact, ...]:
        """The first ones with all that stand level with them; none where too many do."""
        return _head(self.facts)

    @property
    def bottom(self) -> tuple[Fact, ...]:
        """The last ones, the lowest first; none where they would be among the first, or too many stand level."""
        head = _head(self.facts[::-1])
        return () if {fact.place for fact in head} & {fact.place for fact in self.top} else head


@dataclass(frozen=True, slots=True)
class Change:
    """A town's figure, and its change against the same period last year in percent."""

    now: Fact
    percent: Fact


def standing(rollup: Rollup, indicator: str) -> Standing:
    """The towns' figures of an indicator in order, without what cannot be; towns that do not give it have no part."""
    ranked = rollup.ranking(indicator)
    return Standing(tuple(fact for fact in ranked if fact.unit != "%" or fact.value <= _WHOLE))


def changes(now: Rollup, before: Rollup, indicator: str, registry: Registry) -> tuple[list[Change], list[Change]]:
    """The towns whose figure rose and fell most against the same period last year, in percent."""
    earlier = {fact.place: fact for fact in standing(before, indicator).facts}
    found = [
        Change(each, fact)
        for each in standing(now, indicator).facts
        if (last := earlier.get(each.place)) is not None and last.value >= _SMALLEST_BASE
        for fact in comparison_facts(each, last, registry)
        if fact.measure == "yoy_percent" and abs(fact.value) >= _SMALLEST_CHANGE
    ]
    found.sort(key=lambda each: (-each.percent.value, each.now.place))
    rose = [each for each in found if each.percent.value > 0][:SHOWN]
    fell = [each for each in reversed(found) if each.percent.value < 0][:SHOWN]
    return rose, fell


def below(rollup: Rollup, rate: str) -> list[Fact]:
    """The towns whose rate stands below the county's, the lowest first."""
    total = next((fact for fact in rollup.totals if fact.indicator == rate), None)
    if total is None:
        return []
    return [fact for fact in reversed(standing(rollup, rate).facts) if fact.value < total.value]


def beyond_the_whole(rollup: Rollup, rates: Iterable[str]) -> list[Fact]:
    """Rates of more than 100 %, which no ledger in order gives."""
    wanted = set(rates)
    return [fact for fact in rollup.places if fact.indicator in wanted and fact.value > _WHOLE]


def incomplete(rollup: Rollup, wanted: Sequence[str]) -> dict[str, list[str]]:
    """The towns that reported, with those of the wanted indicators they did not give."""
    lacking: dict[str, list[str]] = {}
    for town, facts in rollup.towns.items():
        given = {fact.indicator for fact in facts}
        missing = [indicator for indicator in wanted if indicator not in given]
        if missing:
            lacking[town] = missing
    return lacking


def _head(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    if len(facts) <= _ALL_SHOWN:
        return tuple(facts) if len(facts) > 1 else ()
    end = SHOWN
    while end < len(facts) and facts[end].value == facts[SHOWN - 1].value:
        end += 1
    return tuple(facts[:end]) if end <= _MOST_TIED else ()
