"""Writes the tables of earlier years: one row an indicator, one column a month or a quarter."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from making.archive import settle
from making.layout import Row, number
from making.workbook import EPOCH
from openpyxl import Workbook

MONTHS = {f"{month}月": month for month in range(1, 13)}
QUARTERS = {"一季度": 1, "二季度": 4, "三季度": 7, "四季度": 10}


def first_months(row: Row) -> dict[str, int]:
    """The table's columns of months or quarters, each with the first month it covers."""
    return {name: month for name, month in (MONTHS | QUARTERS).items() if name in row}


def write_months(rows: tuple[Row, ...], path: Path, title: str) -> None:
    """Writes the table as a township keeps it: .csv in GB18030 with Windows line ends, or .xlsx under a title."""
    columns = ("指标名称", "单位", *first_months(rows[0]), "全年")
    lines = [list(columns), *([row[column] for column in columns] for row in rows)]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".csv":
        path.write_bytes(_as_csv(lines).encode("gb18030"))
    else:
        _write_workbook(lines, title, path)


def _as_csv(lines: list[list[str]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue()


def _write_workbook(lines: list[list[str]], title: str, path: Path) -> None:
    book = Workbook()
    page = book.active
    page.title = "统计表"
    page.append([title])
    page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(lines[0]))
    for line in lines:
        page.append([int(value) if number(value) is not None else value or None for value in line])
    page.column_dimensions["A"].width = 26
    book.properties.created = book.properties.modified = EPOCH
    book.save(path)
    settle(path, EPOCH)
