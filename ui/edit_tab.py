"""编辑: the draft as one text, checked and saved while it is typed, written anew in parts, taken away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.errors import InputError
from assistant.permissions import Operation, allowed
from assistant.reviewing import Status, state_of
from assistant.revising import open_draft as open_to_edit
from assistant.store import drafts as store
from assistant.store.proposals import load_proposals
from assistant.workflow import check_draft, draft_text
from ui.access import current_actor
from ui.desk import Desk
from ui.editing import editing_of
from ui.editor import editor
from ui.failures import Act, told
from ui.returning import EXPORTS, Returning
from ui.rewriting import Rewriting
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
    editing = editing_of(desk)
    acts = [*editing.acts(), *Rewriting(editing).acts(), *Returning(editing).acts()]
    chosen = gr.Dropdown(label="打开哪份稿子", elem_id="edit-chosen", filterable=False, elem_classes="jushi-inline")
    paper = editor(acts, elem_id="editor", readonly=False, empty=_EMPTY)
    file = gr.DownloadButton("下载", elem_id="edit-file", visible="hidden")
    chosen.input(
        told(lambda draft: open_draft(desk, draft)),
        chosen,
        paper,
        show_progress="hidden",
        api_visibility="private",
    )
    paper.word(
        told(_file_maker(desk), Operation.EXPORT), None, [paper, file], show_progress="hidden", api_visibility="private"
    ).success(None, None, None, js=_FETCH)
    return EditTab(chosen, paper)


def open_draft(desk: Desk, draft_id: str | None) -> object:
    """The editor with this draft open, its figures already judged."""
    if not draft_id:
        return gr.update(doc={})
    opened = open_to_edit(desk.workspace, draft_id)
    draft, base = opened.draft, dict(opened.base)
    facts = desk.facts(draft.period, fresh=True)
    text, actor = draft_text(draft), current_actor()
    signed = state_of(desk.workspace, draft_id).status is Status.SIGNED
    may_edit = allowed(actor.role, Operation.EDIT)
    doc = {
        "id": draft_id,
        "text": text,
        "base": base,
        "who": actor.name,
        "model": bool(_model_named(desk)),
        "readonly": signed or not may_edit,
        "why": "已签发，不能再改；要改请到“版本与签审”另起新版"
        if signed
        else ""
        if may_edit
        else "您的身份只能看，不能改",
        "pending": _pending(desk, draft_id) if may_edit and not signed else [],
        "report": editing_of(desk).marks(draft_id, text, base, desk.check(text, facts, draft.period), facts),
    }
    return gr.update(doc=doc)


def choose_draft(desk: Desk, draft_id: str = "") -> tuple[object, object]:
    """The list of drafts with this one (or the newest) chosen, and the editor with it open."""
    choices = desk.drafts()
    known = [identity for _, identity in choices]
    chosen = draft_id if draft_id in known else next(iter(known), None)
    return gr.update(choices=choices, value=chosen, visible=bool(choices)), open_draft(desk, chosen)


def _model_named(desk: Desk) -> str:
    settings = desk.workspace.settings
    return settings.llm_model or (settings.llm_gguf.name if settings.llm_gguf else "") or settings.llm_base_url


def _pending(desk: Desk, draft_id: str) -> list[dict[str, Any]]:
    """The sections with wordings nobody has decided on."""
    sections = store.load_draft(desk.workspace.engine, draft_id).sections
    counts = [(each, len(load_proposals(desk.workspace.engine, draft_id, each.key))) for each in sections]
    return [{"key": each.key, "heading": each.heading, "count": count} for each, count in counts if count]


def _file_maker(desk: Desk) -> Act:
    def make_file(event: gr.EventData) -> tuple[object, object]:
        sent = event._data
        draft_id, form = str(sent["id"]), str(sent.get("as") or "docx")
        if form not in EXPORTS:
            raise InputError("不能导出这种格式。请选 Word、PDF、Markdown 或证据包。")
        draft = store.load_draft(desk.workspace.engine, draft_id)
        out = desk.export_path(f"{draft.title or draft.id}{EXPORTS[form]}")
        if form == "zip":
            from assistant.evidence import export_evidence

            export_evidence(desk.workspace, draft_id, out, actor=current_actor())
            notes: tuple[str, ...] = ()
        else:
            from assistant.wordfiles import export_word

            notes = export_word(
                desk.workspace, draft_id, out, annex=bool(sent.get("annex")), actor=current_actor()
            ).notes
        left = open_count(check_draft(desk.workspace, draft))
        said = f"已下载 {out.name}" + (f"；还有 {left} 处要看" if left else "")
        return gr.update(saved={"id": draft_id, "note": "。".join((said, *notes))}), str(out)

    return make_file
