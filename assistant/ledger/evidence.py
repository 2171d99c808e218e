"""The cells behind a fact, neighbours merged into ranges."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.ledger.grids import range_name
from assistant.records import Cell


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A cell of a source's sheet, row and column counted from 0."""

    file: str
    sheet: str
    column: int
    row: int
    written: str = ""


@dataclass(slots=True)
class _Area:
    file: str
    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    written: str

    def cell(self) -> Cell:
        name = range_name(self.top, self.left, self.bottom, self.right)
        return Cell(self.file, self.sheet, name, "" if ":" in name else self.written)


def merge_cells(spots: Iterable[Spot]) -> tuple[Cell, ...]:
    """The cells as evidence: runs down a column as one range, then runs along a row."""
    areas: list[_Area] = []
    for spot in sorted(set(spots)):
        last = areas[-1] if areas else None
        if (
            last
            and (last.file, last.sheet, last.left) == (spot.file, spot.sheet, spot.column)
            and spot.row in (last.bottom, last.bottom + 1)
        ):
            last.bottom = spot.row
        else:
            areas.append(_Area(spot.file, spot.sheet, spot.row, spot.column, spot.row, spot.column, spot.written))
    return tuple(area.cell() for area in _merge_along(areas))


def _merge_along(areas: list[_Area]) -> list[_Area]:
    """Areas of the same rows in neighbouring columns joined."""
    joined: list[_Area] = []
    for area in sorted(areas, key=lambda entry: (entry.file, entry.sheet, entry.top, entry.bottom, entry.left)):
        last = joined[-1] if joined else None
        if (
            last
            and (last.file, last.sheet, last.top, last.bottom) == (area.file, area.sheet, area.top, area.bottom)
            and area.left == last.right + 1
        ):
            last.right = area.right
        else:
            joined.append(area)
    return joined
