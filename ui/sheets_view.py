"""What an import read, guessed and refused, sheet by sheet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from html import escape

from assistant.ledger.reports import SURE, ImportReport, SheetNote
from assistant.records import Notice, Severity

_ORDER = list(Severity)
NOTHING_READ = (
    '<div class="jushi-empty"><b>还没有台账</b><p>导入后，这里列出每张表的表头、年份，以及每一列读成了什么。</p></div>'
)
_NO_PROBLEMS = '<div class="jushi-empty"><b>没有发现问题</b><p>重复的行、看不懂的数、合计对不上的地方，都会列在这里，并写明单元格。</p></div>'


def imported_html(report: ImportReport, earlier: Collection[str] = ()) -> str:
    """The import in a sentence, and what needs a person's eye. `earlier` are the files there were before it."""
    if not report.observations:
        return '<div class="jushi-said bad" role="alert"><b>没有从这些文件里读出数据。</b><br>原因见下面“台账里的问题”。</div>'
    grave = [notice for notice in report.notices if notice.severity is not Severity.INFO]
    done = f"读完了：{len(report.files)} 个文件、{len(report.sheets)} 张表，读出 {report.observations} 条数据。"
    failed = (
        f"<br>有 {len(report.failed)} 个文件没有读成：{escape('、'.join(report.failed))}。" if report.failed else ""
    )
    more = f"<br>有 {len(grave)} 处请您看一眼，见下面“台账里的问题”。" if grave else ""
    again = "、".join(f"“{escape(name)}”" for name in report.files if name in earlier)
    if again:
        more += (
            f"<br>{again}以前导入过，已换成这次的。如果其实是另一份表（例如另一年的），请改个文件名，两份都再导入一次。"
        )
    return f'<div class="jushi-said" role="status"><b>{done}</b>{failed}{more}</div>'


def notices_html(notices: Iterable[Notice]) -> str:
    """Every notice with its cell, the gravest first; the cell opens the sheet's picture."""
    listed = sorted(notices, key=lambda notice: _ORDER.index(notice.severity))
    return (
        f'<div class="jushi-scroll" tabindex="0" role="region" aria-label="台账里的问题">{"".join(map(_notice, listed))}</div>'
        if listed
        else _NO_PROBLEMS
    )


def _notice(notice: Notice) -> str:
    return f'<p class="jushi-notice {notice.severity}"><b>{notice.severity.label}</b> {escape(notice.message)} {_place(notice)}</p>'


def _place(notice: Notice) -> str:
    cell = notice.cell
    if cell is None:
        return ""
    named = "" if cell.file in notice.message else cell.file
    place = " · ".join(filter(None, (named, cell.sheet if named else "", cell.cell)))
    if not cell.cell:
        return f"<small>{escape(place)}</small>"
    where = "".join(
        f' data-{name}="{escape(value, quote=True)}"'
        for name, value in (("file", cell.file), ("sheet", cell.sheet), ("cell", cell.cell))
    )
    return f'<button type="button" class="link"{where}>看 {escape(place)}</button>'


def understood_html(notes: Sequence[SheetNote]) -> str:
    """How the tables of one sheet were understood, a line each."""
    begun = Counter(note.header_rows for note in notes)
    lines = "".join(_understood(note, beside=begun[note.header_rows] > 1) for note in notes)
    return f'<ul class="jushi-understood">{lines}</ul>'


def _understood(note: SheetNote, *, beside: bool) -> str:
    year = f"{note.year}年" + (f"（据{note.year_from}）" if note.year_from else "") if note.year else "没看出年份"
    units = "、".join(dict.fromkeys(column.unit for column in note.columns if column.unit))
    guesses = [column for column in note.columns if column.indicator and column.score < SURE]
    facts = (
        f"{note.columns[0].column}—{note.columns[-1].column} 列" if beside and note.columns else "",
        f"表头第 {note.header_rows} 行",
        year,
        f"单位 {units}" if units else "",
        f"{note.data_rows} 行数据",
        f"略过 {note.left_out} 行" if note.left_out else "",
        f"读出 {note.observations} 条",
    )
    said = "，".join(part for part in facts if part)
    doubtful = "、".join(f"“{column.header}”当作“{column.name}”" for column in guesses)
    doubt = f'<span class="doubt">猜的：{escape(doubtful)}，请看对不对。</span>' if guesses else ""
    return f"<li>{escape(said)}。{doubt}</li>"
