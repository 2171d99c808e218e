"""A sheet as a picture: its cells, each row with the part it plays, for a person to see what was understood."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from assistant.ledger.grids import CellValue, Grid, Merge, cell_name, column_name
from assistant.ledger.headers import bare_unit
from assistant.ledger.tables import Table, find_tables
from assistant.ledger.values import is_nothing, is_total
from assistant.ledger.workbooks import read_grids

FIRST_ROWS = 40
MOST_ROWS = 160
MOST_COLUMNS = 40
_LAST_ROWS = 3
_AROUND = 2
_LONGEST = 400


class Part(StrEnum):
    """The part a row plays."""

    TITLE = "title"
    HEADER = "header"
    UNIT = "unit"
    BODY = "body"
    TOTAL = "total"
    FOOTER = "footer"
    BLANK = "blank"

    @property
    def label(self) -> str:
        """What people call it."""
        return _PARTS[self]


_PARTS = {
    Part.TITLE: "标题", Part.HEADER: "表头", Part.UNIT: "单位", Part.BODY: "数据", Part.TOTAL: "合计", Part.FOOTER: "落款", Part.BLANK: "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A cell with its A1 name; one of a merged range stands for all of it."""

    name: str
    column: int
    text: str
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A row with its number as the spreadsheet shows it. `after` rows are left out before it."""

    number: int
    part: Part
    cells: tuple[PictureCell, ...]
    after: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A sheet's cells, or as many of them as can be looked at."""

    file: str
    sheet: str
    columns: tuple[str, ...]  # letters
    rows: tuple[PictureRow, ...]
    heads: tuple[str, ...]  # of each table its header's rows, as its note has them: "2-3"
    all_rows: int
    all_columns: int
    hidden: bool = False

    @property
    def cut(self) -> bool:
        """Whether something was left out."""
        return len(self.rows) < self.all_rows or len(self.columns) < self.all_columns


def picture(path: Path, name: str, sheet: str, wanted: Collection[int] = ()) -> Picture | None:
    """The picture of one sheet of a file, with the rows `wanted` (counted from 1) in it; None where there is no such sheet.

    Raises `UnreadableFile` as `read_grids` does.
    """
    about = path.stat()
    return _picture(path, name, sheet, tuple(sorted(set(wanted))), about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=32)
def _picture(path: Path, name: str, sheet: str, wanted: tuple[int, ...], _changed: int, _size: int) -> Picture | None:
    """The picture, drawn once as long as the file stays as it is."""
    grid = next((grid for grid in read_grids(path, name) if grid.sheet == sheet), None)
    return picture_of(grid, wanted) if grid is not None else None


def picture_of(grid: Grid, wanted: Collection[int] = ()) -> Picture:
    """The picture of a sheet already read."""
    tables = [] if grid.hidden else find_tables(grid)
    width = max((len(row) for row in grid.rows), default=0)
    columns = min(width, MOST_COLUMNS)
    shown = _shown(len(grid.rows), wanted)
    parts = _parts(grid, tables)
    merged = _merged(grid.merges, shown, columns)
    rows, before, top = [], -1, 0
    for row in shown:
        top = top if row == before + 1 else row  # rows left out divide a merged range
        cells = (_cell(grid, row, column, merged.get((row, column)), top, shown) for column in range(columns))
        rows.append(PictureRow(row + 1, parts[row], tuple(cell for cell in cells if cell), row - before - 1))
        before = row
    return Picture(
        grid.file,
        grid.sheet,
        tuple(column_name(column) for column in range(columns)),
        tuple(rows),
        tuple(_span(table.header) for table in tables),
        len(grid.rows),
        width,
        grid.hidden,
    )


def _span(header: range) -> str:
    return f"{header.start + 1}" if len(header) == 1 else f"{header.start + 1}-{header.stop}"


def _shown(count: int, wanted: Collection[int]) -> list[int]:
    """The rows to show: the first and last ones, and those asked for with their neighbours."""
    rows = {*range(min(count, FIRST_ROWS)), *range(max(count - _LAST_ROWS, 0), count)}
    for number in sorted(wanted):
        if len(rows) >= MOST_ROWS:
            break
        rows.update(row for row in range(number - 1 - _AROUND, number + _AROUND) if 0 <= row < count)
    return sorted(rows)


def _parts(grid: Grid, tables: Sequence[Table]) -> list[Part]:
    parts = [Part.TITLE if any(value is not None for value in row) else Part.BLANK for row in grid.rows]
    for table in tables:
        for row in table.header:
            parts[row] = Part.UNIT if _only_units(grid.rows[row]) else Part.HEADER
        for row in table.body:
            parts[row] = Part.TOTAL if any(is_total(value) for value in grid.rows[row]) else Part.BODY
        for row in table.footers:
            parts[row] = Part.FOOTER
    return parts


def _only_units(row: Sequence[CellValue]) -> bool:
    texts = [str(value) for value in row if value is not None]
    return any(map(bare_unit, texts)) and all(bare_unit(text) or is_nothing(text) for text in texts)


def _merged(merges: Sequence[Merge], shown: Sequence[int], columns: int) -> dict[tuple[int, int], Merge]:
    """The merged range each cell to be shown lies in."""
    seen, last = set(shown), max(shown, default=-1)
    return {
        (row, column): Merge(merge.top, merge.left, merge.bottom, min(merge.right, columns - 1))
        for merge in merges
        for row in range(merge.top, min(merge.bottom, last) + 1)
        if row in seen
        for column in range(merge.left, min(merge.right, columns - 1) + 1)
    }


def _cell(grid: Grid, row: int, column: int, merge: Merge | None, top: int, shown: Sequence[int]) -> PictureCell | None:
    """The cell to draw here; None where a merged range drawn before covers the place. Rows from `top` on are unbroken."""
    if merge is None:
        return PictureCell(cell_name(row, column), column, _written(grid.at(row, column)))
    if column != merge.left or row != max(merge.top, top):
        return None
    seen, bottom = set(shown), row
    while bottom < merge.bottom and bottom + 1 in seen:
        bottom += 1
    name, text = cell_name(merge.top, merge.left), _written(grid.at(merge.top, merge.left))
    return PictureCell(name, column, text, merge.right - merge.left + 1, bottom - row + 1)


def _written(value: CellValue) -> str:
    text = "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text[:_LONGEST]
