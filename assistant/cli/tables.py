"""What commands print for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.factcheck.report import summary
from assistant.periods import chinese_name
from assistant.records import (
    Cell,
    CheckReport,
    Draft,
    Fact,
    Finding,
    Kind,
    Notice,
    Period,
    Quantity,
    Severity,
    Verdict,
    VerdictKind,
)

VERDICT_STYLES = {
    VerdictKind.SUPPORTED: ("✓", "green"),
    VerdictKind.APPROX_OK: ("≈", "green"),
    VerdictKind.CONTRADICTED: ("✗", "bold red"),
    VerdictKind.UNSUPPORTED: ("?", "yellow"),
    VerdictKind.AMBIGUOUS: ("?", "yellow"),
}
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}
KIND_NAMES = {
    Kind.COUNT: "计数", Kind.MONEY: "金额", Kind.PERCENT: "百分比", Kind.MULTIPLE: "倍数", Kind.RATIO: "比例", Kind.AREA: "面积",
    Kind.LENGTH: "长度", Kind.WEIGHT: "重量", Kind.DATE: "日期", Kind.PERIOD: "期间", Kind.DURATION: "时长", Kind.ORDINAL: "序数",
    Kind.ARTICLE: "条款", Kind.DOCNO: "文号、编号", Kind.HEADING: "标题序号", Kind.POLICY: "政策用语", Kind.PLACEHOLDER: "占位", Kind.ZERO: "零表述",
}  # fmt: skip
MEASURE_NAMES = {"yoy_diff": "同比增减", "yoy_percent": "同比", "yoy_points": "同比百分点"}


def console() -> Console:
    """Where tables go: the terminal's width, or wide enough for a file."""
    screen = Console(highlight=False)
    return screen if screen.is_terminal else Console(highlight=False, width=160)


def print_report(report: CheckReport, name: str, out: Path | None) -> None:
    """Every verdict, the findings, and a summary line."""
    screen = console()
    table = new_table(f"核数：{name}（{chinese_name(report.period)}）", "行", "数字", "结论", "应为", "依据", "说明")
    for verdict in report.verdicts:
        sign, colour = VERDICT_STYLES[verdict.verdict]
        expected = verdict.expected if verdict.verdict is VerdictKind.CONTRADICTED else ""
        line = str(report.text.count("\n", 0, verdict.start) + 1)
        table.add_row(
            line,
            Text(verdict.surface),
            Text(f"{sign} {verdict.verdict.label}", colour),
            Text(expected),
            Text(_cells(verdict.evidence)),
            Text(verdict.message),
        )
    screen.print(table)
    if report.findings:
        screen.print(_findings(report))
    screen.print(Text(summary(report)))
    if out:
        screen.print(f"已写入 {out}", markup=False)


def _findings(report: CheckReport) -> Table:
    table = new_table("其他问题", "行", "程度", "原文", "问题", "建议")
    for finding in report.findings:
        table.add_row(
            _line(report, finding),
            Text(finding.severity.label, SEVERITY_STYLES[finding.severity]),
            Text(_short(finding.surface)),
            Text(finding.message),
            Text(finding.suggestion),
        )
    return table


def _line(report: CheckReport, item: Finding | Verdict) -> str:
    return "" if item.start == item.end else str(report.text.count("\n", 0, item.start) + 1)


def print_facts(facts: Sequence[Fact], period: Period) -> None:
    """Facts by topic, comparisons beside their indicator."""
    comparisons: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.measure != "value":
            comparisons.setdefault(fact.indicator, []).append(fact)
    table = new_table(f"{chinese_name(period)}的事实", "领域", "指标", "数值", "与上年同期相比", "依据或算式")
    for fact in sorted((f for f in facts if f.measure == "value"), key=lambda f: f.topic):
        changes = "，".join(_signed(change) for change in comparisons.get(fact.indicator, ()))
        proof = "；".join(filter(None, (fact.formula, _cells(fact.evidence))))
        table.add_row(Text(fact.topic), Text(fact.name), Text(_amount(fact)), Text(changes), Text(proof))
    console().print(table)


def print_notices(notices: Iterable[Notice]) -> None:
    """One line a notice, the gravest first."""
    screen = console()
    order = list(SEVERITY_STYLES)
    listed = sorted(notices, key=lambda notice: order.index(notice.severity))
    for notice in listed:
        place = f"{_cells((notice.cell,))}：" if notice.cell else ""
        screen.print(
            Text.assemble((f"[{notice.severity.label}] ", SEVERITY_STYLES[notice.severity]), place, notice.message)
        )
    if not listed:
        screen.print("没有发现问题。")


def print_quantities(quantities: Iterable[Quantity]) -> None:
    """Every number mention, as read."""
    table = new_table("读到的数量", "位置", "原文", "种类", "数值", "单位", "是否需核对")
    for item in quantities:
        value = item.value if item.value is not None else f"{item.low}～{item.high}" if item.low is not None else "—"
        table.add_row(
            f"{item.start}–{item.end}",
            Text(item.surface),
            KIND_NAMES[item.kind],
            str(value),
            Text(item.unit),
            "是" if item.is_claim else "",
        )
    console().print(table)


def print_draft(draft: Draft, report: CheckReport, out: Path) -> None:
    """What was written, what is missing, how the check came out."""
    screen = console()
    screen.print(Text(f"《{draft.title}》共 {len(draft.sections)} 节。", "bold"))
    screen.print(Text(summary(report)))
    for verdict in report.verdicts:
        if verdict.verdict not in (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK):
            screen.print(
                Text(
                    f"  {VERDICT_STYLES[verdict.verdict][0]} {verdict.verdict.label}：{verdict.surface}——{verdict.message}"
                )
            )
    print_notices([*draft.notices, *(notice for section in draft.sections for notice in section.notices)])
    screen.print(f"已写入 {out}", markup=False)


def new_table(title: str, *columns: str) -> Table:
    """An empty table with a title."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _cells(cells: Sequence[Cell]) -> str:
    shown = "；".join(
        f"{cell.file} {cell.sheet}!{cell.cell}" if cell.cell else f"{cell.file} {cell.sheet}" for cell in cells[:3]
    )
    return shown + (f" 等 {len(cells)} 处" if len(cells) > 3 else "")


def _signed(fact: Fact) -> str:
    sign = "+" if fact.value > 0 and fact.measure in MEASURE_NAMES else ""
    return "持平" if not fact.value and fact.measure in MEASURE_NAMES else f"{sign}{_amount(fact)}"


def _amount(fact: Fact) -> str:
    """Value and unit; what division left is shown to two decimals, and kept whole in --json."""
    value = round(fact.value, 2) if fact.formula else fact.value
    return f"{value.normalize():f}{fact.unit}"


def _short(text: str, limit: int = 24) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
