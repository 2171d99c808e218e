"""编辑: the draft as one text, checked while it is typed, saved as a person's revision, taken away as Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import gradio as gr

from assistant.permissions import LOCAL
from assistant.revising import Saved, opened_at, save_text
from assistant.store import drafts as store
from assistant.workflow import check_draft, draft_text, export_draft
from ui.desk import Desk
from ui.editor import editor
from ui.failures import Act, sentence, told
from ui.marks import marks_of
from ui.words import open_count

_EMPTY = "还没有稿子。请到“起草”页写一份，写好后会在这里打开。"
_FETCH = "() => setTimeout(() => document.querySelector('#edit-file')?.click(), 150)"


@dataclass(frozen=True, slots=True)
class EditTab:
    """The parts of the tab that other tabs speak to."""

    chosen: gr.Dropdown
    paper: gr.HTML


def build_edit_tab(desk: Desk) -> EditTab:
    """Lay the tab out and wire it."""
    chosen = gr.Dropdown(label="打开哪份稿子", elem_id="edit-chosen", filterable=False, elem_classes="jushi-inline")
    paper = editor(_checker(desk), elem_id="editor", readonly=False, empty=_EMPTY)
    file = gr.DownloadButton("Word", elem_id="edit-file", visible="hidden")
    chosen.input(
        told(lambda draft: open_draft(desk, draft)), chosen, paper, show_progress="hidden", api_visibility="private"
    )
    paper.save(told(_saver(desk)), None, paper, show_progress="hidden", api_visibility="private")
    paper.word(told(_word_maker(desk)), None, [paper, file], show_progress="hidden", api_visibility="private").success(
        None, None, None, js=_FETCH
    )
    return EditTab(chosen, paper)


def open_draft(desk: Desk, draft_id: str | None) -> object:
    """The editor with this draft open, its figures already judged."""
    if not draft_id:
        return gr.update(doc={})
    draft = store.load_draft(desk.workspace.engine, draft_id)
    facts = desk.facts(draft.period, fresh=True)
    text = draft_text(draft)
    report = marks_of(desk.check(text, facts, draft.period), facts)
    doc = {
        "id": draft_id,
        "text": text,
        "base": opened_at(desk.workspace, draft_id),
        "note": "已打开",
        "report": report,
    }
    return gr.update(doc=doc)


def choose_draft(desk: Desk, draft_id: str = "") -> tuple[object, object]:
    """The list of drafts with this one (or the newest) chosen, and the editor with it open."""
    choices = desk.drafts()
    known = [identity for _, identity in choices]
    chosen = draft_id if draft_id in known else next(iter(known), None)
    return gr.update(choices=choices, value=chosen, visible=bool(choices)), open_draft(desk, chosen)


def _checker(desk: Desk) -> Act:
    def check(asked: dict[str, Any]) -> dict[str, Any]:
        try:
            period = desk.period_of(str(asked["id"]))
            facts = desk.facts(period, fresh=bool(asked.get("fresh")))
            return marks_of(desk.check(str(asked["text"]), facts, period), facts)
        except Exception as error:  # noqa: BLE001 - the last place before the person
            return {"error": sentence(error)}

    return check


def _saver(desk: Desk) -> Act:
    def save(event: gr.EventData) -> object:
        return gr.update(saved=_save(desk, event._data)[1])

    return save


def _save(desk: Desk, sent: dict[str, Any]) -> tuple[Saved, dict[str, Any]]:
    """Save what the editor sent; the draft as it is now, and what the editor is told."""
    text = str(sent["text"])
    base = {str(key): int(number) for key, number in dict(sent.get("base") or {}).items()}
    saved = save_text(desk.workspace, str(sent["id"]), text, base, author=LOCAL.name)
    note = f"已保存（{datetime.now():%H:%M}）"
    return saved, {"id": saved.draft.id, "base": dict(saved.base), "text": text, "note": note}


def _word_maker(desk: Desk) -> Act:
    def make_word(event: gr.EventData) -> tuple[object, object]:
        sent = event._data
        saved, told_editor = _save(desk, sent)
        report = check_draft(desk.workspace, saved.draft)
        out = desk.export_path(f"{saved.draft.title or saved.draft.id}.docx")
        export_draft(saved.draft, out, report=report if sent.get("annex") else None)
        left = open_count(report)
        note = "已保存，Word 已下载" + (f"；还有 {left} 处要看" if left else "")
        return gr.update(saved={**told_editor, "note": note}), str(out)

    return make_word
