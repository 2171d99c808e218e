"""The cells behind a fact, neighbours merged into ranges."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.ledger.grids import range_name
from assistant.records import Cell


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


class Evidence:
    """Collects cells (rows and columns counted from 0), best sheet by sheet, column by column, row by row."""

    __slots__ = ("_areas", "_last")

    def __init__(self) -> None:
        self._areas: list[_Area] = []
        self._last: _Area | None = None

    def add(self, file: str, sheet: str, row: int, column: int, written: str) -> None:
        """Add a cell; one just below the last one makes that a longer range."""
        last = self._last
        if (
            last is not None
            and last.left == column
            and row in (last.bottom, last.bottom + 1)
            and last.sheet == sheet
            and last.file == file
        ):
            last.bottom = row
            return
        self._last = _Area(file, sheet, row, column, row, column, written)
        self._areas.append(self._last)

    def cells(self) -> tuple[Cell, ...]:
        """The cells as evidence: runs down a column as one range, then runs along a row."""
        return tuple(area.cell() for area in _merge_along(self._areas))


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
