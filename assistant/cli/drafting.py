"""`jushi draft`: a report, written from facts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, PeriodOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.records import ReportKind, SectionText


def draft(
    kind: Annotated[str, typer.Option("--kind", "-k", help="annual（全年总结）或 half-year（半年总结）")],
    period: PeriodOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="Word 文件 .docx，或 .md")],
    past: Annotated[list[Path] | None, typer.Option("--past", help="往年总结（.docx .txt .md），可多次给出")] = None,
    model: Annotated[str | None, typer.Option("--model", "-m", help="模型名称；none 为不用模型（默认按设置）")] = None,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """起草：台账里的数字，往年的写法，写一节存一节，最后核数并导出 Word。"""
    from assistant.periods import parse_period
    from assistant.retrieval.loaders import load_document
    from assistant.workflow import check_draft, export_draft, section_spans, write_draft

    report_kind, span = _kind(kind), parse_period(period)
    _check_target(out)
    with opened(workspace, create=False) as opened_workspace:
        documents = [load_document(path) for path in past or ()]
        written = write_draft(
            opened_workspace, report_kind, span, past=documents, model=model, on_section=_say(quiet=as_json)
        )
        report = check_draft(opened_workspace, written)
        export_draft(written, out)
    if as_json:
        from assistant.cli.shapes import draft_shape

        print_json({**draft_shape(written, report, section_spans(written)), "out": str(out)})
    else:
        from assistant.cli.tables import print_draft

        print_draft(written, report, out)


def _kind(text: str) -> ReportKind:
    from assistant.errors import InputError
    from assistant.records import ReportKind

    try:
        return ReportKind(text)
    except ValueError:
        raise InputError(f"不认识的种类“{text}”：--kind 请用 annual（全年）或 half-year（半年）。") from None


def _check_target(out: Path) -> None:
    """Before any work is done: the result can be written where it is wanted."""
    from assistant.errors import InputError

    if out.suffix.lower() not in (".docx", ".md"):
        raise InputError(f"不能写成“{out.name}”：--out 请用 .docx 或 .md。")
    if not out.absolute().parent.is_dir():
        raise InputError(f"没有文件夹 {out.absolute().parent}。请先建立它，或换一个 --out。")


def _say(*, quiet: bool) -> Callable[[SectionText], None]:
    def say(section: SectionText) -> None:
        if not quiet:
            typer.echo(
                f"  写好：{section.heading or '开头'}（{len(section.text)} 字，{len(section.slots)} 个数字）", err=True
            )

    return say
