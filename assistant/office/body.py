"""The text of a Word document in reading order, each character tied to the element it stands in.

The order: paragraphs and tables as they come, row by row; a text box after the paragraph it hangs on;
footnotes and endnotes after the body, in the order of their marks. Tracked changes count as accepted.
Hidden text, tables of contents, headers and footers are left out, and what was left out is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.office.archive import Package, damaged
from assistant.office.elements import (
    ALTERNATE,
    THROUGH,
    annex_blocks,
    children,
    choice,
    column_letters,
    outermost_boxes,
    unwrapped,
)
from assistant.office.numbering import read_numbering
from assistant.office.ooxml import Element, M, child, value, w
from assistant.office.styles import Styles

_SPACED = str.maketrans("\n\r\t", "   ")  # line ends inside w:t are blanks to Word
_FIXED = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
}
_DROPPED = {w("del"), w("moveFrom")}
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_NOTE_NAMES = {"footnotes": "脚注", "endnotes": "尾注"}
_DRAWN = {w("drawing"), w("pict"), w("object")}


@dataclass(slots=True)
class Piece:
    """The text of one element (w:t, w:tab, w:br, m:t), and where it starts in its paragraph's text."""

    element: Element
    text: str
    start: int


@dataclass(slots=True)
class Paragraph:
    """One paragraph as read: its visible number and text, and the element it is.

    `anchor` is the drawing or note mark in the main text that a text box or note hangs on; None in the main text.
    """

    element: Element
    source: str
    number: str = ""
    pieces: list[Piece] = field(default_factory=list)
    anchor: Element | None = None
    in_note: bool = False
    style: str = ""
    outline: int | None = None
    centred: bool = False

    @property
    def text(self) -> str:
        """What a reader sees: the automatic number and the text."""
        return self.number + "".join(piece.text for piece in self.pieces)

    def add(self, element: Element, text: str) -> None:
        """Append an element's text."""
        last = self.pieces[-1] if self.pieces else None
        self.pieces.append(Piece(element, text, last.start + len(last.text) if last else len(self.number)))


@dataclass(slots=True)
class WordText:
    """A Word document as read. `roots` are the parsed parts the paragraphs belong to, by part name."""

    paragraphs: list[Paragraph]
    roots: dict[str, Element]
    seen: Counter[str]  # tracked, hidden, contents, pictures: what was met on the way

    @property
    def text(self) -> str:
        """The paragraphs joined by newlines."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


def read_body(package: Package) -> WordText:
    """The paragraphs that have text, in reading order. Raises `UnreadableFile` for a broken part."""
    try:
        walk = _Walk(package)
        return WordText(list(walk.everything()), walk.roots, walk.seen)
    except ValueError as error:  # a level or span that is no number
        raise damaged(package.name) from error


class _Walk:
    """One pass over a document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.roots = {package.main: package.root(package.main)}
        styles = self._part("styles", keep=False)
        self._styles = Styles(styles)
        self._numbering = read_numbering(self._part("numbering", keep=False), styles)
        self.seen: Counter[str] = Counter()
        self._fields: list[bool] = []  # one entry an open field: still in its instruction?
        self._notes: list[tuple[str, str, Element]] = []  # part kind, id, mark
        self._boxes: list[tuple[Element, Element]] = []  # content, drawing
        self._annex: list[Element] = []
        self._carried: list[Piece] = []  # text whose paragraph mark was deleted
        self._tables = self._paragraphs = self._boxes_read = 0

    def _part(self, kind: str, *, keep: bool = True) -> Element | None:
        name = self._package.related(kind)
        if name is None:
            return None
        root = self.roots.get(name)
        root = self._package.root(name) if root is None else root
        if keep:
            self.roots[name] = root
        return root

    def everything(self) -> Iterator[Paragraph]:
        body = child(self.roots[self._package.main], "body")
        if body is not None:
            self._annex = annex_blocks(body)
            self.seen["annex"] = len(self._annex)
            yield from self._blocks(body)
        counts: Counter[str] = Counter()
        for kind, identity, mark in self._notes:
            root = self._part(kind)
            note = None if root is None else next((n for n in root if n.get(w("id")) == identity), None)
            if note is not None:
                counts[kind] += 1
                for paragraph in self._blocks(note, source=f"{_NOTE_NAMES[kind]}{counts[kind]}", anchor=mark):
                    paragraph.in_note = True
                    yield paragraph

    def _blocks(self, node: Element, source: str = "", anchor: Element | None = None) -> Iterator[Paragraph]:
        for block in children(node):
            if block in self._annex:
                continue
            if block.tag == w("p"):
                yield from self._paragraph(block, source, anchor)
            elif block.tag == w("tbl"):
                yield from self._table(block, source, anchor)
            elif block.tag in THROUGH:
                yield from self._blocks(block, source, anchor)
            elif block.tag == ALTERNATE:
                yield from self._blocks(choice(block), source, anchor)
            elif block.tag in _DROPPED:
                self.seen["tracked"] += 1
            elif block.tag == w("altChunk"):
                self.seen["embedded"] += 1

    def _table(self, table: Element, source: str, anchor: Element | None) -> Iterator[Paragraph]:
        prefix = source
        if not source:
            self._tables += 1
            prefix = f"表{self._tables}"
        rows = [row for row in unwrapped(table, "tr") if child(child(row, "trPr"), "del") is None]
        for number, row in enumerate(rows, 1):
            column = int(value(child(row, "trPr"), "gridBefore") or 0)
            for cell in unwrapped(row, "tc"):
                place = prefix if source else f"{prefix} {column_letters(column)}{number}"
                yield from self._blocks(cell, place, anchor)
                column += int(value(child(cell, "tcPr"), "gridSpan") or 1)

    def _paragraph(self, element: Element, source: str, anchor: Element | None) -> Iterator[Paragraph]:
        paragraph = self._open(element, source, anchor)
        self._inline(element, paragraph)
        while paragraph.pieces and paragraph.pieces[-1].text == "\n":
            paragraph.pieces.pop()  # a break with nothing after it; page breaks are often kept so
        boxes, self._boxes = self._boxes, []
        if self._mark_deleted(element):
            self._carried = paragraph.pieces
        elif paragraph.style.startswith("toc "):
            self.seen["contents"] += 1
        elif paragraph.text.strip():
            if not source:
                self._paragraphs += 1
                paragraph.source = f"第{self._paragraphs}段"
            yield paragraph
        for box, drawing in boxes:
            self._boxes_read += 1
            yield from self._blocks(
                box, source=f"文本框{self._boxes_read}", anchor=anchor if anchor is not None else drawing
            )

    def _open(self, element: Element, source: str, anchor: Element | None) -> Paragraph:
        styles = self._styles
        paragraph = Paragraph(element, source, anchor=anchor, style=styles.name(styles.id_of(element)))
        paragraph.outline, paragraph.centred = styles.outline(element), styles.is_centred(element)
        carried, self._carried = self._carried, []
        if not self._mark_deleted(element):
            num_id, level, style = styles.numbering(element)
            if num_id:
                level = self._numbering.level_of_style(num_id, style) if level is None else level
                paragraph.number = self._numbering.label(num_id, level)
        for piece in carried:
            paragraph.add(piece.element, piece.text)
        return paragraph

    def _mark_deleted(self, element: Element) -> bool:
        mark = child(child(element, "pPr"), "rPr")
        return child(mark, "del") is not None or child(mark, "moveFrom") is not None

    def _inline(self, node: Element, paragraph: Paragraph) -> None:
        for element in children(node):
            if element.tag == w("r"):
                self._run(element, element, paragraph)
            elif element.tag in _DROPPED:
                self.seen["tracked"] += 1
            elif element.tag in THROUGH:
                self.seen["tracked"] += element.tag in (w("ins"), w("moveTo"))
                self._inline(element, paragraph)
            elif element.tag == ALTERNATE:
                self._inline(choice(element), paragraph)
            elif str(element.tag).startswith(f"{{{M}}}"):
                for text in element.iter(f"{{{M}}}t"):
                    self._add(paragraph, text, (text.text or "").translate(_SPACED))

    def _run(self, run: Element, node: Element, paragraph: Paragraph) -> None:
        if self._styles.is_hidden(run):
            self.seen["hidden"] += 1
            return
        for element in children(node):
            tag = element.tag
            if tag == w("t"):
                self._add(paragraph, element, (element.text or "").translate(_SPACED))
            elif tag in _FIXED:
                self._add(paragraph, element, _FIXED[tag])
            elif tag == w("fldChar"):
                self._field(element.get(w("fldCharType")))
            elif tag in _NOTES:
                self._notes.append((_NOTES[tag], element.get(w("id"), ""), element))
            elif tag == ALTERNATE:
                self._run(run, choice(element), paragraph)
            elif tag == w("ruby"):
                for base in element.findall(w("rubyBase")):
                    self._inline(base, paragraph)
            elif tag in _DRAWN:
                self._drawn(element)

    def _add(self, paragraph: Paragraph, element: Element, text: str) -> None:
        if any(self._fields) or not text:
            return
        if not paragraph.pieces and paragraph.number and not paragraph.number.endswith(" "):
            paragraph.number += _space_after(paragraph.number, text)
        paragraph.add(element, text)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _drawn(self, element: Element) -> None:
        boxes = list(outermost_boxes(element))
        self.seen["pictures"] += not boxes
        self._boxes += [(box, element) for box in boxes]


def _space_after(number: str, text: str) -> str:
    """A blank where an automatic number would run into a figure: "1." + "5家" is not 1.5家."""
    return " " if text[0].isalnum() and text[0].isascii() and (number[-1].isalnum() or number[-1] == ".") else ""
