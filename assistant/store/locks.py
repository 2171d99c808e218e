"""Locks a person puts on a section, or on sentences of it: what is locked is not written anew."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    ForeignKey,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
)

from assistant.permissions import LOCAL
from assistant.store import audit
from assistant.store.database import writing
from assistant.store.schema import METADATA

WHOLE = ""  # in place of a sentence: the section as a whole

LOCKS = Table(
    "section_locks",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False),
    Column("section", String(32), nullable=False),
    Column("sentence", Text, nullable=False),
    UniqueConstraint("draft", "section", "sentence"),
)


def lock(engine: Engine, draft_id: str, section: str, sentence: str = WHOLE, *, by: str = LOCAL.name) -> None:
    """Lock a section, or one sentence of it; locking it again changes nothing."""
    with writing(engine) as connection:
        if connection.execute(select(LOCKS.c.sentence).where(*_is(draft_id, section, sentence))).first() is None:
            connection.execute(insert(LOCKS).values(draft=draft_id, section=section, sentence=sentence))
            audit.append(connection, by, audit.Action.LOCK, draft_id, f"{section} {sentence}".strip())


def unlock(engine: Engine, draft_id: str, section: str, sentence: str | None = None, *, by: str = LOCAL.name) -> int:
    """Take a lock off; without `sentence` every lock of the section. Returns how many there were."""
    wanted = [LOCKS.c.draft == draft_id, LOCKS.c.section == section]
    if sentence is not None:
        wanted.append(LOCKS.c.sentence == sentence)
    with writing(engine) as connection:
        count = connection.execute(delete(LOCKS).where(*wanted)).rowcount
        if count:
            audit.append(connection, by, audit.Action.UNLOCK, draft_id, f"{section} {sentence or ''}".strip())
    return count


def locks_of(engine: Engine, draft_id: str) -> dict[str, tuple[str, ...]]:
    """Section → its locked sentences; `WHOLE` among them where the section as a whole is locked."""
    with engine.connect() as connection:
        rows = connection.execute(
            select(LOCKS).where(LOCKS.c.draft == draft_id).order_by(LOCKS.c.section, LOCKS.c.sentence)
        ).all()
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        found[row.section] = (*found.get(row.section, ()), row.sentence)
    return found


def _is(draft_id: str, section: str, sentence: str) -> tuple[ColumnElement[bool], ...]:
    return LOCKS.c.draft == draft_id, LOCKS.c.section == section, LOCKS.c.sentence == sentence
