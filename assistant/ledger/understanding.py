"""A grid into readings: its tables found, their columns matched, their cells turned into observations."""

from __future__ import annotations

import re

from assistant.ledger.columns import Column, read_columns
from assistant.ledger.consistency import say_parts_beyond_wholes
from assistant.ledger.contexts import Context, read_context
from assistant.ledger.corners import head_corner, say_corner
from assistant.ledger.coverage import say_missing_months
from assistant.ledger.cumulative import spread_cumulative
from assistant.ledger.grids import Grid, cell_name
from assistant.ledger.headers import Role, names_measure, unit_in
from assistant.ledger.layouts import Layout, Layouts
from assistant.ledger.matching import Matcher
from assistant.ledger.matrices import MatrixReader, name_column
from assistant.ledger.noting import layout_of
from assistant.ledger.outliers import leave_out_outliers
from assistant.ledger.readings import Reading
from assistant.ledger.reports import SURE
from assistant.ledger.rows import read_rows
from assistant.ledger.sides import split_sides
from assistant.ledger.tables import Table, find_tables
from assistant.ledger.titles import take_title_measure
from assistant.ledger.values import plain
from assistant.periods import year_of
from assistant.records import Severity

_REPORTED = re.compile(r"(?:报送|填报|填表|录入|登记|上报)(?:日期|时间)")
_PAIR = re.compile(r"\d+[/／]\d+")
_SHORT = 10  # letters of a cell that may be a figure with a word or two


def read_grid(grid: Grid, matcher: Matcher, layouts: Layouts) -> list[Reading]:
    """The readings of a sheet's tables. Notices about the sheet itself stay with the grid."""
    return [read_table(table, matcher, layouts) for table in split_sides(find_tables(grid))]


def read_table(table: Table, matcher: Matcher, layouts: Layouts) -> Reading:
    """One table, read: by its saved layout where a person corrected it."""
    corner = head_corner(table)
    context = read_context(table)
    if corner:
        say_corner(table, corner, context)
    columns = read_columns(table, matcher, context.subject, context.year, context.money)
    take_title_measure(columns, context, matcher)
    _date_by_headers(columns, context)
    _date_by_report(table, columns, context)
    reading = Reading(table, context, columns)
    layout = layouts.of(layout_of(table))
    if layout.ignored:
        context.say(Severity.INFO, "ignored_table", "按保存的读法不读。", f"A{table.header.start + 1}")
        return reading
    if not layout.changed:
        layouts.meet(_read(reading, matcher, layout))
    else:
        layout.correct_columns(columns)
        _read(reading, matcher, layout)
        layout.correct_rows(reading)
        context.say(Severity.INFO, "saved_layout", "按保存的读法读取。", f"A{table.header.start + 1}")
    _say_guesses(reading, matcher)
    _say_unread(reading)
    _say_split(reading, matcher)
    _say_nothing_read(reading)
    return reading


def _date_by_headers(columns: list[Column], context: Context) -> None:
    """Where nothing but the headers names a year, and all of them do (2023年 | 2024年), they date the table."""
    spans = [column.period for column in columns if column.measures]
    years = [span.start.year for span in spans if span]
    if context.year is None and years and all(spans):
        context.year, context.year_from = max(years), "表头"
        context.period = year_of(context.year)


def _date_by_report(table: Table, columns: list[Column], context: Context) -> None:
    """Where villages report again and again and only the day of the report is given, that day dates the row."""
    places = next((column for column in columns if column.role is Role.PLACE), None)
    days = [each for each in columns if each.role is Role.END and _REPORTED.search(each.header) and each.content.dates]
    if places is None or len(days) != 1 or any(column.role in (Role.DATE, Role.MONTH) for column in columns):
        return
    named = [text for row in table.body if (text := plain(table.grid.at(row, places.index)))]
    if len(set(named)) < len(named):
        days[0].role = Role.DATE
        message = f"没有别的日期列，同一村多次填报，按“{days[0].header}”计期，请核对。"
        context.say(Severity.WARNING, "guessed_date", message, cell_name(table.header.start, days[0].index))


def _read(reading: Reading, matcher: Matcher, layout: Layout) -> Reading:
    if reading.table.guessed:
        row = reading.table.header.start + 1
        message = f"没有找到熟悉的表头，把第{row}行当作表头，请核对。"
        reading.context.say(Severity.WARNING, "guessed_header", message, f"A{row}")
    names = name_column(reading, matcher)
    if names is not None:
        MatrixReader(reading, matcher, names, layout.lines).read()
    else:
        read_rows(reading, matcher.registry)
        leave_out_outliers(reading, matcher.registry)
        say_missing_months(reading)
    spread_cumulative(reading, matcher.registry)
    say_parts_beyond_wholes(reading, matcher.registry)
    _drop_empty(reading)
    return reading


def _drop_empty(reading: Reading) -> None:
    """A table without figures says nothing; only of accidents it says that there were none."""
    if reading.observed or not reading.sources:
        return
    if reading.context.subject[:1] == ("accident",):
        reading.context.say(Severity.WARNING, "empty_table", "没有事故记录，按本期未发生事故计，请核对。")
    else:
        reading.sources.clear()
        reading.context.say(Severity.INFO, "empty_table", "表中没有数据。")


def _say_unread(reading: Reading) -> None:
    """Warn of a column whose figures nobody can take: in short texts (检查4家) under an indicator's name, or in pairs (4/8)."""
    grid, body = reading.table.grid, reading.table.body
    for column in reading.columns:
        taken = any(column.index in source.columns for source in reading.sources.values())
        if taken or column.role not in (Role.TEXT, Role.DETAIL, Role.STATUS, Role.RATE):
            continue
        texts = [value for row in body[:300] if isinstance(value := grid.at(row, column.index), str)]
        figures = sum(len(text) <= _SHORT and any(letter.isdigit() for letter in text) for text in texts)
        pairs = sum(_PAIR.fullmatch(plain(text)) is not None for text in texts)
        if pairs and pairs * 2 >= len(texts):
            why = "每格写了两个数，没有计入，请分成两列，每列一个数。"
        elif (
            figures
            and figures * 2 >= len(texts)
            and column.role in (Role.TEXT, Role.DETAIL)
            and names_measure(column.path[-1])
        ):
            why = "的数字混在文字里，没有计入，请只填数字。"
        else:
            continue
        cell = cell_name(reading.table.header.start, column.index)
        reading.context.say(Severity.WARNING, "unread_column", f"“{column.header}”一列{why}", cell)


def _say_split(reading: Reading, matcher: Matcher) -> None:
    """Warn of figures under an indicator's heading that are split in a way nobody knows (检查企业: 重点企业, 一般企业)."""
    groups: dict[str, list[Column]] = {}
    for column in reading.columns:
        if len(column.path) > 1:
            groups.setdefault(column.path[0], []).append(column)
    for name, columns in groups.items():
        taken = any(column.measures or column.period or column.place or column.is_total for column in columns)
        figures = all(column.numeric and column.content.numbers and column.role is Role.TEXT for column in columns)
        if taken or not figures or not matcher.match((name,), unit_in(name), reading.context.subject):
            continue
        parts = "、".join(column.path[-1] for column in columns)
        message = f"“{name}”下分列的{parts}不是字典中的指标，没有计入；各列相加就是总数的，请加一列合计。"
        reading.context.say(
            Severity.WARNING, "split_column", message, cell_name(reading.table.header.start, columns[0].index)
        )


def _say_nothing_read(reading: Reading) -> None:
    """Tell of a table with figures of which none is an indicator's."""
    figures = any(
        column.numeric and column.content.numbers and column.role not in (Role.SEQUENCE, Role.REMARK, Role.RATE)
        for column in reading.columns
    )
    if figures and not reading.sources and not any(notice.kind == "empty_table" for notice in reading.context.notices):
        cell = f"A{reading.table.header.start + 1}"
        message = "里没有认出字典中的指标，数字都没有计入。要计入的，请更正这张表的读法，或在字典里添加指标。"
        reading.context.say(Severity.INFO, "nothing_read", message, cell)


def _say_guesses(reading: Reading, matcher: Matcher) -> None:
    for source in reading.sources.values():
        if source.score >= SURE or source.method not in ("column", "line", "visits"):
            continue
        entry = matcher.registry.find(source.indicator)
        header = next((column.header for column in reading.columns if column.index in source.columns), "")
        if source.method == "line":
            header = next((name for name, found in reading.lines.items() if found == source.indicator), header)
        reading.context.say(
            Severity.WARNING,
            "guessed_column",
            f"“{header}”当作“{entry.name if entry else source.indicator}”（{source.score}分：{source.why}），请核对。",
        )
