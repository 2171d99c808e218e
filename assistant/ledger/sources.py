"""The same figure read from two sheets: one of them counts, the other is compared, never added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select, update

from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, restored
from assistant.records import Aggregation, Cell, Notice, Severity
from assistant.registry.registry import Registry


@dataclass(slots=True)
class _Source:
    """A stored source, with the days its observations really span."""

    id: int
    file: str
    sheet: str
    indicator: str
    layout: str
    rank: int
    dated: bool
    first: int
    last: int
    reach: str


def settle_sources(connection: Connection, registry: Registry, town: str) -> list[Notice]:
    """Decide which sources of a town count, and compare the others with them.

    Sources of one layout that do not repeat each other are parts (a sheet per month or village) and
    all count; of different layouts that speak of the same days, the best ranked counts.
    """
    notices: list[Notice] = []
    by_indicator: dict[str, list[_Source]] = defaultdict(list)
    for source in _sources(connection, town):
        by_indicator[source.indicator].append(source)
    counted: set[int] = set()
    for indicator, sources in by_indicator.items():
        groups = _groups(sources)
        chosen: list[list[_Source]] = []
        for group in groups:
            rival = next((other for other in chosen if _overlap(group, other)), None)
            if rival is None:
                chosen.append(group)
            elif notice := _compare(connection, registry, indicator, rival, group):
                notices.append(notice)
        counted.update(source.id for group in chosen for source in group)
    mine = SOURCES.c.town == town
    connection.execute(update(SOURCES).where(mine).values(counted=False))
    if counted:
        connection.execute(update(SOURCES).where(mine, SOURCES.c.id.in_(sorted(counted))).values(counted=True))
    return notices


def _sources(connection: Connection, town: str) -> list[_Source]:
    query = (
        select(
            SOURCES.c.id, FILES.c.name.label("file"), SOURCES.c.sheet, SOURCES.c.indicator, SOURCES.c.layout, SOURCES.c.rank,
            SOURCES.c.dated, SOURCES.c.first, SOURCES.c.last, SOURCES.c.reach,
        )
        .join(FILES, FILES.c.id == SOURCES.c.file)
        .where(SOURCES.c.town == town)
        .order_by(SOURCES.c.rank.desc(), SOURCES.c.id)
    )  # fmt: skip
    return [_Source(**row._asdict()) for row in connection.execute(query)]


def _groups(sources: Iterable[_Source]) -> list[list[_Source]]:
    """Sources of one layout together, the best ranked first."""
    groups: dict[str, list[_Source]] = {}
    for source in sources:
        groups.setdefault(source.layout, []).append(source)
    return list(groups.values())


def _overlap(one: list[_Source], other: list[_Source]) -> bool:
    return any(a.first <= b.last and b.first <= a.last for a in one for b in other)


def _compare(
    connection: Connection, registry: Registry, indicator: str, counted: list[_Source], other: list[_Source]
) -> Notice | None:
    """A warning where the two readings of the same days differ."""
    entry = registry.find(indicator)
    if entry is None or entry.aggregation is Aggregation.LAST:
        return None
    first = max(min(s.first for s in counted), min(s.first for s in other))
    last = min(max(s.last for s in counted), max(s.last for s in other))
    ours, theirs = _sum(connection, counted, first, last), _sum(connection, other, first, last)
    if ours == theirs:
        return None
    a, b = counted[0], other[0]
    return Notice(
        Severity.WARNING,
        "sources_disagree",
        f"“{entry.name}”在{a.file}“{a.sheet}”为{ours:f}{entry.unit}，在{b.file}“{b.sheet}”为{theirs:f}{entry.unit}，"
        "以前者为准，两处没有相加，请核对。",
        Cell(b.file, b.sheet, b.reach),
    )


def _sum(connection: Connection, sources: list[_Source], first: int, last: int) -> Decimal:
    query = select(func.sum(OBSERVATIONS.c.millionths)).where(
        OBSERVATIONS.c.source.in_([source.id for source in sources]),
        OBSERVATIONS.c.first >= first,
        OBSERVATIONS.c.last <= last,
    )
    return restored(connection.scalar(query) or 0)
