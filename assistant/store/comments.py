"""A comment as people see it: what was said, on which words, and where those stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from assistant.errors import InputError
from assistant.records import Draft, SectionText
from assistant.store.anchors import Anchor, Place, anchor_at, locate
from assistant.store.reviews import Remark


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, and where the words it was made on stand now; `place` is None where they are gone."""

    number: int
    section: str  # as it was made; empty: on the report as a whole
    quote: str  # empty: on the section as a whole
    text: str
    author: str
    at: datetime
    place: Place | None
    resolved_by: str = ""
    resolved_at: datetime | None = None

    @property
    def lost(self) -> bool:
        """Whether what it was made on is gone."""
        return self.place is None

    @property
    def open(self) -> bool:
        """Whether nobody has dealt with it yet."""
        return not self.resolved_by


def placed(remark: Remark, texts: Mapping[str, str]) -> Comment:
    """A comment with its place in the sections' texts as they are now."""
    anchor = Anchor(remark.section, remark.start, remark.quote, remark.lead, remark.trail)
    if remark.quote:
        place = locate(anchor, texts)
    else:
        place = Place(remark.section, 0, 0) if remark.section in texts or not remark.section else None
    return Comment(
        remark.id,
        remark.section,
        remark.quote,
        remark.body,
        remark.actor,
        remark.at,
        place,
        remark.resolved_by,
        remark.resolved_at,
    )


def anchor_in(draft: Draft, section: str, start: int, end: int) -> Anchor:
    """The anchor of `start:end` of a section's text, of the whole section (0, 0), or of the report (section "").

    Raises `InputError` where there is no such place.
    """
    found = next((each for each in draft.sections if each.key == section), SectionText("", "", 0, ""))
    if section and not found.key:
        keys = "、".join(each.key for each in draft.sections)
        raise InputError(f"{draft.id} 里没有编号为“{section}”的一节，有的是：{keys}。请换一个编号。")
    if start == end == 0:
        return Anchor(section, 0, "", "", "")
    if not 0 <= start < end <= len(found.text) or not found.text[start:end].strip():
        name = found.heading or section
        raise InputError(f"批注的位置 {start}–{end} 不在“{name}”的文字里。请重新选中要批注的文字。")
    return anchor_at(section, found.text, start, end)
