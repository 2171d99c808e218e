"""A draft as the lines a Word file has of it, each knowing which part of the draft it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.export.manuscript import Role, cells_of, is_rule, manuscript
from assistant.office.ooxml import xml_text
from assistant.records import Draft

_BLANK = str.maketrans("\t\u3000\xa0", "   ")


class Part(StrEnum):
    """Which part of a draft a line belongs to."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    TEXT = "text"
    SIGNATURE = "signature"
    DATE = "signed_on"

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS = {
    Part.TITLE: "标题",
    Part.ADDRESSEE: "主送机关",
    Part.HEADING: "小标题",
    Part.TEXT: "正文",
    Part.SIGNATURE: "落款",
    Part.DATE: "成文日期",
}
_PARTS = {
    Role.TITLE: Part.TITLE,
    Role.ADDRESSEE: Part.ADDRESSEE,
    Role.SIGNATURE: Part.SIGNATURE,
    Role.DATE: Part.DATE,
}


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A line of a draft: a heading, a paragraph, a row of a table, the whole title.

    `mark` is its number in the manuscript, which a file's bookmarks name. `level` is the section's level. `tail` is
    what stands in the draft after the line and never in the file: the dashes under a table's head.
    """

    part: Part
    text: str
    key: str = ""
    level: int = 0
    mark: int = -1
    tail: str = ""


def draft_lines(draft: Draft) -> list[DraftLine]:
    """The lines of a draft in order; the title is one line however it is broken."""
    lines: list[DraftLine] = []
    headed: set[str] = set()
    levels = {section.key: section.level for section in draft.sections}
    with_heading = {section.key for section in draft.sections if section.heading.strip()}
    for mark, line in enumerate(manuscript(draft)):
        text = xml_text(line.text)
        if line.role is Role.TITLE and lines:
            lines[0] = replace(lines[0], text=f"{lines[0].text}\n{text}")
            continue
        if line.role is Role.TABLE_ROW and is_rule(cells_of(line.text)) and lines:
            lines[-1] = replace(lines[-1], tail=f"{lines[-1].tail}\n{text}")
            continue
        part = _PARTS.get(line.role, Part.TEXT)
        if line.section in with_heading and line.section not in headed:
            headed.add(line.section)
            part = Part.HEADING
        lines.append(DraftLine(part, text, line.section, levels.get(line.section, 0), mark))
    return lines


def plain(text: str) -> str:
    """A line as it is compared: blanks at its ends, their kind and their number do not count."""
    return " ".join(text.translate(_BLANK).split())
