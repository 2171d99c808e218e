"""版本与签审: a report read, commented on, submitted, returned, signed off; its history; the log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr

from assistant import reviewing
from assistant.permissions import Actor, Operation, allowed
from assistant.reviewing import ReviewState, Status
from assistant.store import drafts
from assistant.workflow import draft_text
from ui.access import current_actor
from ui.choices import outlives_restart
from ui.desk import Desk
from ui.failures import Act, told
from ui.history_tab import build_audit_part, build_history_part, history_view
from ui.review_view import from_utf16, paper_of, standing_html

_HERE = Path(__file__).parent
_EMPTY = "还没有稿子。请到“起草”页写一份，写好后在这里送审、批注、签发。"
_FRAME = f"""<div class="jushi-review" data-state="empty">
<p class="empty">{_EMPTY}</p>
<div class="sides">
<div class="paper" tabindex="0" role="document" aria-label="正文，选中文字可以批注"></div>
<aside aria-label="批注">
<form><label for="review-remark">批注 <span class="quote"></span><button type="button" class="drop" hidden>改批全文</button></label>
<textarea id="review-remark" rows="3" maxlength="2000" placeholder="哪里要改，怎么改"></textarea><button class="add">加批注</button></form>
<div class="filters" role="group" aria-label="列出哪些批注"><button type="button" data-only="open">没处理的</button>
<button type="button" data-only="all">全部批注</button></div>
<ol class="items" aria-label="批注"></ol>
</aside></div></div>"""
# The draft the address names (the editor puts it there) is the one to show.
_ASKED = "() => new URL(location).searchParams.get('draft') || ''"
_NOTED = """(chosen) => { const there = new URL(location);
  if (chosen) there.searchParams.set('draft', chosen); history.replaceState(null, '', there); return chosen; }"""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class ReviewTab:
    """The parts of the tab that the page as a whole speaks to."""

    chosen: gr.Dropdown
    asked: gr.Textbox
    refresh: Act  # looks again, for a page that comes to the tab
    shown: list[gr.Component]


def build_review_tab(desk: Desk) -> ReviewTab:
    """Lay the tab out and wire it."""
    label = "看哪份稿子"
    chosen = gr.Dropdown(label=label, elem_id="review-chosen", filterable=False, elem_classes="jushi-inline")
    outlives_restart(chosen)
    asked = gr.Textbox(visible=False)  # by the address; not through the list, which may not have it yet
    with gr.Row(equal_height=False, elem_id="review-head"):
        with gr.Column(scale=6, min_width=400):
            standing = gr.HTML("", elem_id="review-standing", apply_default_css=False)
        with gr.Column(scale=4, min_width=320, elem_id="review-acts"):
            submit = gr.Button("送审", variant="primary", visible=False, elem_id="review-submit")
            sign = gr.Button("签发", variant="primary", visible=False, elem_id="review-sign")
            with gr.Row(elem_classes="jushi-acts"):
                why = gr.Textbox(
                    label="退回的原因",
                    container=False,
                    placeholder="退回的原因：哪里要改",
                    visible=False,
                    max_lines=1,
                    elem_id="review-why",
                    scale=3,
                )
                back = gr.Button("退回", visible=False, elem_id="review-return", scale=0, min_width=110)
            version = gr.Button("建立新版本", visible=False, elem_id="review-version")
    with gr.Row(visible=False, elem_classes="jushi-acts", elem_id="review-confirm") as asking:
        gr.HTML(
            '<p class="jushi-notice warning" role="alert">签发以后，这份总结的文字不能再改。确定签发现在看到的这一版吗？</p>',
            apply_default_css=False,
        )
        sure = gr.Button("确定签发", variant="primary", elem_id="review-sure", scale=0, min_width=160)
        not_yet = gr.Button("再看看", elem_id="review-not-yet", scale=0, min_width=120)
    with gr.Tabs(elem_id="review-parts"):
        with gr.Tab("正文和批注", id="review-text"):
            script = (_HERE / "review_paper.js").read_text(encoding="utf-8")
            paper = gr.HTML(
                "", html_template=_FRAME, js_on_load=script, apply_default_css=False, doc={}, elem_id="review-paper"
            )
        with gr.Tab("修改记录", id="review-history"):
            history = build_history_part(desk, chosen)
        with gr.Tab("操作日志", id="review-audit", visible=False) as log:
            build_audit_part(desk, log)
    shown = [chosen, standing, submit, sign, asking, why, back, version, paper, *history.shown, log]

    def look(draft_id: str | None) -> tuple[object, ...]:
        return _view(desk, draft_id, current_actor())

    def after(act: Act, operation: Operation) -> Act:
        """Do something to the draft, then show how it stands."""

        def run(draft_id: str, *given: str) -> tuple[object, ...]:
            actor = current_actor()
            return _view(desk, act(desk.workspace, draft_id, actor, *given) or draft_id, actor)

        return told(run, operation)

    refresh = told(look, Operation.READ)
    chosen.input(refresh, chosen, shown, js=_NOTED, **_QUIET)
    submit.click(after(_quietly(reviewing.submit), Operation.SUBMIT), chosen, shown, **_QUIET)
    sign.click(told(lambda: gr.update(visible=True), Operation.SIGN), None, asking, **_QUIET)
    not_yet.click(told(lambda: gr.update(visible=False), Operation.READ), None, asking, **_QUIET)
    sure.click(after(_quietly(reviewing.sign), Operation.SIGN), chosen, shown, **_QUIET)
    back.click(after(_quietly(reviewing.return_draft), Operation.RETURN), [chosen, why], shown, **_QUIET)
    version.click(after(reviewing.new_version, Operation.NEW_VERSION), chosen, shown, **_QUIET).success(
        None, chosen, None, js=_NOTED
    )
    paper.remark(told(_remarker(desk), Operation.COMMENT), None, [standing, paper], **_QUIET)
    paper.settle(told(_settler(desk), Operation.COMMENT), None, [standing, paper], **_QUIET)
    history.restored.change(refresh, chosen, shown, **_QUIET)
    return ReviewTab(chosen, asked, refresh, shown)


def connect_review_tab(tab: ReviewTab, at: gr.Tab) -> None:
    """Show the draft the address names, or the newest, whenever somebody comes to the tab."""
    at.select(tab.refresh, tab.asked, tab.shown, js=_ASKED, **_QUIET).success(None, tab.chosen, None, js=_NOTED)


def _quietly(act: Act) -> Act:
    """An act on a draft that does not lead to another one."""

    def run(*given: object) -> None:
        act(*given)

    return run


def _view(desk: Desk, draft_id: str | None, actor: Actor) -> tuple[object, ...]:
    choices = desk.drafts()
    known = [identity for _, identity in choices]
    chosen = draft_id if draft_id in known else next(iter(known), None)
    log = gr.update(visible=allowed(actor.role, Operation.AUDIT))
    first = gr.update(choices=choices, value=chosen, visible=bool(choices))
    if chosen is None:
        return first, "", *[gr.update(visible=False)] * 6, gr.update(doc={}), *history_view(desk, None), log
    state, standing, paper = _standing_and_paper(desk, chosen, actor)
    buttons = _buttons(state, actor)
    return first, standing, *buttons, paper, *history_view(desk, chosen), log


def _standing_and_paper(desk: Desk, draft_id: str, actor: Actor) -> tuple[ReviewState, str, object]:
    workspace = desk.workspace
    draft = drafts.load_draft(workspace.engine, draft_id)
    state = reviewing.state_of(workspace, draft_id)
    comments = reviewing.comments_of(workspace, draft_id)
    report = desk.check(draft_text(draft), desk.facts(draft.period), draft.period)
    names = desk.names()
    may = allowed(actor.role, Operation.COMMENT) and state.status is not Status.SIGNED
    doc = paper_of(draft, report, comments, names, may=may)
    return state, standing_html(state, report, actor, names), gr.update(doc=doc)


def _buttons(state: ReviewState, actor: Actor) -> tuple[object, ...]:
    """Which of submit, sign, the question before signing, reason, return and new version are there."""
    status = state.status
    submittable = status in (Status.WRITING, Status.RETURNED) or (status is Status.SUBMITTED and state.changed)
    signable = status is Status.SUBMITTED and not state.changed
    wanted = (
        submittable and allowed(actor.role, Operation.SUBMIT),
        signable and allowed(actor.role, Operation.SIGN),
        False,
    )
    returnable = status is Status.SUBMITTED and allowed(actor.role, Operation.RETURN)
    copyable = status is Status.SIGNED and not state.successor and allowed(actor.role, Operation.NEW_VERSION)
    return (
        *(gr.update(visible=each) for each in wanted),
        gr.update(visible=returnable, value=""),
        gr.update(visible=returnable),
        gr.update(visible=copyable),
    )


def _remarker(desk: Desk) -> Act:
    def remark(event: gr.EventData) -> tuple[object, object]:
        sent, actor = event._data, current_actor()
        draft_id, section = str(sent["id"]), str(sent.get("section") or "")
        draft = drafts.load_draft(desk.workspace.engine, draft_id)
        text = next((each.text for each in draft.sections if each.key == section), "")
        start, end = (from_utf16(text, int(sent.get(edge) or 0)) for edge in ("start", "end"))
        reviewing.comment(desk.workspace, draft_id, actor, section, start, end, str(sent["text"]))
        return _standing_and_paper(desk, draft_id, actor)[1:]

    return remark


def _settler(desk: Desk) -> Act:
    def settle(event: gr.EventData) -> tuple[object, object]:
        actor, draft_id = current_actor(), str(event._data["id"])
        reviewing.resolve_comment(desk.workspace, draft_id, int(event._data["number"]), actor)
        return _standing_and_paper(desk, draft_id, actor)[1:]

    return settle
