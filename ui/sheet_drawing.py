"""One sheet of the ledger drawn, with the forms that correct how it is read. Loaded when somebody looks at a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.errors import InputError
from assistant.ledger.problems import problems
from assistant.ledger.reports import SheetNote
from assistant.records import Notice
from assistant.remapping import correct_mapping, saved_layout, sheet_picture
from ui.access import current_actor
from ui.desk import Desk
from ui.mapping_form import changes_html, correction_of, form_html, lists_html
from ui.picture import picture_html, rows_of
from ui.sheets_part import notes_of
from ui.sheets_view import understood_html

_NO_COPY = '<div class="jushi-empty"><b>这份台账的原文件没有留存</b><p>请到上面把它再导入一次，就能在这里看到表样，并更正读法。</p></div>'


def sheet_html(desk: Desk, key: str | None, cell: str = "") -> str:
    """One sheet: how it was understood, its picture, and a form for each of its tables."""
    file, _, sheet = (key or "").partition("\n")
    workspace = desk.workspace
    notes = [note for note in notes_of(desk) if (note.file, note.sheet) == (file, sheet)]
    if not notes:
        raise InputError("这张表已经不在台账里了。请从列表中另选一张。")
    about = [
        notice
        for notice in problems(workspace.engine, town=workspace.town)
        if notice.cell and (notice.cell.file, notice.cell.sheet) == (file, sheet)
    ]
    layouts = {note.layout: note for note in reversed(notes)}  # the halves of a table folded in two are of one layout
    forms = "".join(_form(desk, note, alone=len(layouts) == 1) for note in reversed(layouts.values()))
    return f"{understood_html(notes)}{_picture(desk, notes, about, cell)}{lists_html(workspace.registry)}{forms}"


def corrected(desk: Desk, chosen: str | None, sent: object) -> tuple[str, str]:
    """Save the correction a form sent; returns what it changed, and the sheet as it is read now."""
    told_of = sent if isinstance(sent, dict) else {}
    layout, correction = str(told_of.get("layout", "")), correction_of(told_of)
    remapped = correct_mapping(desk.workspace, layout, correction, current_actor())
    desk.forget_facts()
    return changes_html(remapped), sheet_html(desk, chosen)


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
    reach = f"第 {note.header_rows} 行、{note.columns[0].column} 列起的表" if note.columns and not alone else ""
    name = f"{reach}读得不对？在这里更正"
    return f"<details><summary>{escape(name)}</summary>{form_html(note, layout, desk.workspace.registry)}</details>"
