"""`jushi demo`: the whole job on the sample town, with no model and no network."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import typer

from assistant.cli.ledger_tables import import_summary
from assistant.cli.shapes import draft_shape, facts_shape
from assistant.export.annotated import annotate
from assistant.export.files import write_atomically
from assistant.export.workbook import export_facts_xlsx, export_xlsx
from assistant.factcheck.report import summary
from assistant.periods import parse_period
from assistant.records import CheckReport, Draft, Fact, ReportKind, Severity, VerdictKind
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.shipped import shipped
from assistant.workflow import (
    check_document,
    check_draft,
    draft_text,
    export_draft,
    import_ledger,
    section_spans,
    write_draft,
)
from assistant.workspace import Workspace, facts_around, open_workspace

WORKSPACE = "工作区"


WORD = "2024年总结.docx"
CHECK = "2024年总结-核数表.xlsx"
DRAFT_JSON = "2024年总结.json"
FACTS = "2024年事实.xlsx"
FACTS_JSON = "2024年事实.json"
ANNOTATED = "2023年总结-核数批注.docx"


def run(out: Path) -> None:
    """Run the main job on the sample town and print, step by step, what came of it."""
    out.mkdir(parents=True, exist_ok=True)
    workspace = open_workspace(load_settings(out / WORKSPACE))
    try:
        _import(workspace)
        facts = _facts(workspace, out)
        _draft(workspace, out)
        _review(workspace, out)
    finally:
        workspace.close()
    typer.echo("\n结果都在这里：")
    for path in sorted(out.iterdir()):
        if path.is_file():
            typer.echo(f"  {path}")
    again = next_command(sys.argv[0], out)
    typer.echo(f"\n接着可以：{again}，在网页里改稿、核数。（{len(facts)} 项事实已备好）")


def next_command(started_as: str, out: Path) -> str:
    """What to type to see the demo's draft on the page, with the program named so that the shell finds it."""
    program = Path(started_as)
    given = program.stem == "jushi" and shutil.which("jushi") != started_as
    return f"{started_as if given else 'jushi'} serve --workspace {out / WORKSPACE}"


def _import(workspace: Workspace) -> None:
    typer.echo("一、导入台账（示例镇为虚构）")
    report = import_ledger(workspace, [shipped("corpus/ledger")])
    typer.echo(f"  {import_summary(report)}")
    for notice in report.notices:
        if notice.severity is not Severity.INFO:
            place = f"{notice.cell.sheet}!{notice.cell.cell} " if notice.cell else ""
            typer.echo(f"  · {place}{notice.message}")


def _facts(workspace: Workspace, out: Path) -> list[Fact]:
    period = parse_period("2024")
    facts = [fact for fact in facts_around(workspace, period) if fact.period == period]
    _write_json(out / FACTS_JSON, facts_shape(facts))
    export_facts_xlsx(facts, out / FACTS)
    plain = sum(1 for fact in facts if fact.measure == "value")
    typer.echo(
        f"\n二、计算事实\n  2024年 {plain} 项指标，另有同比等比较 {len(facts) - plain} 项，每项都带单元格或算式。"
    )
    return facts


def _draft(workspace: Workspace, out: Path) -> None:
    typer.echo("\n三、起草 2024 年总结（不用模型，由往年总结滚动而来）")
    past = [load_document(path) for path in sorted(shipped("corpus/past").glob("*.docx"), reverse=True)]
    draft = write_draft(workspace, ReportKind.ANNUAL, parse_period("2024"), past=past, model="none")
    report = check_draft(workspace, draft)
    export_draft(draft, out / WORD)
    export_xlsx(report, out / CHECK)
    _write_json(out / DRAFT_JSON, draft_shape(draft, report, section_spans(draft)))
    _say_draft(draft, report)


def _say_draft(draft: Draft, report: CheckReport) -> None:
    typer.echo(f"  《{draft.title}》，{len(draft.sections)} 节，{len(draft_text(draft))} 字。")
    typer.echo(f"  {summary(report)}")
    for verdict in report.verdicts:
        if verdict.verdict not in (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK):
            typer.echo(f"  · {verdict.verdict.label}：{verdict.surface}——{verdict.message}")


def _review(workspace: Workspace, out: Path) -> None:
    typer.echo("\n四、核对往年的 2023 年总结（其中有意留了几处错误）")
    source, period = shipped("corpus/past/2023年总结.docx"), parse_period("2023")
    report = check_document(load_document(source), facts_around(workspace, period), period, workspace.registry)
    annotate(source, report, out / ANNOTATED)
    typer.echo(f"  {summary(report)}")
    for verdict in report.verdicts:
        if verdict.verdict is VerdictKind.CONTRADICTED:
            typer.echo(f"  · {verdict.surface}：{verdict.message}")


def _write_json(path: Path, data: object) -> None:
    write_atomically(path, (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode())
