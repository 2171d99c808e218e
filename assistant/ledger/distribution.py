"""How an indicator is spread over the villages, or over the months, of a period."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sqlalchemy import Engine, Row, and_, select

from assistant.errors import InputError
from assistant.ledger.evidence import Evidence
from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, bounds, create_tables, restored
from assistant.periods import months_of, period_id
from assistant.records import ALL_TOWNS, Aggregation, Fact, Indicator, Period
from assistant.registry.registry import Registry


@dataclass(slots=True)
class _Share:
    total: Decimal
    evidence: Evidence


def ranking(
    engine: Engine,
    indicator: str,
    period: Period,
    registry: Registry,
    by: Literal["place", "month"] = "place",
    town: str = "",
) -> list[Fact]:
    """An indicator's figure of each village (largest first) or each month (in order) of a period.

    Only what the ledger tells apart: figures without a village, or given for longer than a month,
    have no part in it. For `ALL_TOWNS` the places are the towns. Raises `InputError` where the registry does not know the indicator.
    """
    entry = registry.find(indicator)
    if entry is None:
        raise InputError(f"指标字典中没有“{indicator}”。可用 jushi ledger map 查看已识别的指标。")
    if town == ALL_TOWNS and by == "place":
        return _town_ranking(engine, entry, period, registry)
    if entry.aggregation is Aggregation.RATIO:
        return _ratio_ranking(engine, entry, period, registry, by, town)
    shares = _shares(engine, entry, period, by, town)
    facts = [_fact(entry, period, key, share, by, town) for key, share in shares.items()]
    order: Callable[[Fact], tuple[object, ...]] = (
        (lambda fact: (fact.period.start,)) if by == "month" else (lambda fact: (-fact.value, fact.place))
    )
    return sorted(facts, key=order)


def _town_ranking(engine: Engine, entry: Indicator, period: Period, registry: Registry) -> list[Fact]:
    """The towns of a county, the highest first."""
    from assistant.ledger.facts import county_rollup

    return county_rollup(engine, period, registry).ranking(entry.id)


def _shares(engine: Engine, entry: Indicator, period: Period, by: str, town: str) -> dict[str, _Share]:
    create_tables(engine)
    first, last = bounds(period)
    query = (
        select(OBSERVATIONS, FILES.c.name, SOURCES.c.sheet)
        .join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source)
        .join(FILES, FILES.c.id == SOURCES.c.file)
        .where(
            and_(OBSERVATIONS.c.first >= first, OBSERVATIONS.c.last <= last, SOURCES.c.counted),
            SOURCES.c.town == town,
            SOURCES.c.indicator == entry.id,
        )
        .order_by(OBSERVATIONS.c.source, OBSERVATIONS.c.sheet_column, OBSERVATIONS.c.sheet_row)
    )
    rows: dict[str, list[Row[Any]]] = defaultdict(list)
    with engine.connect() as connection:
        for row in connection.execute(query):
            key = row.place if by == "place" else (f"{row.first // 100}" if row.month else "")
            if key:
                rows[key].append(row)
    return {key: _share(found, entry) for key, found in rows.items()}


def _share(rows: list[Row[Any]], entry: Indicator) -> _Share:
    if entry.aggregation is Aggregation.LAST:
        newest = max(row.last for row in rows)
        rows = [row for row in rows if row.last == newest]
    if entry.aggregation is Aggregation.DISTINCT:
        total = Decimal(len({row.counted_key for row in rows}))
    else:
        total = restored(sum(row.millionths for row in rows))
    evidence = Evidence()
    for row in rows:
        evidence.add(row.name, row.sheet, row.sheet_row, row.sheet_column, row.written)
    return _Share(total, evidence)


def _fact(entry: Indicator, period: Period, key: str, share: _Share, by: str, town: str) -> Fact:
    inner = months_of(int(key) // 100, int(key) % 100, int(key) % 100) if by == "month" else period
    prefix = f"{town}/" if town else ""
    tail = "" if by == "month" else f"~{key}"
    return Fact(
        id=f"{prefix}{entry.id}@{period_id(inner)}{tail}",
        indicator=entry.id,
        name=entry.name,
        topic=entry.topic,
        period=inner,
        value=share.total,
        unit=entry.unit,
        evidence=share.evidence.cells(),
        town=town,
        place=key if by == "place" else "",
    )


def _ratio_ranking(
    engine: Engine, entry: Indicator, period: Period, registry: Registry, by: Literal["place", "month"], town: str
) -> list[Fact]:
    from assistant.ledger.derived import ratio_of

    above, below = (
        {fact.place or period_id(fact.period): fact for fact in ranking(engine, identity, period, registry, by, town)}
        for identity in registry.inputs(entry)
    )
    pairs = [(above.get(key), fact) for key, fact in below.items() if fact.value]
    facts = [ratio_of(entry, top, fact) for top, fact in pairs if top is not None]
    return sorted(facts, key=lambda fact: (fact.period.start, -fact.value, fact.place))
