"""台账: spreadsheets in, what was understood of them, the facts of a period."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.ledger.problems import problems, sheets
from assistant.periods import parse_period, year_earlier
from assistant.permissions import Operation
from assistant.workflow import import_ledger
from ui.access import current_actor
from ui.breakdown import breakdown_html
from ui.desk import Desk, chosen_period
from ui.facts_table import facts_html
from ui.failures import Act, told
from ui.sheets_part import build_sheets_part, sheet_key, sheets_view
from ui.sheets_view import imported_html, notices_html
from ui.uploads import SHEETS, accepted

_NO_LEDGER = (
    '<div class="jushi-empty"><b>还没有台账</b><p>把这一年和上一年的台账表格（Excel、WPS 表格或 CSV）拖到上面，可以一次拖多个。<br>'
    "程序只读不改您的表格；读完会列出每项数字，以及它来自哪个单元格。</p></div>"
)
_SEARCHED = (
    '<label class="jushi-search">找指标 <input type="search" placeholder="输入几个字，如：隐患" autocomplete="off"></label>'
    "<div>${value}</div>"
)
_SEARCH = """
const box = element.querySelector('input');
const sift = () => element.querySelectorAll('tbody').forEach((group) => {
  const rows = [...group.querySelectorAll('tr:not(.topic)')];
  rows.forEach((row) => { row.hidden = !row.textContent.includes(box.value.trim()); });
  group.hidden = rows.every((row) => row.hidden);
});
box.addEventListener('input', sift);
watch('value', sift);
"""
_TO_CELL = """
element.addEventListener('click', ({ target }) => {
  const button = target.closest('button[data-cell]');
  if (button) trigger('cell', { file: button.dataset.file, sheet: button.dataset.sheet, cell: button.dataset.cell });
});
"""
_TO_CHANGES = "() => document.querySelector('#ledger-changes').scrollIntoView({ behavior: 'smooth', block: 'center' })"
_OPENING = '<p class="jushi-count" role="status">正在打开……</p>'
_NO_DATA = '<div class="jushi-empty"><b>这个期间没有数据</b><p>请换一个期间，或导入这一期的台账。</p></div>'
_FIRST = ("hazard.found", "inspection.enterprises")  # what people look at first
_HINT = (
    '<div class="jushi-said">拖进来就开始读，程序只读、不改您的表格。同一份表再拖一次，以新的为准，不会重复计算。<br>'
    "读完后，下面会列出每项数字、去年同期，以及它来自哪张表的哪个单元格。</div>"
)


@dataclass(frozen=True, slots=True)
class LedgerTab:
    """The parts of the tab that the page as a whole speaks to."""

    shown: list[gr.Component]  # what `ledger_view` fills: periods, facts, sheets, problems
    imported: gr.State  # grows with every import


def build_ledger_tab(desk: Desk) -> LedgerTab:
    """Lay the tab out and wire it."""
    with gr.Row(equal_height=True):
        upload = gr.File(
            label="把台账表格拖到这里（可以一次多个）",
            file_count="multiple",
            height=100,
            scale=4,
            elem_id="ledger-upload",
        )
        with gr.Column(scale=6):
            said = gr.HTML(_HINT, elem_id="ledger-said", apply_default_css=False)
    with gr.Tabs(elem_id="ledger-tabs") as tabs:
        with gr.Tab("数字", id="figures"):
            period = gr.Dropdown(
                label="看哪个期间的数字", elem_id="ledger-period", filterable=False, elem_classes="jushi-inline"
            )
            facts = gr.HTML(
                _OPENING,
                html_template=_SEARCHED,
                js_on_load=_SEARCH,
                elem_id="ledger-facts",
                apply_default_css=False,
            )
        with gr.Tab("分月、分村、各年", id="bars"):
            with gr.Row():
                which = gr.Dropdown(label="看哪项指标", elem_id="ledger-which", elem_classes="jushi-inline")
            bars = gr.HTML("", elem_id="ledger-bars", apply_default_css=False)
        with gr.Tab("每张表读懂了什么", id="sheets") as sheets_at:
            part = build_sheets_part(desk, sheets_at)
        with gr.Tab("台账里的问题", id="problems"):
            doubtful = gr.HTML("", js_on_load=_TO_CELL, elem_id="ledger-problems", apply_default_css=False)
    imported = gr.State(0)
    figures = [period, facts, which, bars]
    shown = [*figures, *part.shown, doubtful]
    upload.upload(
        told(_importer(desk), Operation.IMPORT_LEDGER),
        [upload, imported],
        [upload, said, imported, part.changes, *shown],
        api_visibility="private",
    ).failure(lambda: None, None, upload, show_progress="hidden", api_visibility="private")
    period.input(
        told(lambda chosen, kept: _period_view(desk, chosen, kept)),
        [period, which],
        [facts, which, bars],
        api_visibility="private",
    )
    which.input(
        told(lambda indicator, chosen: _bars_of(desk, indicator, chosen)),
        [which, period],
        bars,
        show_progress="hidden",
        api_visibility="private",
    )
    doubtful.cell(
        told(_to_cell(desk)), None, [tabs, part.changes, *part.shown], show_progress="hidden", api_visibility="private"
    )
    part.sheet.correct(
        told(_corrector(desk), Operation.CORRECT_MAPPING),
        [part.which, imported],
        [part.changes, part.sheet, imported, *figures, doubtful],
        api_visibility="private",
    ).success(None, None, None, js=_TO_CHANGES)
    return LedgerTab(shown, imported)


def ledger_view(desk: Desk) -> tuple[object, ...]:
    """Periods, facts, sheets and problems, as they stand in the workspace."""
    return *_figures_view(desk), *sheets_view(desk, drawn=False), _problems_html(desk)


def _figures_view(desk: Desk) -> tuple[object, ...]:
    if not desk.years():
        nothing = gr.update(choices=[], value=None, visible=False)
        return nothing, _NO_LEDGER, nothing, _NO_LEDGER
    choices = desk.periods()
    chosen = choices[0][1]
    return gr.update(choices=choices, value=chosen, visible=True), *_period_view(desk, chosen, None)


def _problems_html(desk: Desk) -> str:
    return notices_html(problems(desk.workspace.engine, town=desk.workspace.town))


def _importer(desk: Desk) -> Act:
    def take(files: list[str] | None, times: int) -> tuple[object, ...]:
        paths = accepted(files, SHEETS)
        earlier = {sheet.file for sheet in sheets(desk.workspace.engine, town=desk.workspace.town)}
        report = import_ledger(desk.workspace, paths, by=current_actor().name)
        desk.forget_facts()
        return None, imported_html(report, earlier), times + 1, "", *ledger_view(desk)

    return take


def _corrector(desk: Desk) -> Act:
    def correct(chosen: str | None, times: int, event: gr.EventData) -> tuple[object, ...]:
        from ui.sheet_drawing import corrected

        changes, sheet = corrected(desk, chosen, event.sent)
        return changes, sheet, times + 1, *_figures_view(desk), _problems_html(desk)

    return correct


def _to_cell(desk: Desk) -> Act:
    def show(event: gr.EventData) -> tuple[object, ...]:
        view = sheets_view(desk, sheet_key(str(event.file), str(event.sheet)), str(event.cell), drawn=True)
        return gr.Tabs(selected="sheets"), "", *view

    return show


def _period_view(desk: Desk, chosen: str, kept: str | None) -> tuple[object, ...]:
    """The facts of a period, its indicators to choose from (`kept` stays chosen where it can), and the bars of one."""
    period = parse_period(chosen)
    facts = desk.facts_in(period)
    if not facts:
        return _NO_DATA, gr.update(choices=[], value=None, visible=False), _NO_DATA
    choices = [(fact.name, fact.indicator) for fact in facts if fact.measure == "value"]
    known = [indicator for _, indicator in choices]
    indicator = kept if kept in known else next((each for each in _FIRST if each in known), known[0])
    return (
        facts_html(facts, desk.facts_in(year_earlier(period)), period),
        gr.update(choices=choices, value=indicator, visible=True),
        breakdown_html(desk.workspace, indicator, period, desk.facts_in),
    )


def _bars_of(desk: Desk, indicator: str | None, chosen: str | None) -> str:
    return breakdown_html(desk.workspace, indicator, chosen_period(chosen), desk.facts_in) if indicator else ""
