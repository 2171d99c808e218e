"""Which rows count: not the void, not the pasted twice, not those of another year, not the empty."""

from __future__ import annotations

from assistant.ledger.dates import read_period
from assistant.ledger.events import is_filled
from assistant.ledger.grids import CellValue, cell_name, merge_origins
from assistant.ledger.headers import Role, names_place
from assistant.ledger.periods_of_rows import RowPeriods
from assistant.ledger.readings import Reading
from assistant.ledger.values import is_void, plain, read_number
from assistant.periods import year_of
from assistant.records import Period, Severity

_CARRIED = (
    Role.DATE,
    Role.MONTH,
    Role.TOWN,
    Role.PLACE,
    Role.NAME,
    Role.CATEGORY,
    Role.INDICATOR,
    Role.TOPIC,
    Role.UNIT,
)
_ENOUGH_TO_COMPARE = 3


class Sieve:
    """Lets the rows of a table pass that count; every other one leaves a notice."""

    def __init__(self, reading: Reading, periods: RowPeriods) -> None:
        self.reading, self.context, self.periods = reading, reading.context, periods
        self.columns = reading.columns
        self.indices = [column.index for column in self.columns]
        self.sequence = [column.index for column in self.columns if column.role is Role.SEQUENCE][:1]
        self.number_at = self.indices.index(self.sequence[0]) if self.sequence else 0
        self.carried = [column.index for column in self.columns if column.role in _CARRIED]
        self.origins = merge_origins(reading.table.grid) if reading.table.grid.merges else {}
        self.seen: dict[tuple[CellValue, ...], int] = {}
        self.alike: dict[tuple[CellValue, ...], int] = {}
        self.title_is_shorter = self.context.period is not None and self.context.period != (
            year_of(self.context.year) if self.context.year else None
        )

    def spread(self, row: int) -> list[CellValue]:
        """The row's cells, with dates, places and names of vertically merged ranges repeated."""
        cells = self.reading.table.grid.rows[row]
        if not self.origins:
            return cells
        cells = cells + [None] * (max(self.indices, default=0) + 1 - len(cells))
        for column in self.carried:
            origin = self.origins.get((row, column))
            if origin and origin[0] != row and origin[0] >= self.reading.table.header.stop:
                cells[column] = self.reading.table.grid.at(*origin)
        return cells

    def lets_pass(self, row: int, cells: list[CellValue]) -> bool:
        """Whether the row is one that counts."""
        own = [cells[column] for column in self.indices if column < len(cells)]
        filled: list[CellValue] = [value for value in own if value is not None]
        if len(filled) <= 1 and len(self.columns) > 2 and self._is_heading(row, filled):
            return False
        void = next((value for value in filled if isinstance(value, str) and is_void(value)), None)
        if void is not None:
            return self._leave(row, "void_row", f"第{row + 1}行标明“{void}”，没有计入。", Severity.WARNING)
        if not is_filled(cells, self.columns):
            return self._leave(row, "empty_row", f"第{row + 1}行只有序号没有内容，没有计入。", Severity.INFO)
        return not self._is_duplicate(row, tuple(own), len(filled))

    def _is_heading(self, row: int, filled: list[CellValue]) -> bool:
        if not filled or not isinstance(filled[0], str) or read_number(filled[0]) is not None:
            return False
        text = plain(filled[0])
        period = read_period(text, self.context.year)
        if period:
            self.periods.section = period
            return True
        if not names_place(text):
            self._leave(row, "text_row", f"第{row + 1}行只有文字“{text[:30]}”，不是数据，没有计入。", Severity.INFO)
            return True
        return False

    def _is_duplicate(self, row: int, key: tuple[CellValue, ...], filled: int) -> bool:
        if filled < _ENOUGH_TO_COMPARE:
            return False
        first = self.seen.setdefault(key, row)
        if first != row:
            self._leave(row, "duplicate_row", f"第{row + 1}行与第{first + 1}行完全相同，只计一次。", Severity.WARNING)
            return True
        if self.sequence and filled > _ENOUGH_TO_COMPARE + 1:
            rest = key[: self.number_at] + key[self.number_at + 1 :]
            first = self.alike.setdefault(rest, row)
            if first != row:
                self.context.say(
                    Severity.WARNING,
                    "similar_row",
                    f"第{row + 1}行除序号外与第{first + 1}行相同，仍计入；如是重复登记请删去一行。",
                    cell_name(row, 0),
                )
        return False

    def in_year(self, row: int, period: Period, anchor: int) -> bool:
        """Whether the row belongs to the table's year; its own date decides, never the title's month."""
        year = self.context.year
        if year is None or self.periods.yearly or self.periods.years:
            return True
        if period.start.year != year and period.end.year != year:
            when = f"{period.start.year}年{period.start.month}月{period.start.day}日"
            return self._leave(
                row,
                "other_year_row",
                f"第{row + 1}行的日期是{when}，不属于{year}年，没有计入。",
                Severity.WARNING,
                anchor,
            )
        stated = self.context.period
        if self.title_is_shorter and stated and period not in stated and self.periods.dates:
            self.context.say(
                Severity.WARNING,
                "outside_title",
                f"第{row + 1}行的日期在标题所写的期间之外，按行内日期计。",
                cell_name(row, anchor),
            )
        return True

    def _leave(self, row: int, kind: str, message: str, severity: Severity, column: int = 0) -> bool:
        self.reading.left_out += 1
        self.context.say(severity, kind, message, cell_name(row, column))
        return False
