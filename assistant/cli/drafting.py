"""`jushi outline` and `jushi draft`: what a report is to hold, and the report, written from facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, PeriodOption, TownOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.errors import JushiError
    from assistant.records import ReportKind, SectionText


def draft(
    kind: Annotated[str, typer.Option("--kind", "-k", help="annual（全年总结）或 half-year（半年总结）")],
    period: PeriodOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="Word 文件 .docx，或 .md")],
    past: Annotated[list[Path] | None, typer.Option("--past", help="往年总结（.docx .txt .md），可多次给出")] = None,
    outline: Annotated[Path | None, typer.Option("--outline", help="确认过的提纲，见 jushi outline")] = None,
    targets: Annotated[
        Path | None, typer.Option("--targets", help="目标文件（默认用工作目录里的 targets.toml）")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", "-m", help="模型名称；none 为不用模型（默认按设置）")] = None,
    town: TownOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """起草：台账里的数字，往年的写法，写一节存一节，最后核数并导出 Word。"""
    from assistant.cli.costs import add_costs, prices_of, print_usage
    from assistant.outlining import load_outline, load_targets
    from assistant.periods import parse_period
    from assistant.permissions import LOCAL
    from assistant.retrieval.loaders import load_document
    from assistant.revising import keep_check
    from assistant.workflow import export_draft, section_spans, write_draft

    chosen, span = report_kind(kind), parse_period(period)
    check_target(out)
    with opened(workspace, create=False, town=town) as opened_workspace:
        documents = [load_document(path) for path in past or ()]
        written = write_draft(
            opened_workspace,
            chosen,
            span,
            past=documents,
            outline=load_outline(opened_workspace, outline, chosen, span, documents) if outline else None,
            targets=load_targets(opened_workspace, targets) if targets else None,
            model=model,
            on_section=_say(quiet=as_json),
        )
        _, report = keep_check(opened_workspace, written.id, author=LOCAL.name)
        export_draft(written, out)
        prices = prices_of(opened_workspace.settings)
    if as_json:
        from assistant.cli.shapes import draft_shape

        shape = draft_shape(written, report, section_spans(written))
        print_json({**add_costs(shape, written.sections, prices), "out": str(out)})
    else:
        from assistant.cli.tables import print_draft

        print_usage(written.sections, prices)
        print_draft(written, report, out)


def outline(
    kind: Annotated[str, typer.Option("--kind", "-k", help="annual（全年总结）或 half-year（半年总结）")],
    period: PeriodOption,
    past: Annotated[list[Path] | None, typer.Option("--past", help="往年总结（.docx .txt .md），可多次给出")] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="写到哪个文件（默认在工作目录的 outlines 里）")
    ] = None,
    town: TownOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """提纲：从往年总结学来的（或通用的）各节，写成一个可改的文件，并说明台账还缺什么。"""
    from assistant.outlining import propose_outline, save_outline
    from assistant.periods import parse_period
    from assistant.retrieval.loaders import load_document

    chosen, span = report_kind(kind), parse_period(period)
    if out is not None and not out.absolute().parent.is_dir():
        raise _no_folder(out)
    with opened(workspace, create=False, town=town) as opened_workspace:
        documents = [load_document(path) for path in past or ()]
        proposal = propose_outline(opened_workspace, chosen, span, documents)
        path = save_outline(opened_workspace, chosen, span, proposal.text, out)
    if as_json:
        from assistant.cli.outline_shapes import outline_shape

        print_json({"out": str(path), **outline_shape(proposal.sections, proposal.missing)})
        return
    for section in proposal.sections:
        indent = "  " * max(section.level - 1, 0)
        length = f"（约 {section.length} 字，必报 {len(section.must)} 项）" if section.length or section.must else ""
        typer.echo(f"{indent}· {section.heading or '（没有标题的段落）'}{length}")
    if proposal.missing:
        typer.echo("台账里还没有、总结又要写到的数据，请先补台账：")
    for missing in proposal.missing:
        typer.echo(f"  {missing.heading}：{'、'.join(missing.names)}")
    typer.echo(f"已写入 {path}。改好后用 jushi draft --outline {path} 起草。")


def report_kind(text: str) -> ReportKind:
    """The kind of report named; raises `InputError` for any other word."""
    from assistant.errors import InputError
    from assistant.records import ReportKind

    try:
        return ReportKind(text)
    except ValueError:
        raise InputError(f"不认识的种类“{text}”：--kind 请用 annual（全年）或 half-year（半年）。") from None


def check_target(out: Path) -> None:
    """Before any work is done: the result can be written where it is wanted."""
    from assistant.errors import InputError

    if out.suffix.lower() not in (".docx", ".md"):
        raise InputError(f"不能写成“{out.name}”：--out 请用 .docx 或 .md。")
    if not out.absolute().parent.is_dir():
        raise _no_folder(out)


def _no_folder(out: Path) -> JushiError:
    from assistant.errors import InputError

    return InputError(f"没有文件夹 {out.absolute().parent}。请先建立它，或换一个 --out。")


def _say(*, quiet: bool) -> Callable[[SectionText], None]:
    def say(section: SectionText) -> None:
        if section.text and not quiet:
            model = f"，{section.tokens} 个词元，{section.seconds:.1f} 秒" if section.tokens else ""
            size = f"{len(section.text)} 字，{len(section.slots)} 个数字{model}"
            typer.echo(f"  写好：{section.heading or '开头'}（{size}）", err=True)

    return say
