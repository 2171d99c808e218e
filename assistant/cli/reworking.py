"""`jushi report`, `jushi redo`, `jushi lock`, `jushi unlock`: drafts that are there, and their sections again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from assistant.records import SectionText
    from assistant.reworking import Offer

app = typer.Typer(help="稿子：有哪些，各节写了什么。", no_args_is_help=True, rich_markup_mode=None)
DraftArgument = Annotated[str, typer.Argument(metavar="DRAFT", help="稿子编号，见 jushi report list")]
SectionArgument = Annotated[str, typer.Argument(metavar="SECTION", help="节的编号，见 jushi report show DRAFT")]


@app.command("list")
def list_(as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """有哪些稿子，各审到哪一步，最新的在前。"""
    from assistant.reviewing import Status, statuses
    from assistant.store.drafts import list_drafts

    with opened(workspace, create=False) as opened_workspace:
        found, reached = list_drafts(opened_workspace.engine), statuses(opened_workspace)
    told = [(each, reached.get(each.id, Status.WRITING)) for each in found]
    if as_json:
        print_json(
            [
                {"id": each.id, "kind": each.kind, "period": each.period, "title": each.title, "status": status.value}
                for each, status in told
            ]
        )
        return
    for each, status in told:
        title = each.title or "（没有写完）"
        typer.echo(f"{each.id}　{title}　{each.created_at.astimezone():%Y-%m-%d %H:%M}　{status.label}")
    if not found:
        typer.echo("还没有稿子。可用 jushi draft 起草。")


@app.command("show")
def show(
    draft: DraftArgument,
    section: Annotated[str | None, typer.Option("--section", "-s", help="只看一节，连同它的历次修改")] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """看一份稿子：各节的编号、标题、谁写的、是否锁定；加 --section 看一节的全文和历次修改。"""
    from assistant.reworking import find_section
    from assistant.store.drafts import load_draft, revisions
    from assistant.store.locks import locks_of

    with opened(workspace, create=False) as opened_workspace:
        engine = opened_workspace.engine
        whole = load_draft(engine, draft)
        shown = [find_section(opened_workspace, draft, section)[1]] if section else list(whole.sections)
        saved = {each.key: revisions(engine, draft, each.key) for each in shown}
        held = locks_of(engine, draft)
    if as_json:
        sections = [
            {
                "key": each.key,
                "heading": each.heading,
                "text": each.text,
                "writer": each.writer,
                "locked": list(held.get(each.key, ())),
                "revisions": [
                    {"number": r.number, "author": r.author, "why": r.why, "text": r.section.text}
                    for r in saved[each.key]
                ],
            }
            for each in shown
        ]
        print_json({"id": whole.id, "title": whole.title, "sections": sections})
        return
    for each in shown:
        typer.echo(_line(each, held.get(each.key, ())))
        if section:
            for revision in saved[each.key]:
                typer.echo(
                    f"\n第 {revision.number} 稿　{revision.author}　{revision.why}　{revision.saved_at.astimezone():%Y-%m-%d %H:%M}"
                )
                typer.echo(revision.section.text)


def redo(
    draft: DraftArgument,
    section: SectionArgument,
    wish: Annotated[str, typer.Option("--wish", help="要求，如：更精炼、补充防溺水、突出成效（需要模型）")] = "",
    alternatives: Annotated[int, typer.Option("--alternatives", "-n", help="写几种，最多 5")] = 1,
    model: Annotated[str | None, typer.Option("--model", "-m", help="模型名称；none 为不用模型（默认按设置）")] = None,
    accept: Annotated[int | None, typer.Option("--accept", help="采用上次写出的第几种")] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """重写一节：写出几种并排核对，稿子不变；看中哪种再用 --accept 采用。"""
    from assistant import reworking
    from assistant.errors import InputError

    if accept is not None and (wish or alternatives != 1):
        raise InputError("--accept 是采用上次写出的写法，不能同时给出 --wish 或 --alternatives。请分两次运行。")
    with opened(workspace, create=False) as opened_workspace:
        if accept is not None:
            by_person = reworking.person_revision(opened_workspace, draft, section)
            saved = reworking.accept(opened_workspace, draft, section, accept)
            if as_json:
                print_json({"draft": draft, "section": section, "revision": saved.number, "text": saved.section.text})
                return
            kept = (
                f"，您改过的第 {by_person} 稿仍在（jushi report show {draft} --section {section}）" if by_person else ""
            )
            typer.echo(f"已采用第 {accept} 种，存为第 {saved.number} 稿{kept}。")
            return
        _, old = reworking.find_section(opened_workspace, draft, section)
        offers = reworking.redo_section(
            opened_workspace, draft, section, wish=wish, alternatives=alternatives, model=model
        )
    if as_json:
        print_json({"draft": draft, "section": section, "now": old.text, "alternatives": [_shape(o) for o in offers]})
    elif not offers:
        typer.echo("写出来的和现在的一样，没有别的写法。不用模型时写法不多，可用 --model 指定模型再试。")
    else:
        _print_offers(old, offers)
        if len(offers) < alternatives:
            typer.echo(f"要了 {alternatives} 种，其余与已有的相同，只列出 {len(offers)} 种。")
        typer.echo(f"稿子没有改动。采用请运行：jushi redo {draft} {section} --accept 编号")


def lock(
    draft: DraftArgument,
    section: SectionArgument,
    sentence: Annotated[str, typer.Option("--sentence", help="只锁这一句（照原文抄写）")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """锁定一节或其中一句：重写时不动它。"""
    from assistant.reworking import lock_section

    with opened(workspace, create=False) as opened_workspace:
        lock_section(opened_workspace, draft, section, sentence)
    typer.echo(f"已锁定 {section}{'中的这一句' if sentence else ''}。")


def unlock(draft: DraftArgument, section: SectionArgument, workspace: WorkspaceOption = None) -> None:
    """解除一节（连同其中各句）的锁定。"""
    from assistant.reworking import unlock_section

    with opened(workspace, create=False) as opened_workspace:
        count = unlock_section(opened_workspace, draft, section)
    typer.echo(f"已解除 {section} 的锁定。" if count else f"{section} 没有锁定。")


def _line(section: SectionText, held: tuple[str, ...]) -> str:
    from assistant.store.locks import WHOLE

    writer = {"offline": "规则", "model": "模型"}.get(section.writer, "人工")
    state = "，已锁定" if WHOLE in held else f"，锁定 {len(held)} 句" if held else ""
    size = f"{len(section.text)} 字，{writer}" if section.text else "只有标题"
    return f"{section.key}　{section.heading or '（没有标题）'}　{size}{state}"


def _print_offers(old: SectionText, offers: list[Offer]) -> None:
    """The section as it is and each alternative side by side, what the check says under each."""
    from rich.text import Text

    from assistant.cli.tables import console, new_table

    columns = ["现在", *(f"{offer.number}：{offer.label}" for offer in offers)]
    table = new_table(old.heading or "（没有标题）", *columns)
    table.add_row(Text(old.text), *(Text(offer.section.text) for offer in offers))
    table.add_section()
    table.add_row(Text(f"{len(old.text)} 字"), *(Text(_check(offer)) for offer in offers))
    console().print(table)
    for offer in offers:
        for notice in offer.section.notices:
            typer.echo(f"{offer.number}　{notice.severity.label}：{notice.message}")


def _check(offer: Offer) -> str:
    from assistant.records import VerdictKind

    good = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)
    bad = [each for each in offer.verdicts if each.verdict not in good]
    lines = [f"{len(offer.section.text)} 字，{len(offer.verdicts)} 个数字，{len(offer.verdicts) - len(bad)} 个相符"]
    lines += [f"{each.verdict.label}：{each.surface}" for each in bad]
    return "\n".join(lines + [f"{each.severity.label}：{each.message}" for each in offer.findings])


def _shape(offer: Offer) -> dict[str, object]:
    from assistant.cli.shapes import notice_shape
    from assistant.factcheck.report import finding_shape, verdict_shape

    return {
        "number": offer.number,
        "label": offer.label,
        "text": offer.section.text,
        "writer": offer.section.writer,
        "verdicts": [verdict_shape(each, offer.origin) for each in offer.verdicts],
        "findings": [finding_shape(each, offer.origin) for each in offer.findings],
        "notices": [notice_shape(each) for each in offer.section.notices],
        "tokens": offer.section.tokens,
        "seconds": str(offer.section.seconds),
    }
