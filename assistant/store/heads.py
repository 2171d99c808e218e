"""Title, addressee, signature and date of a draft: each state of them is kept, as the sections' are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from assistant.errors import InputError
from assistant.records import Draft
from assistant.store.draft_tables import DRAFTS, HEADS, adapter

HEAD = ""  # in place of a section's key
HEADING = "标题和落款"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above and below a draft's sections."""

    title: str = ""
    addressee: str = ""
    signature: str = ""
    signed_on: str = ""

    @property
    def text(self) -> str:
        """The lines there are, from top to bottom."""
        return "\n".join(filter(None, (self.title, self.addressee, self.signature, self.signed_on)))


@dataclass(frozen=True, slots=True)
class HeadRevision:
    """One saved state of a draft's head."""

    head: Head
    number: int  # 1, 2, 3 …
    author: str
    why: str
    saved_at: datetime
    automatic: bool = False


def head_of(draft: Draft) -> Head:
    """The head of a draft."""
    return Head(draft.title, draft.addressee, draft.signature, draft.signed_on)


def head_revisions(engine: Engine, draft_id: str) -> Sequence[HeadRevision]:
    """Every saved state of the head, oldest first; none for a draft of the first version that nobody changed since."""
    with engine.connect() as connection:
        rows = connection.execute(select(HEADS).where(HEADS.c.draft == draft_id).order_by(HEADS.c.number)).all()
    return [_head_revision(row) for row in rows]


def head_revision(engine: Engine, draft_id: str, number: int) -> HeadRevision:
    """One saved state of the head; raises `InputError` where there is none of this number."""
    kept = head_revisions(engine, draft_id)
    if not 0 < number <= len(kept):
        known = f"只有第 1 到第 {len(kept)} 稿" if kept else "没有改过"
        raise InputError(
            f"{draft_id} 的{HEADING}没有第 {number} 稿（{known}）。可用 jushi report history {draft_id} 查看。"
        )
    return kept[number - 1]


def newest_head(connection: Connection, draft_id: str) -> HeadRevision:
    """The state of the head that was kept last; there must be one."""
    wanted = select(HEADS).where(HEADS.c.draft == draft_id).order_by(HEADS.c.number.desc()).limit(1)
    return _head_revision(connection.execute(wanted).one())


def head_number(connection: Connection, draft_id: str) -> int:
    """The number of the newest state of the head; 0 where none has been kept."""
    return connection.scalar(select(func.max(HEADS.c.number)).where(HEADS.c.draft == draft_id)) or 0


def note_head(connection: Connection, draft_id: str, revision: HeadRevision) -> None:
    """Keep a state of the head as its next revision."""
    connection.execute(
        insert(HEADS).values(
            draft=draft_id,
            number=revision.number,
            body=adapter(Head).dump_json(revision.head).decode(),
            author=revision.author,
            why=revision.why,
            saved_at=revision.saved_at,
            automatic=revision.automatic,
        )
    )


def change_head(connection: Connection, draft_id: str, revision: HeadRevision) -> HeadRevision:
    """Give the draft another head and keep it; one that no state was kept of so far keeps its old one too."""
    stored = connection.scalar(select(DRAFTS.c.head).where(DRAFTS.c.id == draft_id))
    draft: Draft = adapter(Draft).validate_json(stored or "")
    if revision.number == 1:
        note_head(connection, draft_id, replace(revision, head=head_of(draft), author="offline", why="起草"))
        revision = replace(revision, number=2)
    body = adapter(Draft).dump_json(replace(draft, **asdict(revision.head))).decode()
    connection.execute(update(DRAFTS).where(DRAFTS.c.id == draft_id).values(head=body))
    note_head(connection, draft_id, revision)
    return revision


def _head_revision(row: Row[Any]) -> HeadRevision:
    head = adapter(Head).validate_json(row.body)
    return HeadRevision(head, row.number, row.author, row.why, row.saved_at, row.automatic)
