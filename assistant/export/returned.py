"""A Word file that comes back from Word, WPS or LibreOffice: its lines, and the remarks written beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.export.comments import AUTHOR
from assistant.export.lines import plain
from assistant.export.origin import FURNITURE, Origin, mark_of, read_origin
from assistant.office.archive import Package
from assistant.office.body import Paragraph, read_body
from assistant.office.headings import heading_level
from assistant.office.ooxml import Element, w

_ANNEX_HEADS = ("序号|文中数字|指标|", "序号|程度|原文|")
_ATTACHED = re.compile(r"附件[:：]")
_ANNEX_TITLE = re.compile(r"附件\s*\d*|核数表|其他问题")
_CHANGES = ("ins", "del", "moveFrom", "moveTo")
_MACROS = ("vbaProject", "vbaData")


@dataclass(frozen=True, slots=True)
class FileLine:
    """A line of the file. `level` is 1–4 for a heading, -1 for a title; `marks` the manuscript lines it began as."""

    text: str
    level: int = 0
    marks: frozenset[int] = frozenset()
    source: str = ""  # 第3段, 表1 A2
    tracked: tuple[str, ...] = ()  # who changed it with 修订 on


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment of a person in the file: what it says, and the words and the line it stands on."""

    author: str
    text: str
    quote: str
    line: int  # index of the file's line; -1 where it stands on none
    written: str = ""  # ISO date as in the file


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A file as read."""

    origin: Origin | None
    lines: tuple[FileLine, ...]
    remarks: tuple[Remark, ...]
    title: str
    tracked: int  # how many changes 修订 kept
    macros: bool
    furniture: tuple[str, ...]  # the 附件说明 as it stands now


def read_returned(package: Package) -> ReturnedFile:
    """The lines of a file: tracked changes as if accepted, without the annex and what the layout adds.

    Raises `UnreadableFile` for a broken part.
    """
    origin = read_origin(package)
    word = read_body(package)
    root = word.roots[package.main]
    names = _names_by_paragraph(root)
    lines: list[FileLine] = []
    furniture: list[str] = []
    place: dict[Element, int] = {}
    row: Element | None = None
    for paragraph in word.paragraphs:
        own = names.get(paragraph.element, [])
        if _is_annex(paragraph):
            continue
        if any(name.startswith(FURNITURE) for name in own):
            furniture.append(paragraph.text)
            continue
        marks = frozenset(mark for name in own if (mark := mark_of(name)) is not None)
        cell, now = next((node for node in paragraph.element.iterancestors() if node.tag == w("tc")), None), None
        if cell is not None and paragraph.anchor is None:
            now = next(node for node in cell.iterancestors() if node.tag == w("tr"))
            if now is not row:
                lines.append(_row(now, word.paragraphs, marks, names))
        else:
            titled = 0 in marks and bool(origin and origin.head.get("title"))
            lines += _split(paragraph, marks, titled=titled)
        row = now
        place[paragraph.element] = len(lines) - 1
    return ReturnedFile(
        origin,
        tuple(_without_annex_title(lines)),
        tuple(_remarks(package, root, place)),
        lines[0].text if lines else "",
        sum(1 for name in _CHANGES for _ in root.iter(w(name))),
        any(part in name for name in package.parts for part in _MACROS) or "macroEnabled" in _main_type(package),
        tuple(furniture),
    )


def _main_type(package: Package) -> str:
    types = package.root("[Content_Types].xml")
    return next(
        (str(each.get("ContentType")) for each in types if str(each.get("PartName", "")).lstrip("/") == package.main),
        "",
    )


def _names_by_paragraph(root: Element) -> dict[Element, list[str]]:
    """The bookmarks of each paragraph; one that an office program put between two counts for the next."""
    names: dict[Element, list[str]] = {}
    waiting: list[str] = []
    for node in root.iter(w("bookmarkStart"), w("p")):
        if node.tag == w("p"):
            names[node] = waiting
            waiting = []
            continue
        holder = next((above for above in node.iterancestors() if above.tag == w("p")), None)
        (waiting if holder is None else names[holder]).append(str(node.get(w("name"), "")))
    return names


def _split(paragraph: Paragraph, marks: frozenset[int], *, titled: bool) -> Iterator[FileLine]:
    """The paragraph as lines: a line break inside it begins a new one, in a title it is only layout."""
    level = heading_level(paragraph.text)
    if paragraph.style == "title" or titled:
        level = -1
    elif not level and paragraph.outline is not None:
        level = min(paragraph.outline + 1, 4)
    tracked = _authors(paragraph.element)
    texts = [paragraph.text] if level == -1 else paragraph.text.split("\n")
    for text in texts:
        if plain(text):
            yield FileLine(text.strip(" \t\u3000\xa0\n"), level, marks, paragraph.source, tracked)
            marks = frozenset()


def _row(row: Element, paragraphs: list[Paragraph], marks: frozenset[int], names: dict[Element, list[str]]) -> FileLine:
    """A table's row as it is typed in a draft: | a | b |."""
    inside = {paragraph.element: paragraph for paragraph in paragraphs}
    texts, found = [], set(marks)
    for cell in row.iter(w("tc")):
        mine = [inside[element] for element in cell.iter(w("p")) if element in inside]
        texts.append(" ".join(plain(paragraph.text) for paragraph in mine))
        found |= {mark for p in cell.iter(w("p")) for name in names.get(p, []) if (mark := mark_of(name)) is not None}
    source = next((inside[p].source for p in row.iter(w("p")) if p in inside), "")
    return FileLine(f"| {' | '.join(texts)} |", 0, frozenset(found), source, _authors(row))


def _authors(element: Element) -> tuple[str, ...]:
    found = (str(node.get(w("author"), "")) for name in _CHANGES for node in element.iter(w(name)))
    return tuple(dict.fromkeys(found))


def _is_annex(paragraph: Paragraph) -> bool:
    """Whether a paragraph stands in a table of the annex, also where its bookmarks are gone."""
    table = next((node for node in paragraph.element.iterancestors() if node.tag == w("tbl")), None)
    first = None if table is None else next(table.iter(w("tr")), None)
    if first is None:
        return False
    head = "".join("".join(t.text or "" for t in cell.iter(w("t"))) + "|" for cell in first.iter(w("tc")))
    return head.startswith(_ANNEX_HEADS)


def _without_annex_title(lines: list[FileLine]) -> list[FileLine]:
    """The lines without the annex's own headings at the end, where its bookmarks are gone."""
    end = len(lines)
    while end and not lines[end - 1].marks and _ANNEX_TITLE.fullmatch(plain(lines[end - 1].text)):
        end -= 1
    return lines[:end] if any(plain(line.text) == "核数表" for line in lines[end:]) else lines


def is_attachment(text: str) -> bool:
    """Whether a line is a 附件说明."""
    return bool(_ATTACHED.match(text))


def _remarks(package: Package, root: Element, place: dict[Element, int]) -> Iterator[Remark]:
    """The comments of people; those this program put on figures are not theirs."""
    part = package.related("comments")
    for entry in [] if part is None else package.root(part):
        author = str(entry.get(w("author"), ""))
        text = "\n".join("".join(t.text or "" for t in p.iter(w("t"))) for p in entry.iter(w("p"))).strip()
        if entry.tag != w("comment") or author == AUTHOR or not text:
            continue
        quote, paragraph = _quoted(root, str(entry.get(w("id"))))
        written = str(entry.get(w("date"), ""))
        yield Remark(author, text, quote, place.get(paragraph, -1) if paragraph is not None else -1, written)


def _quoted(root: Element, identity: str) -> tuple[str, Element | None]:
    """The words a comment stands on, and the paragraph they begin in."""
    words: list[str] = []
    inside, holder = False, None
    for node in root.iter(w("commentRangeStart"), w("commentRangeEnd"), w("commentReference"), w("t")):
        if node.tag == w("t"):
            words += [node.text or ""] if inside else []
            continue
        if node.get(w("id")) != identity:
            continue
        inside = node.tag == w("commentRangeStart")
        if holder is None:
            holder = next((above for above in node.iterancestors() if above.tag == w("p")), None)
    return "".join(words), holder


def joined_title(file: ReturnedFile) -> ReturnedFile:
    """The file with a title that was broken into paragraphs of its own put together again."""
    lines = list(file.lines)
    while len(lines) > 1 and lines[0].level == -1 == lines[1].level:
        lines[:2] = [replace(lines[0], text=f"{lines[0].text}\n{lines[1].text}", marks=lines[0].marks | lines[1].marks)]
    return replace(file, lines=tuple(lines))
