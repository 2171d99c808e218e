"""Claims and subjects of a sentence are assigned together: each figure of a coordinated clause gets its own fact."""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 60  # rows; more figures than anybody writes in a sentence are given out one by one, the best first


def assign(gains: Sequence[Sequence[int]]) -> list[int | None]:
    """For every row the column that makes the sum of gains greatest, no column twice.

    Gains of 0 or less mean that row and column do not suit; such a row gets None. The Hungarian method with
    potentials, in ints: rows² × columns steps; more than `_MOST` rows are served greedily.
    """
    rows = len(gains)
    columns = max((len(row) for row in gains), default=0)
    if not rows or not columns:
        return [None] * rows
    if rows > _MOST:
        return _greedily(gains)
    width = columns + rows  # a column of its own, worth nothing, for every row
    costs = [[-gain if gain > 0 else 0 for gain in row] + [0] * (width - len(row)) for row in gains]
    row_of = _cheapest(costs, width)
    chosen: list[int | None] = [None] * rows
    for column in range(1, columns + 1):
        row = row_of[column]
        if row and column <= len(gains[row - 1]) and gains[row - 1][column - 1] > 0:
            chosen[row - 1] = column - 1
    return chosen


def _greedily(gains: Sequence[Sequence[int]]) -> list[int | None]:
    """The greatest gains first, the first row before the others."""
    chosen: list[int | None] = [None] * len(gains)
    taken: set[int] = set()
    ranked = sorted(
        (-gain, row, column) for row, line in enumerate(gains) for column, gain in enumerate(line) if gain > 0
    )
    for _, row, column in ranked:
        if chosen[row] is None and column not in taken:
            chosen[row] = column
            taken.add(column)
    return chosen


def _cheapest(costs: list[list[int]], width: int) -> list[int]:
    """Column (from 1) → row (from 1, 0 for none) of a cheapest complete assignment of the rows."""
    big = 1 + sum(max(map(abs, row)) for row in costs)
    of_row, of_column = [0] * (len(costs) + 1), [0] * (width + 1)
    row_of, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, len(costs) + 1):
        row_of[0], column = row, 0
        slack = [big * (width + 1)] * (width + 1)
        used = [False] * (width + 1)
        while row_of[column]:
            used[column] = True
            current, step, following = row_of[column], big * (width + 1), 0
            for each in range(1, width + 1):
                if used[each]:
                    continue
                cost = costs[current - 1][each - 1] - of_row[current] - of_column[each]
                if cost < slack[each]:
                    slack[each], way[each] = cost, column
                if slack[each] < step:
                    step, following = slack[each], each
            for each in range(width + 1):
                if used[each]:
                    of_row[row_of[each]] += step
                    of_column[each] -= step
                else:
                    slack[each] -= step
            column = following
        while column:
            row_of[column] = row_of[way[column]]
            column = way[column]
    return row_of
