"""Sections and heads saved: each state is a revision, none is overwritten, and the second of two writers is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.errors import Conflict, InputError, Other
from assistant.records import SectionText
from assistant.store import audit
from assistant.store.database import writing
from assistant.store.draft_tables import DRAFTS, REVISIONS, adapter
from assistant.store.heads import HEAD, HEADING, Head, HeadRevision, change_head, head_number, newest_head
from assistant.store.reviews import refuse_signed
from assistant.store.schema import Clock, utc_now

PROGRAM = ("offline", "model")  # the authors who are no person


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state of a section.

    `facts` is the digest of the facts it was written on (`states.load_facts`); empty where nobody looked
    at the ledger when it was saved. `automatic` ones were saved by themselves while a person typed.
    """

    section: SectionText
    number: int  # 1, 2, 3 … within the section
    author: str
    why: str
    saved_at: datetime
    facts: str = ""
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A section or head to be saved, and the revision its writer saw; None for whatever there is."""

    new: SectionText | Head
    based_on: int | None = None

    @property
    def key(self) -> str:
        """The section's key; `HEAD` for the head."""
        return HEAD if isinstance(self.new, Head) else self.new.key

    @property
    def heading(self) -> str:
        """What people call the part."""
        return HEADING if isinstance(self.new, Head) else self.new.heading or "开头"

    @property
    def action(self) -> str:
        """What the audit log calls saving it."""
        return audit.Action.SAVE_HEAD if isinstance(self.new, Head) else audit.Action.SAVE_SECTION


def save_section(
    engine: Engine,
    draft_id: str,
    section: SectionText,
    *,
    author: str,
    why: str,
    based_on: int | None = None,
    facts: str = "",
    action: str = "",
    clock: Clock = utc_now,
) -> Revision:
    """Save a section as its next revision, never over an earlier one.

    `based_on` is the revision number the writer saw; if another has been saved since, `Conflict` is
    raised and nothing is written. `facts` is the digest of the facts it was written on.
    """
    edits = [Edit(section, based_on)]
    [saved] = save_edits(engine, draft_id, edits, author=author, why=why, facts=facts, action=action, clock=clock)
    assert isinstance(saved, Revision)
    return saved


def save_edits(
    engine: Engine,
    draft_id: str,
    edits: Sequence[Edit],
    *,
    author: str,
    why: str,
    facts: str = "",
    automatic: bool = False,
    action: str = "",
    clock: Clock = utc_now,
) -> list[Revision | HeadRevision]:
    """Save all of these, or none: `Conflict` is raised, with what the others wrote, where one was changed meanwhile.

    Each is entered in the audit log, as `action` where that is not simply a save. Raises `InputError` for an unknown draft, `SignedOff` for a signed one.
    """
    try:
        with writing(engine) as connection:
            hold_draft(connection, draft_id)
            refuse_signed(connection, draft_id)
            numbers = {edit.key: _number(connection, draft_id, edit.key) for edit in edits}
            _refuse_stale(connection, draft_id, edits, numbers)
            at = clock()
            saved: list[Revision | HeadRevision] = []
            for edit in edits:
                number = numbers[edit.key] + 1
                if isinstance(edit.new, Head):
                    head = HeadRevision(edit.new, number, author, why, at, automatic)
                    saved.append(change_head(connection, draft_id, head))
                else:
                    section = Revision(edit.new, number, author, why, at, facts, automatic)
                    saved.append(_write(connection, draft_id, section))
            for edit, done in zip(edits, saved, strict=True):
                told = f"{edit.heading} 第 {done.number} 稿 {why}"
                audit.append(connection, author, action or edit.action, draft_id, told, clock=clock)
            return saved
    except IntegrityError as error:
        names = "”“".join(edit.heading for edit in edits)
        raise Conflict(f"“{names}”正由他人保存，您的改动没有保存。请重试。") from error


def revisions(engine: Engine, draft_id: str, section: str) -> Sequence[Revision]:
    """Every saved state of a section, oldest first."""
    wanted = select(REVISIONS).where(REVISIONS.c.draft == draft_id, REVISIONS.c.section == section)
    with engine.connect() as connection:
        return [_revision(row) for row in connection.execute(wanted.order_by(REVISIONS.c.number))]


def revision(engine: Engine, draft_id: str, section: str, number: int) -> Revision:
    """One saved state of a section; raises `InputError` where there is none of this number."""
    wanted = select(REVISIONS).where(
        REVISIONS.c.draft == draft_id, REVISIONS.c.section == section, REVISIONS.c.number == number
    )
    with engine.connect() as connection:
        row = connection.execute(wanted).first()
        newest = 0 if row else _number(connection, draft_id, section)
    if row is None:
        known = f"只有第 1 到第 {newest} 稿" if newest else "没有这一节"
        raise InputError(
            f"{draft_id} 的 {section or HEADING} 没有第 {number} 稿（{known}）。可用 jushi report history {draft_id} 查看。"
        )
    return _revision(row)


def revision_numbers(engine: Engine, draft_id: str) -> dict[str, int]:
    """The number of the newest revision of each section, and of the head (under `HEAD`)."""
    newest = select(REVISIONS.c.section, func.max(REVISIONS.c.number)).where(REVISIONS.c.draft == draft_id)
    with engine.connect() as connection:
        rows = connection.execute(newest.group_by(REVISIONS.c.section).order_by(REVISIONS.c.section))
        return {HEAD: head_number(connection, draft_id), **{row[0]: row[1] for row in rows}}


def states_of(engine: Engine, draft_id: str, section: str, number: int | None = None) -> list[str]:
    """The digests of the facts a section was saved on, up to revision `number`, newest first and each once."""
    wanted = select(REVISIONS.c.facts).where(
        REVISIONS.c.draft == draft_id, REVISIONS.c.section == section, REVISIONS.c.facts.is_not(None)
    )
    if number is not None:
        wanted = wanted.where(REVISIONS.c.number <= number)
    with engine.connect() as connection:
        return list(dict.fromkeys(connection.scalars(wanted.order_by(REVISIONS.c.number.desc()))))


def hold_draft(connection: Connection, draft_id: str) -> None:
    """Let no other transaction write to this draft until this one ends; raises `InputError` for an unknown draft."""
    held = select(DRAFTS.c.id).where(DRAFTS.c.id == draft_id).with_for_update(key_share=True)
    if connection.scalar(held) is None:
        raise unknown_draft(draft_id)


def unknown_draft(draft_id: str) -> InputError:
    """What a person is told who asks for a draft that is not there."""
    return InputError(f"没有编号为“{draft_id}”的稿子。可用 jushi report list 查看已有的稿子。")


def _refuse_stale(connection: Connection, draft_id: str, edits: Sequence[Edit], numbers: Mapping[str, int]) -> None:
    """Raise `Conflict` with what somebody else has saved, where an edit was made on an older state."""
    stale = [edit for edit in edits if edit.based_on is not None and edit.based_on != numbers[edit.key]]
    if not stale:
        return
    others = tuple(_other(connection, draft_id, edit, numbers[edit.key]) for edit in stale)
    told = "；".join(f"“{each.heading}”由{name_of(each.author)}于 {local(each.saved_at)} 改过" for each in others)
    raise Conflict(f"在您编辑期间，{told}，您这次的改动都没有保存。请对照两边的文字，合并后再存。", others)


def _other(connection: Connection, draft_id: str, edit: Edit, number: int) -> Other:
    if edit.key == HEAD:
        head = newest_head(connection, draft_id)
        return Other(HEAD, HEADING, number, head.author, head.saved_at, head.head.text, edit.new.text)
    row = connection.execute(
        select(REVISIONS).where(
            REVISIONS.c.draft == draft_id, REVISIONS.c.section == edit.key, REVISIONS.c.number == number
        )
    ).first()
    if row is None:
        raise InputError(f"{draft_id} 没有编号为“{edit.key}”的一节。可用 jushi report show {draft_id} 查看各节。")
    theirs = _revision(row)
    return Other(edit.key, edit.heading, number, theirs.author, theirs.saved_at, theirs.section.text, edit.new.text)


def name_of(author: str) -> str:
    """What people call an author."""
    return {"offline": "程序", "model": "模型"}.get(author, author)


def local(moment: datetime) -> str:
    """A moment as the clock on the wall said it."""
    return f"{moment.astimezone():%m月%d日 %H:%M}"


def _number(connection: Connection, draft_id: str, section: str) -> int:
    if section == HEAD:
        return head_number(connection, draft_id)
    newest = select(func.max(REVISIONS.c.number)).where(REVISIONS.c.draft == draft_id, REVISIONS.c.section == section)
    return connection.scalar(newest) or 0


def _write(connection: Connection, draft_id: str, revision: Revision) -> Revision:
    connection.execute(
        insert(REVISIONS).values(
            draft=draft_id,
            section=revision.section.key,
            number=revision.number,
            body=adapter(SectionText).dump_json(revision.section).decode(),
            author=revision.author,
            why=revision.why,
            saved_at=revision.saved_at,
            facts=revision.facts or None,
            automatic=revision.automatic,
        )
    )
    return revision


def _revision(row: Row[Any]) -> Revision:
    section = adapter(SectionText).validate_json(row.body)
    return Revision(section, row.number, row.author, row.why, row.saved_at, row.facts or "", row.automatic)
