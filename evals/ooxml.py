"""The rules of OOXML that our writers keep themselves: ``python -m evals.ooxml FILE.docx …``.

ISO/IEC 29500-1 (WordprocessingML, 17) and -2 (packages): the order of children, grids, ranges, ids, styles,
relations, content types. `problems(data)` names every breach; none for a clean file.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from posixpath import normpath

from assistant.office.ooxml import Element, ParseError, R, W, child, parse, value, w
from evals.ooxml_order import ORDERS

_NUMBERS = {
    "sz": ("val",), "szCs": ("val",), "kern": ("val",), "gridCol": ("w",), "tcW": ("w",), "tblW": ("w",),
    "spacing": ("before", "after", "line", "val"), "outlineLvl": ("val",), "gridSpan": ("val",),
    "ind": ("left", "right", "firstLine", "hanging", "leftChars", "rightChars", "firstLineChars"),
    "pgSz": ("w", "h"), "pgMar": ("top", "right", "bottom", "left", "header", "footer", "gutter"),
}  # fmt: skip
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_LONGEST_BOOKMARK = 40
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

Parts = Mapping[str, bytes]
Roots = Mapping[str, Element]


def problems(data: bytes) -> list[str]:
    """Every rule a .docx breaks, in words for the developer."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    found = [f"{name} is in the package twice" for name, count in Counter(names).items() if count > 1]
    if names[0] != "[Content_Types].xml":
        found.append("[Content_Types].xml is not the first part")
    roots = {}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                roots[name] = parse(content)
            except ParseError as error:
                found.append(f"{name} is not XML: {error}")
    main = next((name for name in roots if name.endswith("document.xml")), "")
    return [*found, *_package(parts, roots), *_document(roots, main), *_everywhere(roots)]


def _package(parts: Parts, roots: Roots) -> Iterator[str]:
    """Content types and relations."""
    types = roots["[Content_Types].xml"]
    defaults = {entry.get("Extension", "").lower() for entry in types if entry.get("Extension")}
    overrides = [entry.get("PartName", "").lstrip("/") for entry in types if entry.get("PartName")]
    yield from (f"content type of {name}, which is not there" for name in overrides if name not in parts)
    yield from (f"two content types of {name}" for name, count in Counter(overrides).items() if count > 1)
    for name in parts:
        if name != "[Content_Types].xml" and name not in overrides:
            if name.rpartition(".")[2].lower() not in defaults:
                yield f"{name} has no content type"
            elif name.endswith(".xml"):
                yield f"{name} has only the default content type"
    for name in (name for name in roots if name.endswith(".rels")):
        folder = PurePosixPath(name).parent.parent
        ids = Counter(entry.get("Id") for entry in roots[name])
        yield from (f"{name}: id {identity} twice" for identity, count in ids.items() if count > 1)
        for entry in roots[name]:
            target = entry.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else normpath(folder / target)
            if entry.get("TargetMode") != "External" and part not in parts:
                yield f"{name}: target {target} is not there"
    for name, root in roots.items():
        path = PurePosixPath(name)
        rels = roots.get(str(path.parent / "_rels" / f"{path.name}.rels"))
        known = {entry.get("Id") for entry in rels} if rels is not None else set()
        for node in root.iter():
            reference = node.get(f"{{{R}}}id") or node.get(f"{{{R}}}embed")
            if reference and reference not in known:
                yield f"{name}: relation {reference} is not there"


def _document(roots: Roots, main: str) -> Iterator[str]:
    if not main:
        yield "no document"
        return
    root = roots[main]
    body = child(root, "body")
    if body is None or not len(body) or body[-1].tag != w("sectPr"):
        yield "the body does not end with its section"
        return
    yield from _bookmarks(root)
    yield from _comments(root, roots.get("word/comments.xml"))
    yield from _tables(root)
    yield from _sections(root, roots.get("word/settings.xml"))
    yield from _style_names(roots)


def _bookmarks(root: Element) -> Iterator[str]:
    starts = list(root.iter(w("bookmarkStart")))
    ids = Counter(node.get(w("id")) for node in starts)
    ends = Counter(node.get(w("id")) for node in root.iter(w("bookmarkEnd")))
    yield from (f"bookmark id {identity} twice" for identity, count in ids.items() if count > 1)
    if ids != ends:
        yield "bookmarks without end, or ends without bookmark"
    names = Counter(node.get(w("name"), "").lower() for node in starts)
    yield from (f"bookmark {name} twice" for name, count in names.items() if count > 1)
    for name in names:
        if len(name) > _LONGEST_BOOKMARK or not name or not name.replace("_", "a").isalnum():
            yield f"bookmark name {name}"


def _comments(root: Element, comments: Element | None) -> Iterator[str]:
    ids = Counter(node.get(w("id")) for node in comments.iter(w("comment"))) if comments is not None else Counter()
    yield from (f"comment id {identity} twice" for identity, count in ids.items() if count > 1)
    places = {name: [node.get(w("id")) for node in root.iter(w(name))] for name in
              ("commentRangeStart", "commentRangeEnd", "commentReference")}  # fmt: skip
    for name, found in places.items():
        if sorted(found) != sorted(ids):
            yield f"{name} and comments do not agree: {sorted(set(found) ^ set(ids))}"
    order = [(node.tag, node.get(w("id"))) for node in root.iter(w("commentRangeStart"), w("commentRangeEnd"))]
    for identity in ids:
        tags = [tag for tag, other in order if other == identity]
        if tags != [w("commentRangeStart"), w("commentRangeEnd")]:
            yield f"the range of comment {identity} does not begin and then end"


def _tables(root: Element) -> Iterator[str]:
    for table in root.iter(w("tbl")):
        grid = child(table, "tblGrid")
        columns = len(grid.findall(w("gridCol"))) if grid is not None else 0
        if not columns:
            yield "a table without gridCol"
        for row in table.findall(w("tr")):
            cells = row.findall(w("tc"))
            width = sum(int(value(child(cell, "tcPr"), "gridSpan") or 1) for cell in cells)
            width += int(value(child(row, "trPr"), "gridBefore") or 0) + int(
                value(child(row, "trPr"), "gridAfter") or 0
            )
            if width != columns:
                yield f"a row of {width} columns in a grid of {columns}"
            if any(not len(cell) or cell[-1].tag != w("p") for cell in cells):
                yield "a cell that does not end with a paragraph"


def _sections(root: Element, settings: Element | None) -> Iterator[str]:
    for section in root.iter(w("sectPr")):
        kinds = [node.get(w("type")) for node in section if node.tag in (w("footerReference"), w("headerReference"))]
        if "even" in kinds and child(settings, "evenAndOddHeaders") is None:
            yield "an even footer, and evenAndOddHeaders is not set"
        if child(section, "pgSz") is None or child(section, "pgMar") is None:
            yield "a section without page size or margins"


def _style_names(roots: Roots) -> Iterator[str]:
    styles = roots.get("word/styles.xml")
    found = [] if styles is None else [node.get(w("styleId")) for node in styles.iter(w("style"))]
    yield from (f"style {name} twice" for name, count in Counter(found).items() if count > 1)
    for part, root in roots.items():
        for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for node in root.iter(w(name)):
                if node.get(w("val")) not in found:
                    yield f"{part}: style {node.get(w('val'))} is not there"


def _everywhere(roots: Roots) -> Iterator[str]:
    for part, root in roots.items():
        for node in root.iter():
            if not isinstance(node.tag, str) or not node.tag.startswith(f"{{{W}}}"):
                continue
            name = node.tag.rpartition("}")[2]
            yield from (f"{part}: {said}" for said in _children(name, node))
            if name == "rFonts" and any(node.get(w(theme)) for theme in _THEME):
                yield f"{part}: a theme font"
            if name == "t" and (node.text or "") != (node.text or "").strip() and node.get(_SPACE) != "preserve":
                yield f"{part}: blanks that Word drops in “{node.text}”"
            for attribute in _NUMBERS.get(name, ()):
                if (number := node.get(w(attribute))) is not None and not number.lstrip("-").isdigit():
                    yield f"{part}: {name} {attribute} is {number}"


def _children(name: str, node: Element) -> Iterator[str]:
    """Children out of the order the schema gives, unknown there, or more than once."""
    known = [entry.tag for entry in node if isinstance(entry.tag, str) and entry.tag.startswith(f"{{{W}}}")]
    tags = [tag.rpartition("}")[2] for tag in known]
    first = {"p": "pPr", "r": "rPr", "tr": "trPr", "tc": "tcPr"}.get(name)
    if first in tags and tags.index(first) > 0 and not (name == "tr" and tags[0] == "tblPrEx"):
        yield f"{first} is not the first in {name}"
    order = ORDERS.get(name)
    if order is None:
        return
    yield from (f"{name} holds {tag}, which the schema does not know there" for tag in tags if tag not in order)
    places = [order.index(tag.replace("headerReference", "footerReference")) for tag in tags if tag in order]
    if places != sorted(places):
        yield f"the children of {name} are out of order: {tags}"
    yield from (
        f"{name} holds {tag} twice"
        for tag, count in Counter(tags).items()
        if count > 1 and tag not in ("headerReference", "footerReference", "tblStylePr")
    )


def main(arguments: list[str] | None = None) -> None:
    """Print what is wrong with files."""
    for name in arguments if arguments is not None else sys.argv[1:]:
        found = problems(Path(name).read_bytes())
        print(f"{name}: {'合规' if not found else f'{len(found)} 处不合规'}", *found, sep="\n  ")


if __name__ == "__main__":
    main()
