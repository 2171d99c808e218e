"""HTML tables, which many systems export under the name .xls, into grids."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ledger.decoding import read_text
from assistant.ledger.grids import CellValue, Grid, Merge, cell_value

MAX_BYTES = 200_000_000
MAX_CELLS = 5_000_000


def read_webtables(path: Path, name: str) -> list[Grid]:
    """A grid for every table of the page; raises `UnreadableFile` where there is none."""
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableFile(f"文件“{path.name}”超过 {MAX_BYTES // 1_000_000} MB，没有读取。请分成几个文件再导入。")
    parser = _Tables(name)
    parser.feed(read_text(path))
    parser.close()
    grids = [grid for grid in parser.finished if grid.rows]
    if not grids:
        raise UnreadableFile(f"文件“{path.name}”其实是网页，其中没有表格。请打开后另存为 .xlsx 再导入。")
    return grids


class _Tables(HTMLParser):
    """Collects the cells of tables; spans become merged ranges."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.finished: list[Grid] = []
        self.cells: dict[tuple[int, int], CellValue] = {}
        self.merges: list[Merge] = []
        self.taken: set[tuple[int, int]] = set()
        self.row = -1
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new row or cell begins; a line break inside a cell is a line break."""
        if tag == "tr":
            self._end_cell()
            self.row += 1
        elif tag in ("td", "th"):
            self._end_cell()
            self.text = []
            given = dict(attrs)
            self.span = (_span(given.get("rowspan"), 100_000), _span(given.get("colspan"), 1_000))
        elif tag == "br" and self.text is not None:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """A cell or a table ends."""
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_table()

    def handle_data(self, data: str) -> None:
        """Text of the cell under way; text between cells is layout."""
        if self.text is not None:
            self.text.append(data)

    def close(self) -> None:
        """A page that ends inside a table still gives what it has."""
        super().close()
        self._end_cell()
        self._end_table()

    def _end_cell(self) -> None:
        if self.text is None:
            return
        column, row = 0, max(self.row, 0)
        while (row, column) in self.taken:
            column += 1
        self.cells[row, column] = cell_value("".join(self.text))
        height, width = self.span
        self.count += width * min(height, 1_000)
        if self.count > MAX_CELLS:
            raise UnreadableFile(f"文件“{self.name}”中的表格超过 {MAX_CELLS} 格，没有读取。请分成几个文件再导入。")
        for below in range(min(height, 1_000)):
            self.taken.update((row + below, column + right) for right in range(width))
        if self.span != (1, 1):
            self.merges.append(Merge(row, column, row + height - 1, column + width - 1))
        self.text = None

    def _end_table(self) -> None:
        if self.cells:
            height = max(row for row, _ in self.cells) + 1
            rows: list[list[CellValue]] = [[] for _ in range(height)]
            for (row, column), value in sorted(self.cells.items()):
                rows[row].extend([None] * (column - len(rows[row])))
                rows[row].append(value)
            number = len(self.finished) + 1
            self.finished.append(Grid(self.name, f"表{number}", rows, tuple(self.merges)))
        self.cells, self.merges, self.taken, self.row = {}, [], set(), -1


def _span(written: str | None, most: int) -> int:
    return min(max(int(written), 1), most) if written and written.strip().isdigit() else 1
