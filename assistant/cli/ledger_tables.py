"""What the ledger commands print for people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from assistant.cli.tables import console, new_table, print_notices
from assistant.ledger.layouts import layout_file
from assistant.ledger.reports import ColumnNote, ImportReport, SheetNote
from assistant.records import Severity


def import_summary(report: ImportReport) -> str:
    """One line: how much was read, how much there is to look at."""
    failed = f"，{len(report.failed)} 个没读成（{'、'.join(report.failed)}）" if report.failed else ""
    warnings = len(report.of(Severity.WARNING)) + len(report.of(Severity.ERROR))
    return (
        f"读了 {len(report.files)} 个文件{failed}，{len(report.sheets)} 张表，{report.observations} 条记录；"
        f"{warnings} 处需要留意，{len(report.of(Severity.INFO))} 条说明。"
    )


def print_import(report: ImportReport) -> None:
    """The sheets as understood, then everything there is to say."""
    print_sheets(report.sheets)
    print_notices(report.notices)
    console().print(Text(import_summary(report), "bold"))


def print_sheets(sheets: Sequence[SheetNote]) -> None:
    """One row a sheet: header, rows, year, and how many columns were recognised."""
    table = new_table("读懂了什么", "文件", "表", "标题", "表头行", "数据行", "略去", "年份", "认出的指标", "记录")
    for sheet in sheets:
        names = _first(list(dict.fromkeys(column.name for column in sheet.columns if column.indicator)))
        year = f"{sheet.year}（{sheet.year_from}）" if sheet.year_from else sheet.year
        cells = (
            sheet.file,
            sheet.sheet,
            sheet.title,
            sheet.header_rows,
            sheet.data_rows,
            sheet.left_out,
            year,
            names,
            sheet.observations,
        )
        table.add_row(*(Text(str(cell)) for cell in cells))
    console().print(table)


def print_mappings(sheets: Sequence[SheetNote], folder: Path) -> None:
    """Each column of each sheet with its indicator and score, and the file where that can be corrected."""
    screen = console()
    for sheet in sheets:
        where = layout_file(folder, sheet.layout) or "（没有可改的读法文件）"
        table = new_table(f"{sheet.file} {sheet.sheet}　{where}", "列", "表头", "单位", "指标", "得分", "为什么")
        for column in sheet.columns:
            name = _indicators(column)
            score = str(column.score) if column.indicator else ""
            table.add_row(
                *(Text(cell) for cell in (column.column, column.header, column.unit, name, score, column.why))
            )
        screen.print(table)
    screen.print(Text("认错了的列，可在上列 YAML 文件里改，下次导入就照改过的来。"))


def _indicators(column: ColumnNote) -> str:
    """What a column was taken for: one indicator with its id, or the first names of a column that holds many."""
    if not column.indicator:
        return f"—（{column.role}）"
    names = column.name.split("、")
    return _first(names) if len(names) > 1 else f"{column.name}（{column.indicator}）"


def _first(names: list[str], shown: int = 4) -> str:
    return "、".join(names) if len(names) <= shown else f"{'、'.join(names[:shown])}等 {len(names)} 项"
