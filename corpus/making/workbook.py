"""Lays a town's rows out as the workbook a township keeps: titles, merged headers, totals, signatures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from making.archive import settle
from making.layout import Column, Row, Sheet, Town, number
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

EPOCH = datetime(2025, 1, 6, 9, 0, 0)
_LINE = Side(style="thin", color="000000")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_WIDE = 24  # columns at least this wide hold prose and are set flush left

CellValue = str | int | Decimal | datetime | None
Placement = dict[tuple[str, int], int]


def write_workbook(town: Town, path: Path) -> Placement:
    """Writes the workbook; returns for each sheet and row number of its CSV the Excel row it stands in."""
    book = Workbook()
    book.remove(book.active)
    placement: Placement = {}
    for sheet in town.sheets:
        for index, excel_row in _lay_out(sheet, book.create_sheet(sheet.name)):
            placement[sheet.name, index] = excel_row
    book.properties.creator = f"{town.name}应急管理办公室"
    book.properties.created = book.properties.modified = EPOCH
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    settle(path, EPOCH)
    return placement


def _lay_out(sheet: Sheet, page: Worksheet) -> list[tuple[int, int]]:
    top = _write_head(sheet, page, sheet.above + 1)
    placed, row = [], top
    for kind, payload in _lines(sheet):
        if kind == "row":
            index, cells = payload
            placed.append((index, row))
            _fill(page, row, [_shown(sheet, column, cells) for column in sheet.columns], sheet.columns)
        else:
            label, rows = payload
            typed = sheet.typed if kind == "total" else {}
            _fill(page, row, _totals(sheet, label, rows, typed), sheet.columns, bold=True)
            _merge_label(sheet.columns, page, row)
        row += 1
    for position, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(position)].width = column.width
        if column.merge:
            _merge_equal(page, position, top, row - 1)
    if sheet.signature:
        _across(page, row + 1, sheet.signature, len(sheet.columns), Font(name="宋体", size=11), _LEFT)
    return placed


def _write_head(sheet: Sheet, page: Worksheet, row: int) -> int:
    width = len(sheet.columns)
    _across(page, row, sheet.title, width, Font(name="方正小标宋简体", size=16), _MIDDLE)
    page.row_dimensions[row].height = 30
    row += 1
    if sheet.subtitle:
        _across(page, row, sheet.subtitle, width, Font(name="宋体", size=11), _LEFT)
        row += 1
    grouped = any(column.group for column in sheet.columns)
    if grouped:
        _fill(page, row, [column.group or column.head for column in sheet.columns], sheet.columns, bold=True)
        _fill(
            page, row + 1, [column.head if column.group else None for column in sheet.columns], sheet.columns, bold=True
        )
        _merge_groups(sheet.columns, page, row)
        row += 2
    else:
        _fill(page, row, [column.head for column in sheet.columns], sheet.columns, bold=True)
        row += 1
    if sheet.units:
        _fill(page, row, [column.unit or None for column in sheet.columns], sheet.columns)
        row += 1
    for header in range(row - (2 if grouped else 1) - sheet.units, row - sheet.units):
        page.row_dimensions[header].height = 32
    page.freeze_panes = page.cell(row, 1)
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight = "landscape", 9, 0
    return row


def _merge_groups(columns: tuple[Column, ...], page: Worksheet, row: int) -> None:
    start = 1
    for group, members in groupby(columns, key=lambda column: column.group):
        count = len(list(members))
        if group:
            page.merge_cells(start_row=row, end_row=row, start_column=start, end_column=start + count - 1)
        else:
            for position in range(start, start + count):
                page.merge_cells(start_row=row, end_row=row + 1, start_column=position, end_column=position)
        start += count


def _lines(sheet: Sheet) -> Iterator[tuple[str, Any]]:
    """The rows in order, with the subtotals and the total between and after them."""
    numbered = list(enumerate(sheet.rows))
    if sheet.subtotal_by:
        parts = [list(rows) for _, rows in groupby(numbered, key=lambda pair: _bucket(sheet, pair[1]))]
        for label, part in zip(sheet.subtotal_labels, parts, strict=True):
            yield from (("row", pair) for pair in part)
            yield "subtotal", (label, [row for _, row in part])
    else:
        yield from (("row", pair) for pair in numbered)
    if sheet.total:
        yield "total", (sheet.total, [row for row in sheet.rows if row["标记"] != "重复"])


def _bucket(sheet: Sheet, row: Row) -> object:
    day = sheet.day(row)
    assert day is not None
    return {"half": (day.month + 5) // 6, "quarter": (day.month + 2) // 3, "date": day}[sheet.subtotal_by]


def _totals(sheet: Sheet, label: str, rows: Iterable[Row], typed: dict[str, Any]) -> list[Any]:
    rows = list(rows)
    cells: list[Any] = []
    for column in sheet.columns:
        if column.source in typed:
            cells.append(typed[column.source])
        elif column.summed:
            cells.append(sum(number(row[column.source]) or 0 for row in rows))
        else:
            cells.append(None)
    cells[1 if sheet.columns[0].merge else 0] = label
    return cells


def _shown(sheet: Sheet, column: Column, row: Row) -> CellValue:
    text = row[column.source]
    if column.source == sheet.date_column or (column.source in sheet.more_dates and number(text[:1])):
        return _dated(text, sheet.date_style)
    value = number(text)
    if value is None or column.text or column.source == "签订率":
        return text or None
    return int(value) if value == value.to_integral_value() else value


def _dated(text: str, style: str) -> str | datetime:
    day = date.fromisoformat(text if len(text) > 7 else text + "-01")
    return {
        "excel": datetime(day.year, day.month, day.day),
        "dot": f"{day.year}.{day.month}.{day.day}",
        "slash": f"{day.year}/{day.month}/{day.day}",
        "iso": day.isoformat(),
        "full": f"{day.year}年{day.month}月{day.day}日",
        "month_day": f"{day.month}月{day.day}日",
        "month": f"{day.month}月",
        "short": f"{day.month}.{day.day}",
    }[style]


def _fill(page: Worksheet, row: int, values: list[Any], columns: tuple[Column, ...], bold: bool = False) -> None:
    for position, (value, column) in enumerate(zip(values, columns, strict=True), start=1):
        cell = page.cell(row, position, value)
        cell.font, cell.border = Font(name="宋体", size=11, bold=bold), _BOX
        cell.alignment = _LEFT if column.width >= _WIDE and not bold else _MIDDLE
        if isinstance(value, datetime):
            cell.number_format = "yyyy/m/d"


def _merge_label(columns: tuple[Column, ...], page: Worksheet, row: int) -> None:
    """The word 合计 reaches up to the first column that is added up."""
    first = 2 if columns[0].merge else 1
    last = next(position for position, column in enumerate(columns) if column.summed)
    if last > first:
        page.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def _across(page: Worksheet, row: int, text: str, width: int, font: Font, alignment: Alignment) -> None:
    cell = page.cell(row, 1, text)
    cell.font, cell.alignment = font, alignment
    page.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)


def _merge_equal(page: Worksheet, position: int, first: int, last: int) -> None:
    values = [(row, page.cell(row, position).value) for row in range(first, last + 1)]
    for value, run in groupby(values, key=lambda pair: pair[1]):
        rows = [row for row, _ in run]
        if value is not None and len(rows) > 1:
            page.merge_cells(start_row=rows[0], end_row=rows[-1], start_column=position, end_column=position)
