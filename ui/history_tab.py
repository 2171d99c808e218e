"""The parts of 版本与签审 that look back: what was changed, two states compared, one restored; the log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import gradio as gr

from assistant import accounts, revising
from assistant.errors import InputError
from assistant.permissions import Actor, Operation, allowed
from assistant.reviewing import Status, state_of
from assistant.store import audit
from ui.access import current_actor
from ui.audit_view import SHOWN, audit_html, verified_html
from ui.choices import outlives_restart
from ui.desk import Desk
from ui.failures import told
from ui.history_view import NO_CHANGE, diff_html, history_html

_PICK = """
element.addEventListener('click', (event) => {
  const row = event.target.closest('[data-number]');
  if (row) trigger('pick', { section: row.dataset.section, number: Number(row.dataset.number) });
});
"""
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


@dataclass(frozen=True, slots=True)
class HistoryPart:
    """What the tab as a whole fills and listens to."""

    shown: list[gr.Component]
    restored: gr.State  # changes with every restoring


def build_history_part(desk: Desk, chosen: gr.Dropdown) -> HistoryPart:
    """The list of changes, and beside it two states of a section compared."""
    section, restored = gr.State(""), gr.State(0)
    with gr.Row(equal_height=False):
        with gr.Column(scale=5, min_width=420):
            changes = gr.HTML("", js_on_load=_PICK, apply_default_css=False, elem_id="review-changes")
        with gr.Column(scale=6, min_width=420):
            with gr.Row(visible=False, elem_classes="jushi-acts") as choosing:
                older = gr.Dropdown(label="从", elem_id="review-older", filterable=False, min_width=120)
                newer = gr.Dropdown(label="到", elem_id="review-newer", filterable=False, min_width=120)
                restore = gr.Button("恢复", elem_id="review-restore", scale=0, min_width=220, visible=False)
            diff = gr.HTML(NO_CHANGE, apply_default_css=False, elem_id="review-diff")
    for side in (older, newer):
        outlives_restart(side)
    compared = [section, choosing, older, newer, restore, diff]

    def pick(draft_id: str, event: gr.EventData) -> tuple[object, ...]:
        return _picked(desk, draft_id, str(event._data["section"]), int(event._data["number"]), current_actor())

    def compare(draft_id: str, key: str, before: int, after: int) -> tuple[object, object]:
        return _restore_button(desk, draft_id, key, before, current_actor()), _diff(desk, draft_id, key, before, after)

    def bring_back(draft_id: str, key: str, before: int, count: int) -> int:
        revising.restore(desk.workspace, draft_id, key, int(before), author=current_actor().name)
        gr.Info(f"已恢复成第 {before} 稿；原来的文字还在修改记录里。", title="恢复好了")
        return count + 1

    changes.pick(told(pick, Operation.READ), chosen, compared, **_QUIET)
    for side in (older, newer):
        side.input(told(compare, Operation.READ), [chosen, section, older, newer], [restore, diff], **_QUIET)
    restore.click(told(bring_back, Operation.EDIT), [chosen, section, older, restored], restored, **_QUIET)
    return HistoryPart([changes, *compared], restored)


def history_view(desk: Desk, draft_id: str | None) -> tuple[object, ...]:
    """What the history shows of a draft just opened: its changes, and none of them looked at."""
    hidden = gr.update(visible=False)
    changes = revising.history(desk.workspace, draft_id) if draft_id else []
    return history_html(changes, desk.names()), "", hidden, gr.skip(), gr.skip(), hidden, NO_CHANGE


def _picked(desk: Desk, draft_id: str, section: str, number: int, actor: Actor) -> tuple[object, ...]:
    """A change was clicked: an earlier state against the one now, the one now against the one before."""
    mine = [change for change in revising.history(desk.workspace, draft_id) if change.section == section]
    if number not in [change.number for change in mine]:
        raise InputError("这一稿已经不在了。请刷新网页再看。")
    now = max(mine, key=lambda change: change.number)
    before, after = (number, now.number) if number != now.number else (max(now.first - 1, 1), number)
    choices = [(f"第 {change.number} 稿" + ("（现在的）" if change.current else ""), change.number) for change in mine]
    return (
        section,
        gr.update(visible=len(mine) > 1),
        gr.update(choices=choices, value=before),
        gr.update(choices=choices, value=after),
        _restore_button(desk, draft_id, section, before, actor),
        _diff(desk, draft_id, section, before, after),
    )


def _restore_button(desk: Desk, draft_id: str, section: str, number: int, actor: Actor) -> object:
    """Offered for another state than the one now, to those who may edit, while the report is not signed."""
    mine = [change for change in revising.history(desk.workspace, draft_id) if change.section == section]
    other = any(change.number == number and not change.current for change in mine)
    signed = state_of(desk.workspace, draft_id).status is Status.SIGNED
    may = other and not signed and allowed(actor.role, Operation.EDIT)
    return gr.update(visible=may, value=f"把这一节恢复成第 {number} 稿")


def _diff(desk: Desk, draft_id: str, section: str, before: int, after: int) -> str:
    if before == after:
        return '<p class="jushi-said">这一节只有这一稿，没有可比的。</p>' if before == 1 else diff_html(())
    return diff_html(revising.compare(desk.workspace, draft_id, section, int(before), int(after)))


def build_audit_part(desk: Desk, at: gr.Tab) -> None:
    """The log, and its check."""
    with gr.Row(elem_classes="jushi-acts"):
        wanted = gr.Textbox(
            label="查找（谁、做了什么、对什么）", elem_id="audit-wanted", max_lines=1, scale=3, placeholder="如：签发"
        )
        check = gr.Button("校验日志有没有被改动", elem_id="audit-verify", scale=0, min_width=240)
    verdict = gr.HTML("", elem_id="audit-verdict", apply_default_css=False)
    listed = gr.HTML("", elem_id="audit-entries", apply_default_css=False)

    def look(words: str) -> str:
        return audit_html(_entries(desk, (words or "").split()), desk.names())

    def verify() -> str:
        breaks = accounts.verify_log(desk.workspace, current_actor())
        return verified_html(breaks, audit.head_of(desk.workspace.engine))

    at.select(told(look, Operation.AUDIT), wanted, listed, **_QUIET)
    wanted.change(told(look, Operation.AUDIT), wanted, listed, trigger_mode="always_last", **_QUIET)
    check.click(told(verify, Operation.AUDIT), None, verdict, **_QUIET)


def _entries(desk: Desk, words: list[str]) -> Sequence[audit.Entry]:
    """The newest entries in which every word is found."""
    if not words:
        return accounts.read_log(desk.workspace, current_actor(), limit=SHOWN)
    names = desk.names()

    def told_of(entry: audit.Entry) -> str:
        return " ".join((entry.actor, names.get(entry.actor, ""), entry.label, entry.subject, entry.detail))

    every = accounts.read_log(desk.workspace, current_actor())
    return list(islice((each for each in every if all(word in told_of(each) for word in words)), SHOWN))
