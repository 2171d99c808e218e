"""Finding one's way among the elements of a Word document."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.office.ooxml import MC, Element, w

ANNEX_START = "_jushi_annex"  # bookmarks of an annex this program added, which is no part of the report's own text;
ANNEX_END = "_jushi_annex_end"  # two points, since LibreOffice breaks a bookmark that spans a table
THROUGH = {  # what only wraps runs or blocks, insertions among them
    w(name)
    for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml", "dir", "bdo")
}
CHOICE, FALLBACK, ALTERNATE = (f"{{{MC}}}{name}" for name in ("Choice", "Fallback", "AlternateContent"))
_BOX = w("txbxContent")


def annex_blocks(body: Element) -> list[Element]:
    """The blocks of an annex this program added: from its first bookmark to its last, or to the body's end."""
    blocks: list[Element] = []
    inside = False
    for block in children(body):
        names = {mark.get(w("name")) for mark in block.findall(w("bookmarkStart"))}
        inside = inside or ANNEX_START in names
        if inside and block.tag != w("sectPr"):
            blocks.append(block)
        inside = inside and ANNEX_END not in names
    return blocks


def children(node: Element) -> Iterator[Element]:
    """The child elements; comments and processing instructions are no elements."""
    return (element for element in node if isinstance(element.tag, str))


def choice(alternate: Element) -> Element:
    """What a current Word shows of an AlternateContent; the fallback repeats it for older ones."""
    current, fallback = alternate.find(CHOICE), alternate.find(FALLBACK)
    if current is not None:
        return current
    return alternate if fallback is None else fallback


def unwrapped(node: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, also inside content controls."""
    for element in children(node):
        if element.tag == w(name):
            yield element
        elif element.tag in THROUGH:
            yield from unwrapped(element, name)


def outermost_boxes(node: Element) -> Iterator[Element]:
    """The text boxes of a drawing; boxes inside them are met when those are read."""
    for element in children(node):
        if element.tag == _BOX:
            yield element
        elif element.tag == ALTERNATE:
            yield from outermost_boxes(choice(element))
        else:
            yield from outermost_boxes(element)


def column_letters(column: int) -> str:
    """The spreadsheet name of a column counted from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
