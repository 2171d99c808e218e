"""Storing what files hold, in one transaction; a file's own earlier observations are replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import Connection, Engine, delete, func, insert, select, text

from assistant.ledger.grids import range_name
from assistant.ledger.noting import layout_of
from assistant.ledger.readings import Observed, Reading, Source
from assistant.ledger.reports import SheetNote
from assistant.ledger.sharing import COUNTY
from assistant.ledger.sources import settle_sources
from assistant.ledger.storage import (
    FILES,
    NOTICES,
    OBSERVATIONS,
    SHEETS,
    SOURCES,
    date_columns,
    day_number,
    stored,
)
from assistant.periods import year_of
from assistant.records import Notice
from assistant.registry.registry import Registry
from assistant.registry.vocabulary import subjects

_BATCH = 20_000


@dataclass(slots=True)
class FileContent:
    """What one file holds, ready to be stored."""

    name: str
    digest: str
    readings: list[Reading]
    notes: list[SheetNote]
    notices: list[Notice]


def save_files(
    engine: Engine,
    shares: Mapping[str, list[FileContent]],
    registry: Registry,
    town: str,
    failed: list[Notice],
    names: Collection[str],
) -> list[Notice]:
    """Store what each town has of the files of these names, which `town` sent.

    What was stored of them goes, a county's files from every town. Returns the notices about how a town's
    sheets compare with each other.
    """
    between: list[Notice] = []
    with engine.begin() as connection:
        _wait_turn(connection)
        county = [name for name in names if name.startswith(COUNTY)]
        had = (
            connection.scalars(select(FILES.c.town).where(FILES.c.name.in_(county)).distinct()).all() if county else []
        )
        for each in sorted({*shares, *had}):
            contents = shares.get(each, [])
            _forget(connection, each, [*county, *(content.name for content in contents)])
            for content in contents:
                _save_file(connection, content, registry, each)
            found = settle_sources(connection, registry, each)
            _save_notices(connection, each, 0, [*(failed if each == town else []), *found])
            between += found
    return between


def keep_only(engine: Engine, registry: Registry, town: str, names: Collection[str]) -> list[str]:
    """Forget the files of a town that are no longer among what it sends; returns their names."""
    with engine.begin() as connection:
        _wait_turn(connection)
        stored = connection.scalars(select(FILES.c.name).where(FILES.c.town == town)).all()
        gone = [name for name in stored if name not in names and not name.startswith(COUNTY)]
        if gone:
            _forget(connection, town, gone)
            settle_sources(connection, registry, town)
    return gone


def _wait_turn(connection: Connection) -> None:
    """Imports follow one another, for each takes the next free numbers; SQLite and DuckDB see to it themselves."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE ledger_files IN SHARE ROW EXCLUSIVE MODE"))


def _forget(connection: Connection, town: str, names: list[str]) -> None:
    ids = select(FILES.c.id).where(FILES.c.town == town, FILES.c.name.in_(names))
    files = list(connection.scalars(ids))
    connection.execute(delete(NOTICES).where(NOTICES.c.town == town, NOTICES.c.file == 0))
    if not files:
        return
    sources = list(connection.scalars(select(SOURCES.c.id).where(SOURCES.c.file.in_(files))))
    connection.execute(delete(OBSERVATIONS).where(OBSERVATIONS.c.source.in_(sources)))
    for table in (SOURCES, SHEETS, NOTICES):
        connection.execute(delete(table).where(table.c.file.in_(files)))
    connection.execute(delete(FILES).where(FILES.c.id.in_(files)))


def _next_id(connection: Connection, table: object) -> int:
    return int(connection.scalar(select(func.max(table.c.id))) or 0) + 1  # type: ignore[attr-defined]  # every table given here has an id


def _save_file(connection: Connection, content: FileContent, registry: Registry, town: str) -> None:
    file = _next_id(connection, FILES)
    connection.execute(insert(FILES).values(id=file, town=town, name=content.name, digest=content.digest))
    sheet = _next_id(connection, SHEETS)
    for position, note in enumerate(content.notes):
        connection.execute(
            insert(SHEETS).values(id=sheet + position, file=file, position=position, understood=note.dump())
        )
    for reading in content.readings:
        _save_reading(connection, reading, registry, town, file)
    _save_notices(connection, town, file, content.notices)


def _save_reading(connection: Connection, reading: Reading, registry: Registry, town: str, file: int) -> None:
    first_id = _next_id(connection, SOURCES)
    spans = _spans(reading)
    layout = layout_of(reading.table)
    ids: dict[str, int] = {}
    for number, source in enumerate(reading.sources.values(), start=first_id):
        span = _span(reading, source, spans.get(source.indicator))
        if span is None:
            continue
        ids[source.indicator] = number
        connection.execute(
            insert(SOURCES).values(
                id=number,
                file=file,
                sheet=reading.context.sheet,
                town=town,
                indicator=source.indicator,
                layout=layout,
                rank=_rank(reading, source, registry),
                dated=source.dated,
                first=day_number(span[0]),
                last=day_number(span[1]),
                reach=_reach(reading, source),
                counted=True,
            )
        )
    _insert_observations(connection, (_row(item, ids) for item in reading.observed if item.indicator in ids))


def _row(item: Observed, ids: dict[str, int]) -> tuple[object, ...]:
    """The columns of the observations' table, in its order."""
    dates = date_columns(item.first, item.last)
    cell = (stored(item.value), item.row, item.column, item.text)
    return (ids[item.indicator], item.place[:80], item.key[:200], *dates, *cell)


def _insert_observations(connection: Connection, rows: Iterator[tuple[object, ...]]) -> None:
    """Insert in batches by the driver's own call: SQLAlchemy's handling of each row costs more than the row."""
    statement = insert(OBSERVATIONS).compile(dialect=connection.dialect)
    names = [column.name for column in OBSERVATIONS.columns]
    for batch in _batches(rows):
        if statement.positional:
            connection.exec_driver_sql(str(statement), batch)
        else:
            connection.exec_driver_sql(str(statement), [dict(zip(names, row, strict=True)) for row in batch])


def _batches(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


def _spans(reading: Reading) -> dict[str, tuple[date, date]]:
    """The first and last day of each indicator's observations."""
    spans: dict[str, tuple[date, date]] = {}
    for item in reading.observed:
        known = spans.get(item.indicator)
        if known is None:
            spans[item.indicator] = (item.first, item.last)
        elif item.first < known[0] or item.last > known[1]:
            spans[item.indicator] = (min(item.first, known[0]), max(item.last, known[1]))
    return spans


def _span(reading: Reading, source: Source, own: tuple[date, date] | None) -> tuple[date, date] | None:
    """The days the source speaks for: its table's period, widened to all its observations."""
    period = reading.context.period
    if own is None:
        return (period.start, period.end) if period else None
    if period is None and source.dated:
        return year_of(own[0].year).start, year_of(own[1].year).end
    return (min(own[0], period.start), max(own[1], period.end)) if period else own


def _rank(reading: Reading, source: Source, registry: Registry) -> int:
    """How good a source is for its indicator: on its home sheet, dated, surely matched."""
    entry = registry.find(source.indicator)
    topics = {subject.key: subject.topic for subject in subjects()}
    home = source.indicator.split(".")[0] in {_family(key) for key in reading.context.subject[:2]}
    same_topic = entry is not None and entry.topic in {topics[key] for key in reading.context.subject}
    return 1_000 * home + 300 * same_topic + 200 * source.dated + source.score


def _family(subject: str) -> str:
    return {"drill": "emergency", "gas": "gas", "forest": "fire"}.get(subject, subject)


def _reach(reading: Reading, source: Source) -> str:
    rows = reading.table.body or [reading.table.header.stop - 1]
    if source.method == "line":
        rows = [item.row for item in reading.observed if item.indicator == source.indicator] or rows
    return range_name(min(rows), min(source.columns), max(rows), max(source.columns))


def _save_notices(connection: Connection, town: str, file: int, notices: Iterable[Notice]) -> None:
    first = _next_id(connection, NOTICES)
    rows = [
        {
            "id": number,
            "town": town,
            "file": file,
            "severity": str(notice.severity),
            "kind": notice.kind,
            "message": notice.message,
            "file_name": notice.cell.file if notice.cell else "",
            "sheet": notice.cell.sheet if notice.cell else "",
            "cell": notice.cell.cell if notice.cell else "",
            "written": notice.cell.text[:400] if notice.cell else "",
        }
        for number, notice in enumerate(notices, start=first)
    ]
    if rows:
        connection.execute(insert(NOTICES), rows)
