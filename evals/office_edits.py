"""Edits of Word files as office programs make them: by LibreOffice itself (a Basic macro), or in the file's XML.

Both know the same operations, named in `office_edits.bas`; a paragraph is named by how it begins.
"""

from __future__ import annotations

import copy
import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape  # nosec B406  # only writes

from assistant.office.archive import open_word, pack
from assistant.office.ooxml import (
    CONTENT_TYPES,
    RELATIONSHIPS,
    Element,
    make,
    parse,
    plain_element,
    serialize,
    text_element,
    w,
)
from assistant.office.soffice import find_soffice

Operation = tuple[str, ...]
Job = tuple[Path, Path, Sequence[Operation]]  # the file, what it is saved as, what is done to it
_BATCH = 30  # files in one start
_TRIES = 3  # a LibreOffice without its user interface sometimes dies of a comment
WORD_FILTER = "MS Word 2007 XML"
_MACRO = Path(__file__).with_suffix(".bas")
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
 library:passwordprotected="false"><library:element library:name="Edits"/></library:library>"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Edits" script:language="StarBasic">{}</script:module>"""
_REMARKS = "word/comments.xml"
_REMARK_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_REMARK_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
AUTHOR = "王主任"


def edit_with_libreoffice(jobs: Sequence[Job], *, timeout: int = 300) -> None:
    """Open each file, do its operations, save it as another: many in one LibreOffice with a profile of its own.

    Where the program dies on the way, it is started again for the rest. Raises `RuntimeError` where it cannot do one.
    """
    program = find_soffice()
    if program is None:
        raise RuntimeError("LibreOffice is not installed")
    with tempfile.TemporaryDirectory(prefix="jushi-edits-") as folder:
        profile = Path(folder) / "profile"
        command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        subprocess.run([*command, "--terminate_after_init"], capture_output=True, timeout=timeout, check=False)
        library = profile / "user" / "basic" / "Standard"  # made by the first start, which would overwrite ours
        (library / "Edits.xba").write_text(_MODULE.format(escape(_MACRO.read_text(encoding="utf-8"))), encoding="utf-8")
        (library / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
        left = list(jobs)
        while left:
            failed = _run_macro([*command, "macro:///Standard.Edits.Main"], left[:_BATCH], Path(folder), timeout)
            undone = [job for job in left if not job[1].exists()]
            if len(undone) == len(left):
                raise RuntimeError(failed or f"LibreOffice made nothing of {left[0]}")
            left = undone


def _run_macro(command: list[str], jobs: Sequence[Job], folder: Path, timeout: int) -> str:
    """One start of LibreOffice; what the macro said of a failure."""
    script = folder / "script.tsv"
    script.write_text("".join(f"{line}\n" for line in _script(jobs)), encoding="utf-8")
    failed = Path(f"{script}.failed")
    failed.unlink(missing_ok=True)
    environment = {**os.environ, "JUSHI_EDITS": str(script)}
    subprocess.run(command, capture_output=True, timeout=timeout, check=False, env=environment)
    return failed.read_text(encoding="utf-8") if failed.exists() else ""


def _script(jobs: Sequence[Job]) -> list[str]:
    lines = []
    for source, target, operations in jobs:
        lines.append(f"open\t{source.as_uri()}")
        lines += ["\t".join(operation) for operation in operations]
        lines.append(f"save\t{target.as_uri()}\t{WORD_FILTER}")
    return [*lines, "end"]  # LibreOffice hands out the last line with its line end


def edit_xml(data: bytes, operations: Sequence[Operation]) -> bytes:
    """The file with the operations done in its XML, as Word leaves them: bookmarks go with what is cut or joined."""
    package = open_word("source.docx", data, everything=True)
    editor = _Editor(package.parts, package.main)
    for name, *arguments in operations:
        getattr(editor, name)(*arguments)
    return pack({**editor.parts, package.main: serialize(editor.root)})


class _Editor:
    """One file under edit; a method an operation."""

    def __init__(self, parts: Mapping[str, bytes], main: str) -> None:
        self.parts = dict(parts)
        self.root = parse(parts[main])
        self._tracking = False

    def record(self, switch: str) -> None:
        self._tracking = switch == "on"

    def retype(self, start: str, text: str) -> None:
        found = self._found(start)
        self._change(found, 0, len(_text(found)), text)

    def replace(self, start: str, old: str, new: str) -> None:
        found = self._found(start)
        place = _text(found).index(old)
        self._change(found, place, place + len(old), new)

    def erase(self, start: str, words: str) -> None:
        self.replace(start, words, "")

    def insert(self, start: str, before: str, words: str) -> None:
        found = self._found(start)
        place = _text(found).index(before)
        self._change(found, place, place, words)

    def remove(self, start: str) -> None:
        found = self._found(start)
        if not self._tracking:
            found.getparent().remove(found)
            return
        self._change(found, 0, len(_text(found)), "")
        _properties(found).append(make("rPr", make("del", **_who())))

    def after(self, start: str, text: str) -> None:
        found = self._found(start)
        new = make("p", *([copy.deepcopy(found.find(w("pPr")))] if found.find(w("pPr")) is not None else []))
        runs = [make("r", text_element(text))]
        if self._tracking:
            runs = [make("ins", *runs, **_who())]
        new.extend(runs)
        found.addnext(new)

    def split(self, start: str, before: str) -> None:
        found = self._found(start)
        place = _text(found).index(before)
        new = make("p", copy.deepcopy(_properties(found)))
        runs = _cut(found, place, len(_text(found)))
        new.extend(runs)
        found.addnext(new)

    def join(self, start: str) -> None:
        found = self._found(start)
        other = next(node for node in found.itersiblings() if node.tag == w("p"))
        found.extend([node for node in other if node.tag != w("pPr")])
        other.getparent().remove(other)

    def down(self, start: str, times: str) -> None:
        found = self._found(start)
        for _ in range(int(times)):
            next(found.itersiblings(w("p"))).addnext(found)

    def up(self, start: str, times: str) -> None:
        found = self._found(start)
        for _ in range(int(times)):
            next(found.itersiblings(w("p"), preceding=True)).addprevious(found)

    def cut(self, first: str, last: str, before: str) -> None:
        block, end = [self._found(first)], self._found(last)
        while block[-1] is not end:
            block.append(block[-1].getnext())
        target = self._found(before)
        for node in block:
            target.addprevious(node)

    def remark(self, start: str, words: str, said: str) -> None:
        found = self._found(start)
        place = _text(found).index(words)
        runs = _cut(found, place, place + len(words), keep=True)
        runs[0].addprevious(make("commentRangeStart", id=90))
        runs[-1].addnext(make("commentRangeEnd", id=90))
        runs[-1].getnext().addnext(make("r", make("commentReference", id=90)))
        self._add_remark(said)

    def _add_remark(self, said: str) -> None:
        known = _REMARKS in self.parts
        root = parse(self.parts[_REMARKS]) if known else make("comments")
        comment = make(
            "comment", make("p", make("r", text_element(said))), id=90, author=AUTHOR, date="2025-01-08T09:00:00Z"
        )
        root.append(comment)
        self.parts[_REMARKS] = serialize(root)
        if known:
            return
        types, rels = parse(self.parts["[Content_Types].xml"]), parse(self.parts["word/_rels/document.xml.rels"])
        types.append(plain_element(CONTENT_TYPES, "Override", PartName=f"/{_REMARKS}", ContentType=_REMARK_TYPE))
        rels.append(plain_element(RELATIONSHIPS, "Relationship", Id="rId90", Type=_REMARK_KIND, Target="comments.xml"))
        self.parts["[Content_Types].xml"] = serialize(types)
        self.parts["word/_rels/document.xml.rels"] = serialize(rels)

    def dress(self, start: str) -> None:
        for run in self._found(start).iter(w("r")):
            run.insert(0, make("rPr", make("b"), make("color", val="C00000"), make("sz", val=36)))
            for old in run.findall(w("rPr"))[1:]:
                run.remove(old)

    def blank(self, start: str) -> None:
        self._found(start).addnext(make("p", make("r", text_element("　　"))))

    def indent(self, start: str) -> None:
        self._change(self._found(start), 0, 0, "　　")

    def line(self, start: str, before: str) -> None:
        found = self._found(start)
        place = _text(found).index(before)
        runs = _cut(found, place, len(_text(found)), keep=True)
        runs[0].addprevious(make("r", make("br")))

    def _found(self, start: str) -> Element:
        body = self.root.find(w("body"))
        return next(node for node in body.iterchildren(w("p")) if _text(node).startswith(start))

    def _change(self, paragraph: Element, start: int, end: int, text: str) -> None:
        """Characters start–end become `text`; with 修订 on, both stay in the file."""
        mark = make("r")
        old = _cut(paragraph, start, end, keep=True, mark=mark)
        new = make("r", text_element(text)) if text else None
        if self._tracking:
            for run in old:
                for node in run.findall(w("t")):
                    node.tag = w("delText")
            if old:
                mark.addprevious(make("del", *old, **_who()))
            new = make("ins", new, **_who()) if new is not None else None
        else:
            for run in old:
                run.getparent().remove(run)
        if new is not None:
            mark.addprevious(new)
        mark.getparent().remove(mark)


def _who() -> dict[str, str | int]:
    return {"id": 800, "author": AUTHOR, "date": "2025-01-08T09:00:00Z"}


def _text(paragraph: Element) -> str:
    return "".join("\n" if node.tag == w("br") else node.text or "" for node in paragraph.iter(w("t"), w("br")))


def _properties(paragraph: Element) -> Element:
    found = paragraph.find(w("pPr"))
    if found is None:
        found = make("pPr")
        paragraph.insert(0, found)
    return found


def _cut(paragraph: Element, start: int, end: int, *, keep: bool = False, mark: Element | None = None) -> list[Element]:
    """The runs that hold just these characters, cut out of theirs; `mark` is put where they begin (or stay, with `keep`)."""
    taken, position, placed = [], 0, False
    for run in [node for node in paragraph.iter(w("r")) if node.find(w("t")) is not None]:
        text = _text(run)
        first, last = max(start - position, 0), min(end - position, len(text))
        position += len(text)
        if first > len(text) or (last < first or (first == last and (start < end or placed))):
            continue
        pieces = [_piece(run, part) for part in (text[:first], text[first:last], text[last:])]
        for piece in pieces:
            run.addprevious(piece)
        if mark is not None and not placed:
            pieces[1].addprevious(mark)
            placed = True
        taken += [pieces[1]] if text[first:last] else []
        for piece in (pieces[0], pieces[2], *([] if text[first:last] else [pieces[1]])):
            if not _text(piece):
                piece.getparent().remove(piece)
        run.getparent().remove(run)
    for piece in [] if keep else taken:
        piece.getparent().remove(piece)
    return taken


def _piece(run: Element, text: str) -> Element:
    """A run with the same properties and other words."""
    properties = run.find(w("rPr"))
    return make("r", *([copy.deepcopy(properties)] if properties is not None else []), text_element(text))
