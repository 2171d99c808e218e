"""What a person can correct in a sheet's reading: a form of our own, and what it sends as a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.errors import InputError
from assistant.ledger.corrections import Choice, Correction, SavedLayout
from assistant.ledger.noting import ROLE_NAMES
from assistant.ledger.reports import ColumnNote, SheetNote
from assistant.periods import chinese_name
from assistant.registry.registry import Registry
from assistant.remapping import Remapped
from ui.words import stated

_UNUSED = "不用（不计入）"


def lists_html(registry: Registry) -> str:
    """The indicators by topic and the parts a column can play, once for all fields.

    Hidden lists rather than templates: what is inside a template is not renewed when the page is.
    """
    topics: dict[str, list[str]] = {}
    for entry in registry:
        option = f'<option value="{escape(entry.id, quote=True)}">{escape(entry.name)}（{escape(entry.unit)}）</option>'
        topics.setdefault(entry.topic, []).append(option)
    groups = "".join(
        f'<optgroup label="{escape(topic, quote=True)}">{"".join(options)}</optgroup>'
        for topic, options in topics.items()
    )
    parts = "".join(f"<option>{escape(name)}</option>" for name in ROLE_NAMES.values())
    return (
        f'<select hidden data-name="indicators"><option value="">{_UNUSED}</option>{groups}</select>'
        f'<select hidden data-name="parts">{parts}</select>'
    )


def form_html(note: SheetNote, layout: SavedLayout, registry: Registry) -> str:
    """The form of one table: each column, the rows counted, each line."""
    notes = {column.header: column for column in note.columns}
    columns = "".join(_column(each, notes.get(each.name), registry) for each in layout.columns)
    table = (
        '<div class="jushi-table"><table><thead><tr><th scope="col">列</th><th scope="col">表头</th><th scope="col">看作</th>'
        f'<th scope="col">算进哪个指标</th><th scope="col">程序为什么这样认</th></tr></thead><tbody>{columns}</tbody></table></div>'
    )
    anew = '<button type="button" data-anew="yes">恢复程序自己的判断</button>' if layout.corrected else ""
    return (
        f'<form data-layout="{escape(note.layout, quote=True)}" aria-label="更正读法">{table}'
        f"{_rows(layout.rows, registry)}{_lines(layout.lines)}"
        f'<p class="fields"><label><input type="checkbox" data-kind="whole" data-name="ignored" data-chosen="{_js(layout.ignored)}"'
        f"{' checked' if layout.ignored else ''}> 这种表不读，里面的数字都不计入</label></p>"
        f'<p class="actions"><button type="submit" class="primary">保存更正，重新读取</button>{anew}'
        "<small>更正对同样表头的表都有效，下个月再导入也照这样读。</small></p></form>"
    )


def _column(choice: Choice, note: ColumnNote | None, registry: Registry) -> str:
    shown = f"{choice.name}（{note.unit}）" if note and note.unit and note.unit not in choice.name else choice.name
    why = note.why if note else ""
    if choice.chosen != choice.found:
        why = f"已由人更正；程序原来认作“{_named(choice.found, registry) or '不用'}”"
    role = _select("roles", choice.name, choice.role, "parts", f"{shown}看作")
    indicator = _select("columns", choice.name, choice.chosen, "indicators", f"{shown}算进哪个指标")
    changed = ' class="corrected"' if choice.chosen != choice.found or choice.role != choice.found_role else ""
    return f"<tr{changed}><td>{escape(choice.column)}</td><td>{escape(shown)}</td><td>{role}</td><td>{indicator}</td><td>{escape(why)}</td></tr>"


def _select(kind: str, name: str, chosen: str, options: str, label: str) -> str:
    return (
        f'<select data-kind="{kind}" data-name="{escape(name, quote=True)}" data-chosen="{escape(chosen, quote=True)}"'
        f' data-list="{options}" aria-label="{escape(label, quote=True)}"></select>'
    )


def _rows(rows: Sequence[Choice], registry: Registry) -> str:
    """What is counted by rows, each to be ticked off."""
    ticks = "".join(
        f'<label><input type="checkbox" data-kind="rows" data-name="{escape(each.found, quote=True)}" data-chosen="{_js(bool(each.chosen))}"'
        f"{' checked' if each.chosen else ''}> {escape(_named(each.found, registry))}</label>"
        for each in rows
    )
    return f'<fieldset class="fields"><legend>按行计数（表里每一行算一个）</legend>{ticks}</fieldset>' if rows else ""


def _lines(lines: Sequence[Choice]) -> str:
    fields = "".join(map(_line, lines))
    return (
        '<div class="jushi-table"><table><thead><tr><th scope="col">这一行</th><th scope="col">算进哪个指标</th></tr></thead>'
        f"<tbody>{fields}</tbody></table></div>"
        if lines
        else ""
    )


def _line(choice: Choice) -> str:
    changed = ' class="corrected"' if choice.chosen != choice.found else ""
    field = _select("lines", choice.name, choice.chosen, "indicators", f"{choice.name}算进哪个指标")
    return f"<tr{changed}><td>{escape(choice.name)}</td><td>{field}</td></tr>"


def _named(indicator: str, registry: Registry) -> str:
    entry = registry.find(indicator) if indicator else None
    return entry.name if entry else indicator


def _js(value: bool) -> str:  # noqa: FBT001 - the value itself
    return str(value).lower()


def correction_of(sent: Mapping[str, object]) -> Correction:
    """The correction a form sent; raises `InputError` where there is nothing in it or it is not of this form."""
    if sent.get("anew") is True:
        return Correction(anew=True)
    columns, roles, lines = (_texts(sent.get(kind)) for kind in ("columns", "roles", "lines"))
    rows, whole = (_ticks(sent.get(kind)) for kind in ("rows", "whole"))
    if not (columns or roles or lines or rows or whole):
        raise InputError("还没有改动。请先在“算进哪个指标”里改选，再点“保存更正，重新读取”。")
    return Correction(columns, roles, rows, lines, whole.get("ignored"))


def _texts(given: object) -> dict[str, str]:
    return {str(name): str(value) for name, value in given.items()} if isinstance(given, Mapping) else {}


def _ticks(given: object) -> dict[str, bool]:
    return {str(name): value is True for name, value in given.items()} if isinstance(given, Mapping) else {}


def changes_html(remapped: Remapped) -> str:
    """What a correction changed, figure by figure."""
    if not remapped.changes:
        return '<div class="jushi-said" role="status"><b>更正已保存，表已重新读取。</b><br>各年的数字没有变化。</div>'
    rows = "".join(
        f'<tr><th scope="row">{escape(change.fact.name)}</th><td>{chinese_name(change.fact.period)}</td>'
        f'<td class="number">{escape(stated(change.before)) if change.before else "没有"}</td>'
        f'<td class="number strong">{escape(stated(change.after)) if change.after else "没有"}</td></tr>'
        for change in remapped.changes
    )
    return (
        f'<div class="jushi-said" role="status"><b>更正已保存，表已重新读取，{len(remapped.changes)} 个数变了：</b></div>'
        '<div class="jushi-table changes" tabindex="0" role="region" aria-label="更正前后的数字"><table><thead><tr><th scope="col">指标</th><th scope="col">期间</th>'
        f'<th scope="col" class="number">更正前</th><th scope="col" class="number">更正后</th></tr></thead><tbody>{rows}</tbody></table></div>'
    )
