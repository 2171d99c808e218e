"""合计 and 小计 rows: kept apart, and used to check the rows they sum."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from assistant.ledger.corners import blank_corner
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.headers import Role
from assistant.ledger.ownline import own_line
from assistant.ledger.readings import Reading
from assistant.ledger.values import is_subtotal, is_total, read_number
from assistant.records import Severity


class Sums:
    """The running sums of a table's columns, and the totals typed for them."""

    def __init__(self, reading: Reading, columns: list[int]) -> None:
        self.reading = reading
        self.columns = columns
        self.measured = {
            candidate.indicator for column in reading.columns for candidate in column.measures if not candidate.part
        }
        self.whole: dict[int, Decimal] = defaultdict(Decimal)
        self.since: dict[int, Decimal] = defaultdict(Decimal)
        self.totals: list[tuple[int, list[CellValue]]] = []
        figures = {column.index for column in reading.columns if column.role is Role.VALUE}
        corner = blank_corner(reading.table)
        headed = [column.index for column in reading.columns if column.index not in figures]
        self.labels = headed if corner is None else [corner, *headed]
        self.own = own_line(reading, columns)

    def add(self, column: int, amount: Decimal) -> None:
        """Count an amount as written in its column."""
        self.whole[column] += amount
        self.since[column] += amount

    def take_total(self, row: int, cells: list[CellValue]) -> bool:
        """Whether the row is a total; a 小计 is checked at once against the rows since the last one."""
        if row == self.own:
            self.totals.append((row, cells))
            return True
        label = next((cells[column] for column in self.labels if column < len(cells) and is_total(cells[column])), None)
        if label is None:
            return False
        if is_subtotal(label):
            if any(self.since.values()):
                self._check(row, cells, self.since)
            self.since = defaultdict(Decimal)
        else:
            self.totals.append((row, cells))
        return True

    def finish(self) -> None:
        """Check the totals of the whole table."""
        for row, cells in self.totals:
            self._check(row, cells, self.whole)

    def _check(self, row: int, cells: list[CellValue], sums: dict[int, Decimal]) -> None:
        for column in self.columns:
            number = read_number(cells[column]) if column < len(cells) else None
            if number is None or not number.value:
                continue
            counted = sums[column]
            known = next(entry for entry in self.reading.columns if entry.index == column)
            if counted in (number.value, number.value * 10_000):
                continue
            self.reading.context.say(
                Severity.WARNING,
                "sum_mismatch",
                f"第{row + 1}行合计写的是{number.value:f}，各行相加是{counted:f}（{known.header}），按各行相加计。",
                cell_name(row, column),
            )
