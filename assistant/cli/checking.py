"""`jushi check` and `jushi quantities`: somebody's text, figure by figure."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import JsonOption, PeriodOption, TownOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from assistant.factcheck.citations import Regulations
    from assistant.records import CheckReport, Document, Fact, Period

CLEAN, DEFECTS, COULD_NOT_RUN = 0, 1, 2


def check(
    file: Annotated[str, typer.Argument(metavar="FILE", help="要核对的文件：.docx .txt .md；- 为标准输入")],
    period: PeriodOption,
    facts: Annotated[
        Path | None, typer.Option("--facts", help="不用台账，用事实表 CSV：topic,indicator,period,value,unit")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="批注稿 .docx，或核数表 .xlsx")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="查无依据、无法判定的数字也算不通过")] = False,
    town: TownOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """核数：逐个数字给出结论和依据。退出状态：0 没有问题，1 有数字与台账不符，2 无法核对。"""
    from assistant.periods import parse_period
    from assistant.workflow import check_document

    span = parse_period(period)
    if out:
        _check_target(out)
    document = _read(file)
    with _known(facts, workspace, span, town) as (known, regulations):
        report = check_document(document, known, span, regulations=regulations)
    if out:
        _write(file, document, report, out)
    if as_json:
        from assistant.factcheck.report import as_json as shape

        print_json(shape(report))
    else:
        from assistant.cli.tables import print_report

        print_report(report, document.file, out)
    sys.exit(_status(report, known, strict))


def quantities(
    file: Annotated[str, typer.Argument(metavar="FILE", help="文件；- 为标准输入")] = "-",
    as_json: JsonOption = False,
) -> None:
    """看看从文字里读出了哪些数量，哪些算作需要核对的数字。"""
    from assistant.quantities.extract import extract

    found = extract(_read(file).text)
    if as_json:
        from assistant.cli.shapes import quantity_shape

        print_json([quantity_shape(quantity) for quantity in found])
    else:
        from assistant.cli.tables import print_quantities

        print_quantities(found)


def _read(file: str) -> Document:
    from assistant.retrieval.loaders import load_bytes, load_document

    return load_bytes("标准输入.txt", sys.stdin.buffer.read()) if file == "-" else load_document(Path(file))


@contextmanager
def _known(
    file: Path | None, workspace: Path | None, period: Period, town: str
) -> Iterator[tuple[list[Fact], Regulations | None]]:
    """What to check against: the table given, or the ledger and the library of the workspace if there is one."""
    from assistant.consulting import has_library, library_of
    from assistant.ledger.facts import facts_from_csv
    from assistant.settings import load_settings
    from assistant.workspace import facts_around

    if file:
        yield facts_from_csv(file), None
    elif workspace is None and not load_settings().workspace.exists():
        yield [], None
    else:
        with opened(workspace, create=False, town=town) as opened_workspace:
            facts = facts_around(opened_workspace, period)
            if not has_library(opened_workspace):
                yield facts, None
                return
            with library_of(opened_workspace) as library:
                yield facts, library.regulation_text


def _write(file: str, document: Document, report: CheckReport, out: Path) -> None:
    if out.suffix.lower() == ".xlsx":
        from assistant.export.workbook import export_xlsx

        export_xlsx(report, out)
    else:
        from assistant.export.annotated import annotate

        annotate(document if file == "-" else Path(file), report, out)


def _check_target(out: Path) -> None:
    """Before any work is done: the result can be written where it is wanted."""
    from assistant.errors import InputError

    if out.suffix.lower() not in (".docx", ".xlsx"):
        raise InputError(f"不能写成“{out.name}”：--out 请用 .docx（批注稿）或 .xlsx（核数表）。")
    if not out.absolute().parent.is_dir():
        raise InputError(f"没有文件夹 {out.absolute().parent}。请先建立它，或换一个 --out。")


def _status(report: CheckReport, facts: list[Fact], strict: bool) -> int:
    from assistant.records import Severity, VerdictKind

    wrong = report.count(VerdictKind.CONTRADICTED)
    open_ones = report.count(VerdictKind.UNSUPPORTED) + report.count(VerdictKind.AMBIGUOUS)
    if wrong or any(finding.severity is Severity.ERROR for finding in report.findings) or (strict and open_ones):
        return DEFECTS
    if not report.verdicts:
        typer.echo("没有读到任何需要核对的数字，不能算作通过。请确认文件内容是否完整。", err=True)
        return COULD_NOT_RUN
    if not facts:
        typer.echo(
            "这一期没有可以对照的台账数据，以上只查了文稿自身。请先导入台账，或用 --facts 给出事实表。", err=True
        )
        return COULD_NOT_RUN
    return CLEAN
