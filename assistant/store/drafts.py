"""Drafts and their sections: each saved state of a section is a revision, none is overwritten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from assistant.errors import Conflict, InputError
from assistant.records import Draft, SectionText
from assistant.store.schema import METADATA, Clock, utc_now

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("period", String(32), nullable=False),
    Column("head", Text, nullable=False),  # the Draft without its sections, as JSON
    Column("created_at", DateTime(timezone=True), nullable=False),
)

REVISIONS = Table(
    "section_revisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False),
    Column("section", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the SectionText as JSON
    Column("author", String(64), nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("draft", "section", "number"),
)


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a section."""

    section: SectionText
    number: int  # 1, 2, 3 … within the section
    author: str
    why: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Listing:
    """A draft in the list of drafts."""

    id: str
    kind: str
    period: str
    title: str
    created_at: datetime


def create_tables(engine: Engine) -> None:
    """Make the tables where they are missing."""
    METADATA.create_all(engine)


def save_head(engine: Engine, draft: Draft, period: str, *, clock: Clock = utc_now) -> None:
    """Save everything of a draft but its sections; saving it again replaces it."""
    head = _adapter(Draft).dump_json(_without_sections(draft)).decode()
    values = {"kind": str(draft.kind), "period": period, "head": head}
    with engine.begin() as connection:
        changed = connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft.id).values(**values))
        if not changed.rowcount:
            connection.execute(insert(DRAFTS).values(id=draft.id, created_at=clock(), **values))


def save_section(
    engine: Engine,
    draft_id: str,
    section: SectionText,
    *,
    author: str,
    why: str,
    based_on: int | None = None,
    clock: Clock = utc_now,
) -> Revision:
    """Save a section as its next revision, never over an earlier one.

    `based_on` is the revision number the writer saw; if another has been saved since, `Conflict` is
    raised and nothing is written.
    """
    with engine.begin() as connection:
        number = _latest_number(connection, draft_id, section.key)
        if based_on is not None and number != based_on:
            raise Conflict(f"“{section.heading}”在您编辑期间已被他人改动，您的改动没有保存。请对照最新内容后再存。")
        revision = Revision(section, number + 1, author, why, clock())
        try:
            connection.execute(insert(REVISIONS).values(_row(draft_id, revision)))
        except IntegrityError as error:
            raise Conflict(f"“{section.heading}”正由他人保存，您的改动没有保存。请重试。") from error
    return revision


def load_draft(engine: Engine, draft_id: str) -> Draft:
    """A draft with the latest revision of each section, in section order."""
    with engine.connect() as connection:
        head = connection.execute(select(DRAFTS.c.head).where(DRAFTS.c.id == draft_id)).scalar()
        if head is None:
            raise InputError(f"没有编号为“{draft_id}”的稿子。可用 jushi report list 查看已有的稿子。")
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
            .order_by(REVISIONS.c.section)
        ).scalars()
        sections = tuple(_adapter(SectionText).validate_json(body) for body in bodies)
    draft: Draft = _adapter(Draft).validate_json(head)
    return replace(draft, sections=sections)


def revisions(engine: Engine, draft_id: str, section: str) -> Sequence[Revision]:
    """Every saved state of a section, oldest first."""
    with engine.connect() as connection:
        rows = connection.execute(
            select(REVISIONS)
            .where(REVISIONS.c.draft == draft_id, REVISIONS.c.section == section)
            .order_by(REVISIONS.c.number)
        )
        return [
            Revision(_adapter(SectionText).validate_json(row.body), row.number, row.author, row.why, row.saved_at)
            for row in rows
        ]


def list_drafts(engine: Engine) -> Sequence[Listing]:
    """All drafts, newest first."""
    with engine.connect() as connection:
        rows = connection.execute(select(DRAFTS).order_by(DRAFTS.c.created_at.desc(), DRAFTS.c.id))
        return [
            Listing(row.id, row.kind, row.period, _adapter(Draft).validate_json(row.head).title, row.created_at)
            for row in rows
        ]


def _latest_number(connection: Connection, draft_id: str, section: str) -> int:
    newest = select(func.max(REVISIONS.c.number)).where(REVISIONS.c.draft == draft_id, REVISIONS.c.section == section)
    return connection.execute(newest).scalar() or 0


def _row(draft_id: str, revision: Revision) -> dict[str, object]:
    return {
        "draft": draft_id,
        "section": revision.section.key,
        "number": revision.number,
        "body": _adapter(SectionText).dump_json(revision.section).decode(),
        "author": revision.author,
        "why": revision.why,
        "saved_at": revision.saved_at,
    }


def _without_sections(draft: Draft) -> Draft:
    return replace(draft, sections=())


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
