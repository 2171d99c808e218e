"""A sheet as read, before anything is understood: cells, merged ranges, what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from assistant.records import Notice

CellValue = str | int | Decimal | date | None
"""What a cell holds: stripped text, a number, a day, or nothing."""

_TINY = Decimal("0.000001")
_HUGE = 10**15
_BINARY = type(1 / 2)  # what readers give for every number of a sheet


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Grid:
    """One sheet's cells, row by row from A1. Rows may be of different length."""

    file: str
    sheet: str
    rows: list[list[CellValue]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    notices: list[Notice] = field(default_factory=list)

    def at(self, row: int, column: int) -> CellValue:
        """The cell's value; None outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]


def cell_value(value: object) -> CellValue:
    """A reader's value as one of ours: numbers exact to six decimals, text stripped, empty as None."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, _BINARY):
        return int(value) if value.is_integer() and -_HUGE < value < _HUGE else _number(str(value))
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, int | date) else str(value)


def _number(text: str) -> CellValue:
    """A reader's number, by its shortest decimal form; too large or not a number at all stays text."""
    number = Decimal(text)
    if not number.is_finite() or abs(number) >= _HUGE:
        return text
    exact = number.quantize(_TINY).normalize()
    whole = int(exact)
    return whole if whole == exact else exact


def convert_rows(rows: Iterable[Sequence[object]]) -> list[list[CellValue]]:
    """Rows of a reader's values as rows of ours, trailing empty cells and rows cut off."""
    converted: list[list[CellValue]] = []
    last = 0
    for row in rows:
        # A sheet may have a million empty rows before its last cell.
        empty = row.count("") + row.count(None) == len(row)
        cells = [] if empty else [cell_value(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        converted.append(cells)
        if cells:
            last = len(converted)
    del converted[last:]
    return converted


def column_name(column: int) -> str:
    """The letters of a column counted from 0: A, B, …, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The A1 name of a cell whose row and column are counted from 0."""
    return f"{column_name(column)}{row + 1}"


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """The A1 name of a range, or of its only cell."""
    first, last = cell_name(top, left), cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"


def merge_origins(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell of a merged range the cell that holds its value, within the used part of the sheet.

    Ranges never overlap in a sound file; those of an unsound one are followed until they cover the sheet.
    """
    width = max((len(row) for row in grid.rows), default=0)
    origins: dict[tuple[int, int], tuple[int, int]] = {}
    left = len(grid.rows) * (width + 1)
    for merge in grid.merges:
        height = min(merge.bottom, len(grid.rows) - 1) + 1 - merge.top
        left -= max(height, 0) * max(min(merge.right, width) + 1 - merge.left, 0)
        if left < 0:
            break
        for row in range(merge.top, min(merge.bottom, len(grid.rows) - 1) + 1):
            for column in range(merge.left, min(merge.right, width) + 1):
                origins[row, column] = (merge.top, merge.left)
    return origins
