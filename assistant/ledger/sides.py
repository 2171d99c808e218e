"""Tables side by side: one folded in two to save paper, or two with titles of their own under one another's rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.ledger.headers import role_of, wording
from assistant.ledger.tables import Table
from assistant.ledger.values import is_nothing

_FEWEST = 2  # columns of one side
_MOST_SIDES = 4
Side = tuple[int, ...]  # its columns


def split_sides(tables: Sequence[Table]) -> list[Table]:
    """The tables, each side of one that stands beside another as a table of its own."""
    return [side for table in tables for side in _sides_of(table)]


def _sides_of(table: Table) -> list[Table]:
    if folded := _folded(table):
        return [_side(table, columns, table.title) for columns in folded]
    apart = _apart(table)
    titles = [_title_over(table, columns) for columns in apart]
    if len(apart) < 2 or not all(titles):
        return [table]
    return [_side(table, columns, title) for columns, title in zip(apart, titles, strict=True)]


def _folded(table: Table) -> list[Side]:
    """The sides of a table whose header says the same again and again, each time beginning with a label's column."""
    columns = table.columns
    said = [tuple(wording(level) for level in table.paths[column]) for column in columns]
    for count in range(2, _MOST_SIDES + 1):
        width, rest = divmod(len(columns), count)
        if rest or width < _FEWEST or role_of(table.paths[columns[0]][-1]) is None:
            continue
        starts = range(0, len(columns), width)
        if all(said[start : start + width] == said[:width] for start in starts):
            return [tuple(columns[start : start + width]) for start in starts]
    return []


def _apart(table: Table) -> list[Side]:
    """The runs of columns with a header, where a column without one stands between them; empty where one is too narrow."""
    columns = table.columns
    ends = [left for left, right in pairwise(columns) if right > left + 1]
    sides: list[Side] = []
    for end in [*ends, *columns[-1:]]:
        begun = sides[-1][-1] if sides else -1
        sides.append(tuple(column for column in columns if begun < column <= end))
    return sides if all(len(side) >= _FEWEST for side in sides) else []


def _title_over(table: Table, columns: Side) -> str:
    """What stands in the row over the header, above these columns."""
    above = table.header.start - 1
    cells = (table.grid.at(above, column) for column in columns) if above >= 0 else ()
    return next((value for value in cells if isinstance(value, str) and not is_nothing(value)), "")


def _side(table: Table, columns: Side, title: str) -> Table:
    reach = range(columns[0], columns[-1] + 1)
    return replace(
        table,
        title=title,
        paths={column: table.paths[column] for column in columns},
        units={column: unit for column, unit in table.units.items() if column in reach},
        body=[row for row in table.body if any(table.grid.at(row, column) is not None for column in reach)],
    )
