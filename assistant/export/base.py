"""A unit's own template (.dotx or .docx) as the base of a report.

Its page, header, footer and styles stand; ours only fill in what it lacks. Its text stays, and the report goes where
it says {{正文}}, or at its end.
"""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.export import layout
from assistant.export.origin import Marks
from assistant.export.plainpackage import as_document
from assistant.export.style import Style
from assistant.office import ooxml
from assistant.office.archive import Package, open_word
from assistant.office.ooxml import Element, child, make, value, w

PLACE = "{{正文}}"
_OURS = {
    "Title": "title",
    "Heading1": "heading 1",
    "Heading2": "heading 2",
    "Heading3": "heading 3",
    "Heading4": "heading 4",
}


def read_base(path: Path) -> Package:
    """The template's parts, as those of a document. Raises `UnreadableFile` where it is not a Word file."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"读不了模板“{path}”：{error.strerror}。请检查路径和文件名。") from error
    return as_document(open_word(path.name, data, everything=True))


def fill_base(base: Package, body: list[Element], style: Style, marks: Marks | None = None) -> dict[str, bytes]:
    """The parts of the base with the report's paragraphs in it, in the base's own styles; its own text marked as such."""
    document = base.root(base.main)
    holder = child(document, "body")
    if holder is None:
        raise UnreadableFile(f"模板“{base.name}”没有正文部分。请在 Word 中打开并另存后重试。")
    for paragraph in holder.iter(w("p")) if marks is not None else ():
        if marks is not None and "".join(paragraph.itertext()).strip():
            marks.furniture(paragraph)
    styles_part = base.related("styles")
    styles = base.root(styles_part) if styles_part else None
    names = _styles_of_base(styles, style)
    for block in body:
        for paragraph in block.iter(w("p")):
            _restyle(paragraph, names, style)
    _put(holder, body)
    parts = {**base.parts, base.main: ooxml.serialize(document)}
    if styles_part:
        parts[styles_part] = ooxml.serialize(styles)
    return parts


def _styles_of_base(styles: Element | None, style: Style) -> dict[str, str]:
    """Our style ids → the base's, found by name: ids differ between languages of Word. Missing ones are added."""
    if styles is None:
        return {}
    by_name = {
        (value(entry, "name") or "").lower(): entry.get(w("styleId"), "") for entry in styles.findall(w("style"))
    }
    taken = set(by_name.values())
    names: dict[str, str] = {}
    for ours in layout.report_styles(style):
        identity = ours.get(w("styleId"))
        if identity not in _OURS:
            continue
        names[identity] = by_name.get(_OURS[identity], "")
        if not names[identity]:
            names[identity] = identity if identity not in taken else f"Jushi{identity}"
            ours.set(w("styleId"), names[identity])
            for relation in ("basedOn", "next"):
                found = child(ours, relation)
                if found is not None:
                    ours.remove(found)
            styles.append(ours)
    return names


def _restyle(paragraph: Element, names: dict[str, str], style: Style) -> None:
    """Put the base's style on a paragraph; body text is the base's normal text, set in by two characters."""
    properties = child(paragraph, "pPr")
    named = child(properties, "pStyle")
    if properties is None or named is None:
        return
    identity = named.get(w("val"))
    if identity in names:
        named.set(w("val"), names[identity])
        return
    properties.remove(named)
    if identity == "BodyText" and child(properties, "ind") is None:
        indent = make("ind", firstLineChars="200", firstLine=round(style.body_size_pt * 40))
        properties.append(indent)


def _put(holder: Element, body: list[Element]) -> None:
    marked = next(
        (entry for entry in holder.iter(w("p")) if PLACE in "".join(t.text or "" for t in entry.iter(w("t")))), None
    )
    if marked is not None:
        for block in body:
            marked.addprevious(block)
        marked.getparent().remove(marked)
        return
    blocks = [entry for entry in holder if entry.tag == w("p")]
    if (
        len(blocks) == 1
        and not "".join(blocks[0].itertext()).strip()
        and child(child(blocks[0], "pPr"), "sectPr") is None
    ):
        holder.remove(blocks[0])  # the empty paragraph every new template has
    section = child(holder, "sectPr")
    for block in body:
        if section is None:
            holder.append(block)
        else:
            section.addprevious(block)
