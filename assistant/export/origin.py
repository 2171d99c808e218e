"""Where a Word file comes from: the draft, and the revision of each section, carried inside the file.

Twice, since an office program may drop either: as custom properties, and as hidden bookmarks at the paragraphs'
starts. The bookmarks also say which paragraph was which. Nothing of it shows on the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree  # type: ignore[import-untyped,unused-ignore]  # it ships no types, stubs for it may be there

from assistant.errors import InputError
from assistant.office import ooxml
from assistant.office.archive import Package
from assistant.office.ooxml import CONTENT_TYPES, RELATIONSHIPS, Element, make, w
from assistant.records import Draft, SectionText

PART = "docProps/custom.xml"
HEAD = ("title", "addressee", "signature", "signed_on")
FURNITURE = "_jushi_x"  # a paragraph the layout adds: 附件说明
_PREFIX = "_jushi_"
_DRAFT, _SECTION = "_jushi_d_", "_jushi_s_"
_LONGEST = 40  # characters of a bookmark's name in Word
_LONGEST_VALUE = 240  # of a custom property: Word keeps 255
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_NAME = "据实."
_UNSAFE = re.compile(r"[^0-9A-Za-z]")
_MARK = re.compile(rf"{_PREFIX}(\d+)")
_SECTION_MARK = re.compile(rf"{_SECTION}(\w+)_r(\d+)_([0-9a-f]{{8}})")


@dataclass(frozen=True, slots=True)
class Origin:
    """The draft a file was exported from.

    `sections` is section key → (revision number, digest of its heading and text); `head` the title, addressee,
    signature and date as exported, empty where the file no longer says.
    """

    draft_id: str
    sections: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    head: Mapping[str, str] = field(default_factory=dict)

    def fits(self, draft_id: str) -> bool:
        """Whether this is the draft, also where only its id in a bookmark's spelling is left."""
        return self.draft_id in (draft_id, safe_id(draft_id))

    def section(self, key: str) -> tuple[int, str] | None:
        """Revision and digest of a section, or None for one the file does not know."""
        return self.sections.get(key) or self.sections.get(safe_id(key))

    def is_of(self, section: SectionText, mark: str) -> bool:
        """Whether a section is the wording that was exported."""
        return digest(section) == mark


def origin_of(draft: Draft, revisions: Mapping[str, int]) -> Origin:
    """The origin of a file of this draft, whose sections stand at these revisions."""
    sections = {each.key: (revisions.get(each.key, 0), digest(each)) for each in draft.sections}
    return Origin(draft.id, sections, {name: getattr(draft, name) for name in HEAD})


def digest(section: SectionText) -> str:
    """Tells one wording of a section from another: in another workspace the same number is another text."""
    return hashlib.sha256(f"{section.heading}\0{section.text}".encode()).hexdigest()[:8]


def safe_id(identity: str) -> str:
    """An id as it stands in a bookmark's name, which holds letters, figures and _ only."""
    return _UNSAFE.sub("_", identity)


def add_origin(parts: Mapping[str, bytes], origin: Origin) -> dict[str, bytes]:
    """The parts with the origin among the custom properties, beside those a template brought along."""
    root = ooxml.parse(parts[PART]) if PART in parts else None
    if root is None:
        root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _TYPES})
    for old in [entry for entry in root if str(entry.get("name", "")).startswith(_NAME)]:
        root.remove(old)
    number = max((int(entry.get("pid", 1)) for entry in root), default=1)
    for name, value in _properties(origin):
        number += 1
        entry = etree.SubElement(root, f"{{{_PROPERTIES}}}property")
        entry.attrib.update({"fmtid": _FORMAT, "pid": str(number), "name": name})
        etree.SubElement(entry, f"{{{_TYPES}}}lpwstr").text = ooxml.xml_text(value)
    return _declare({**parts, PART: ooxml.serialize(root)})


def _properties(origin: Origin) -> Iterable[tuple[str, str]]:
    yield f"{_NAME}稿子", origin.draft_id
    for name in HEAD:
        if len(value := origin.head.get(name, "")) <= _LONGEST_VALUE:
            yield f"{_NAME}{name}", value.replace("\n", "\\n")
    for place, (key, (number, mark)) in enumerate(origin.sections.items(), 1):
        yield f"{_NAME}节{place}", f"{key} {number} {mark}"


def _declare(parts: dict[str, bytes]) -> dict[str, bytes]:
    types = ooxml.parse(parts["[Content_Types].xml"])
    if not any(entry.get("PartName") == f"/{PART}" for entry in types):
        types.append(ooxml.plain_element(CONTENT_TYPES, "Override", PartName=f"/{PART}", ContentType=_CONTENT))
    relations = ooxml.parse(parts["_rels/.rels"])
    if not any(str(entry.get("Type", "")).endswith("/custom-properties") for entry in relations):
        entry = {"Id": "rIdJushiOrigin", "Type": _KIND, "Target": PART}
        relations.append(ooxml.plain_element(RELATIONSHIPS, "Relationship", **entry))
    parts["[Content_Types].xml"], parts["_rels/.rels"] = ooxml.serialize(types), ooxml.serialize(relations)
    return parts


class Marks:
    """Hands out the bookmarks of one file: a point at the start of each paragraph, numbered from `first`."""

    def __init__(self, origin: Origin, first: int = 2) -> None:
        self._origin, self._next = origin, first
        self._pending = [f"{_DRAFT}{safe_id(origin.draft_id)}"]
        self._seen: set[str] = set()

    def line(self, element: Element, index: int, section: str = "") -> None:
        """Mark the paragraph of manuscript line `index`; a section's first one carries the section's revision."""
        names = [f"{_PREFIX}{index}", *self._pending]
        self._pending = []
        if section in self._origin.sections and section not in self._seen:
            self._seen.add(section)
            number, mark = self._origin.sections[section]
            names.append(f"{_SECTION}{safe_id(section)}_r{number}_{mark}")
        self._put(element, names)

    def furniture(self, element: Element) -> None:
        """Mark a paragraph that the layout adds, so that it is not taken for the report's own."""
        self._put(element, [f"{FURNITURE}{self._next}"])

    def _put(self, element: Element, names: Iterable[str]) -> None:
        paragraph = element if element.tag == w("p") else next(element.iter(w("p")))
        place = 1 if len(paragraph) and paragraph[0].tag == w("pPr") else 0
        for name in [name for name in names if len(name) <= _LONGEST]:
            paragraph.insert(place, make("bookmarkStart", id=self._next, name=name))
            paragraph.insert(place + 1, make("bookmarkEnd", id=self._next))
            self._next, place = self._next + 1, place + 2


def next_bookmark(document: Element) -> int:
    """The first id that no bookmark of a document has."""
    return max((int(mark.get(w("id"), 0)) for mark in document.iter(w("bookmarkStart"))), default=-1) + 1


def mark_of(name: str) -> int | None:
    """The manuscript line a bookmark's name stands for, or None."""
    found = _MARK.fullmatch(name)
    return int(found[1]) if found else None


def read_origin(package: Package) -> Origin | None:
    """The origin a file carries, or None for a file from elsewhere. Raises `UnreadableFile` for a broken part.

    From bookmarks alone section keys and the draft id come back as `safe_id` wrote them.
    """
    values: dict[str, str] = {}
    if PART in package.parts:
        for entry in package.root(PART):
            name = str(entry.get("name", ""))
            if name.startswith(_NAME):
                values[name.removeprefix(_NAME)] = "".join(entry.itertext()).strip()
    if values.get("稿子"):
        head = {name: values[name].replace("\\n", "\n") for name in HEAD if name in values}
        return Origin(values["稿子"], dict(_sections(values)), head)
    names = [str(mark.get(w("name"), "")) for mark in package.root(package.main).iter(w("bookmarkStart"))]
    draft = next((name.removeprefix(_DRAFT) for name in names if name.startswith(_DRAFT)), "")
    found = [match for name in names if (match := _SECTION_MARK.fullmatch(name))]
    if not draft and not found:
        return None
    return Origin(draft, {match[1]: (int(match[2]), match[3]) for match in found})


def _sections(values: Mapping[str, str]) -> Iterable[tuple[str, tuple[int, str]]]:
    for name, value in values.items():
        key, _, rest = value.partition(" ")
        number, _, mark = rest.partition(" ")
        if name.startswith("节") and number.isdigit():
            yield key, (int(number), mark)


def exported_draft(name: str, origin: Origin, draft: Draft, saved: Mapping[str, Mapping[int, SectionText]]) -> Draft:
    """The draft as it was exported to file `name`, from the saved revisions (section key → number → section).

    Raises `InputError` where a revision is gone, or is another text: then the file is of another workspace.
    """
    sections = []
    for key, numbered in sorted(saved.items()):
        found = origin.section(key)
        if found is None:
            continue
        number, mark = found
        if number not in numbered:
            raise _revision_gone(name, draft.id, f"“{key}”的第 {number} 稿")
        if not origin.is_of(numbered[number], mark):
            raise InputError(
                f"“{name}”与这里的稿子 {draft.id} 编号相同，内容却不是它导出的，多半出自别的工作目录。"
                "请用 --workspace 指定导出它的工作目录。"
            )
        sections.append(numbered[number])
    if len(sections) != len(origin.sections):
        raise _revision_gone(name, draft.id, "一节")
    head = {part: origin.head.get(part, getattr(draft, part)) for part in HEAD}
    return replace(draft, **head, sections=tuple(sections))


def _revision_gone(name: str, draft_id: str, what: str) -> InputError:
    return InputError(
        f"“{name}”导出时所依据的{what}在稿子 {draft_id} 里已经没有了，无法对照。请重新导出，把改动誊到新导出的文件上。"
    )
