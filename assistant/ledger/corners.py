"""The blank corner of a table: a first column whose header nobody wrote, because its cells speak for themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.ledger.contexts import Context
from assistant.ledger.dates import read_day, read_period
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.headers import names_place
from assistant.ledger.tables import Table
from assistant.ledger.values import is_nothing, is_total, plain, read_number
from assistant.records import Severity

_ANY_YEAR = 2000
_NAMES = "名称"


def blank_corner(table: Table) -> int | None:
    """The column left of all headed ones, where nothing stands over it in the header's rows."""
    corner = min(table.paths, default=0) - 1
    if corner < 0 or any(table.grid.at(row, corner) is not None for row in table.header):
        return None
    return corner


def head_corner(table: Table) -> str:
    """Give the column left of all headed ones a header by what stands in its cells; empty where it needs none or has no cells."""
    corner = blank_corner(table)
    if corner is None:
        return ""
    cells = [value for row in table.body if not is_nothing(value := table.grid.at(row, corner))]
    said = [value for value in cells if not is_total(value)]
    if not said or len(cells) * 2 < len(table.body):
        return ""
    header = _header_of(said)
    table.paths[corner] = (header,)
    return header


def say_corner(table: Table, header: str, context: Context) -> None:
    """Tell a person what the column was taken for."""
    cell = cell_name(table.header.stop - 1, min(table.paths))
    context.say(Severity.INFO, "guessed_corner", f"{cell} 没有写表头，这一列按“{header}”读。", cell)


def _header_of(cells: Sequence[CellValue]) -> str:
    """The header people would have written: of months, days, villages, numbers in order, or names."""

    def most(kind: Callable[[CellValue], object]) -> bool:
        return sum(bool(kind(value)) for value in cells) * 2 > len(cells)

    if most(lambda value: read_period(value, _ANY_YEAR)):
        return "月份"
    if most(lambda value: isinstance(value, str) and names_place(plain(value))):
        return "村（社区）"
    if most(lambda value: not isinstance(value, int) and read_day(value, _ANY_YEAR)):
        return "日期"
    return "序号" if most(lambda value: read_number(value) is not None) else _NAMES
