"""`jushi batch` and `jushi rollup`: all towns of a county, and the report that adds them up."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import JsonOption, PeriodOption, WorkspaceOption, opened, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from assistant.county.report import CountyReport
    from assistant.county.town import TownResult
    from assistant.workspace import Workspace

_SOME_FAILED = 1
_AT_ONCE_WITH_MODEL = 4
_NAME_WIDTH = 12
KindOption = Annotated[str, typer.Option("--kind", "-k", help="annual（全年总结）或 half-year（半年总结）")]
CountyOption = Annotated[str, typer.Option("--county", help="县（市、区）名，写在汇总的标题里")]


def batch(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="放各乡镇台账的文件夹，每个乡镇一个子文件夹")],
    kind: KindOption,
    period: PeriodOption,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="稿子写到哪个文件夹（默认在工作目录里）")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="同时处理几个乡镇（默认按处理器个数；用模型时 4 个）")
    ] = None,
    model: Annotated[str | None, typer.Option("--model", "-m", help="模型名称；none 为不用模型（默认按设置）")] = None,
    county: CountyOption = "",
    again: Annotated[bool, typer.Option("--again", help="全部重做，如改过列的读法之后")] = False,
    rollup: Annotated[bool, typer.Option("--rollup/--no-rollup", help="最后写不写全县汇总")] = True,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """全县：逐个乡镇导入台账、起草、核数、导出 Word，最后汇总。中断后再运行只做没做完的和有改动的。"""
    from assistant.cli.drafting import report_kind
    from assistant.county.batch import plan_batch, run_batch
    from assistant.county.town import Status
    from assistant.periods import parse_period
    from assistant.settings import load_settings
    from assistant.workflow import open_model

    chosen, span = report_kind(kind), parse_period(period)
    settings = load_settings(workspace)
    wanted = workers or (min(os.cpu_count() or 1, 4) if open_model(settings, model) is None else _AT_ONCE_WITH_MODEL)
    plan = plan_batch(settings, folder, chosen, span, out=out, model=model, workers=wanted, again=again)
    results = run_batch(plan, _say(quiet=as_json))
    report = None
    if rollup and any(result.status in (Status.DONE, Status.KEPT) for result in results):
        with opened(workspace, create=False) as county_workspace:
            name = county or (folder.resolve().name if folder.resolve().name.endswith(("县", "市", "区", "旗")) else "")
            report = _write_rollup(county_workspace, kind, period, name, plan.out / f"{name or '全县'}汇总.docx")
    if as_json:
        print_json(
            {
                "out": str(plan.out),
                "unclaimed": list(plan.files.unclaimed),
                "towns": [_result_shape(result) for result in results],
                "rollup": _report_shape(*report) if report else None,
            }
        )
    else:
        _print_summary(results, plan.out, plan.files.unclaimed)
        if report:
            _print_report(*report)
    if any(result.status is Status.FAILED for result in results):
        raise typer.Exit(_SOME_FAILED)


def rollup(
    kind: KindOption,
    period: PeriodOption,
    out: Annotated[Path, typer.Option("--out", "-o", help="Word 文件 .docx，或 .md；汇总表 .xlsx 写在旁边")],
    county: CountyOption = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """全县汇总：把工作目录里各乡镇的数字加总，写成汇总报告并核数。不用模型。"""
    from assistant.cli.drafting import check_target

    check_target(out)
    with opened(workspace, create=False) as opened_workspace:
        report = _write_rollup(opened_workspace, kind, period, county, out)
    if as_json:
        print_json(_report_shape(*report))
    else:
        _print_report(*report)


def _write_rollup(workspace: Workspace, kind: str, period: str, county: str, out: Path) -> tuple[CountyReport, Path]:
    from assistant.cli.drafting import report_kind
    from assistant.county.report import export_county_report, write_county_report
    from assistant.periods import parse_period

    report = write_county_report(workspace, report_kind(kind), parse_period(period), county=county)
    export_county_report(report, out, workspace.registry)
    return report, out


def _say(*, quiet: bool) -> Callable[[TownResult], None]:
    def say(result: TownResult) -> None:
        if not quiet:
            typer.echo(_line(result))

    return say


def _line(result: TownResult) -> str:
    """One town on one line: facts, gaps, verdicts, seconds, tokens; or why there are none."""
    name = result.town + "　" * max(_NAME_WIDTH - len(result.town) - 4, 0)
    if not result.draft:
        return f"{name} {result.status.label}：{result.message}"
    verdicts = "  ".join(f"{_labels()[key]} {count}" for key, count in result.verdicts.items() if count)
    tokens = f"  词元 {result.tokens}" if result.tokens else ""
    counts = f"事实 {result.facts:>3}  缺口 {result.gaps:>2}  {verdicts}  {result.seconds} 秒{tokens}"
    said = f"  （{result.message}）" if result.message else ""
    return f"{name} {result.status.label}  {counts}{said}"


def _labels() -> dict[str, str]:
    from assistant.records import VerdictKind

    return {kind.value: kind.label for kind in VerdictKind}


def _print_summary(results: Sequence[TownResult], out: Path, unclaimed: Sequence[str]) -> None:
    counts: dict[str, int] = {}
    for result in results:
        counts[result.status.label] = counts.get(result.status.label, 0) + 1
    said = "，".join(f"{label} {count} 个" for label, count in counts.items())
    typer.echo(f"共 {len(results)} 个乡镇：{said}。稿子在 {out}。")
    if unclaimed:
        typer.echo(f"看不出是哪个乡镇的文件，没有导入：{'、'.join(unclaimed)}。请放进乡镇的子文件夹。", err=True)


def _print_report(report: CountyReport, out: Path) -> None:
    counts = "，".join(f"{_labels()[kind]} {count}" for kind, count in _verdicts(report).items() if count)
    typer.echo(f"汇总：{report.draft.title}（{report.draft.id}），{len(report.towns.towns)} 个乡镇，核数：{counts}。")
    if report.missing:
        typer.echo(f"未报送：{'、'.join(report.missing)}。")
    typer.echo(f"已写入 {out} 和 {out.with_suffix('.xlsx').name}。")


def _verdicts(report: CountyReport) -> dict[str, int]:
    from assistant.records import VerdictKind

    return {kind.value: report.check.count(kind) for kind in VerdictKind}


def _result_shape(result: TownResult) -> dict[str, Any]:
    from dataclasses import asdict

    shape = asdict(result)
    del shape["digest"]
    return shape


def _report_shape(report: CountyReport, out: Path) -> dict[str, Any]:
    from assistant.factcheck.report import finding_shape

    return {
        "draft": report.draft.id,
        "title": report.draft.title,
        "out": str(out),
        "table": str(out.with_suffix(".xlsx")),
        "towns": list(report.towns.towns),
        "missing": list(report.missing),
        "verdicts": _verdicts(report),
        "findings": [finding_shape(finding) for finding in report.check.findings],
    }
