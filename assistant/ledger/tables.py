"""The tables of a sheet: where each one's title, header, data and lines below it are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.ledger.dates import looks_dated
from assistant.ledger.grids import CellValue, Grid, merge_origins
from assistant.ledger.headers import bare_unit, heads_days, is_header_word
from assistant.ledger.values import is_nothing, is_total, plain, read_number

MAX_LEVELS = 4
_FOOTER = re.compile(
    r"填表|填报|制表|审核|签字|签章|盖章|分管领导|主要领导|主要负责人[::]|单位负责人|负责人[::]|经办人|联系电话|^注[::]|^说明[::]|^备注[::]|统计人|复核人|记录人[::]|\(公章\)|\(章\)"
)


@dataclass(slots=True)
class Table:
    """One table of a sheet; rows and columns counted from 0."""

    grid: Grid
    title: str
    notes: tuple[str, ...]
    header: range
    paths: dict[int, tuple[str, ...]]  # column → header texts from the top level down
    units: dict[int, str]  # column → unit from a row of units
    body: list[int] = field(default_factory=list)
    footers: list[int] = field(default_factory=list)
    guessed: bool = False

    @property
    def columns(self) -> list[int]:
        """The columns with a header, left to right."""
        return sorted(self.paths)


@dataclass(slots=True)
class _Layout:
    """The grid with its merged ranges spread out."""

    grid: Grid
    origins: dict[tuple[int, int], tuple[int, int]]

    def text(self, row: int, column: int) -> str:
        """The text of a cell, or of the merged range it lies in."""
        value = self.grid.at(*self.origins.get((row, column), (row, column)))
        return "" if value is None else str(value)

    def own(self, row: int) -> list[tuple[int, CellValue]]:
        """The filled cells of a row, those continuing a merge from above left out."""
        return [
            (column, value)
            for column, value in enumerate(self.grid.rows[row])
            if value is not None and self.origins.get((row, column), (row, column))[0] == row
        ]


def find_tables(grid: Grid) -> list[Table]:
    """The tables of a sheet from top to bottom; none where no row could be a header."""
    layout = _Layout(grid, merge_origins(grid))
    headers = _headers(layout)
    guessed = not headers
    if guessed:
        headers = _guess_header(layout)
    tables: list[Table] = []
    upper = 0
    for position, header in enumerate(headers):
        last = position + 1 == len(headers)
        below = len(grid.rows) if last else headers[position + 1].start
        end = below if last else _before_title(layout, header.stop, below)
        if tables and _repeats(layout, tables[-1].header, header.start):
            _fill_body(layout, tables[-1], range(header.stop, end))
            upper = end
            continue
        table = _table(layout, upper, header, guessed)
        _fill_body(layout, table, range(header.stop, end))
        tables.append(table)
        upper = end
    return tables


def _headers(layout: _Layout) -> list[range]:
    """The rows of each header; a header that repeats the one before it spans as many rows."""
    found: list[range] = []
    row = 0
    while row < len(layout.grid.rows):
        if found and _repeats(layout, found[-1], row):
            found.append(range(row, row + len(found[-1])))
        elif heads_days([value for _, value in layout.own(row)]) or (
            layout.grid.rows[row]
            and _all_text(layout.grid.rows[row])
            and _is_header(layout.own(row), strict=bool(found))
        ):
            found.append(range(row, _header_end(layout, row)))
        else:
            row += 1
            continue
        row = found[-1].stop
    return found


def _all_text(row: list[CellValue]) -> bool:
    return all(value is None or isinstance(value, str) for value in row)


def _is_header(cells: list[tuple[int, CellValue]], *, strict: bool) -> bool:
    if len(cells) < 2:
        return False
    texts = [value for _, value in cells if isinstance(value, str) and not looks_dated(value)]
    if len(texts) < len(cells) or any(_is_figure(text) for text in texts):
        return False
    known = len({text for text in texts if is_header_word(text)})
    return known >= (3 if strict and len(texts) > 2 else 2) and known * 2 >= len(texts)


def _is_figure(text: str) -> bool:
    return is_nothing(text) or (read_number(text) is not None)


def _guess_header(layout: _Layout) -> list[range]:
    """The first row of texts with numbers under it, where no row reads like a header."""
    rows = layout.grid.rows
    for row in range(min(len(rows) - 1, 40)):
        cells = layout.own(row)
        under = [value for _, value in layout.own(row + 1)]
        if (
            len(cells) >= 2
            and all(isinstance(value, str) and not _is_figure(value) and not looks_dated(value) for _, value in cells)
            and sum(read_number(value) is not None for value in under) >= 1
        ):
            return [range(row, row + 1)]
    return []


def _header_end(layout: _Layout, start: int) -> int:
    """The row after the last level of the header that begins at `start`."""
    row = start + 1
    while row < min(start + MAX_LEVELS, len(layout.grid.rows)) and _continues(layout, row):
        row += 1
    return row


def _continues(layout: _Layout, row: int) -> bool:
    """Whether a row is a further level of the header above it, or its row of units."""
    cells = layout.own(row)
    texts = [value for _, value in cells if isinstance(value, str)]
    if not cells:
        return False
    if len(texts) < len(cells) or any(looks_dated(text) for text in texts):
        return False
    units = [text for text in texts if bare_unit(text)]
    if units and all(bare_unit(text) or is_nothing(text) for text in texts):
        return True
    if any(_is_figure(text) for text in texts):
        return False
    if any(is_total(text) and not _lies_under_group(layout, row, column) for column, text in cells[:1]):
        return False
    grouped = [text for column, text in cells if _lies_under_group(layout, row, column)]
    return bool(grouped) and len(texts) >= 2 and all(text in grouped or is_header_word(text) for text in texts)


def _lies_under_group(layout: _Layout, row: int, column: int) -> bool:
    """Whether the header cell above spans several columns, or is left blank beside one that would."""
    above = row - 1
    origin = layout.origins.get((above, column), (above, column))
    spread = [layout.origins.get((above, near), (above, near)) for near in (column - 1, column + 1)]
    if origin in spread:
        return True
    if not layout.grid.at(above, column):
        return origin == (above, column)
    beside = layout.grid.at(above, column + 1)
    return beside is None and (above, column + 1) not in layout.origins and bool(layout.grid.at(row, column + 1))


def _table(layout: _Layout, upper: int, header: range, guessed: bool) -> Table:
    start, end = header.start, header.stop
    lines = [" ".join(_distinct(str(value) for _, value in layout.own(row))) for row in range(upper, start)]
    lines = [line for line in lines if line]
    titles = [line for line in lines if not _FOOTER.search(plain(line)) and not re.match(r"单位[::]", plain(line))]
    title = max(titles, key=len) if titles else ""
    levels = [row for row in range(start, end) if not _is_unit_row(layout, row)]
    units = {
        column: bare_unit(str(value))
        for row in range(start, end)
        if row not in levels
        for column, value in layout.own(row)
        if bare_unit(str(value))
    }
    width = max(len(layout.grid.rows[row]) for row in range(start, end))
    paths = {
        column: _path(layout, levels, column) or _stated_above(layout, upper, start, column) for column in range(width)
    }
    return Table(
        layout.grid,
        title,
        tuple(line for line in lines if line != title),
        header,
        {column: path for column, path in paths.items() if path},
        units,
        guessed=guessed,
    )


def _is_unit_row(layout: _Layout, row: int) -> bool:
    texts = [str(value) for _, value in layout.own(row)]
    units = [text for text in texts if bare_unit(text)]
    return bool(units) and all(bare_unit(text) or is_nothing(text) for text in texts)


def _path(layout: _Layout, levels: list[int], column: int) -> tuple[str, ...]:
    texts = []
    for position, row in enumerate(levels):
        text = layout.text(row, column)
        if not text and position + 1 < len(levels) and layout.text(levels[position + 1], column):
            text = _group_to_the_left(layout, row, levels[position + 1], column)
        texts.append(text)
    return tuple(_distinct(text for text in texts if text))


def _stated_above(layout: _Layout, upper: int, start: int, column: int) -> tuple[str, ...]:
    """The header of a column that stands a row higher than its neighbours', where a file without merges leaves the rest blank."""
    above = start - 1
    if above < upper or len(layout.own(above)) < 2 or not is_header_word(text := layout.text(above, column)):
        return ()
    return (text,)


def _group_to_the_left(layout: _Layout, row: int, below: int, column: int) -> str:
    """The group a second-level header belongs to where a file without merges leaves the cell above it blank."""
    for left in range(column - 1, -1, -1):
        if not layout.text(below, left):
            return ""
        if text := layout.text(row, left):
            return text
    return ""


def _distinct(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _repeats(layout: _Layout, header: range, start: int) -> bool:
    """Whether the rows from `start` on are the header again, as on the next printed page."""
    rows = layout.grid.rows
    return start + len(header) <= len(rows) and all(
        _reads_alike(rows[start + offset], rows[row]) for offset, row in enumerate(header)
    )


def _reads_alike(row: list[CellValue], other: list[CellValue]) -> bool:
    return len(row) == len(other) and all(plain(one) == plain(two) for one, two in zip(row, other, strict=True))


def _before_title(layout: _Layout, start: int, below: int) -> int:
    """The row at which the lines above the next table's header begin."""
    row = below
    while (
        row > start
        and len(layout.own(row - 1)) <= 2
        and not any(
            read_number(value) is not None or looks_dated(value) or is_total(value) for _, value in layout.own(row - 1)
        )
    ):
        row -= 1
    return row


def _fill_body(layout: _Layout, table: Table, rows: range) -> None:
    for row in rows:
        cells = [value for value in layout.grid.rows[row] if value is not None]
        if not cells:
            continue
        if (
            len(cells) <= 4
            and any(isinstance(value, str) and _FOOTER.search(plain(value)) for value in cells)
            and not any(read_number(value) is not None for value in cells)
        ):
            table.footers.append(row)
        else:
            table.body.append(row)
