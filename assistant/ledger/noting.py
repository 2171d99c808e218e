"""A reading into the note that shows a person how the table was understood."""

from __future__ import annotations

import hashlib
from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.grids import column_name
from assistant.ledger.headers import Role, wording
from assistant.ledger.readings import Reading
from assistant.ledger.reports import ColumnNote, SheetNote
from assistant.ledger.tables import Table
from assistant.ledger.values import read_number
from assistant.periods import chinese_name
from assistant.registry.registry import Registry

ROLE_NAMES = {
    Role.SEQUENCE: "序号", Role.DATE: "日期", Role.END: "其他日期", Role.FINISH: "完成日期", Role.DEADLINE: "期限",
    Role.MONTH: "月份", Role.TOWN: "乡镇", Role.PLACE: "村（社区）", Role.INDICATOR: "指标", Role.UNIT: "计量单位", Role.NAME: "单位名称",
    Role.CATEGORY: "类别", Role.GRADE: "等级", Role.STATUS: "状态", Role.TOPIC: "名称或内容", Role.DETAIL: "描述",
    Role.RATE: "比率", Role.REMARK: "备注", Role.VALUE: "数值", Role.TEXT: "文字",
}  # fmt: skip


def layout_of(table: Table) -> str:
    """The signature of a table's layout: the same headers in the same order give the same one."""
    words = "|".join("/".join(wording(level) for level in table.paths[column]) for column in table.columns)
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def note_of(reading: Reading, registry: Registry) -> SheetNote:
    """How the reading's table was understood."""
    table, context = reading.table, reading.context
    header = table.header
    return SheetNote(
        file=context.file,
        sheet=context.sheet,
        title=" ".join(context.title.split()),
        subject="、".join(context.subject),
        header_rows=f"{header.start + 1}" if len(header) == 1 else f"{header.start + 1}-{header.stop}",
        data_rows=len(table.body),
        left_out=reading.left_out,
        year=str(context.year or ""),
        year_from=context.year_from,
        period=chinese_name(context.period) if context.period else "",
        layout=layout_of(table),
        columns=tuple(_column_note(column, reading, registry) for column in reading.columns),
        observations=len(reading.observed),
    )


def _column_note(column: Column, reading: Reading, registry: Registry) -> ColumnNote:
    sources = [source for source in reading.sources.values() if column.index in source.columns]
    entries = [registry.find(source.indicator) for source in sources]
    numeric = not sources and column.numeric and column.content.numbers > 0 and column.role is not Role.SEQUENCE
    return ColumnNote(
        column=column_name(column.index),
        header=column.header,
        unit=column.unit,
        role=ROLE_NAMES[column.role],
        indicator="、".join(source.indicator for source in sources),
        name="、".join(entry.name for entry in entries if entry),
        score=max((source.score for source in sources), default=0),
        why=column.note or "；".join(dict.fromkeys(source.why for source in sources)),
        total=_total(column, reading.table) if numeric else "",
    )


def _total(column: Column, table: Table) -> str:
    numbers = (read_number(table.grid.at(row, column.index)) for row in table.body)
    return f"{sum((number.value for number in numbers if number), Decimal(0)):f}"
