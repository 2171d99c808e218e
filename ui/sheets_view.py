"""What an import read, guessed and refused, sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from assistant.records import Notice, Severity
from ui.words import FINDING_NAMES

_ORDER = list(FINDING_NAMES)


def imported_html(report: Any) -> str:  # noqa: ANN401 - typed with the importer
    """The import in a sentence, and what needs a person's eye."""
    grave = [notice for notice in report.notices if notice.severity is not Severity.INFO]
    more = f"<p>有 {len(grave)} 处需要您看一眼，见“台账里的问题”。</p>" if grave else ""
    return f'<div class="jushi-said" role="status"><b>{escape(report.summary)}</b>{more}</div>'


def notices_html(notices: Iterable[Notice]) -> str:
    """Every notice with its cell, the gravest first."""
    listed = sorted(notices, key=lambda notice: _ORDER.index(notice.severity))
    if not listed:
        return '<div class="jushi-empty"><b>没有发现问题</b><p>导入台账后，重复的、看不懂的、合计对不上的，都会列在这里。</p></div>'
    return "".join(_notice(notice) for notice in listed)


def _notice(notice: Notice) -> str:
    place = " · ".join(filter(None, (notice.cell.file, notice.cell.sheet, notice.cell.cell))) if notice.cell else ""
    where = f"<small>{escape(place)}</small>" if place else ""
    return (
        f'<p class="jushi-notice {notice.severity}"><b>{FINDING_NAMES[notice.severity]}</b> '
        f"{escape(notice.message)} {where}</p>"
    )


def sheets_html(sheets: Sequence[Any]) -> str:
    """Each sheet: its header, year, and which column became which indicator."""
    return "".join(f"<p>{escape(str(sheet))}</p>" for sheet in sheets)
