"""Spreadsheets for made-up towns: content laid out with the mess townships really leave in theirs."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

Row = list[Any]


@dataclass
class Sheet:
    """A worksheet to be written: rows of cells, merged ranges (rows and columns from 0), what is hidden."""

    name: str
    rows: list[Row]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: list[int] = field(default_factory=list)


@dataclass
class Column:
    """A column to be laid out: its header, unit, group header, and its value for each record."""

    header: str
    values: list[Any]
    unit: str = ""
    group: str = ""
    summed: bool = False


@dataclass
class Mess:
    """Which habits a sheet has."""

    title: bool = True
    blank_rows: bool = False
    total: str = ""  # "", bottom, top, formula-free wrong
    subtotals: bool = False
    units: str = "header"  # header | row | cells | none
    groups: bool = False
    footer: bool = False
    duplicate: bool = False
    void: bool = False
    repeat_header: bool = False
    shift: bool = False
    spaces: bool = False
    wide_digits: bool = False
    merge_dates: bool = False
    filtered: bool = False


def random_mess(random: Random, **fixed: object) -> Mess:
    """A sheet's habits by chance, those in `fixed` as given."""
    mess = Mess(
        blank_rows=random.random() < 0.25,
        total=random.choice(["", "bottom", "bottom", "top"]),
        subtotals=random.random() < 0.2,
        units=random.choice(["header", "header", "header", "row", "cells", "none"]),
        groups=random.random() < 0.3,
        footer=random.random() < 0.3,
        duplicate=random.random() < 0.25,
        void=random.random() < 0.25,
        repeat_header=random.random() < 0.1,
        shift=random.random() < 0.1,
        spaces=random.random() < 0.2,
        wide_digits=random.random() < 0.15,
        filtered=random.random() < 0.15,
    )
    for name, value in fixed.items():
        setattr(mess, name, value)
    return mess


def write_date(style: str, day: date) -> object:
    """A day in one of the styles ledgers use."""
    return {
        "excel": day,
        "dot": f"{day.year}.{day.month}.{day.day}",
        "dash": day.isoformat(),
        "slash": f"{day.year}/{day.month}/{day.day}",
        "chinese": f"{day.year}年{day.month}月{day.day}日",
        "md": f"{day.month}月{day.day}日",
        "mdot": f"{day.month}.{day.day}",
        "compact": f"{day:%Y%m%d}",
    }[style]


DATE_STYLES = ("excel", "excel", "dot", "dash", "slash", "chinese", "md", "mdot", "compact")


def lay_out(
    random: Random, name: str, title: str, columns: list[Column], mess: Mess, warnings: list[tuple[str, str, int]]
) -> Sheet:
    """The sheet of these columns with this mess; what must be warned of is added to `warnings` (kind, sheet, row)."""
    sheet = Sheet(name, [])
    rows = sheet.rows
    left = 1 if mess.shift else 0
    if mess.shift:
        rows.append([])
    width = len(columns) + left
    if mess.title:
        rows.append([None] * left + [title])
        sheet.merges.append((len(rows) - 1, left, len(rows) - 1, width - 1))
    header_at = len(rows)
    _lay_header(random, sheet, columns, mess, left)
    header = [list(row) for row in rows[header_at:]]
    records = list(zip(*(column.values for column in columns), strict=True)) if columns else []
    sums: list[Any] = [sum(_amount(v) for v in column.values) if column.summed else None for column in columns]
    total_row = [None] * left + ["合计" if index == 0 else value for index, value in enumerate(sums)]
    if mess.total == "top":
        rows.append(total_row)
    pasted = random.randrange(len(records)) if mess.duplicate and len(records) > 3 else -1
    since = [0] * len(columns)
    for number, record in enumerate(records):
        rows.append([None] * left + [_cell(random, value, columns[i], mess) for i, value in enumerate(record)])
        since = [
            before + (_amount(value) if columns[i].summed else 0)
            for i, (before, value) in enumerate(zip(since, record, strict=True))
        ]
        if number == pasted:
            rows.append(list(rows[-1]))
            warnings.append(("duplicate_row", name, len(rows)))
        if mess.void and number == len(records) // 2 and len(records) > 3:
            rows.append(_void_row(rows[-1], columns, left))
            warnings.append(("void_row", name, len(rows)))
        if mess.filtered and number % 5 == 1:
            sheet.hidden_rows.append(len(rows) - 1)
        if mess.subtotals and number % 7 == 6:
            rows.append(
                [None] * left
                + ["小计" if i == 0 else (since[i] if columns[i].summed else None) for i in range(len(columns))]
            )
            since = [0] * len(columns)
        _break_page(random, rows, header, mess, number, len(records))
    if mess.total == "bottom":
        rows.append(total_row)
    if mess.footer:
        rows.append([])
        rows.append([None] * left + ["填表人：王小明        审核人：李大勇        2025年1月6日"])
    return sheet


def _break_page(random: Random, rows: list[Row], header: list[Row], mess: Mess, number: int, count: int) -> None:
    """A blank row now and then, and the header again on the next page."""
    if mess.blank_rows and random.random() < 0.1:
        rows.append([])
    if mess.repeat_header and number == count * 2 // 3 and number > 5:
        rows.extend(list(row) for row in header)


def _lay_header(random: Random, sheet: Sheet, columns: list[Column], mess: Mess, left: int) -> None:
    rows = sheet.rows
    texts = []
    for column in columns:
        text = column.header
        if column.unit and mess.units == "header":
            brackets = random.choice(["（{}）", "({})", "（{}）"])
            text += brackets.format(column.unit)
        if mess.spaces and len(column.header) == 2:
            text = " ".join(column.header)
        texts.append(text)
    groups = [column.group for column in columns] if mess.groups else []
    if any(groups):
        top: Row = [None] * left
        below: Row = [None] * left
        for index, (text, group) in enumerate(zip(texts, groups, strict=True)):
            if not group:
                top.append(text)
                below.append(None)
                sheet.merges.append((len(rows), left + index, len(rows) + 1, left + index))
            else:
                first = index == 0 or groups[index - 1] != group
                top.append(group if first else None)
                below.append(text)
                if first:
                    last = index
                    while last + 1 < len(groups) and groups[last + 1] == group:
                        last += 1
                    if last > index:
                        sheet.merges.append((len(rows), left + index, len(rows), left + last))
        rows += [top, below]
    else:
        rows.append([None] * left + texts)
    if mess.units == "row":
        rows.append([None] * left + [column.unit or None for column in columns])


def _void_row(row: Row, columns: list[Column], left: int) -> Row:
    void = list(row)
    remark = next((i for i, column in enumerate(columns) if column.header in ("备注", "说明")), None)
    if remark is None:
        void[left] = "作废"
    else:
        void += [None] * (left + remark + 1 - len(void))
        void[left + remark] = "作废"
    return void


def _cell(random: Random, value: object, column: Column, mess: Mess) -> object:
    if not isinstance(value, int) or not column.summed:
        return value
    if value == 0 and random.random() < 0.7:
        return random.choice(["/", "—", "无", None])
    if mess.units == "cells" and column.unit:
        return f"{value}{column.unit}"
    if mess.wide_digits:
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(value))
    return value


def _amount(value: object) -> int:
    return value if isinstance(value, int) else 0


def write_book(path: Path, sheets: list[Sheet]) -> None:
    """Write sheets as an .xlsx, or the first one as a .csv in the encoding its name tells (gb or utf)."""
    if path.suffix == ".csv":
        encoding = "gb18030" if "gb" in path.stem else "utf-8-sig"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows([["" if v is None else v for v in row] for row in sheets[0].rows])
        return
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None:
                    page.cell(number, column, value)
        for top, left, bottom, right in sheet.merges:
            page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for hidden in sheet.hidden_rows:
            page.row_dimensions[hidden + 1].hidden = True
        if sheet.hidden:
            page.sheet_state = "hidden"
    book.save(path)
