"""A draft as the editor holds it: where its sections stand in the text as typed, who wrote them, what is locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

from assistant.drafting.costs import Prices
from assistant.drafting.parts import apply_edit
from assistant.records import Draft, SectionText
from assistant.store import drafts, locks
from assistant.store.revisions import revision, revision_numbers
from assistant.workspace import Workspace
from ui.desk import Desk
from ui.marks import to_utf16

_KEPT = 64  # texts under edit whose sections are remembered
_WRITERS = {"offline": "程序按往年写法写", "model": "模型写", "person": "人写"}
Base = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Stand:
    """A section of a text: its words as they are there, and where heading and body together stand."""

    section: SectionText
    start: int
    body: int  # where the body begins
    end: int


class OpenTexts:
    """The drafts that editors have open, each as it was when it was opened. Safe to use from several threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, tuple[tuple[str, int], ...]], Draft] = {}
        self._lock = Lock()

    def opened(self, draft_id: str, base: Base) -> Draft:
        """The draft with the sections of the revisions the editor counts from."""
        asked = (draft_id, tuple(sorted(base.items())))
        with self._lock:
            found = self._known.get(asked)
        if found is None:
            found = self._read(draft_id, base)
            with self._lock:
                while len(self._known) >= _KEPT:
                    del self._known[next(iter(self._known))]
                self._known[asked] = found
        return found

    def stands(self, draft_id: str, text: str, base: Base) -> list[Stand]:
        """Where the sections stand in `text`, an edited text of the draft."""
        return stands_in(apply_edit(self.opened(draft_id, base), text), text)

    def _read(self, draft_id: str, base: Base) -> Draft:
        engine = self._desk.workspace.engine
        stored, now = drafts.load_draft(engine, draft_id), revision_numbers(engine, draft_id)
        sections = tuple(
            each if now[each.key] == base[each.key] else revision(engine, draft_id, each.key, base[each.key]).section
            for each in stored.sections
            if each.key in base
        )
        return replace(stored, sections=sections)


def stands_in(draft: Draft, text: str) -> list[Stand]:
    """Where the sections of a draft stand in a text that holds their words in order."""
    found: list[Stand] = []
    position = 0
    for section in draft.sections:
        start = _find(text, section.heading, position)
        body = _find(text, section.text, start + len(section.heading))
        position = body + len(section.text)
        if not section.heading:
            start = body
        found.append(Stand(section, start, body, position))
    return found


def _find(text: str, words: str, start: int) -> int:
    """Where the words begin; where there are none, or they cannot be found, the next line's beginning."""
    at = text.find(words, start) if words else -1
    return at if at >= 0 else min(start, len(text))


def section_items(
    workspace: Workspace, draft_id: str, text: str, stands: Sequence[Stand], prices: Prices
) -> list[dict[str, Any]]:
    """The sections as the editor takes them. Offsets count UTF-16 units, as browsers do."""
    held = locks.locks_of(workspace.engine, draft_id)
    items = [
        {
            "key": stand.section.key,
            "heading": stand.section.heading,
            "text": bool(stand.section.text),
            "start": stand.start,
            "end": stand.end,
            "locked": locks.WHOLE in held.get(stand.section.key, ()),
            "sentences": [each for each in held.get(stand.section.key, ()) if each != locks.WHOLE],
            "by": _by(stand.section, prices),
        }
        for stand in stands
    ]
    to_utf16(text, items)
    return items


def _by(section: SectionText, prices: Prices) -> str:
    """Who wrote a section, and what it took."""
    who = _WRITERS.get(section.writer, section.writer)
    if section.writer != "model" or not section.tokens:
        return who
    cost = prices.cost([section])
    return f"{who}，{section.tokens} 词元，{section.seconds:.1f} 秒" + (f"，{cost:f} 元" if cost is not None else "")


def patch(text: str, stand: Stand, section: SectionText) -> dict[str, Any]:
    """What makes the section in `text` read as `section` does: heading and body in one."""
    words = "\n".join(part for part in (section.heading, section.text) if part)
    before = text[stand.start : stand.end]
    if not before and words:  # nothing stood there: a line of its own
        words = words + "\n" if stand.start < len(text) else "\n" + words
    item = {"key": section.key, "start": stand.start, "end": stand.end, "text": words}
    to_utf16(text, [item])
    return item


def newer(workspace: Workspace, draft_id: str, text: str, base: Base, stands: Sequence[Stand]) -> list[dict[str, Any]]:
    """The patches for sections of the text that somebody else has saved since `base`."""
    now = revision_numbers(workspace.engine, draft_id)
    stored = {section.key: section for section in drafts.load_draft(workspace.engine, draft_id).sections}
    return [
        patch(text, stand, stored[stand.section.key])
        for stand in stands
        if now.get(stand.section.key, 0) != base.get(stand.section.key, 0) and stand.section.key in stored
    ]
