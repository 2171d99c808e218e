"""What an import read, guessed and refused, sheet by sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from html import escape

from assistant.ledger.reports import ColumnNote, ImportReport, SheetNote
from assistant.records import Notice, Severity

_ORDER = list(Severity)
_FEW = 4
_NOTHING_READ = (
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
    """Every notice with its cell, the gravest first."""
    listed = sorted(notices, key=lambda notice: _ORDER.index(notice.severity))
    return (
        f'<div class="jushi-scroll" tabindex="0" role="region" aria-label="台账里的问题">{"".join(map(_notice, listed))}</div>'
        if listed
        else _NO_PROBLEMS
    )


def _notice(notice: Notice) -> str:
    cell = notice.cell
    named = "" if cell and cell.file in notice.message else cell.file if cell else ""
    place = " · ".join(filter(None, (named, cell.sheet if named else "", cell.cell))) if cell else ""
    where = f"<small>{escape(place)}</small>" if place else ""
    name = notice.severity.label
    return f'<p class="jushi-notice {notice.severity}"><b>{name}</b> {escape(notice.message)} {where}</p>'


def sheets_html(sheets: Sequence[SheetNote]) -> str:
    """Each sheet: its header, year, and which column became which indicator."""
    return (
        f'<div class="jushi-sheets jushi-scroll" tabindex="0" role="region" aria-label="每张表读懂了什么">{"".join(map(_sheet, sheets))}</div>'
        if sheets
        else _NOTHING_READ
    )


def _sheet(sheet: SheetNote) -> str:
    year = f"{sheet.year}年" + (f"（据{sheet.year_from}）" if sheet.year_from else "") if sheet.year else "没看出年份"
    facts = (
        f"表头第 {sheet.header_rows} 行",
        year,
        f"{sheet.data_rows} 行数据",
        f"略过 {sheet.left_out} 行" if sheet.left_out else "",
        f"读出 {sheet.observations} 条",
    )
    said = "，".join(part for part in facts if part)
    rows = "".join(map(_column, sheet.columns))
    name = f"<b>{escape(sheet.sheet or sheet.file)}</b>" + (f"（{escape(sheet.file)}）" if sheet.sheet else "")
    return (
        f"<details><summary>{name}：{escape(said)}</summary>"
        '<div class="inside"><div class="jushi-table"><table><thead><tr><th scope="col">列</th><th scope="col">表头</th>'
        '<th scope="col">看作</th><th scope="col">算进哪个指标</th><th scope="col">理由</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div></div></details>"
    )


def _column(column: ColumnNote) -> str:
    header = f"{column.header}（{column.unit}）" if column.unit else column.header
    names = (column.name or column.indicator).split("、")
    indicators = "、".join(names[:_FEW]) + (f" 等 {len(names)} 项" if len(names) > _FEW else "")
    cells = (column.column, header, column.role, indicators or "—", column.why)
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"
