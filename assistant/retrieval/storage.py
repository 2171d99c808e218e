"""The library's tables: the one truth from which every index can be made again.

Vectors are kept beside the passages by the text they were made from, so that no text is ever embedded
twice. Two counters say to other processes that what they hold in memory has become old.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    insert,
    select,
    update,
)

from assistant.records import Passage, Period, SourceKind
from assistant.retrieval.listing import SourceInfo, State

METADATA = MetaData()

SOURCES = Table(
    "library_sources",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", String(400), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", String(400), nullable=False),
    Column("short", String(400), nullable=False),  # what laws are told apart by
    Column("version", String(10), nullable=False),
    Column("effective", String(10), nullable=False),
    Column("state", String(20), nullable=False),
    Column("document_number", String(80), nullable=False),
    Column("first", String(10), nullable=False),  # of a summary's period
    Column("last", String(10), nullable=False),
    Column("digest_only", Boolean, nullable=False),
    Column("repeals", Text, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,  # an id never comes back, so old vectors never pass for new ones
)

PASSAGES = Table(
    "library_passages",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("source", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("article", String(20), nullable=False),
    Column("path", Text, nullable=False),
    Column("topic", String(80), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("pieces", Integer, nullable=False),  # how many vectors it has
    Column("indexed", String(80), nullable=False),  # the vector store that holds them; empty for none
)
Index("library_passages_by_source", PASSAGES.c.source, PASSAGES.c.position)
Index("library_passages_by_store", PASSAGES.c.indexed)

VECTORS = Table(
    "library_vectors",
    METADATA,
    Column("model", String(200), primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),  # 16 bit floats
)

DROPPED = Table(  # sources that are gone, whose vectors the store still has to forget
    "library_dropped",
    METADATA,
    Column("source", Integer, primary_key=True, autoincrement=False),
)

COUNTERS = Table(
    "library_counters",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)

IDENTITY = Table(  # what tells this library from another one on the same vector server
    "library_identity",
    METADATA,
    Column("token", String(32), primary_key=True),
)

WORDS, STORE = "words", "store"  # passages as a whole; what the vector store holds


def create_tables(engine: Engine) -> None:
    """Make the tables that are missing."""
    METADATA.create_all(engine)


def identity(engine: Engine) -> str:
    """What tells this library from every other one."""
    with engine.begin() as connection:
        tokens = connection.execute(select(IDENTITY.c.token).order_by(IDENTITY.c.token)).scalars().all()
        if not tokens:
            tokens = [uuid4().hex]
            connection.execute(insert(IDENTITY).values(token=tokens[0]))
    return str(tokens[0])


def counters(connection: Connection) -> dict[str, int]:
    """Both counters, 0 before the first change."""
    found = {row.name: row.value for row in connection.execute(select(COUNTERS))}
    return {name: found.get(name, 0) for name in (WORDS, STORE)}


def count_up(connection: Connection, name: str) -> int:
    """Say that something changed; the new value."""
    changed = connection.execute(update(COUNTERS).where(COUNTERS.c.name == name).values(value=COUNTERS.c.value + 1))
    if not changed.rowcount:
        connection.execute(insert(COUNTERS).values(name=name, value=1))
    value: int = connection.execute(select(COUNTERS.c.value).where(COUNTERS.c.name == name)).scalar_one()
    return value


def passage_of(row: Any) -> Passage:  # noqa: ANN401 - a row of passages joined with sources
    """A row of `joined` as the record."""
    return Passage(
        id=row.id,
        kind=SourceKind(row.kind),
        source=row.name,
        title=row.title,
        path=tuple(json.loads(row.path)),
        text=row.text,
        start=row.start,
        end=row.end,
        article=row.article,
        version=row.version,
        in_force=row.state in (State.CURRENT, State.COPY),
        period=period_of(row),
        topic=row.topic,
    )


def period_of(row: Any) -> Period | None:  # noqa: ANN401 - a row of sources
    """The period of a summary's row."""
    return Period(date.fromisoformat(row.first), date.fromisoformat(row.last)) if row.first else None


def source_of(row: Any, passages: int, vectors: int) -> SourceInfo:  # noqa: ANN401 - a row of sources
    """A row of sources as the record."""
    return SourceInfo(
        name=row.name,
        kind=SourceKind(row.kind),
        title=row.title,
        passages=passages,
        vectors=vectors,
        version=row.version,
        state=State(row.state),
        document_number=row.document_number,
        period=period_of(row),
        digest_only=row.digest_only,
    )


_JOINED = (
    PASSAGES.c.id,
    PASSAGES.c.source.label("source_id"),
    PASSAGES.c.position,
    PASSAGES.c.article,
    PASSAGES.c.path,
    PASSAGES.c.topic,
    PASSAGES.c.start,
    PASSAGES.c.end,
    PASSAGES.c.text,
    PASSAGES.c.pieces,
    PASSAGES.c.indexed,
    SOURCES.c.name,
    SOURCES.c.kind,
    SOURCES.c.title,
    SOURCES.c.short,
    SOURCES.c.version,
    SOURCES.c.state,
    SOURCES.c.first,
    SOURCES.c.last,
)


def joined() -> Any:  # noqa: ANN401 - a select that callers narrow
    """Passages with what their source says of them."""
    return select(*_JOINED).join(SOURCES, SOURCES.c.id == PASSAGES.c.source)


def rows_by_id(connection: Connection, ids: Iterable[str]) -> dict[str, Any]:
    """The joined rows of these passages, by id."""
    wanted = list(ids)
    found: dict[str, Any] = {}
    for begin in range(0, len(wanted), 500):
        query = joined().where(PASSAGES.c.id.in_(wanted[begin : begin + 500]))
        found.update((row.id, row) for row in connection.execute(query))
    return found
