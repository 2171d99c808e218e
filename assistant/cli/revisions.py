"""`jushi report history|diff|restore|outdated`: what was changed in a report, by whom, and what the ledger has left behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.identity import UserOption, actor_at
from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json
from assistant.cli.reworking import DraftArgument
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.diffs import Piece
    from assistant.records import Fact
    from assistant.revising import Change, Outdated
    from assistant.workspace import Workspace

_HEAD_NAMES = ("标题", "head")
_CONTEXT = 24  # characters of unchanged text shown on each side of a change
SectionArgument = Annotated[
    str, typer.Argument(metavar="SECTION", help="节的编号，见 jushi report show DRAFT；“标题”指标题和落款")
]


def history(draft: DraftArgument, as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """一份稿子改过哪些地方：谁、什么时候、为什么，最新的在前。"""
    from assistant import revising
    from assistant.store.revisions import name_of

    with opened(workspace, create=False) as at:
        changes = revising.history(at, draft)
    if as_json:
        print_json([_change_shape(each) for each in changes])
        return
    for each in changes:
        number = f"第 {each.number} 稿" + ("（现在）" if each.current else "")
        saves = f"，其间自动保存 {each.number - each.first} 次" if each.number > each.first else ""
        model = f"，模型 {each.model}" if each.model else ""
        typer.echo(
            f"{each.when.astimezone():%Y-%m-%d %H:%M}　{each.section or '标题'} {each.heading}　{number}　"
            f"{name_of(each.author)}　{each.why}{saves}{model}"
        )


def diff(
    draft: DraftArgument,
    section: Annotated[
        str, typer.Argument(metavar="[SECTION]", help="只看一节（不写则看改过的各节）；“标题”指标题和落款")
    ] = "",
    older: Annotated[int, typer.Option("--from", help="从第几稿（默认第 1 稿）")] = 1,
    newer: Annotated[int | None, typer.Option("--to", help="到第几稿（默认最新一稿）", show_default=False)] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """逐字比较两稿：哪些字改了、加了、删了。"""
    from assistant import revising

    if not section and (older != 1 or newer is not None):
        raise InputError(
            "--from 和 --to 是某一节的第几稿，请同时写明是哪一节，如 jushi report diff DRAFT 02 --from 1。"
        )
    with opened(workspace, create=False) as at:
        headings = {each.section: each.heading for each in reversed(revising.history(at, draft))}
        newest = revising.opened_at(at, draft)
        keys = [_key(section)] if section else [key for key, number in newest.items() if number > 1]
        compared = [
            (key, newer or newest.get(key, 0), revising.compare(at, draft, key, older, newer or newest.get(key, 0)))
            for key in keys
        ]
    if as_json:
        print_json(
            [
                {"section": key, "heading": headings.get(key, ""), "from": older, "to": to, "pieces": _pieces(pieces)}
                for key, to, pieces in compared
            ]
        )
        return
    for key, to, pieces in compared:
        typer.echo(f"{key or '标题'} {headings.get(key, '')}　第 {older} 稿 → 第 {to} 稿")
        _print_pieces(pieces)
    if not compared:
        typer.echo("各节都还是第 1 稿，没有改过。")


def restore(
    draft: DraftArgument,
    section: SectionArgument,
    number: Annotated[int, typer.Argument(metavar="N", help="恢复成第几稿，见 jushi report history DRAFT")],
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """把一节恢复成以前的某一稿；存为新的一稿，其间的各稿都还在。"""
    from assistant import revising
    from assistant.permissions import Operation, require

    with opened(workspace, create=False) as at:
        actor = actor_at(at, user)
        require(actor, Operation.EDIT)
        saved = revising.restore(at, draft, _key(section), number, author=actor.name)
        text = revising.text_at(at, draft, _key(section), saved.number)
    if as_json:
        print_json({"draft": draft, "section": _key(section), "revision": saved.number, "text": text})
        return
    typer.echo(f"已恢复成第 {number} 稿，存为第 {saved.number} 稿。")


def outdated(
    draft: DraftArgument,
    update: Annotated[bool, typer.Option("--update", help="把这些数字改成台账现在的数，其余的字不动")] = False,
    user: UserOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """写好以后台账又变了：哪些数字过时了；加 --update 照台账更新。"""
    from assistant import revising

    with opened(workspace, create=False) as at:
        found = revising.outdated(at, draft)
        done = _update(at, draft, user, found) if update and found else []
        left = revising.outdated(at, draft) if done else found
    if as_json:
        print_json({"outdated": [_outdated_shape(each) for each in left], "updated": done})
        return
    for each in done:
        typer.echo(f"{each['section']} {each['heading']}　{each['message']}")
    for one in left:
        should = f"现在应为 {one.expected}" if one.expected else one.message
        typer.echo(f"{one.section} {one.heading}　“{one.surface}”　{should}{_cells(one.now)}")
    if not found:
        typer.echo("没有过时的数字：写的时候对的，现在仍与台账一致。")
    elif left and not update:
        typer.echo(f"共 {len(left)} 处过时。更新请运行：jushi report outdated {draft} --update")


ACTS: dict[str, Callable[..., None]] = {"history": history, "diff": diff, "restore": restore, "outdated": outdated}


def _update(at: Workspace, draft: str, user: str, found: Sequence[Outdated]) -> list[dict[str, object]]:
    """Update section by section; what cannot be updated is said and the others go on."""
    from assistant import revising
    from assistant.permissions import Operation, require

    actor = actor_at(at, user)
    require(actor, Operation.EDIT)
    done: list[dict[str, object]] = []
    for key, heading in dict.fromkeys((each.section, each.heading) for each in found):
        try:
            saved = revising.update_figures(at, draft, key, author=actor.name)
            told, number = f"{saved.why}（第 {saved.number} 稿）", saved.number
        except InputError as error:
            told, number = str(error), 0
        done.append({"section": key, "heading": heading, "revision": number, "message": told})
    return done


def _key(section: str) -> str:
    return "" if section in _HEAD_NAMES else section


def _print_pieces(pieces: Sequence[Piece]) -> None:
    """The changes with a little of what stands around them; struck out and coloured on a terminal."""
    from rich.text import Text

    from assistant.cli.tables import console

    line = Text()
    for index, piece in enumerate(pieces):
        if piece.same:
            line.append(_shortened(piece.before, first=index == 0, last=index == len(pieces) - 1))
            continue
        if piece.before:
            line.append("【删：").append(piece.before, style="red strike").append("】")
        if piece.after:
            line.append("【增：").append(piece.after, style="green").append("】")
    for each in line.split("\n"):
        console().print(Text("  ").append_text(each), soft_wrap=True)


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """Unchanged text with its middle left out, where it is long."""
    head, tail = ("" if first else text[:_CONTEXT]), ("" if last else text[-_CONTEXT:])
    return text if len(text) <= 2 * _CONTEXT else f"{head}…{tail}"


def _pieces(pieces: Sequence[Piece]) -> list[dict[str, object]]:
    return [{"before": each.before, "after": each.after, "same": each.same} for each in pieces]


def _cells(fact: Fact | None) -> str:
    if fact is None or not fact.evidence:
        return ""
    cell = fact.evidence[0]
    more = f" 等 {len(fact.evidence)} 处" if len(fact.evidence) > 1 else ""
    return f"（{cell.file} {cell.sheet} {cell.cell}{more}）"


def _change_shape(change: Change) -> dict[str, object]:
    return {
        "section": change.section,
        "heading": change.heading,
        "number": change.number,
        "first": change.first,
        "author": change.author,
        "when": change.when.isoformat(),
        "why": change.why,
        "model": change.model,
        "prompt_hash": change.prompt_hash,
        "current": change.current,
    }


def _outdated_shape(found: Outdated) -> dict[str, object]:
    from assistant.cli.shapes import facts_shape

    return {
        "section": found.section,
        "heading": found.heading,
        "start": found.start,
        "end": found.end,
        "surface": found.surface,
        "expected": found.expected,
        "then": facts_shape([found.then])[0] if found.then else None,
        "now": facts_shape([found.now])[0] if found.now else None,
        "message": found.message,
    }
