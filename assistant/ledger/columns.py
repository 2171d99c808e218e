"""The columns of a table: what part each one plays, and which indicator a column of figures holds."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from assistant.ledger.dates import looks_dated, read_day, read_header, read_period
from assistant.ledger.headers import Role, bare_unit, names_place, role_of, unit_in, wording
from assistant.ledger.matching import Candidate, Matcher
from assistant.ledger.tables import Table
from assistant.ledger.towns import town_of
from assistant.ledger.values import is_nothing, is_tick, is_total, plain, read_number
from assistant.records import Period
from assistant.registry.vocabulary import subjects_of

_SAMPLE = 3_000
_TO_DATE = re.compile(r"累计|累积|至今|截至|截止|年初")
_PROGRESS = re.compile(r"(完成|落实|整改)情况|结果")
_DAY_ONLY = re.compile(r"[12]?\d[日号]|3[01][日号]")
_DATED = (Role.DATE, Role.FINISH, Role.DEADLINE, Role.END)
_MAY_NAME_TOWNS = (Role.TEXT, Role.PLACE, Role.UNIT, Role.NAME, Role.TOPIC, Role.CATEGORY)
_WORDED = (Role.STATUS, Role.GRADE, Role.CATEGORY, Role.TOPIC, Role.NAME, Role.DETAIL, Role.PLACE, Role.INDICATOR)


@dataclass(slots=True)
class Content:
    """What the cells of a column hold, counted."""

    numbers: int = 0
    dates: int = 0
    months: int = 0  # of the dates, those that name no day
    ticks: int = 0
    marks: int = 0
    units: int = 0
    texts: int = 0
    shares: int = 0  # of the numbers, those that are shares of a whole (100%, 0.6, 1)

    @property
    def filled(self) -> int:
        """Cells that say something."""
        return self.numbers + self.dates + self.ticks + self.units + self.texts


@dataclass(slots=True)
class Column:
    """A column, understood."""

    index: int
    path: tuple[str, ...]
    unit: str
    role: Role
    content: Content
    candidates: list[Candidate] = field(default_factory=list)
    measures: list[Candidate] = field(default_factory=list)  # the indicators it was taken for
    period: Period | None = None
    place: str = ""
    is_total: bool = False
    names: str = ""  # the indicator that counts its different texts
    ticked: bool = False  # its cells are ticks, or would be
    note: str = ""

    @property
    def header(self) -> str:
        """The header's levels on one line."""
        return " / ".join(" ".join(level.split()) for level in self.path)

    @property
    def to_date(self) -> bool:
        """Whether the header says that its figures are sums from the start of the year on."""
        return any(_TO_DATE.search(level) for level in self.path)

    @property
    def numeric(self) -> bool:
        """Whether the column can be one of figures: numbers, or nothing but marks for none."""
        content = self.content
        others = content.texts + content.dates + content.units + content.ticks
        return content.numbers > 2 * others or content.filled == 0


def read_columns(table: Table, matcher: Matcher, subject: tuple[str, ...], year: int | None, unit: str) -> list[Column]:
    """The table's columns with their parts; `unit` is what a line above the table sets for money."""
    columns = [_column(table, index, matcher, subject, year, unit) for index in table.columns]
    columns = [column for column in columns if column.path]
    _settle_ticks(columns)
    _settle(columns)
    _find_towns(columns, table)
    return columns


def _find_towns(columns: list[Column], table: Table) -> None:
    """The first column that holds names of towns is that of a county's sheet, whatever its header (单位, 属地, 乡镇)."""
    for column in columns:
        if column.role not in _MAY_NAME_TOWNS or not column.content.texts or column.measures:
            continue
        cells = [plain(value) for row in table.body if isinstance(value := table.grid.at(row, column.index), str)]
        texts = [text for text in cells if text and not is_total(text)]
        if texts and sum(not town_of(text) for text in texts) * 10 <= len(texts):  # nearly all
            column.role, column.names = Role.TOWN, ""
            return


def _column(
    table: Table, index: int, matcher: Matcher, subject: tuple[str, ...], year: int | None, money: str
) -> Column:
    path = table.paths[index]
    content = _content(table, index, role_of(path[-1]) in (*_DATED, Role.MONTH))
    unit = next((found for level in reversed(path) if (found := unit_in(level))), "") or table.units.get(index, "")
    column = Column(index, path, unit, Role.TEXT, content)
    last = path[-1]
    periods = (read_header(level, year) for level in reversed(path))
    column.period = next((period for period in periods if period), None)
    column.is_total = is_total(last)
    column.place = plain(last) if names_place(last) else ""
    column.role = role_of(last) or Role.TEXT
    if matcher.is_ratio(last) or column.role is Role.RATE:
        column.role = Role.RATE
        return column
    if content.texts > content.numbers:
        column.names = matcher.named_apart(last)
    named = tuple(
        level for level in path if not read_header(level, year) and not names_place(level) and not is_total(level)
    )
    if column.numeric and named and column.role not in (Role.SEQUENCE, Role.REMARK):
        about = _group_subject(path) or subject
        column.candidates = matcher.match(named, unit or table.units.get(index, ""), about)
        if not unit and money and column.candidates and money.endswith("元"):
            _set_money(column, matcher, money)
    return column


def _set_money(column: Column, matcher: Matcher, money: str) -> None:
    best = matcher.registry.find(column.candidates[0].indicator)
    if best and best.unit == "元":
        column.unit = money


def _group_subject(path: tuple[str, ...]) -> tuple[str, ...]:
    return subjects_of(*(plain(level) for level in path[:-1]))


def _content(table: Table, index: int, under_date: bool) -> Content:
    """What the column's cells hold; under a date's header numbers that can be days are days (20240305, 3.15)."""
    content = Content()
    step = max(1, len(table.body) // _SAMPLE)
    for row in table.body[::step]:
        value = table.grid.at(row, index)
        if is_nothing(value):
            content.marks += value is not None
        elif under_date and (read_day(value, 2000) or read_period(value, 2000) or _DAY_ONLY.fullmatch(plain(value))):
            content.dates += 1
            content.months += read_day(value, 2000) is None and read_period(value, 2000) is not None
        elif (number := read_number(value)) is not None:
            content.numbers += 1
            content.shares += number.unit == "%" or (not number.unit and 0 <= number.value <= 1)
        elif looks_dated(value) or read_day(value, 2000):
            content.dates += 1
        elif is_tick(value):
            content.ticks += 1
        elif bare_unit(plain(value)):
            content.units += 1
        else:
            content.texts += 1
    return content


def _settle_ticks(columns: list[Column]) -> None:
    """An empty column beside one of ticks, under the same heading, is one of ticks too."""
    for column in columns:
        content = column.content
        column.ticked = bool(content.ticks) and not content.numbers and not content.texts
    groups = {column.path[:-1] for column in columns if column.ticked and len(column.path) > 1}
    for column in columns:
        column.ticked = column.ticked or (column.path[:-1] in groups and not column.content.filled)
        if column.ticked:
            column.candidates = []


def _settle(columns: list[Column]) -> None:
    """Give every indicator its one column (or its parts), and every other column its part in the row."""
    wanted = Counter[tuple[str, str]]()
    for column in columns:
        whole = [candidate for candidate in column.candidates if not candidate.part]
        parts = [candidate for candidate in column.candidates if candidate.part]
        column.measures = whole[:1] + [part for part in parts if part.indicator not in {c.indicator for c in whole[:1]}]
    _settle_rivals(columns)
    for column in columns:
        wanted.update((candidate.indicator, candidate.part) for candidate in column.measures)
    whole_columns = {indicator for indicator, part in wanted if not part}
    for column in columns:
        column.measures = [
            candidate for candidate in column.measures if not candidate.part or candidate.indicator not in whole_columns
        ]
        _settle_role(column)
    _settle_totals(columns)


def _settle_totals(columns: list[Column]) -> None:
    """Columns that sum others of their indicator (合计 beside months or villages, 上半年 beside quarters) do not count."""
    for column in columns:
        for candidate in list(column.measures):
            rivals = [
                other
                for other in columns
                if other is not column and any(known.indicator == candidate.indicator for known in other.measures)
            ]
            if any(_is_part(other, column) for other in rivals):
                column.measures.remove(candidate)
                column.note = "是其他列之和，不重复计"


def _is_part(inner: Column, outer: Column) -> bool:
    if inner.place and not outer.place:
        return True
    if outer.is_total and not outer.period:
        return not inner.is_total and bool(inner.period)
    return (
        inner.period is not None
        and outer.period is not None
        and inner.period != outer.period
        and (inner.period in outer.period)
    )


def _settle_rivals(columns: list[Column]) -> None:
    """Of several columns for one indicator in the same period and place only the best fitting one counts, never a sum to date."""
    best: dict[tuple[str, str, Period | None, str, bool], Column] = {}
    for column in sorted(
        columns, key=lambda entry: (entry.to_date, -(entry.measures[0].score if entry.measures else 0))
    ):
        for candidate in list(column.measures):
            key = (candidate.indicator, candidate.part, column.period, column.place, column.is_total)
            winner = best.setdefault(key, column)
            if winner is not column:
                column.measures.remove(candidate)
                column.note = f"与“{winner.header}”都像同一指标，取后者"


def _settle_role(column: Column) -> None:
    content = column.content
    if column.measures:
        column.role = Role.VALUE
    elif column.role is Role.VALUE and content.texts + content.ticks > content.numbers:
        column.role = Role.STATUS if _PROGRESS.fullmatch(wording(column.path[-1])) else Role.TEXT
    elif column.role is Role.DATE and content.months * 2 > content.dates:
        column.role = Role.MONTH
    elif column.role in _DATED and content.dates * 2 < content.filled and content.numbers * 2 < content.filled:
        column.role = Role.TEXT
    elif column.role is Role.UNIT and content.units * 2 < content.filled:
        column.role = Role.NAME
    elif column.role is Role.NAME and content.units * 2 > content.filled and wording(column.path[-1]) == "单位":
        column.role = Role.UNIT
    elif column.role in _WORDED and content.numbers > content.texts + content.ticks:
        progress = column.role is Role.STATUS and content.shares == content.numbers
        column.role = Role.STATUS if progress else Role.TEXT
