"""编辑: the draft as one text, checked while it is typed, saved as a person's revision, taken away as Word."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import gradio as gr

from assistant.periods import period_id
from assistant.records import Draft
from assistant.store import drafts as store
from assistant.workflow import check_draft, draft_text, export_draft
from ui.desk import Desk
from ui.editor import editor
from ui.failures import Act, sentence, told
from ui.marks import marks_of
from ui.parts import apply_edit, changed_sections

AUTHOR = "本机用户"
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
    doc = {"id": draft_id, "text": text, "base": _numbers(desk, draft), "note": "已打开", "report": report}
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
        return gr.update(saved=_save(desk, event._data))

    return save


def _save(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """Save the text a person edited, section by section; raises `Conflict` where somebody else changed one."""
    engine, text = desk.workspace.engine, str(sent["text"])
    base = {str(key): int(number) for key, number in dict(sent.get("base") or {}).items()}
    stored = store.load_draft(engine, str(sent["id"]))
    # Sections written since the text was opened are not in it, and stay as they are.
    before = replace(stored, sections=tuple(section for section in stored.sections if section.key in base))
    after = apply_edit(before, text)
    for section in changed_sections(before, after):
        saved = store.save_section(
            engine, before.id, section, author=AUTHOR, why="编辑", based_on=base.get(section.key)
        )
        base[section.key] = saved.number
    if _head(before) != _head(after):
        store.save_head(engine, replace(after, sections=stored.sections), period_id(after.period))
    note = f"已保存（{datetime.now():%H:%M}）"
    return {"id": before.id, "base": base, "text": text, "note": note}


def _head(draft: Draft) -> tuple[str, ...]:
    return (draft.title, draft.addressee, draft.signature, draft.signed_on)


def _word_maker(desk: Desk) -> Act:
    def make_word(event: gr.EventData) -> tuple[object, object]:
        saved = _save(desk, event._data)
        draft = store.load_draft(desk.workspace.engine, saved["id"])
        out = desk.export_path(f"{draft.title or draft.id}.docx")
        export_draft(draft, out, report=check_draft(desk.workspace, draft))
        return gr.update(saved={**saved, "note": f"{saved['note']}，Word 已下载"}), str(out)

    return make_word


def _numbers(desk: Desk, draft: Draft) -> dict[str, int]:
    """The revision number of each section as opened."""
    states = {section.key: store.revisions(desk.workspace.engine, draft.id, section.key) for section in draft.sections}
    return {key: states[key][-1].number for key in states}
