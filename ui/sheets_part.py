"""每张表读懂了什么: one sheet at a time, drawn with what was understood, to be corrected where that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import gradio as gr

from assistant.errors import InputError
from assistant.ledger.problems import problems, sheets
from assistant.ledger.reports import SheetNote
from assistant.records import Notice
from assistant.remapping import correct_mapping, saved_layout, sheet_picture
from ui.access import current_actor
from ui.desk import Desk
from ui.failures import Act, told
from ui.mapping_form import FORM, changes_html, correction_of, form_html, lists_html
from ui.picture import picture_html, rows_of
from ui.sheets_view import NOTHING_READ, understood_html

_NO_COPY = '<div class="jushi-empty"><b>这份台账的原文件没有留存</b><p>请到上面把它再导入一次，就能在这里看到表样，并更正读法。</p></div>'


@dataclass(frozen=True, slots=True)
class SheetsPart:
    """Its components; `shown` is what `sheets_view` fills."""

    which: gr.Dropdown
    sheet: gr.HTML
    drawn: gr.State  # the key of the sheet drawn, "" for none: big files take seconds to draw
    changes: gr.HTML

    @property
    def shown(self) -> list[gr.Component]:
        """What `sheets_view` fills."""
        return [self.which, self.sheet, self.drawn]


def build_sheets_part(desk: Desk, at: gr.Tab) -> SheetsPart:
    """Lay the part out in the tab `at`, which draws a sheet when somebody comes to it."""
    which = gr.Dropdown(label="看哪张表", elem_id="ledger-sheet", elem_classes="jushi-inline")
    changes = gr.HTML("", elem_id="ledger-changes", apply_default_css=False)
    sheet = gr.HTML("", js_on_load=FORM, elem_id="ledger-sheets", apply_default_css=False)
    drawn = gr.State("")
    which.input(
        told(lambda chosen: ("", sheet_html(desk, chosen), chosen)),
        which,
        [changes, sheet, drawn],
        api_visibility="private",
    )
    at.select(told(_drawer(desk)), [which, drawn], [sheet, drawn], api_visibility="private")
    return SheetsPart(which, sheet, drawn, changes)


def _drawer(desk: Desk) -> Act:
    def draw(chosen: str | None, drawn: str) -> tuple[object, object]:
        return (gr.skip(), gr.skip()) if chosen in (None, drawn) else (sheet_html(desk, chosen), chosen)

    return draw


def sheets_view(desk: Desk, chosen: str = "", cell: str = "", *, drawn: bool) -> tuple[object, object, str]:
    """The sheets to choose from, and the one chosen (else the first) with `cell` in sight, where it is to be `drawn`."""
    listed = _listed(desk)
    if not listed:
        return gr.update(choices=[], value=None, visible=False), NOTHING_READ, ""
    keys = [key for _, key in listed]
    key = chosen if chosen in keys else keys[0]
    shown = (sheet_html(desk, key, cell), key) if drawn else ("", "")
    return gr.update(choices=listed, value=key, visible=True), *shown


def sheet_key(file: str, sheet: str) -> str:
    """What a sheet is known by among those to choose from."""
    return f"{file}\n{sheet}"


def sheet_html(desk: Desk, key: str | None, cell: str = "") -> str:
    """One sheet: how it was understood, its picture, and a form for each of its tables."""
    file, _, sheet = (key or "").partition("\n")
    workspace = desk.workspace
    notes = [note for note in _notes(desk) if (note.file, note.sheet) == (file, sheet)]
    if not notes:
        raise InputError("这张表已经不在台账里了。请从列表中另选一张。")
    about = [
        notice
        for notice in problems(workspace.engine, town=workspace.town)
        if notice.cell and (notice.cell.file, notice.cell.sheet) == (file, sheet)
    ]
    forms = "".join(_form(desk, note, alone=len(notes) == 1) for note in notes)
    return f"{understood_html(notes)}{_picture(desk, notes, about, cell)}{lists_html(workspace.registry)}{forms}"


def corrected(desk: Desk, chosen: str | None, sent: object) -> tuple[str, str]:
    """Save the correction a form sent; returns what it changed, and the sheet as it is read now."""
    told_of = sent if isinstance(sent, dict) else {}
    layout, correction = str(told_of.get("layout", "")), correction_of(told_of)
    remapped = correct_mapping(desk.workspace, layout, correction, current_actor())
    desk.forget_facts()
    return changes_html(remapped), sheet_html(desk, chosen)


def _listed(desk: Desk) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for note in _notes(desk):
        names.setdefault(sheet_key(note.file, note.sheet), f"{note.file} · {note.sheet}" if note.sheet else note.file)
    return [(name, key) for key, name in names.items()]


def _notes(desk: Desk) -> Sequence[SheetNote]:
    return sheets(desk.workspace.engine, town=desk.workspace.town)


def _picture(desk: Desk, notes: Sequence[SheetNote], about: Sequence[Notice], cell: str) -> str:
    wanted = rows_of(about)
    picture = sheet_picture(desk.workspace, notes[0].file, notes[0].sheet, wanted)
    if picture is None:
        return _NO_COPY
    return picture_html(picture, notes, about, _lines(desk, notes), cell)


def _lines(desk: Desk, notes: Sequence[SheetNote]) -> dict[str, str]:
    """What the lines of a table of names and figures are read as."""
    found = {}
    for note in notes:
        layout = saved_layout(desk.workspace, note.layout)
        for line in layout.lines if layout else ():
            entry = desk.workspace.registry.find(line.chosen) if line.chosen else None
            found[line.name] = f"算进：{entry.name}" if entry else "不用"
    return found


def _form(desk: Desk, note: SheetNote, *, alone: bool) -> str:
    layout = saved_layout(desk.workspace, note.layout)
    if layout is None:
        return ""
    name = "读得不对？在这里更正" if alone else f"第 {note.header_rows} 行起的表读得不对？在这里更正"
    return f"<details><summary>{escape(name)}</summary>{form_html(note, layout, desk.workspace.registry)}</details>"
