"""When a row's figures are from: its date, its month, the heading above it, or the table's own period."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.contexts import Context
from assistant.ledger.dates import Day, read_day, read_day_of_month, read_period
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.headers import Role, wording
from assistant.ledger.values import is_nothing, plain, written
from assistant.periods import months_of, year_of
from assistant.records import Period

_YEARLY = ("年份", "年度")
_DECIMAL_MONTH = re.compile(r"(20\d{2})\.(1[0-2]|0?[1-9])")
_MONTH_OF_BAD_DATE = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-]\d+")


class RowPeriods:
    """Reads the period of one row after the other; knows what was read above."""

    def __init__(self, columns: list[Column], context: Context) -> None:
        self.context = context
        self.dates = [column.index for column in columns if column.role is Role.DATE][:1]
        months = [column for column in columns if column.role is Role.MONTH]
        within = [column for column in months if wording(column.path[-1]) not in _YEARLY]
        self.yearly = bool(months) and not within and not self.dates
        self.months = [column.index for column in (months if self.yearly else within)][:1]
        yearly = [column.index for column in months if wording(column.path[-1]) in _YEARLY]
        self.years = [] if self.yearly else yearly[:1]  # beside dates or months, whose year it tells
        self.year = context.year
        self.section: Period | None = None
        self.above: Period | None = None
        self._bad = context.warner("bad_date")
        self._filled = context.warner("date_filled")
        self._no_date = context.warner("missing_date")
        self._other_month = context.warner("month_mismatch")
        self._doubtful = context.warner("doubtful_date")

    @property
    def dated(self) -> bool:
        """Whether rows carry dates or months of their own; not where each stands for a whole year."""
        return bool(self.dates or self.months) and not self.yearly

    def under(self, own: Period, period: Period) -> Period:
        """The period of a figure whose column has a period of its own (一季度, 2023年) in a row of this period."""
        if own in period or not self.dated:
            return own
        if not self.dates and own == year_of(own.start.year) and period.start.year == period.end.year:
            return months_of(own.start.year, period.start.month, period.end.month)
        return period

    def read(self, row: int, cells: list[CellValue]) -> Period | None:
        """The row's period; None where not even a year can be told."""
        whole = self.section or self.context.period
        if self.years:
            self.year, whole = self._year(cells), None
        if self.dates:
            return self._dated(row, self.dates[0], cells) or whole
        if self.months:
            return self._month(row, self.months[0], cells) or whole
        return whole

    def _year(self, cells: list[CellValue]) -> int | None:
        """The year beside the row's month, or that of a row above where it is left blank."""
        value = cells[self.years[0]] if self.years[0] < len(cells) else None
        period = read_period(value, None)
        return period.start.year if period else self.year

    def _dated(self, row: int, column: int, cells: list[CellValue]) -> Period | None:
        value = cells[column] if column < len(cells) else None
        year = self.year
        if is_nothing(value):
            return self._undated(row, column, value)
        day = read_day(value, year) or self._day_of_month(value)
        if day:
            if day.doubtful:
                self._doubtful(
                    f"第{row + 1}行的日期“{written(value)}”按{day.value.month}月{day.value.day}日计，请核对。",
                    cell_name(row, column),
                )
            self.above = Period(day.value, day.value)
            self._compare_month(row, cells, day.value)
            return self.above
        period = read_period(value, year)
        if period:
            self.above = period
            return period
        return self._impossible(row, column, value)

    def _compare_month(self, row: int, cells: list[CellValue], day: date) -> None:
        """A month typed beside the date never overrides it."""
        for column in self.months:
            value = cells[column] if column < len(cells) else None
            month = value if isinstance(value, int) else getattr(read_period(value, day.year), "start", day).month
            if not is_nothing(value) and 1 <= month <= 12 and month != day.month:
                self._other_month(
                    f"第{row + 1}行写的月份是{month}月，日期是{day.month}月，按日期计。", cell_name(row, column)
                )

    def _day_of_month(self, value: CellValue) -> Day | None:
        month = self.section or self.context.period
        if month is None or (month.start.year, month.start.month) != (month.end.year, month.end.month):
            return None
        return read_day_of_month(value, month)

    def _undated(self, row: int, column: int, value: CellValue) -> Period | None:
        if value is None and self.above is not None:
            self._filled(f"第{row + 1}行没有日期，按上一行的日期计。", cell_name(row, column))
            return self.above
        self._no_date(f"第{row + 1}行没有日期，只计入全年，不计入各月。", cell_name(row, column))
        return None

    def _impossible(self, row: int, column: int, value: CellValue) -> Period | None:
        found = _MONTH_OF_BAD_DATE.match(plain(value))
        year = int(found[1]) if found and found[1] else self.year
        if found and year and 1 <= int(found[2]) <= 12:
            month = int(found[2])
            self._bad(f"第{row + 1}行的日期“{written(value)}”不存在，按{month}月计，请改正。", cell_name(row, column))
            return months_of(year, month, month)
        self._bad(f"第{row + 1}行的日期“{written(value)}”看不懂，只计入全年，请改正。", cell_name(row, column))
        return None

    def _month(self, row: int, column: int, cells: list[CellValue]) -> Period | None:
        value = cells[column] if column < len(cells) else None
        year = self.year
        if isinstance(value, Decimal) and (found := _DECIMAL_MONTH.fullmatch(format(value, "f"))):
            return self._decimal_month(row, column, int(found[1]), int(found[2]))
        number = int(plain(value)) if re.fullmatch(r"0?[1-9]|1[0-2]", plain(value)) else 0
        if number and year:
            self.above = months_of(year, number, number)
            return self.above
        day = read_day(value, year) if isinstance(value, date) else None
        period = months_of(day.value.year, day.value.month, day.value.month) if day else read_period(value, year)
        if period:
            self.above = period
            return period
        if is_nothing(value):
            return self._undated(row, column, value)
        return self._impossible(row, column, value)

    def _decimal_month(self, row: int, column: int, year: int, month: int) -> Period:
        """2024.1 typed as a number is January, or October where September stands above."""
        before = self.above.start if self.above else None
        if month == 1 and before and (before.year, before.month) == (year, 9):
            month = 10
            self._doubtful(f"第{row + 1}行的月份“{year}.1”接在9月之后，按10月计，请核对。", cell_name(row, column))
        self.above = months_of(year, month, month)
        return self.above
