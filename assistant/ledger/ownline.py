"""The town's own line among those of its villages: most often their sum, though nobody calls it that."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.ledger.grids import cell_name
from assistant.ledger.headers import Role, names_place
from assistant.ledger.readings import Reading
from assistant.ledger.towns import town_named, town_of
from assistant.ledger.values import is_total, plain, read_number
from assistant.records import Severity

_FEWEST = 2  # villages


def own_line(reading: Reading, figures: Sequence[int]) -> int | None:
    """The row of the sheet's own town that sums those of its villages; one that is no sum is pointed out and counts."""
    town = town_named([reading.context.title])
    grid, body = reading.table.grid, reading.table.body
    for column in reading.columns if town else ():
        if column.role not in (Role.PLACE, Role.NAME, Role.TEXT, Role.INDICATOR, Role.TOPIC):
            continue
        labels = {row: plain(grid.at(row, column.index)) for row in body}
        own = [row for row, label in labels.items() if town_of(label) == town]
        villages = [row for row, label in labels.items() if names_place(label) and not is_total(label)]
        if len(own) != 1 or len(villages) < _FEWEST:
            continue
        sums = {figure: _sum(reading, villages, figure) for figure in figures}
        written = {figure: _sum(reading, own, figure) for figure in figures}
        if any(written.values()) and sums == written:
            return own[0]
        cell = cell_name(own[0], column.index)
        message = f"第{own[0] + 1}行“{town}”列在各村之间，又不等于各村之和，按另外的一行计入，请核对。"
        reading.context.say(Severity.WARNING, "town_among_villages", message, cell)
    return None


def _sum(reading: Reading, rows: Sequence[int], column: int) -> Decimal:
    numbers = (read_number(reading.table.grid.at(row, column)) for row in rows)
    return sum((number.value for number in numbers if number), Decimal(0))
