"""The facts of a county: the sums of its towns' facts, each leading back to the towns' facts and their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine, select

from assistant.ledger.derived import comparison_facts, ratio_of
from assistant.ledger.problems import towns as towns_with_files
from assistant.ledger.storage import OBSERVATIONS
from assistant.periods import period_id
from assistant.records import ALL_TOWNS, Aggregation, Cell, Fact, Indicator, Period
from assistant.registry.registry import Registry

ROSTER = "towns.txt"  # in the workspace: the towns that have to report, one a line
DUE, GIVEN, MISSING = "report.towns_due", "report.towns_given", "report.towns_missing"
_SUMMANDS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Rollup:
    """A county's facts in a period: its totals, and every town's own."""

    totals: tuple[Fact, ...]
    towns: Mapping[str, tuple[Fact, ...]]  # each with its town as its place

    def ranking(self, indicator: str) -> list[Fact]:
        """The towns' figures of an indicator, the highest first."""
        found = [fact for fact in self.places if fact.indicator == indicator and fact.measure == "value"]
        return sorted(found, key=lambda fact: (-fact.value, fact.place))

    @property
    def places(self) -> list[Fact]:
        """The towns' facts in one list."""
        return [fact for facts in self.towns.values() for fact in facts]


def town_names(engine: Engine) -> list[str]:
    """The towns of a database that holds many."""
    return [name for name in towns_with_files(engine) if name]


def years_with_data(engine: Engine) -> list[int]:
    """The years any town has dated observations in, newest first."""
    with engine.connect() as connection:
        years = connection.scalars(select(OBSERVATIONS.c.year).distinct()).all()
    return sorted((year for year in years if year), reverse=True)


def roll_up(facts_by_town: Mapping[str, Sequence[Fact]], period: Period, registry: Registry) -> Rollup:
    """Add up the towns' facts of one period.

    Sums, counts and last states are added; a rate is computed from the added figures, never averaged. A total
    is compared with the year before only where the same towns stand on both sides.
    """
    towns = {town: tuple(_as_place(fact, town) for fact in facts) for town, facts in facts_by_town.items() if facts}
    totals: dict[str, Fact] = {}
    for entry in registry:
        parts = _of(towns, entry, period)
        if parts and entry.aggregation is not Aggregation.RATIO:
            totals[entry.id] = _total(entry, period, parts)
    for entry in registry:
        if entry.aggregation is Aggregation.RATIO:
            above, below = (totals.get(identity) for identity in registry.inputs(entry))
            if above is not None and below is not None and below.value:
                totals[entry.id] = ratio_of(entry, above, below)
    ordered = [totals[entry.id] for entry in registry if entry.id in totals]
    return Rollup(tuple(ordered), towns)


def compared(now: Rollup, before: Rollup, registry: Registry) -> list[Fact]:
    """The comparisons of the totals with those of the same period last year, where the same towns gave both."""
    earlier = {fact.indicator: fact for fact in before.totals}
    found: list[Fact] = []
    for fact in now.totals:
        last = earlier.get(fact.indicator)
        if last is not None and _givers(fact, now, registry) == _givers(last, before, registry):
            found += comparison_facts(fact, last, registry)
    return found


def read_roster(path: Path) -> list[str]:
    """The towns that have to report, one a line; none where there is no such file."""
    if not path.is_file():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def roster_facts(due: Sequence[str], now: Rollup, period: Period) -> list[Fact]:
    """How many towns have to report, have reported and have not; towns that report unasked count as asked."""
    wanted = list(dict.fromkeys([*due, *sorted(now.towns)]))
    given = [town for town in wanted if town in now.towns]
    listed = (Cell(ROSTER, "", f"第1至{len(due)}行"),) if due else ()
    cells = tuple(fact.evidence[0] for facts in now.towns.values() for fact in facts[:1] if fact.evidence)
    whole = _roster_fact(DUE, "应报送台账的乡镇", len(wanted), period, listed or cells)
    done = _roster_fact(GIVEN, "已报送台账的乡镇", len(given), period, cells)
    missing = _roster_fact(MISSING, "未报送台账的乡镇", len(wanted) - len(given), period, listed or cells)
    formula = f"{len(wanted)} − {len(given)}"
    return [whole, done, replace(missing, formula=formula, inputs=(whole.id, done.id))]


def _roster_fact(identity: str, name: str, count: int, period: Period, evidence: tuple[Cell, ...]) -> Fact:
    key = f"{ALL_TOWNS}/{identity}@{period_id(period)}"
    return Fact(key, identity, name, "报送情况", period, Decimal(count), "个", evidence, town=ALL_TOWNS)


def _givers(total: Fact, rollup: Rollup, registry: Registry) -> set[str]:
    """The towns that a total comes from; for a rate those of both its figures."""
    entry = registry.find(total.indicator)
    wanted = {total.indicator}
    if entry is not None and entry.aggregation is Aggregation.RATIO:
        wanted = set(registry.inputs(entry))
    return {
        f"{fact.indicator} {town}"
        for town, facts in rollup.towns.items()
        for fact in facts
        if fact.indicator in wanted and fact.measure == "value"
    }


def _as_place(fact: Fact, town: str) -> Fact:
    """A town's fact as a part of the county's: the town is its place, and its cells name the town's folder."""
    return replace(fact, town=ALL_TOWNS, place=town, evidence=tuple(_in_town(cell, town) for cell in fact.evidence))


def _in_town(cell: Cell, town: str) -> Cell:
    return replace(cell, file=f"{town}/{cell.file}")


def _of(towns: Mapping[str, Iterable[Fact]], entry: Indicator, period: Period) -> list[Fact]:
    return [
        fact
        for facts in towns.values()
        for fact in facts
        if fact.indicator == entry.id and fact.measure == "value" and fact.period == period
    ]


def _total(entry: Indicator, period: Period, parts: Sequence[Fact]) -> Fact:
    shown = " + ".join(f"{fact.place}{fact.value:f}" for fact in parts[:_SUMMANDS_SHOWN])
    rest = f" + …（共{len(parts)}个乡镇）" if len(parts) > _SUMMANDS_SHOWN else ""
    return Fact(
        id=f"{ALL_TOWNS}/{entry.id}@{period_id(period)}",
        indicator=entry.id,
        name=entry.name,
        topic=entry.topic,
        period=period,
        value=sum((fact.value for fact in parts), Decimal(0)),
        unit=entry.unit,
        evidence=tuple(cell for fact in parts for cell in fact.evidence),
        formula=shown + rest,
        inputs=tuple(fact.id for fact in parts),
        town=ALL_TOWNS,
    )
