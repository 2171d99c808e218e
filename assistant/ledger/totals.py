"""The plain facts of a period: sums, last states and counts, with their cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection

from assistant.ledger import queries
from assistant.ledger.evidence import Evidence
from assistant.ledger.storage import bounds, day_of, restored
from assistant.periods import period_id
from assistant.records import Aggregation, Cell, Fact, Indicator, Period
from assistant.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class _Source:
    id: int
    file: str
    sheet: str
    indicator: str
    dated: bool
    first: int
    last: int
    reach: str


@dataclass(slots=True)
class _Cells:
    """What the observations of one indicator in the period stand in, and the spans of the undated ones."""

    evidence: Evidence = field(default_factory=Evidence)
    spans: list[tuple[int, int]] = field(default_factory=list)
    undated: bool = False


def total_facts(connection: Connection, period: Period, registry: Registry, town: str) -> dict[str, Fact]:
    """The facts of a town that are no comparisons and no rates, by indicator."""
    sources = {row[0]: _Source(*row) for row in connection.execute(queries.counted_sources(town))}
    first, last = bounds(period)
    if not any(source.first <= last and first <= source.last for source in sources.values()):
        return {}  # a year the ledger does not reach
    snapshots = [entry.id for entry in registry if entry.aggregation is Aggregation.LAST]
    known = values_of(connection, period, registry, town)
    values = {indicator: value for (_, indicator), value in known.items()}
    found = _cells(connection, period, town, sources, snapshots)
    for indicator, zero in _zeros(connection, period, registry, town, sources, set(values)).items():
        values[indicator] = Decimal(0)
        found[indicator] = zero
    facts = {}
    for entry in registry:
        if entry.id not in values or not _covers(period, entry, found[entry.id], sources):
            continue
        evidence = found[entry.id].evidence.cells() or _reach_cells(entry, period, sources)
        facts[entry.id] = plain_fact(entry, period, values[entry.id], evidence, town)
    return facts


def fact_prefix(town: str) -> str:
    """What the ids of a town's facts begin with."""
    return f"{town}/" if town else ""


def plain_fact(entry: Indicator, period: Period, value: Decimal, evidence: tuple[Cell, ...], town: str) -> Fact:
    """A fact that is neither a rate nor a comparison."""
    return Fact(
        id=f"{fact_prefix(town)}{entry.id}@{period_id(period)}",
        indicator=entry.id,
        name=entry.name,
        topic=entry.topic,
        period=period,
        value=value,
        unit=entry.unit,
        evidence=evidence,
        town=town,
    )


def values_of(
    connection: Connection, period: Period, registry: Registry, town: str | None
) -> dict[tuple[str, str], Decimal]:
    """The values of a period by (town, indicator), of all towns where `town` is None."""
    by_kind = {kind: [entry.id for entry in registry if entry.aggregation is kind] for kind in Aggregation}
    values: dict[tuple[str, str], Decimal] = {}
    summed, counted = set(by_kind[Aggregation.SUM]), set(by_kind[Aggregation.COUNT])
    for where, indicator, total, rows in connection.execute(queries.totals(period, town)):
        if indicator in summed:
            values[where, indicator] = restored(total)
        elif indicator in counted:
            values[where, indicator] = Decimal(rows)
    if different := by_kind[Aggregation.DISTINCT]:
        for where, indicator, keys in connection.execute(queries.different(period, town, different)):
            values[where, indicator] = Decimal(keys)
    if snapshots := by_kind[Aggregation.LAST]:
        for where, indicator, total in connection.execute(queries.latest_totals(period, town, snapshots)):
            values[where, indicator] = restored(total)
    return values


def _cells(
    connection: Connection, period: Period, town: str, sources: dict[int, _Source], snapshots: list[str]
) -> dict[str, _Cells]:
    found: dict[str, _Cells] = defaultdict(_Cells)
    newest = {
        tuple(row[1:5]) for row in (connection.execute(queries.latest(period, town, snapshots)) if snapshots else ())
    }
    states = set(snapshots)
    for indicator, source, row, column, written, first, last in connection.execute(queries.cells(period, town)):
        if indicator in states and (indicator, source, row, column) not in newest:
            continue
        own, cells = sources[source], found[indicator]
        cells.evidence.add(own.file, own.sheet, row, column, written)
        if not own.dated:
            cells.undated = True
            cells.spans.append((first, last))
    return found


def _zeros(
    connection: Connection, period: Period, registry: Registry, town: str, sources: dict[int, _Source], known: set[str]
) -> dict[str, _Cells]:
    """Indicators a ledger is kept for, and has nothing of in this period, up to where ledgers have got."""
    first, last = bounds(period)
    reached = connection.scalar(queries.last_day(town))
    touched = set(connection.scalars(queries.touched(period, town)))
    zeros = {}
    for source in sources.values():
        entry = registry.find(source.indicator)
        if entry is None or entry.aggregation is Aggregation.LAST or source.indicator in known | touched:
            continue
        whole = first <= source.first and source.last <= last
        part = source.dated and source.first <= first and last <= source.last
        if whole or (part and reached is not None and first <= reached):
            zeros[source.indicator] = _Cells()
    return zeros


def _covers(period: Period, entry: Indicator, cells: _Cells, sources: dict[int, _Source]) -> bool:
    """Whether figures given for whole spans, with what dated ledgers speak for, leave no gap in the period."""
    if not cells.undated or entry.aggregation is Aggregation.LAST:
        return True
    spans = cells.spans + [(s.first, s.last) for s in sources.values() if s.dated and s.indicator == entry.id]
    reached = period.start
    for first, last in sorted(spans):
        if day_of(first) > reached:
            return False
        reached = max(reached, day_of(last) + timedelta(days=1))
    return reached > period.end


def _reach_cells(entry: Indicator, period: Period, sources: dict[int, _Source]) -> tuple[Cell, ...]:
    """For a zero: the columns in which nothing stands."""
    first, last = bounds(period)
    return tuple(
        Cell(source.file, source.sheet, source.reach)
        for source in sources.values()
        if source.indicator == entry.id and source.first <= last and first <= source.last
    )
