"""`jushi report submit|return|sign|comment|comments|resolve|state|new-version`: a report in review."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.identity import UserOption, actor_at
from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json
from assistant.cli.reworking import DraftArgument
from assistant.errors import InputError

if TYPE_CHECKING:
    from datetime import datetime

    from assistant.records import Draft
    from assistant.reviewing import ReviewState
    from assistant.store.comments import Comment


def state(draft: DraftArgument, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """一份稿子审到哪一步，签发后内容有没有变。"""
    from assistant.reviewing import state_of

    with opened(workspace, create=False) as at:
        _print_state(state_of(at, draft), as_json)


def submit(
    draft: DraftArgument, user: UserOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """送审：交给审核人；之后又改了，要再送一次。"""
    from assistant import reviewing

    with opened(workspace, create=False) as at:
        _print_state(reviewing.submit(at, draft, actor_at(at, user)), as_json)


def return_(
    draft: DraftArgument,
    why: Annotated[str, typer.Option("--why", help="退回的原因")],
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """退回：写明原因，交回写稿的人。"""
    from assistant import reviewing

    with opened(workspace, create=False) as at:
        _print_state(reviewing.return_draft(at, draft, actor_at(at, user), why), as_json)


def sign(
    draft: DraftArgument, user: UserOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """签发：与这时的内容绑定，之后不能再改，只能另起新版。"""
    from assistant import reviewing

    with opened(workspace, create=False) as at:
        _print_state(reviewing.sign(at, draft, actor_at(at, user)), as_json)


def new_version(
    draft: DraftArgument, user: UserOption = "", as_json: JsonOption = False, workspace: WorkspaceOption = None
) -> None:
    """由已签发的稿子另起新版：可以修改，并记得是从哪一版来的。"""
    from assistant import reviewing

    with opened(workspace, create=False) as at:
        new = reviewing.new_version(at, draft, actor_at(at, user))
        if as_json:
            _print_state(reviewing.state_of(at, new), as_json)
            return
    typer.echo(f"已另起新版 {new}，内容与 {draft} 相同，可以修改。")


def comment(
    draft: DraftArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="批注的话")],
    on: Annotated[
        str, typer.Option("--on", help="批注稿子里的哪些字（照原文抄写，如“205家次”）；不写则批注整节或全文")
    ] = "",
    section: Annotated[str, typer.Option("--section", "-s", help="在哪一节，见 jushi report show DRAFT")] = "",
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """批注一个数字、一句话、一节或全文。"""
    from assistant import reviewing
    from assistant.store.drafts import load_draft

    with opened(workspace, create=False) as at:
        key, start, end = _find(load_draft(at.engine, draft), section, on)
        made = reviewing.comment(at, draft, actor_at(at, user), key, start, end, text)
    if as_json:
        print_json(_comment_shape(made))
    else:
        typer.echo(f"已批注，编号 {made.number}。")


def comments(
    draft: DraftArgument,
    everything: Annotated[bool, typer.Option("--all", help="连同处理过的")] = False,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """看批注，各在什么地方；改没了的注明原来的字。"""
    from assistant.reviewing import comments_of

    with opened(workspace, create=False) as at:
        found = [each for each in comments_of(at, draft) if everything or each.open]
    if as_json:
        print_json([_comment_shape(each) for each in found])
        return
    for each in found:
        done = f"（{each.resolved_by}已处理）" if each.resolved_by else ""
        typer.echo(f"{each.number}　{_where(each)}　{each.author}　{_time(each.at)}{done}\n　　{each.text}")
    if not found:
        typer.echo("没有批注。" if everything else "没有待处理的批注。")


def resolve(
    draft: DraftArgument,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="批注的编号")],
    user: UserOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """把一条批注标为已处理。"""
    from assistant import reviewing

    with opened(workspace, create=False) as at:
        reviewing.resolve_comment(at, draft, number, actor_at(at, user))
    typer.echo(f"批注 {number} 已标为处理过。")


ACTS: dict[str, Callable[..., None]] = {
    "state": state,
    "submit": submit,
    "return": return_,
    "sign": sign,
    "comment": comment,
    "comments": comments,
    "resolve": resolve,
    "new-version": new_version,
}


def _find(draft: Draft, section: str, words: str) -> tuple[str, int, int]:
    """Where in the draft the words stand that are commented on; the whole section, or report, for none."""
    if not words:
        return section, 0, 0
    places = [
        (each.key, start)
        for each in draft.sections
        if not section or each.key == section
        for start in range(len(each.text))
        if each.text.startswith(words, start)
    ]
    if not places:
        raise InputError(f"{draft.id}{f' 的 {section} 节' if section else ''}里没有“{words}”。请照原文抄写。")
    if len(places) > 1:
        where = "、".join(dict.fromkeys(key for key, _ in places))
        raise InputError(f"“{words}”在 {where} 节里共有 {len(places)} 处。请多抄几个字，或用 --section 指明是哪一节。")
    key, start = places[0]
    return key, start, start + len(words)


def _print_state(found: ReviewState, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "draft": found.draft_id,
                "status": found.status.value,
                "version": found.version,
                "by": found.by,
                "at": found.at.isoformat() if found.at else "",
                "why": found.why,
                "open_comments": found.open_comments,
                "content_hash": found.content_hash,
                "bound_hash": found.bound_hash,
                "changed": found.changed,
                "origin": found.origin,
                "successor": found.successor,
            }
        )
        return
    who = f"，{found.by}，{_time(found.at)}" if found.at else ""
    typer.echo(f"{found.draft_id}　第 {found.version} 版　{found.label}{who}")
    if found.why:
        typer.echo(f"退回原因：{found.why}")
    if found.bound_hash:
        typer.echo(f"内容校验值 {found.bound_hash}")
    if found.changed:
        typer.echo(found.warning)
    if found.open_comments:
        typer.echo(f"待处理的批注 {found.open_comments} 条，见 jushi report comments {found.draft_id}")
    if found.origin:
        typer.echo(f"由 {found.origin} 另起")
    if found.successor:
        typer.echo(f"新版是 {found.successor}")


def _where(comment: Comment) -> str:
    if comment.lost:
        return (
            f"{comment.section} 节里原来的“{comment.quote}”已经没有了"
            if comment.quote
            else f"{comment.section} 节已经没有了"
        )
    if comment.place is None or not comment.quote:
        return f"{comment.section} 节" if comment.section else "全文"
    changed = "" if comment.place.exact else "（字句已改）"
    return f"{comment.place.section} 节“{comment.quote}”{changed}"


def _comment_shape(comment: Comment) -> dict[str, object]:
    place = comment.place
    return {
        "number": comment.number,
        "section": place.section if place else comment.section,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "quote": comment.quote,
        "lost": comment.lost,
        "exact": bool(place and place.exact),
        "text": comment.text,
        "author": comment.author,
        "at": comment.at.isoformat(),
        "resolved_by": comment.resolved_by,
    }


def _time(moment: datetime | None) -> str:
    return f"{moment.astimezone():%Y-%m-%d %H:%M}" if moment else ""
