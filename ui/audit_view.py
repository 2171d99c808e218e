"""The log of who did what, for administrators, and whether it is as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.store.audit import SHOWN_DIGITS, Break, Entry

SHOWN = 300
_DETAIL = 120


def audit_html(entries: Sequence[Entry], names: Mapping[str, str]) -> str:
    """The newest entries, one a row."""
    if not entries:
        return '<div class="jushi-empty">没有这样的记录。<br>换一个词再找，或清空查找框看全部。</div>'
    rows = "".join(_row(entry, names) for entry in entries)
    note = f'<p class="jushi-count">只列出最近 {SHOWN} 条。</p>' if len(entries) >= SHOWN else ""
    return (
        '<div class="jushi-table tall" tabindex="0" aria-label="操作日志"><table><thead><tr><th scope="col">序号</th><th scope="col">时间</th>'
        '<th scope="col">谁</th><th scope="col">做了什么</th><th scope="col">对什么</th><th scope="col">说明</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{note}"
    )


def _row(entry: Entry, names: Mapping[str, str]) -> str:
    detail = entry.detail if len(entry.detail) <= _DETAIL else entry.detail[: _DETAIL - 1] + "…"
    at = entry.at.astimezone()
    cells = (names.get(entry.actor, entry.actor), entry.label, entry.subject, detail)
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    return f'<tr><td class="number">{entry.number}</td><td>{at:%Y-%m-%d %H:%M:%S}</td>{told}</tr>'


def verified_html(breaks: Sequence[Break], head: tuple[int, str]) -> str:
    """What the check of the log found."""
    if breaks:
        told = "".join(f"<li>{escape(each.message)}</li>" for each in breaks[:20])
        return (
            f'<div class="jushi-notice error" role="alert">日志有 {len(breaks)} 处与写下时不符，可能被改动过。'
            f"请保留现在的数据库，找维护人员查看：<ul>{told}</ul></div>"
        )
    number, digest = head
    return (
        f'<p class="jushi-notice" role="status">校验通过：{number} 条日志都与写下时一致。'
        f"最后一条的校验码是 <code>{escape(digest[:SHOWN_DIGITS])}</code>，抄在别处，以后可以对照。</p>"
    )
