"""Word comments on the figures of a document that need a person, and nothing else changed."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from assistant.export.annex import PASSED, describe_cells
from assistant.export.places import Place, Places
from assistant.office import ooxml
from assistant.office.archive import Package
from assistant.office.body import Paragraph, Piece, WordText, read_body
from assistant.office.ooxml import CONTENT_TYPES, RELATIONSHIPS, Element, make, text_element, w
from assistant.records import CheckReport, Verdict

AUTHOR = "据实"
_INITIALS = "核"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


@dataclass(frozen=True, slots=True)
class Commented:
    """The package with its comments, and the verdicts whose figure the document does not have."""

    parts: dict[str, bytes]
    lost: tuple[Verdict, ...]


def comment_figures(package: Package, report: CheckReport) -> Commented:
    """A comment on each figure that is not supported; figures keep their run's formatting.

    Word shows no comments inside text boxes and notes, so for a figure there a comment that names it stands where the
    box or note hangs on the text. In a box the figure has its own as well, for LibreOffice; inside a note a comment
    would keep LibreOffice from opening the file.
    """
    word = read_body(package)
    parts = dict(package.parts)
    name, comments = _comments_part(package, parts)
    _forget(word, comments)
    places = Places([paragraph.text for paragraph in word.paragraphs], report.text)
    open_figures = sorted((v for v in report.verdicts if v.verdict not in PASSED), key=lambda v: (v.start, v.end))
    lost = []
    number = 1 + max((int(entry.get(w("id"), 0)) for entry in comments), default=-1)
    for verdict in open_figures:
        place = places.find(verdict.start, verdict.end)
        made = _place_comments(word.paragraphs[place.paragraph], place, verdict, number) if place else []
        if not made:
            lost.append(verdict)
        comments.extend(made)
        number += len(made)
    for part, root in word.roots.items():
        parts[part] = ooxml.serialize(root)
    if len(comments) or name in parts:
        parts[name] = ooxml.serialize(comments)
        _declare(package, parts, name)
    return Commented(parts, tuple(lost))


def _comments_part(package: Package, parts: dict[str, bytes]) -> tuple[str, Element]:
    name = package.related("comments")
    if name:
        return name, package.root(name)
    folder = package.main.rpartition("/")[0]
    name = f"{folder}/comments.xml".lstrip("/")
    while name in parts:  # a part that nothing refers to
        name = name.replace(".xml", "0.xml")
    return name, ooxml.root_element("comments", {"w": ooxml.W})


def _declare(package: Package, parts: dict[str, bytes], name: str) -> None:
    """Name the part in the content types and in the document's relations, where it is not yet."""
    types = ooxml.parse(parts["[Content_Types].xml"])
    if not any(entry.get("PartName") == f"/{name}" for entry in types):
        types.append(ooxml.plain_element(CONTENT_TYPES, "Override", PartName=f"/{name}", ContentType=_TYPE))
        parts["[Content_Types].xml"] = ooxml.serialize(types)
    if package.related("comments"):
        return
    folder, _, leaf = package.main.rpartition("/")
    rels = f"{folder}/_rels/{leaf}.rels".lstrip("/")
    root = ooxml.parse(parts[rels]) if rels in parts else ooxml.plain_element(RELATIONSHIPS, "Relationships")
    taken = {entry.get("Id") for entry in root}
    number = next(count for count in range(1, len(taken) + 2) if f"rIdJushi{count}" not in taken)
    root.append(
        ooxml.plain_element(
            RELATIONSHIPS, "Relationship", Id=f"rIdJushi{number}", Type=_KIND, Target=name.rpartition("/")[2]
        )
    )
    parts[rels] = ooxml.serialize(root)


def _forget(word: WordText, comments: Element) -> None:
    """Take out the comments of an earlier check, so that a file checked twice carries one set."""
    old = {entry.get(w("id")) for entry in comments if entry.get(w("author")) == AUTHOR}
    for entry in [entry for entry in comments if entry.get(w("id")) in old]:
        comments.remove(entry)
    if not old:
        return
    for root in word.roots.values():
        for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            for mark in [mark for mark in root.iter(w(name)) if mark.get(w("id")) in old]:
                holder = mark.getparent()
                holder.remove(mark)
                if holder.tag == w("r") and all(entry.tag == w("rPr") for entry in holder):
                    holder.getparent().remove(holder)


def _place_comments(paragraph: Paragraph, place: Place, verdict: Verdict, number: int) -> list[Element]:
    """The comments on one figure, numbered from `number`, their marks put into the document; [] where it has none."""
    said = _said(verdict)
    made = []
    if not paragraph.in_note and _mark(paragraph, place.start, place.end, number):
        made.append(_comment(number, said))
    if paragraph.anchor is not None:
        number += len(made)
        _point(paragraph.anchor, number)
        made.append(_comment(number, [f"{paragraph.source}中的“{verdict.surface}”：", *said]))
    return made


def _mark(paragraph: Paragraph, start: int, end: int, number: int) -> bool:
    """Put comment `number` around characters start–end of the paragraph; False where no run has them."""
    covered = _isolate(paragraph, start, end)
    if not covered:
        return False
    first, last = _markable(covered[0].element), _markable(covered[-1].element)
    first.addprevious(make("commentRangeStart", id=number))
    after = make("commentRangeEnd", id=number)
    last.addnext(after)
    after.addnext(make("r", make("commentReference", id=number)))
    return True


def _point(anchor: Element, number: int) -> None:
    """Put comment `number` on the run a text box or note hangs on."""
    run = next(node for node in anchor.iterancestors() if node.tag == w("r"))
    run.addprevious(make("commentRangeStart", id=number))
    end = make("commentRangeEnd", id=number)
    run.addnext(end)
    end.addnext(make("r", make("commentReference", id=number)))


def _isolate(paragraph: Paragraph, start: int, end: int) -> list[Piece]:
    """The pieces that hold just these characters, runs split where the span starts or ends inside one."""
    for cut in (start, end):
        for index, piece in enumerate(paragraph.pieces):
            if piece.start < cut < piece.start + len(piece.text):
                rest = _split(piece, cut - piece.start)
                if rest is not None:
                    paragraph.pieces.insert(index + 1, rest)
                break
    return [piece for piece in paragraph.pieces if piece.start < end and start < piece.start + len(piece.text)]


def _split(piece: Piece, at: int) -> Piece | None:
    """Cut a run in two at a character of one of its w:t; what follows goes to a new run with the same formatting."""
    element = piece.element
    run = element.getparent()
    if element.tag != w("t") or run is None or run.tag != w("r"):
        return None
    second = copy.copy(run)  # the attributes; children are put in anew
    for entry in list(second):
        second.remove(entry)
    properties = ooxml.child(run, "rPr")
    if properties is not None:
        second.append(copy.deepcopy(properties))
    rest = _text(element, piece.text[at:])
    second.append(rest)
    second.extend(list(element.itersiblings()))
    _text(element, piece.text[:at], keep=True)
    run.addnext(second)
    taken = Piece(rest, piece.text[at:], piece.start + at)
    piece.text = piece.text[:at]
    return taken


def _text(element: Element, text: str, *, keep: bool = False) -> Element:
    """A w:t of this text: `element` itself, or a new one. Its blanks count."""
    target = element if keep else text_element(text)
    target.text = text
    target.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return target


def _markable(element: Element) -> Element:
    """The run, or the formula, beside which a comment range may stand."""
    node = element
    while node is not None and node.tag != w("r"):
        parent = node.getparent()
        if parent is None or parent.tag == w("p"):
            return node
        node = parent
    while any(ancestor.tag == w("ruby") for ancestor in _within_paragraph(node)):
        node = next(ancestor for ancestor in _within_paragraph(node) if ancestor.tag == w("r"))
    return node


def _within_paragraph(node: Element) -> list[Element]:
    ancestors = []
    for ancestor in node.iterancestors():
        if ancestor.tag == w("p"):
            break
        ancestors.append(ancestor)
    return ancestors


def _said(verdict: Verdict) -> list[str]:
    """The lines of a comment: verdict, reason, what the ledger says, where."""
    lines = [f"{verdict.verdict.label}：{verdict.surface}"]
    if verdict.message:
        lines.append(verdict.message)
    fact = verdict.fact
    if verdict.expected and verdict.expected not in verdict.message:
        subject = f"（{fact.name}）" if fact else ""
        lines.append(f"台账数：{verdict.expected}{subject}")
    if fact and fact.formula:
        lines.append(f"算法：{fact.formula}")
    cells = describe_cells(verdict.evidence or (fact.evidence if fact else ()))
    return [*lines, f"单元格：{cells}"] if cells else lines


def _comment(number: int, lines: list[str]) -> Element:
    """The comment, in a size of its own: it must not take the body's large type. No date: equal input, equal file."""
    comment = make("comment", id=number, author=AUTHOR, initials=_INITIALS)
    for index, line in enumerate(lines):
        properties = make(
            "pPr",
            make("spacing", before="0", after="0", line="240", lineRule="auto"),
            make("ind", firstLineChars="0", firstLine="0"),
            make("jc", val="left"),
        )
        marks = make("rPr", make("spacing", val="0"), make("sz", val="20"), make("szCs", val="20"))
        text = make("r", marks, text_element(line))
        mark = [] if index else [make("r", make("annotationRef"))]
        comment.append(make("p", properties, *mark, text))
    return comment
