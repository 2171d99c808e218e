"""Drafts as a whole: begun, listed, loaded with the newest revision of each section."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, Engine, func, insert, select, update

from assistant.records import Draft, SectionText
from assistant.store import audit
from assistant.store.database import writing
from assistant.store.draft_tables import DRAFTS, REVISIONS, adapter
from assistant.store.heads import Head, HeadRevision, head_number, head_of, newest_head, note_head
from assistant.store.reviews import refuse_signed
from assistant.store.revisions import Revision, revisions, save_section, unknown_draft
from assistant.store.schema import METADATA, Clock, utc_now

__all__ = [
    "DRAFTS", "METADATA", "REVISIONS", "Clock", "Listing", "Revision", "list_drafts", "load_draft", "revisions", "save_head",
    "save_section", "utc_now",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """A draft in the list of drafts."""

    id: str
    kind: str
    period: str
    title: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class _Titled:
    """Of a head only the title: the facts in it are many."""

    title: str


def save_head(
    engine: Engine, draft: Draft, period: str, *, author: str = "offline", why: str = "起草", clock: Clock = utc_now
) -> None:
    """Save everything of a draft but its sections; what stood in its title and signature before is kept as a revision.

    Raises `SignedOff` for a signed draft.
    """
    with writing(engine) as connection:
        put_head(connection, draft, period, author=author, why=why, clock=clock)


def put_head(
    connection: Connection,
    draft: Draft,
    period: str,
    *,
    author: str = "offline",
    why: str = "起草",
    clock: Clock = utc_now,
) -> None:
    """The same inside a transaction that does more."""
    stored = adapter(Draft).dump_json(replace(draft, sections=())).decode()
    values = {"kind": str(draft.kind), "period": period, "head": stored}
    refuse_signed(connection, draft.id)
    changed = connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(**values))
    if not changed.rowcount:
        connection.execute(insert(DRAFTS).values(id=draft.id, created_at=clock(), **values))
    number = head_number(connection, draft.id)
    known = newest_head(connection, draft.id).head if number else Head()
    if known != head_of(draft):
        note_head(connection, draft.id, HeadRevision(head_of(draft), number + 1, author, why, clock()))
        audit.append(connection, author, audit.Action.SAVE_HEAD, draft.id, f"第 {number + 1} 稿 {why}", clock=clock)


def load_draft(engine: Engine, draft_id: str) -> Draft:
    """A draft with the latest revision of each section, in section order."""
    with engine.connect() as connection:
        head = connection.execute(select(DRAFTS.c.head).where(DRAFTS.c.id == draft_id)).scalar()
        if head is None:
            raise unknown_draft(draft_id)
        latest = (
            select(REVISIONS.c.section, func.max(REVISIONS.c.number).label("number"))
            .where(REVISIONS.c.draft == draft_id)
            .group_by(REVISIONS.c.section)
            .subquery()
        )
        bodies = connection.execute(
            select(REVISIONS.c.body)
            .join(latest, (REVISIONS.c.section == latest.c.section) & (REVISIONS.c.number == latest.c.number))
            .where(REVISIONS.c.draft == draft_id)
        ).scalars()
        sections = [adapter(SectionText).validate_json(body) for body in bodies]
    return replace(_parsed(head), sections=tuple(sorted(sections, key=_place)))


def _place(section: SectionText) -> str:
    """Sorted here: how a server sorts "02.03" and "02a" depends on its language settings."""
    return section.key


def list_drafts(engine: Engine) -> Sequence[Listing]:
    """All drafts, newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(DRAFTS).order_by(DRAFTS.c.created_at.desc(), DRAFTS.c.id))
        return [
            Listing(row.id, row.kind, row.period, adapter(_Titled).validate_json(row.head).title, row.created_at)
            for row in rows
        ]


@lru_cache(maxsize=8)
def _parsed(head: str) -> Draft:
    """A draft without its sections; reading its many facts takes longest, and they seldom change."""
    draft: Draft = adapter(Draft).validate_json(head)
    return draft
