"""A draft as a Word file in the layout of GB/T 9704."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.export import layout
from assistant.export.annex import annex_blocks, rows_of_draft, rows_of_report
from assistant.export.base import fill_base, read_base
from assistant.export.comments import comment_figures
from assistant.export.files import write_atomically
from assistant.export.manuscript import ManuscriptLine, Role, cells_of, is_rule, manuscript
from assistant.export.origin import Marks, Origin, add_origin, next_bookmark
from assistant.export.style import Style
from assistant.export.tables import table
from assistant.export.titles import break_title, width
from assistant.export.wordfile import DOCUMENT, new_parts
from assistant.office.archive import Package, pack
from assistant.office.ooxml import Element, make, w
from assistant.records import CheckReport, Draft

ANNEX_NAME = "核数表"
_FIGURE_EDGE = re.compile(r"(?<=\d)(?=[^\d])|(?<=[^\d])(?=\d)")
_GAP = 0.25  # characters between a figure and a Chinese character


def export_docx(
    draft: Draft,
    path: Path,
    *,
    style: Style | None = None,
    check: CheckReport | None = None,
    annex: bool = False,
    base: Path | None = None,
    comments: bool = True,
    origin: Origin | None = None,
) -> None:
    """Write the draft as .docx; equal drafts give equal bytes, and a file at `path` is replaced whole or not at all.

    With `check`, every figure that is not supported carries a comment, unless `comments` are not wanted; with `annex`, a table at the end says for
    every figure which indicator, formula and cells it comes from. ``draft.extra["attachments"]`` names further
    attachments, one a line, for the 附件说明. `base` is a unit's own .dotx whose page and styles
    stand. With `origin` the file carries where it comes from, for the way back (`export.returned`). Raises `InputError` where the file cannot be saved, `UnreadableFile` for a base that is no Word file.
    """
    write_atomically(
        path, docx_bytes(draft, style=style, check=check, annex=annex, base=base, comments=comments, origin=origin)
    )


def docx_bytes(
    draft: Draft,
    *,
    style: Style | None = None,
    check: CheckReport | None = None,
    annex: bool = False,
    base: Path | None = None,
    comments: bool = True,
    origin: Origin | None = None,
) -> bytes:
    """The same file as bytes, for a download."""
    style = style or Style()
    template = read_base(base) if base is not None else None
    taken = next_bookmark(template.root(template.main)) if template is not None else 0
    attachments = attachment_names(draft, annex=annex)
    marks = Marks(origin, taken + 2) if origin is not None else None
    body = document_body(manuscript(draft), style, attachments=attachments, marks=marks)
    if annex:
        rows = rows_of_report(check) if check is not None else rows_of_draft(draft)
        number = len(attachments) if len(attachments) > 1 else 0
        findings = check.findings if check is not None else ()
        width_twips, checked = style.text_width_twips, check is not None
        body += annex_blocks(
            rows, width_twips, style, checked=checked, findings=findings, bookmark=taken, number=number
        )
    if template is None:
        author = draft.signature or draft.unit_name
        parts, main = new_parts(body, style, draft.title.replace("\n", ""), author), DOCUMENT
    else:
        parts, main = fill_base(template, body, style, marks), template.main
    if check is not None and comments:
        parts = comment_figures(Package(draft.title, parts, main), check).parts
    return pack(add_origin(parts, origin) if origin is not None else parts)


def attachment_names(draft: Draft, *, annex: bool) -> list[str]:
    """What the 附件说明 lists."""
    return [*draft.extra.get("attachments", "").splitlines(), *([ANNEX_NAME] if annex else [])]


def attachment_lines(names: list[str]) -> list[str]:
    """The 附件说明 as it is written, a line a name."""
    numbered = [f"{number}.{name.strip()}" for number, name in enumerate(names, 1)] if len(names) > 1 else names
    return [f"{'' if index else '附件：'}{name.strip()}" for index, name in enumerate(numbered)]


def document_body(
    lines: list[ManuscriptLine], style: Style, *, attachments: list[str] | None = None, marks: Marks | None = None
) -> list[Element]:
    """The paragraphs of a manuscript, with the blank lines the standard wants; `marks` put on each line's paragraph."""
    body: list[Element] = []
    rows: list[tuple[int, ManuscriptLine]] = []
    titles = [line.text for line in lines if line.role is Role.TITLE]
    if titles:
        body += [_marked(_title(titles, style), marks, 0), _blank()]
    for index, line in enumerate(lines):
        if rows and line.role is not Role.TABLE_ROW:
            body.append(_written_table(rows, style, marks))
            rows = []
        if line.role is Role.TABLE_ROW:
            rows.append((index, line))
        elif line.role in (Role.ADDRESSEE, Role.HEADING, Role.BODY):
            body.append(_marked(_line(line, style), marks, index, line.section))
    if rows:
        body.append(_written_table(rows, style, marks))
    below = _attachments(attachments or [], style)
    if marks is not None:
        for paragraph in below:
            marks.furniture(paragraph)
    return [*body, *below, *_signature(lines, style, marks)]


def _marked(element: Element, marks: Marks | None, index: int, section: str = "") -> Element:
    if marks is not None:
        marks.line(element, index, section)
    return element


def _attachments(names: list[str], style: Style) -> list[Element]:
    """附件说明 (7.3.4): set in by two, numbered when there are several, turn-over lines under the name's first character."""
    lines = [_blank()] if names else []
    for number, text in enumerate(attachment_lines(names), 1):
        label = f"{number}." if len(names) > 1 else ""
        before = 0.0 if number > 1 else 3.0  # 附件：
        left, hanging = 5 + width(label), before + width(label)
        inset = make(
            "ind",
            **{name: round(chars * style.character_width) for name, chars in (("left", left), ("hanging", hanging))},
        )
        lines.append(layout.paragraph("Normal", *layout.text_runs(text), properties=[inset]))
    return lines


def _title(titles: list[str], style: Style) -> Element:
    per_line = int(style.text_width_twips // (style.title_size_pt * 20))
    lines = titles if len(titles) > 1 else break_title(titles[0], per_line)
    return layout.paragraph("Title", *layout.text_runs("\n".join(lines)))


def _blank() -> Element:
    return layout.paragraph("Normal")


def _line(line: ManuscriptLine, style: Style) -> Element:
    if line.role is Role.ADDRESSEE:
        return layout.paragraph("Normal", *layout.text_runs(line.text))
    if line.role is Role.HEADING:
        return layout.paragraph(layout.HEADINGS[line.level], *layout.text_runs(line.text))
    return layout.body_paragraph(style, line.text, line.within)


def _written_table(lines: list[tuple[int, ManuscriptLine]], style: Style, marks: Marks | None) -> Element:
    """A table typed with bars (| a | b |); the line of dashes under its head is left out."""
    split = [(index, line.section, cells_of(line.text)) for index, line in lines]
    rows = [row for row in split if not is_rule(row[2])]
    columns = max((len(cells) for _, _, cells in rows), default=1)
    filled = [cells + [""] * (columns - len(cells)) for _, _, cells in rows]
    made = table(filled, [style.text_width_twips // columns] * columns, style)
    for (index, section, _), row in zip(rows, made.iter(w("tr")), strict=True):
        _marked(row, marks, index, section)
    return made


def _signature(lines: list[ManuscriptLine], style: Style, marks: Marks | None) -> list[Element]:
    """The office and the date (7.3.5): each on a line of its own, set in from the right by the rule."""
    places = {line.role: index for index, line in enumerate(lines)}
    name, date = (lines[places[role]].text if role in places else "" for role in (Role.SIGNATURE, Role.DATE))
    if not name and not date:
        return []
    gaps = _GAP * len(_FIGURE_EDGE.findall(date)) if style.spaced_figures else 0
    name_in, date_in = _indents(width(name), width(date) + gaps, sealed=style.sealed)
    start = width(name) if name and date_in is None else 0
    signed = [_blank()]
    if name:
        inset = [make("ind", right=round(name_in * style.character_width)), make("jc", val="right")]
        keep = [make("keepNext")] if date else []
        line = layout.paragraph("Normal", *layout.text_runs(name), properties=[*keep, *inset])
        signed.append(_marked(line, marks, places[Role.SIGNATURE]))
    if date:
        inset = [make("ind", right=round((date_in or 0) * style.character_width)), make("jc", val="right")]
        if start:  # measured from the left: programs differ in how wide they set the figures of a date
            left = style.text_width_twips - round(start * style.character_width)
            inset = [make("ind", left=left, right=-2 * style.character_width), make("jc", val="left")]
        line = layout.paragraph("Normal", *layout.text_runs(date), properties=inset)
        signed.append(_marked(line, marks, places[Role.DATE]))
    return signed


def _indents(name: float, date: float, *, sealed: bool) -> tuple[float, float | None]:
    """Characters from the right edge for name and date; None for a date that starts two right of the name.

    Without a seal (7.3.5.2) the name stands two in and the date starts two right of it; a date longer than the
    name stands two in itself and the name starts two left of it. With a seal (7.3.5.1) the date stands four in and
    the name is centred over it.
    """
    if sealed:
        return max(4 + (date - name) / 2, 0), 4
    if not name or date > name:
        return date - name + 4, 2
    return 2, None
