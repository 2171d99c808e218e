"""每张表读懂了什么: one sheet at a time, drawn with what was understood, to be corrected where that is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import gradio as gr

from assistant.ledger.problems import sheets
from assistant.ledger.reports import SheetNote
from ui.desk import Desk
from ui.failures import Act, told
from ui.sheets_view import NOTHING_READ

_HERE = Path(__file__).parent


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
    script = (_HERE / "mapping_form.js").read_text(encoding="utf-8")
    sheet = gr.HTML("", js_on_load=script, elem_id="ledger-sheets", apply_default_css=False)
    drawn = gr.State("")
    which.input(
        told(_chooser(desk)),
        which,
        [changes, sheet, drawn],
        api_visibility="private",
    )
    at.select(told(_drawer(desk)), [which, drawn], [sheet, drawn], api_visibility="private")
    return SheetsPart(which, sheet, drawn, changes)


def _chooser(desk: Desk) -> Act:
    def choose(chosen: str | None) -> tuple[str, str, str | None]:
        from ui.sheet_drawing import sheet_html

        return "", sheet_html(desk, chosen), chosen

    return choose


def _drawer(desk: Desk) -> Act:
    def draw(chosen: str | None, drawn: str) -> tuple[object, object]:
        from ui.sheet_drawing import sheet_html

        return (gr.skip(), gr.skip()) if chosen in (None, drawn) else (sheet_html(desk, chosen), chosen)

    return draw


def sheets_view(desk: Desk, chosen: str = "", cell: str = "", *, drawn: bool) -> tuple[object, object, str]:
    """The sheets to choose from, and the one chosen (else the first) with `cell` in sight, where it is to be `drawn`."""
    listed = _listed(desk)
    if not listed:
        return gr.update(choices=[], value=None, visible=False), NOTHING_READ, ""
    keys = [key for _, key in listed]
    key = chosen if chosen in keys else keys[0]
    chooser = gr.update(choices=listed, value=key, visible=True)
    if not drawn:
        return chooser, "", ""
    from ui.sheet_drawing import sheet_html

    return chooser, sheet_html(desk, key, cell), key


def sheet_key(file: str, sheet: str) -> str:
    """What a sheet is known by among those to choose from."""
    return f"{file}\n{sheet}"


def _listed(desk: Desk) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for note in notes_of(desk):
        names.setdefault(sheet_key(note.file, note.sheet), f"{note.file} · {note.sheet}" if note.sheet else note.file)
    return [(name, key) for key, name in names.items()]


def notes_of(desk: Desk) -> Sequence[SheetNote]:
    """How every table of the ledger was understood."""
    return sheets(desk.workspace.engine, town=desk.workspace.town)
