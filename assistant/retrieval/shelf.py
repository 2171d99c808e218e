"""Writing to the library: files put in, replaced and taken out, each in one transaction."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from assistant.records import SourceKind
from assistant.retrieval import storage
from assistant.retrieval.intake import Taken
from assistant.retrieval.listing import SourceInfo, State
from assistant.retrieval.storage import DROPPED, PASSAGES, SOURCES
from assistant.retrieval.versions import LawText, states_of


def put(connection: Connection, name: str, digest: str, taken: Taken, today: date) -> int:
    """Keep a file's passages in place of those it had; the id of the source."""
    take_out(connection, name)
    period = taken.period
    made = connection.execute(
        insert(SOURCES).values(
            name=name,
            digest=digest,
            kind=taken.kind.value,
            title=taken.title,
            short=taken.short,
            version=taken.version,
            effective=taken.effective,
            state=State.CURRENT.value,
            document_number=taken.document_number,
            first=period.start.isoformat() if period else "",
            last=period.end.isoformat() if period else "",
            digest_only=taken.digest_only,
            repeals=json.dumps(taken.repeals, ensure_ascii=False),
            text=taken.text,
        )
    )
    source = int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0
    rows = [
        {
            "id": f"{source}-{position}",
            "source": source,
            "position": position,
            "article": piece.article,
            "path": json.dumps(piece.path, ensure_ascii=False),
            "topic": piece.topic,
            "start": piece.start,
            "end": piece.end,
            "text": piece.text,
            "pieces": 0,
            "indexed": "",
        }
        for position, piece in enumerate(taken.pieces)
    ]
    connection.execute(insert(PASSAGES), rows)
    settle_states(connection, today)
    storage.count_up(connection, storage.WORDS)
    return source


def take_out(connection: Connection, name: str) -> bool:
    """Forget a file; false where there is none of this name."""
    source = connection.execute(select(SOURCES.c.id).where(SOURCES.c.name == name)).scalar()
    if source is None:
        return False
    connection.execute(delete(PASSAGES).where(PASSAGES.c.source == source))
    connection.execute(delete(SOURCES).where(SOURCES.c.id == source))
    connection.execute(insert(DROPPED).values(source=source))
    storage.count_up(connection, storage.WORDS)
    return True


def settle_states(connection: Connection, today: date) -> bool:
    """Mark each text as current, superseded, a copy…; whether any changed. What is not a law is a copy if a same one is there."""
    columns = [column for column in SOURCES.c if column.name != "text"]
    rows = list(
        connection.execute(select(*columns, func.length(SOURCES.c.text).label("length")).order_by(SOURCES.c.id))
    )
    states = states_of((_law_text(row) for row in rows if row.kind == SourceKind.LAW), today.isoformat())
    seen: set[str] = set()
    for row in rows:
        if row.kind != SourceKind.LAW:
            states[row.id] = State.COPY if row.digest in seen else State.CURRENT
            seen.add(row.digest)
    changed = [(row.id, states[row.id]) for row in rows if row.state != states[row.id]]
    for identity, state in changed:
        connection.execute(update(SOURCES).where(SOURCES.c.id == identity).values(state=state.value))
    return bool(changed)


def infos(connection: Connection, store: str, name: str | None = None) -> list[SourceInfo]:
    """The files of the library (or the one of this name), laws first, by title and version."""
    counts = {
        row.source: (row.passages, row.vectors or 0)
        for row in connection.execute(
            select(
                PASSAGES.c.source,
                func.count().label("passages"),
                func.count().filter(PASSAGES.c.indexed == store, PASSAGES.c.indexed != "").label("vectors"),
            ).group_by(PASSAGES.c.source)
        )
    }
    columns = [column for column in SOURCES.c if column.name != "text"]
    query = select(*columns) if name is None else select(*columns).where(SOURCES.c.name == name)
    rows = sorted(connection.execute(query), key=_order)
    return [storage.source_of(row, *counts.get(row.id, (0, 0))) for row in rows]


def _order(row: Any) -> tuple[int, str, str, str]:  # noqa: ANN401 - a row of sources
    kinds = [kind.value for kind in (SourceKind.LAW, SourceKind.SUMMARY, SourceKind.OTHER)]
    return kinds.index(row.kind), row.short, row.version or row.first, row.name


def _law_text(row: Any) -> LawText:  # noqa: ANN401 - a row of sources
    return LawText(
        id=row.id,
        short=row.short,
        version=row.version,
        effective=row.effective,
        digest_only=row.digest_only,
        length=row.length,
        repeals=tuple(json.loads(row.repeals)),
    )
