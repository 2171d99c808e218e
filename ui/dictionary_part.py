"""指标字典: what is counted, under which names; a town's own indicators added and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

import gradio as gr

from assistant.configuring import add_own_indicator, remove_own_indicator
from assistant.periods import chinese_name
from assistant.permissions import Operation
from assistant.records import Aggregation, Indicator
from assistant.registry.own import AGGREGATIONS, own_indicators
from assistant.workspace import OWN_INDICATORS
from ui.access import current_actor
from ui.desk import Desk
from ui.failures import Act, told
from ui.words import stated

if TYPE_CHECKING:
    from assistant.remapping import Change


_SEARCHED = (
    '<label class="jushi-search">找指标 <input type="search" placeholder="输入几个字，如：隐患" autocomplete="off"></label>'
    "<div>${value}</div>"
)
_SEARCH = """
const box = element.querySelector('input');
const sift = () => element.querySelectorAll('tbody tr').forEach((row) => { row.hidden = !row.textContent.includes(box.value.trim()); });
box.addEventListener('input', sift);
watch('value', sift);
element.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-drop]');
  if (button && confirm(`删除指标“${button.dataset.name}”？台账会重新读取。`)) trigger('drop', { identity: button.dataset.drop });
});
"""
_MANY = 12  # changed figures named one by one


def build_dictionary_part(desk: Desk, changed: gr.State) -> list[gr.Component]:
    """Lay the part out and wire it; gives what `dictionary_view` fills."""
    with gr.Accordion("添加本单位自己的指标", open=False, elem_id="dictionary-add"):
        with gr.Row():
            name = gr.Textbox(
                label="名称（报告里怎么写）", placeholder="如：检查充电桩", max_lines=1, elem_id="dictionary-name"
            )
            unit = gr.Textbox(label="单位", placeholder="如：处", max_lines=1, min_width=100, elem_id="dictionary-unit")
            topic = gr.Dropdown([], label="领域", allow_custom_value=True, min_width=140, elem_id="dictionary-topic")
            kind = gr.Dropdown(
                [(label, aggregation.value) for aggregation, label in AGGREGATIONS.items()],
                value=Aggregation.SUM.value,
                label="一年的数怎么得来",
                filterable=False,
                elem_id="dictionary-kind",
            )
        with gr.Row():
            aliases = gr.Textbox(
                label="别名（台账表头里可能的写法，用顿号隔开）",
                placeholder="如：充电桩检查数、检查充电设施",
                max_lines=1,
                elem_id="dictionary-aliases",
            )
            above = gr.Dropdown([], label="比率的分子", visible=False, elem_id="dictionary-above")
            below = gr.Dropdown([], label="比率的分母", visible=False, elem_id="dictionary-below")
            add = gr.Button("添加", variant="primary", scale=0, min_width=140, elem_id="dictionary-save")
    said = gr.HTML("", elem_id="dictionary-said", apply_default_css=False)
    listed = gr.HTML("", html_template=_SEARCHED, js_on_load=_SEARCH, elem_id="dictionary", apply_default_css=False)
    shown = [topic, above, below, listed]
    kind.input(
        lambda chosen: [gr.update(visible=chosen == Aggregation.RATIO)] * 2,
        kind,
        [above, below],
        show_progress="hidden",
        api_visibility="private",
    )
    form = [name, unit, topic, kind, aliases, above, below]
    add.click(
        told(_adder(desk), Operation.SETTINGS),
        [changed, *form],
        [said, changed, name, aliases, *shown],
        api_visibility="private",
    )
    listed.drop(told(_remover(desk), Operation.SETTINGS), changed, [said, changed, *shown], api_visibility="private")
    return shown


def dictionary_view(desk: Desk) -> tuple[object, ...]:
    """The topics and indicators to choose from, and the dictionary as a table."""
    registry = desk.workspace.registry
    topics = list(dict.fromkeys(entry.topic for entry in registry))
    choices = [(entry.name, entry.id) for entry in registry if entry.aggregation is not Aggregation.RATIO]
    own = {entry.id for entry in own_indicators(desk.workspace.folder / OWN_INDICATORS)}
    may = desk.may(Operation.SETTINGS)
    return (
        gr.update(choices=topics),
        gr.update(choices=choices),
        gr.update(choices=choices),
        dictionary_html(tuple(registry), own if may else set()),
    )


def dictionary_html(entries: Sequence[Indicator], own: set[str]) -> str:
    """The dictionary as a table; the town's `own` ones can be taken out."""
    listed = sorted(entries, key=lambda entry: entry.id not in own)  # a town's own first
    rows = "".join(_row(entry, own=entry.id in own) for entry in listed)
    return (
        f'<p class="jushi-count">共 {len(entries)} 项指标，其中本单位自己加的 {len(own)} 项。</p>'
        '<div class="jushi-table tall" tabindex="0" role="region" aria-label="指标字典"><table><thead><tr><th scope="col">指标</th><th scope="col">领域</th>'
        '<th scope="col">单位</th><th scope="col">一年的数</th><th scope="col">别名</th><th scope="col">编号</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(entry: Indicator, *, own: bool) -> str:
    how = AGGREGATIONS[entry.aggregation].split("（")[0] + (f"：{entry.formula}" if entry.formula else "")
    drop = (
        f' <button type="button" class="link bad" data-drop="{escape(entry.id, quote=True)}" data-name="{escape(entry.name, quote=True)}"'
        f' aria-label="删除 {escape(entry.name, quote=True)}">删除</button>'
        if own
        else ""
    )
    return (
        f'<tr><th scope="row">{escape(entry.name)}{drop}</th><td>{escape(entry.topic)}</td><td>{escape("、".join(entry.units))}</td>'
        f"<td>{escape(how)}</td><td>{escape('、'.join(entry.aliases))}</td><td>{escape(entry.id)}</td></tr>"
    )


def _adder(desk: Desk) -> Act:
    def add(times: int, *form: object) -> tuple[object, ...]:
        name, unit, topic, kind, aliases, above, below = ("" if value is None else str(value).strip() for value in form)
        ratio = kind == Aggregation.RATIO
        entry = Indicator(
            id="",
            topic=topic,
            name=name,
            unit="%" if ratio and not unit else unit,
            aggregation=Aggregation(kind),
            aliases=tuple(part.strip() for part in aliases.replace("，", "、").split("、") if part.strip()),
            formula=f"{above} / {below}" if ratio else "",
        )
        workspace, changes = add_own_indicator(desk.workspace, entry, current_actor())
        desk.renew(workspace)
        return _told(f"已添加“{name}”", changes), times + 1, "", "", *dictionary_view(desk)

    return add


def _remover(desk: Desk) -> Act:
    def remove(times: int, event: gr.EventData) -> tuple[object, ...]:
        workspace, changes = remove_own_indicator(desk.workspace, str(event.identity), current_actor())
        desk.renew(workspace)
        return _told("已删除", changes), times + 1, *dictionary_view(desk)

    return remove


def _told(done: str, changes: Sequence[Change]) -> str:
    named = "、".join(
        f"{chinese_name(change.fact.period)}{change.fact.name}{stated(change.after) if change.after else '没有了'}"
        for change in changes[:_MANY]
    )
    more = f" 等 {len(changes)} 个" if len(changes) > _MANY else ""
    figures = f"因此变了的数：{escape(named)}{more}。" if changes else "现有台账里的数字没有变化。"
    return f'<div class="jushi-said" role="status"><b>{escape(done)}，台账已重新读取。</b><br>{figures}</div>'
