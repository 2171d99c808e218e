"""A sheet drawn as the spreadsheet shows it, with what was understood written on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.ledger.grids import column_name
from assistant.ledger.pictures import Part, Picture, PictureCell, PictureRow
from assistant.ledger.reports import SURE, ColumnNote, SheetNote
from assistant.records import Notice, Severity

_RANGE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
_MOST_MARKED = 400  # cells of one range
_LONG = 24  # letters of a cell shown before it is cut
_KINDS = {
    "日期": "date",
    "月份": "date",
    "完成日期": "date",
    "期限": "date",
    "村（社区）": "place",
    "序号": "unused",
    "备注": "unused",
    "文字": "unused",
}
_FIGURES = "数值"
_LEGEND = (
    '<p class="jushi-legend"><span class="header">表头</span><span class="measure">算进指标的列</span>'
    '<span class="date">日期</span><span class="place">村（社区）</span><span class="total">合计（只用来对账）</span>'
    '<span class="problem">⚠ 有问题的格子</span></p>'
)


def rows_of(notices: Iterable[Notice]) -> list[int]:
    """The rows the notices point at, counted from 1."""
    found = (_RANGE.match(notice.cell.cell) for notice in notices if notice.cell)
    return sorted({int(match[2]) for match in found if match})


def cells_in(reach: str) -> list[str]:
    """The cells of a place in A1 notation, as many as can be marked."""
    match = _RANGE.fullmatch(reach)
    if match is None:
        return []
    left, right = _number(match[1]), _number(match[3] or match[1])
    top, bottom = int(match[2]), int(match[4] or match[2])
    names = [f"{column_name(column)}{row}" for row in range(top, bottom + 1) for column in range(left, right + 1)]
    return names[:_MOST_MARKED]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def picture_html(
    picture: Picture, notes: Sequence[SheetNote], notices: Sequence[Notice], lines: Mapping[str, str], here: str = ""
) -> str:
    """The sheet with the parts of its rows and columns coloured and named; `here` is the cell to be in sight.

    `lines` are the names of lines with the indicator each is read as.
    """
    problems: dict[str, str] = {}
    for notice in notices:
        told = notice.severity is not Severity.INFO
        for name in cells_in(notice.cell.cell) if told and notice.cell else ():
            problems[name] = f"{problems[name]}；{notice.message}" if name in problems else notice.message
    drawing = _Drawing(picture, notes, problems, set(cells_in(here)), lines)
    letters = "".join(f'<th scope="col">{name}</th>' for name in picture.columns)
    rows = "".join(map(drawing.row, picture.rows))
    name = f"{picture.file} {picture.sheet}".strip()
    return (
        f'{_LEGEND}<div class="jushi-picture" tabindex="0" role="region" aria-label="{escape(name, quote=True)}的表样">'
        f'<table><thead><tr><th scope="col"><span class="unseen">行</span></th>{letters}</tr></thead><tbody>{rows}</tbody></table></div>{_cut(picture)}'
    )


def _cut(picture: Picture) -> str:
    if not picture.cut:
        return ""
    kept = f"前 {len(picture.columns)} 列" if len(picture.columns) < picture.all_columns else ""
    return (
        f'<p class="jushi-count">这张表共 {picture.all_rows} 行、{picture.all_columns} 列，'
        f"这里只画出开头、结尾和有问题的行{f'，以及{kept}' if kept else ''}；读取时每一行都读了。</p>"
    )


class _Drawing:
    """One sheet being drawn."""

    def __init__(
        self,
        picture: Picture,
        notes: Sequence[SheetNote],
        problems: Mapping[str, str],
        here: set[str],
        lines: Mapping[str, str],
    ) -> None:
        self.picture, self.problems, self.here, self.lines = picture, problems, here, lines
        self.starts: dict[int, list[SheetNote]] = {}  # tables side by side begin with the same row
        for note in notes:
            self.starts.setdefault(_first(note.header_rows), []).append(note)
        self.columns: Mapping[str, ColumnNote] = {}  # of the tables the row under way belongs to

    def row(self, row: PictureRow) -> str:
        """One row, with the line of labels above it where a table begins."""
        labels = ""
        if row.number in self.starts:
            begun = self.starts[row.number]
            self.columns = {column.column: column for note in begun for column in note.columns}
            labels = self._labels({column.column: note.layout for note in begun for column in note.columns})
        gap = (
            f'<tr class="gap"><td colspan="{len(self.picture.columns) + 1}">……中间 {row.after} 行未画出……</td></tr>'
            if row.after
            else ""
        )
        part = f"<small>{row.part.label}</small>" if row.part not in (Part.BODY, Part.TITLE) else ""
        cells = "".join(self._cell(cell, row) for cell in row.cells)
        return f'{gap}{labels}<tr class="{row.part}"><th scope="row">{row.number}{part}</th>{cells}</tr>'

    def _labels(self, layouts: Mapping[str, str]) -> str:
        cells = "".join(self._label(self.columns.get(name), layouts.get(name, "")) for name in self.picture.columns)
        return f'<tr class="labels"><th scope="row"><small>看作</small></th>{cells}</tr>'

    def _label(self, column: ColumnNote | None, layout: str) -> str:
        if column is None:
            return "<td></td>"
        doubt = bool(column.indicator) and column.score < SURE
        said = (column.name or column.indicator) if column.indicator else column.role
        counted = "按行计：" if column.indicator and column.role != _FIGURES else ""
        first, _, rest = said.partition("、")
        shown = f"{counted}{first}{'等' if rest else ''}"
        data = f'data-layout="{escape(layout, quote=True)}" data-column="{escape(column.header, quote=True)}"'
        shown += "？" if doubt else ""
        title = escape(f"{column.column} 列“{column.header}”看作：{said}。{column.why}", quote=True)
        name = f"{escape(shown, quote=True)}。{title}点这里更正。"
        return (
            f'<td class="{_kind(column)}"><button type="button" class="label{" doubt" if doubt else ""}" {data} title="{title}" aria-label="{name}">'
            f"{escape(shown)}</button></td>"
        )

    def _cell(self, cell: PictureCell, row: PictureRow) -> str:
        column = self.columns.get(self.picture.columns[cell.column])
        looks = [_kind(column)] if column and row.part in (Part.BODY, Part.TOTAL) else []
        if problem := self.problems.get(cell.name, ""):
            looks.append("problem")
        if cell.name in self.here:
            looks.append("here")
        spans = (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
            f' rowspan="{cell.down}"' if cell.down > 1 else ""
        )
        title = f' title="{escape(problem or cell.text, quote=True)}"' if problem or len(cell.text) > _LONG else ""
        text = cell.text if len(cell.text) <= _LONG or row.part is Part.TITLE else cell.text[: _LONG - 1] + "…"
        line = self.lines.get(cell.text, "") if row.part is Part.BODY else ""
        named = f'<span class="line">{escape(line)}</span>' if line else ""
        warned = '<span aria-hidden="true">⚠</span> ' if problem else ""
        return f'<td class="{" ".join(looks)}" data-cell="{cell.name}"{spans}{title}>{warned}{escape(text)}{named}</td>'


def _first(rows: str) -> int:
    return int(rows.partition("-")[0])


def _kind(column: ColumnNote | None) -> str:
    if column is None:
        return ""
    return _KINDS.get(column.role) or ("measure" if column.indicator else "")
