"""The check and the facts as spreadsheets, for those who go on working with them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.export.annex import PASSED, describe_cells
from assistant.export.files import write_atomically
from assistant.office.archive import pack
from assistant.office.ooxml import xml_text
from assistant.periods import chinese_name
from assistant.records import CheckReport, Fact, Finding, Verdict, VerdictKind

if TYPE_CHECKING:
    from openpyxl import Workbook

_AROUND = 15  # characters of context on either side of a figure
_LONGEST = 32_000  # a cell holds 32,767 characters
_EVERY_CELL = 500
_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
MEASURE_NAMES = {
    "value": "本期数",
    "yoy_diff": "同比增减",
    "yoy_percent": "同比增减率",
    "yoy_points": "同比百分点",
    "share": "占比",
}
_FIGURES = (
    ("序号", 6),
    ("文中数字", 14),
    ("前后文", 46),
    ("核对结果", 10),
    ("指标", 22),
    ("领域", 12),
    ("台账数", 14),
    ("说明", 46),
    ("计算方法", 24),
    ("台账单元格", 46),
    ("原因代码", 16),
    ("起", 7),
    ("止", 7),
)
_FINDINGS = (("序号", 6), ("程度", 8), ("类别", 18), ("原文", 30), ("说明", 60), ("建议", 40))
_FACTS = (
    ("编号", 24),
    ("领域", 12),
    ("指标", 24),
    ("指标编号", 28),
    ("期间", 16),
    ("口径", 12),
    ("数值", 14),
    ("单位", 8),
    ("计算方法", 28),
    ("台账单元格", 60),
)
Value = str | int | Decimal


def export_xlsx(report: CheckReport, path: Path) -> None:
    """Write the 核数表 as .xlsx: every figure with verdict and cells, the findings, a summary. Equal checks, equal bytes."""
    figures = sorted(report.verdicts, key=lambda verdict: (verdict.start, verdict.end))
    rows = [_figure(number, verdict, report.text) for number, verdict in enumerate(figures, 1)]
    bad = frozenset(number for number, verdict in enumerate(figures, 1) if verdict.verdict not in PASSED)
    findings = [_finding(number, finding) for number, finding in enumerate(report.findings, 1)]
    sheets = [
        ("核数表", _FIGURES, rows, bad),
        ("其他问题", _FINDINGS, findings, frozenset[int]()),
        ("汇总", (("项目", 40), ("数", 12)), _summary(report), frozenset[int]()),
    ]
    write_atomically(path, _workbook(sheets))


def export_county_xlsx(
    table: tuple[Sequence[str], Sequence[Sequence[Value]]], facts: Iterable[Fact], path: Path
) -> None:
    """Write a county's table as .xlsx: head and rows, the county's own row first, and behind it every town's facts."""
    head, rows = table
    columns = [(name, 16 if number == 0 else 14) for number, name in enumerate(head)]
    listed: list[list[Value]] = [[fact.place, *_fact(fact)[1:]] for fact in facts]
    sheets = [
        ("汇总表", columns, [list(row) for row in rows], frozenset[int]()),
        ("各乡镇数据和依据", (("乡镇", 16), *_FACTS[1:]), listed, frozenset[int]()),
    ]
    write_atomically(path, _workbook(sheets))


def export_facts_xlsx(facts: Iterable[Fact], path: Path) -> None:
    """Write facts as .xlsx: one a row, with formula and cells."""
    write_atomically(path, _workbook([("事实", _FACTS, [_fact(fact) for fact in facts], frozenset[int]())]))


def _figure(number: int, verdict: Verdict, text: str) -> list[Value]:
    fact = verdict.fact
    around = text[max(verdict.start - _AROUND, 0) : verdict.end + _AROUND].replace("\n", " ")
    return [
        number,
        verdict.surface,
        around,
        verdict.verdict.label,
        fact.name if fact else "",
        fact.topic if fact else "",
        verdict.expected,
        verdict.message,
        fact.formula if fact else "",
        describe_cells(verdict.evidence or (fact.evidence if fact else ()), _EVERY_CELL),
        verdict.reason,
        verdict.start,
        verdict.end,
    ]


def _finding(number: int, finding: Finding) -> list[Value]:
    return [
        number,
        finding.severity.label,
        finding.kind,
        finding.surface,
        finding.message,
        finding.suggestion,
    ]


def _summary(report: CheckReport) -> list[list[Value]]:
    counts: list[list[Value]] = [[kind.label, report.count(kind)] for kind in VerdictKind]
    return [
        ["报告期间", chinese_name(report.period)],
        ["文中应核数字", len(report.verdicts)],
        *counts,
        ["其他问题", len(report.findings)],
        ["单凭数值就能碰上某个台账数的数字（不代表相符）", report.chance_matches],
    ]


def _fact(fact: Fact) -> list[Value]:
    return [
        fact.id,
        fact.topic,
        fact.name,
        fact.indicator,
        chinese_name(fact.period),
        MEASURE_NAMES.get(fact.measure, fact.measure),
        fact.value,
        fact.unit,
        fact.formula,
        describe_cells(fact.evidence, _EVERY_CELL),
    ]


def _workbook(sheets: Sequence[tuple[str, Sequence[tuple[str, int]], list[list[Value]], frozenset[int]]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    del book[book.sheetnames[0]]
    for name, columns, rows, bad in sheets:
        _sheet(book, name, columns, rows, bad)
    target = io.BytesIO()
    book.save(target)
    with zipfile.ZipFile(target) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", parts[core])
    return pack(parts)


def _sheet(
    book: Workbook, name: str, columns: Sequence[tuple[str, int]], rows: list[list[Value]], bad: frozenset[int]
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    line = Side(style="thin", color="999999")
    border, wrapped = Border(line, line, line, line), Alignment(wrap_text=True, vertical="top")
    head, warning = PatternFill("solid", fgColor="D9D9D9"), PatternFill("solid", fgColor="FCE4D6")
    titles: list[Value] = [title for title, _ in columns]
    for row, values in enumerate([titles, *rows]):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(row + 1, column)
            _put(cell, value)
            cell.border, cell.alignment = border, wrapped
            if not row:
                cell.font, cell.fill = Font(bold=True), head
            elif row in bad:
                cell.fill = warning
    for index, (_, size) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = size
    sheet.freeze_panes = "A2"
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"


def _put(cell: Any, value: Value) -> None:  # noqa: ANN401 -- openpyxl's cell classes differ by mode
    """Text stays text: what begins like a formula is never run by the program that opens the file."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = xml_text(value)[:_LONGEST]
    cell.value = text
    if text.startswith(("=", "+", "-", "@", "\t", "\r")):
        cell.data_type = "s"
        cell.quotePrefix = True
