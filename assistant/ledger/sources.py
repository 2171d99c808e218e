"""The same figure read from two sheets: one of them counts, the other is compared, never added."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select, update

from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, restored
from assistant.records import Aggregation, Cell, Notice, Severity
from assistant.registry.registry import Registry

_FEWEST = 3  # observations from which a list can be called a copy


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
        kept, repeats = _without_repeats(connection, sources)
        notices += repeats
        groups = _groups(kept)
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


def _without_repeats(connection: Connection, sources: list[_Source]) -> tuple[list[_Source], list[Notice]]:
    """The sources that are no copies of others: a sheet pasted again, or the same list saved earlier in the year."""
    kept: list[_Source] = []
    notices: list[Notice] = []
    contents: dict[int, Counter[tuple[object, ...]]] = {}
    for source in sources:
        twins = [other for other in sources if other.layout == source.layout and other is not source]
        if twins and any(_overlap([source], [other]) for other in twins):
            contents[source.id] = _content(connection, source)
    for source in sorted(sources, key=lambda entry: -contents.get(entry.id, Counter()).total()):
        own = contents.get(source.id, Counter())
        whole = next(
            (
                other
                for other in kept
                if other.layout == source.layout and _is_copy(own, contents.get(other.id, Counter()))
            ),
            None,
        )
        if whole is None:
            kept.append(source)
        else:
            notices.append(_repeat_notice(source, whole))
    return sorted(kept, key=lambda entry: (-entry.rank, entry.id)), notices


def _content(connection: Connection, source: _Source) -> Counter[tuple[object, ...]]:
    query = select(
        OBSERVATIONS.c.first,
        OBSERVATIONS.c.last,
        OBSERVATIONS.c.millionths,
        OBSERVATIONS.c.place,
        OBSERVATIONS.c.written,
    ).where(OBSERVATIONS.c.source == source.id)
    return Counter(tuple(row) for row in connection.execute(query))


def _is_copy(part: Counter[tuple[object, ...]], whole: Counter[tuple[object, ...]]) -> bool:
    """Whether nearly all of one list stands in the other too."""
    return part.total() >= _FEWEST and (part & whole).total() * 10 >= part.total() * 9


def _repeat_notice(source: _Source, whole: _Source) -> Notice:
    return Notice(
        Severity.WARNING,
        "repeated_sheet",
        f"{source.file}“{source.sheet}”与{whole.file}“{whole.sheet}”内容重复，只按后者计，没有相加。",
        Cell(source.file, source.sheet, source.reach),
    )


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
