"""Review: a report is submitted, commented on, returned or signed off; what is signed does not change any more.

writing → submitted → returned → submitted → signed; a signed report lives on as a new version. Only what was
submitted can be signed, word for word: a report edited in the meantime has to be submitted again. Who wrote
what stands in it, or submitted it, does not sign it as long as there is another active user who may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from assistant.errors import Forbidden, InputError
from assistant.permissions import Actor, Operation, allowed, require
from assistant.records import Draft
from assistant.store import audit, drafts, reviews, users
from assistant.store.audit import Action
from assistant.store.checks import keep_check
from assistant.store.comments import Comment, anchor_in, placed
from assistant.store.contents import content_hash
from assistant.store.copies import copy_draft
from assistant.store.database import writing
from assistant.store.heads import head_revisions
from assistant.store.schema import Clock, utc_now
from assistant.workflow import check_draft
from assistant.workspace import Workspace

LONGEST_COMMENT = 2000


class Status(StrEnum):
    """How far a report has come."""

    WRITING = "writing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {Status.WRITING: "在写", Status.SUBMITTED: "已送审", Status.RETURNED: "已退回", Status.SIGNED: "已签发"}


@dataclass(frozen=True, slots=True)
class ReviewState:
    """Where a report stands: who brought it there, when and why, and whether its words are still those."""

    draft_id: str
    status: Status
    version: int
    content_hash: str  # of the words as they are now
    by: str = ""  # empty where it never left its writer
    at: datetime | None = None
    why: str = ""  # of a return
    open_comments: int = 0
    bound_hash: str = ""  # of the words as they were submitted, or signed
    origin: str = ""  # the signed draft this version was copied from
    successor: str = ""  # the version copied from this one

    @property
    def label(self) -> str:
        """What people call its status."""
        return self.status.label

    @property
    def changed(self) -> bool:
        """Whether the words are not those that were submitted or signed."""
        return bool(self.bound_hash) and self.bound_hash != self.content_hash

    @property
    def warning(self) -> str:
        """What a person has to be told where the words have changed; empty where they have not."""
        if not self.changed:
            return ""
        if self.status is Status.SIGNED:
            return (
                "现在存着的内容与签发时的不符，有人绕过程序改过数据库。请停用这份稿子，用 jushi audit verify 核验日志。"
            )
        return "送审以后又有改动。请写稿的人重新送审。"


def state_of(workspace: Workspace, draft_id: str) -> ReviewState:
    """Where a report stands; raises `InputError` for an unknown one."""
    draft = drafts.load_draft(workspace.engine, draft_id)
    with workspace.engine.connect() as connection:
        standing = reviews.standing_of(connection, draft_id)
        signed = reviews.signed_digest(connection, draft_id)
        open_comments = sum(not each.resolved_by for each in reviews.remarks_of(connection, draft_id))
        later = reviews.versions_of(connection, draft_id)
    if standing is None:
        return ReviewState(draft_id, Status.WRITING, 1, content_hash(draft), open_comments=open_comments)
    status = Status(standing.status)
    bound = {Status.SUBMITTED: standing.digest, Status.SIGNED: signed}.get(status, "")
    return ReviewState(
        draft_id,
        status,
        standing.version,
        content_hash(draft),
        standing.actor,
        standing.at,
        standing.why,
        open_comments,
        bound,
        standing.origin,
        max(later, key=lambda each: each[1])[0] if later else "",
    )


def statuses(workspace: Workspace) -> dict[str, Status]:
    """How far every report has come that ever left its writer; one that is not among them is being written."""
    with workspace.engine.connect() as connection:
        return {draft_id: Status(each) for draft_id, each in reviews.statuses(connection).items()}


def submit(workspace: Workspace, draft_id: str, actor: Actor, *, clock: Clock = utc_now) -> ReviewState:
    """Hand a report in for review; one that was edited since is handed in again.

    What the check says of it is kept. Raises `Forbidden`, `SignedOff`, and `InputError` for one that is not finished
    or is with the reviewer as it is.
    """
    require(actor, Operation.SUBMIT)
    with _changing(workspace, draft_id) as (connection, draft, standing):
        digest = content_hash(draft)
        if not draft.sections or draft.extra.get("state") == "writing":
            raise InputError(f"{draft_id} 还没有写完，不能送审。请先写完（再次起草会接着写），再送审。")
        if standing.status == Status.SUBMITTED and standing.digest == digest:
            raise InputError(f"{draft_id} 已由{standing.actor}送审，内容没有再改。请等审核人退回或签发。")
        _bring(connection, draft_id, standing, Status.SUBMITTED, digest, actor, clock)
        audit.append(connection, actor.name, Action.SUBMIT, draft_id, digest, clock=clock)
    keep_check(workspace.engine, draft_id, digest, check_draft(workspace, draft), author=actor.name)
    return state_of(workspace, draft_id)


def return_draft(workspace: Workspace, draft_id: str, actor: Actor, why: str, *, clock: Clock = utc_now) -> ReviewState:
    """Give a submitted report back to its writer, with the reason. Raises `Forbidden`, `SignedOff`, `InputError`."""
    require(actor, Operation.RETURN)
    reason = _words(why)
    if not reason:
        raise InputError("退回要写明原因，好让写稿的人知道改什么。请补上原因再退回。")
    with _changing(workspace, draft_id) as (connection, draft, standing):
        _refuse_unless_submitted(standing, draft_id, "退回")
        _bring(connection, draft_id, standing, Status.RETURNED, content_hash(draft), actor, clock, reason)
        audit.append(connection, actor.name, Action.RETURN, draft_id, reason, clock=clock)
    return state_of(workspace, draft_id)


def sign(workspace: Workspace, draft_id: str, actor: Actor, *, clock: Clock = utc_now) -> ReviewState:
    """Sign a submitted report off, bound to the hash of its words; what the check says of it is kept.

    Raises `Forbidden` for somebody who may not, or wrote it while another could sign; `InputError` where it
    is not submitted or was edited since; `SignedOff` where it is signed already.
    """
    require(actor, Operation.SIGN)
    with _changing(workspace, draft_id) as (connection, draft, standing):
        _refuse_unless_submitted(standing, draft_id, "签发")
        digest = content_hash(draft)
        if digest != standing.digest:
            raise InputError(f"{draft_id} 送审以后又有改动，不能按原来送审的签发。请写稿的人重新送审，您看过再签。")
        _refuse_own_work(workspace, draft, standing, actor)
        _bring(connection, draft_id, standing, Status.SIGNED, digest, actor, clock)
        reviews.put_sign_off(connection, draft_id, reviews.SignOff(digest, actor.name, actor.display, clock()))
        audit.append(connection, actor.name, Action.SIGN, draft_id, digest, clock=clock)
    keep_check(workspace.engine, draft_id, digest, check_draft(workspace, draft), author=actor.name)
    return state_of(workspace, draft_id)


def new_version(workspace: Workspace, draft_id: str, actor: Actor, *, clock: Clock = utc_now) -> str:
    """The id of an editable copy of a signed report, which remembers what it was copied from.

    Raises `Forbidden`; `InputError` where the report is not signed, or has been copied already.
    """
    require(actor, Operation.NEW_VERSION)
    drafts.load_draft(workspace.engine, draft_id)
    with writing(workspace.engine) as connection:
        reviews.hold(connection, draft_id)
        standing, later = reviews.standing_of(connection, draft_id), reviews.versions_of(connection, draft_id)
        if standing is None or reviews.sign_off_of(connection, draft_id) is None:
            raise InputError(f"{draft_id} 还没有签发，可以直接修改，不用另起新版。")
        if later:
            raise InputError(f"{draft_id} 已经有新版 {later[0][0]}。请在新版上修改。")
        version, now = standing.version + 1, clock()
        new_id = f"{re.sub(r'-v[0-9]+$', '', draft_id)}-v{version}"
        copy_draft(connection, draft_id, new_id, f"由已签发的 {draft_id} 另起", now)
        begun = reviews.Standing(Status.WRITING, version, draft_id, "", actor.name, now, "")
        reviews.put_standing(connection, new_id, begun)
        audit.append(connection, actor.name, Action.NEW_VERSION, new_id, f"由 {draft_id} 另起", clock=clock)
    return new_id


# --- Comments ---------------------------------------------------------------------------------


def comment(
    workspace: Workspace,
    draft_id: str,
    actor: Actor,
    section: str,
    start: int,
    end: int,
    text: str,
    *,
    clock: Clock = utc_now,
) -> Comment:
    """Comment on `start:end` of a section's text; on the whole section where both are 0, on the report for section "".

    Raises `Forbidden`, `SignedOff`, `InputError` for a place that is not there and a comment without words.
    """
    require(actor, Operation.COMMENT)
    said = _words(text)
    if not said or len(said) > LONGEST_COMMENT:
        raise InputError(f"批注要有 1 到 {LONGEST_COMMENT} 个字，这条有 {len(said)} 个。请改好再存。")
    with _changing(workspace, draft_id) as (connection, draft, _standing):
        at = anchor_in(draft, section, start, end)
        remark = reviews.Remark(0, section, start, end, at.quote, at.lead, at.trail, said, actor.name, clock())
        number = reviews.put_remark(connection, draft_id, remark)
        where = f"{section}“{at.quote[:30]}”" if at.quote else section or "全文"
        audit.append(connection, actor.name, Action.COMMENT, draft_id, f"{number} {where}：{said}", clock=clock)
    return next(each for each in comments_of(workspace, draft_id) if each.number == number)


def comments_of(workspace: Workspace, draft_id: str) -> list[Comment]:
    """Every comment on a report, in the order they were made, each with the place of its words now."""
    draft = drafts.load_draft(workspace.engine, draft_id)
    texts = {each.key: each.text for each in draft.sections}
    with workspace.engine.connect() as connection:
        remarks = reviews.remarks_of(connection, draft_id)
    return [placed(each, texts) for each in remarks]


def resolve_comment(
    workspace: Workspace, draft_id: str, number: int, actor: Actor, *, clock: Clock = utc_now
) -> Comment:
    """Mark a comment as dealt with; once more changes nothing. Raises `Forbidden`, `SignedOff`, `InputError`."""
    require(actor, Operation.COMMENT)
    with _changing(workspace, draft_id) as (connection, _draft, _standing):
        reviews.resolve_remark(connection, draft_id, number, actor.name, clock())
        audit.append(connection, actor.name, Action.RESOLVE, draft_id, str(number), clock=clock)
    return next(each for each in comments_of(workspace, draft_id) if each.number == number)


# --- Inside -----------------------------------------------------------------------------------


@contextmanager
def _changing(workspace: Workspace, draft_id: str) -> Iterator[tuple[Connection, Draft, reviews.Standing]]:
    """A transaction in which the draft, as read here, stays as it is; raises `SignedOff` where it is signed."""
    drafts.load_draft(workspace.engine, draft_id)  # raises for an unknown one
    with writing(workspace.engine) as connection:
        reviews.refuse_signed(connection, draft_id)
        draft = drafts.load_draft(workspace.engine, draft_id)
        never = reviews.Standing(Status.WRITING, 1, "", "", "", utc_now(), "")
        yield connection, draft, reviews.standing_of(connection, draft_id) or never


def _bring(
    connection: Connection,
    draft_id: str,
    before: reviews.Standing,
    status: Status,
    digest: str,
    actor: Actor,
    clock: Clock,
    why: str = "",
) -> None:
    now = reviews.Standing(status, before.version, before.origin, digest, actor.name, clock(), why)
    reviews.put_standing(connection, draft_id, now)


def _words(text: str) -> str:
    """What somebody typed, as every database keeps it."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode().strip()


def _refuse_unless_submitted(standing: reviews.Standing, draft_id: str, act: str) -> None:
    if standing.status != Status.SUBMITTED:
        raise InputError(f"{draft_id} {Status(standing.status).label}，没有送审，不能{act}。请写稿的人先送审。")


def _refuse_own_work(workspace: Workspace, draft: Draft, standing: reviews.Standing, actor: Actor) -> None:
    """Raise `Forbidden` where the actor wrote or submitted this and there is somebody else who could sign."""
    engine = workspace.engine
    own = {drafts.revisions(engine, draft.id, each.key)[-1].author for each in draft.sections}
    own |= {standing.actor, *(each.author for each in head_revisions(engine, draft.id)[-1:])}
    if actor.name not in own:
        return
    able = [each for each in users.list_users(engine) if each.active and allowed(each.role, Operation.SIGN)]
    others = [each.actor.label for each in able if each.name not in own]
    if others:
        raise Forbidden(f"{draft.id} 是您写的或您送审的，不能由您自己签发。请{'、'.join(others[:3])}来签。")
