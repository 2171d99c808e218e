"""Where a report stands in review: its state, the comments on it, and its sign-off, which nothing may change after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Integer,
    Row,
    String,
    Table,
    Text,
    column,
    false,
    insert,
    select,
    table,
    update,
)

from assistant.errors import InputError, SignedOff
from assistant.store.audit import ENTRIES, Action
from assistant.store.schema import METADATA, Moment

REVIEWS = Table(
    "reviews",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), primary_key=True),
    Column("status", String(16), nullable=False),
    Column("version", Integer, nullable=False),  # 1, 2, 3 … of the same report
    Column("origin", String(64), nullable=False),  # the signed draft it was copied from; empty for the first
    Column("digest", String(64), nullable=False),  # of the content when it was brought into this state
    Column("actor", String(80), nullable=False),  # who brought it there
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
)

SIGN_OFFS = Table(
    "sign_offs",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), primary_key=True),
    Column("digest", String(64), nullable=False),  # of the content as signed
    Column("actor", String(80), nullable=False),
    Column("display", String(80), nullable=False),
    Column("at", Moment, nullable=False),
)

COMMENTS = Table(
    "review_comments",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False, index=True),
    Column("section", String(32), nullable=False),  # empty: on the report as a whole
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),  # the words commented on
    Column("lead", Text, nullable=False),  # the words before them
    Column("trail", Text, nullable=False),  # the words after them
    Column("body", Text, nullable=False),
    Column("actor", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("resolved_by", String(80), nullable=False),  # empty: open
    Column("resolved_at", Moment, nullable=True),
)

_DRAFTS = table("drafts", column("id"))
_STANDING = ("status", "version", "origin", "digest", "actor", "at", "why")
_REMARK = tuple(each.name for each in COMMENTS.c if each.name != "draft")


@dataclass(frozen=True, slots=True)
class Standing:
    """The state a report was brought into, by whom, when and why."""

    status: str
    version: int
    origin: str
    digest: str
    actor: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class SignOff:
    """Who signed what: the hash is of the content at that moment."""

    digest: str
    actor: str
    display: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment as kept: where it was made, on which words between which."""

    id: int
    section: str
    start: int
    end: int
    quote: str
    lead: str
    trail: str
    body: str
    actor: str
    at: datetime
    resolved_by: str = ""
    resolved_at: datetime | None = None


def refuse_signed(connection: Connection, draft_id: str) -> None:
    """Raise `SignedOff` where the report is signed; else it cannot be signed until this transaction ends.

    To be called in the transaction that changes the draft, before anything is read that the change rests on.
    """
    hold(connection, draft_id)
    signed = sign_off_of(connection, draft_id)
    if signed:
        day = signed.at.astimezone()
        raise SignedOff(
            f"{draft_id} 已由{signed.display or signed.actor}于{day.year}年{day.month}月{day.day}日签发，不能再改。"
            f"要修改请另起新版（jushi report new-version {draft_id}）。"
        )


def hold(connection: Connection, draft_id: str) -> None:
    """Let nobody else change this draft, or its review, until the transaction ends."""
    if connection.dialect.name == "sqlite":  # has no row locks: any writing statement takes the one lock there is
        connection.execute(update(SIGN_OFFS).where(false()).values(digest=""))
    else:
        connection.execute(select(_DRAFTS.c.id).where(_DRAFTS.c.id == draft_id).with_for_update(key_share=True))


def standing_of(connection: Connection, draft_id: str) -> Standing | None:
    """The state a report was last brought into; None where it never left its writer."""
    row = connection.execute(select(REVIEWS).where(REVIEWS.c.draft == draft_id)).first()
    return Standing(*row[1:]) if row else None


def statuses(connection: Connection) -> dict[str, str]:
    """The status of every draft that has left its writer, or is a later version."""
    return {row.draft: row.status for row in connection.execute(select(REVIEWS.c.draft, REVIEWS.c.status))}


def put_standing(connection: Connection, draft_id: str, standing: Standing) -> None:
    """Bring a report into a state; `hold` it first."""
    values = {name: getattr(standing, name) for name in _STANDING}
    if not connection.execute(update(REVIEWS).where(REVIEWS.c.draft == draft_id).values(values)).rowcount:
        connection.execute(insert(REVIEWS).values(draft=draft_id, **values))


def versions_of(connection: Connection, draft_id: str) -> list[tuple[str, int]]:
    """The drafts copied from this one, with their version numbers."""
    rows = connection.execute(select(REVIEWS.c.draft, REVIEWS.c.version).where(REVIEWS.c.origin == draft_id))
    return [(row.draft, row.version) for row in rows.all()]


def sign_off_of(connection: Connection, draft_id: str) -> SignOff | None:
    """The sign-off of a report; None where it has none."""
    row = connection.execute(select(SIGN_OFFS).where(SIGN_OFFS.c.draft == draft_id)).first()
    return SignOff(*row[1:]) if row else None


def signed_digest(connection: Connection, draft_id: str) -> str:
    """The hash a report was signed with, as the log has it, where it cannot be changed without showing."""
    told = select(ENTRIES.c.detail).where(ENTRIES.c.action == Action.SIGN, ENTRIES.c.subject == draft_id)
    logged = connection.scalar(told.order_by(ENTRIES.c.number.desc()).limit(1))
    signed = sign_off_of(connection, draft_id)
    return logged or (signed.digest if signed else "")


def put_sign_off(connection: Connection, draft_id: str, sign_off: SignOff) -> None:
    """Sign a report; `hold` it first."""
    values = {name: getattr(sign_off, name) for name in ("digest", "actor", "display", "at")}
    connection.execute(insert(SIGN_OFFS).values(draft=draft_id, **values))


def put_remark(connection: Connection, draft_id: str, remark: Remark) -> int:
    """Keep a comment (its id is given here and returned)."""
    values: dict[str, Any] = {name: getattr(remark, name) for name in _REMARK if name != "id"}
    made = connection.execute(insert(COMMENTS).values(draft=draft_id, **values))
    return int((made.inserted_primary_key or (0,))[0])


def remarks_of(connection: Connection, draft_id: str) -> list[Remark]:
    """Every comment on a report, in the order they were made."""
    rows = connection.execute(select(COMMENTS).where(COMMENTS.c.draft == draft_id).order_by(COMMENTS.c.id))
    return [_remark(row) for row in rows]


def resolve_remark(connection: Connection, draft_id: str, number: int, actor: str, at: datetime) -> Remark:
    """Mark a comment as dealt with; raises `InputError` where the report has none of this number."""
    mine = (COMMENTS.c.id == number, COMMENTS.c.draft == draft_id)
    open_ = (*mine, COMMENTS.c.resolved_by == "")
    connection.execute(update(COMMENTS).where(*open_).values(resolved_by=actor, resolved_at=at))
    row = connection.execute(select(COMMENTS).where(*mine)).first()
    if row is None:
        raise InputError(f"{draft_id} 没有编号为 {number} 的批注。可用 jushi report comments {draft_id} 查看。")
    return _remark(row)


def _remark(row: Row[Any]) -> Remark:
    return Remark(**{name: getattr(row, name) for name in _REMARK})
