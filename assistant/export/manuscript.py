"""A draft as the lines of the document it becomes; the one order that Word, Markdown and the check share."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.office.headings import heading_level, levels_of, markdown_level
from assistant.records import Draft

DATE = re.compile(r"(\d{4})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*日?")
_SENTENCE_END = "。；：，！？;:,!?、"
_TITLE_LONGEST = 40


class Role(StrEnum):
    """What a line is in the document."""

    TITLE = "title"
    ADDRESSEE = "addressee"
    HEADING = "heading"
    BODY = "body"
    TABLE_ROW = "table_row"
    SIGNATURE = "signature"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class ManuscriptLine:
    """A line, its role, and its level: -1 title, 1–4 headings, 0 the rest.

    `section` is the key of its section and `within` that section's level: a number of the same level or a higher one
    in its text is a list's, not a heading's.
    """

    role: Role
    text: str
    level: int = 0
    section: str = ""
    within: int = 0


def manuscript(draft: Draft) -> list[ManuscriptLine]:
    """The lines of a draft in order. Blank lines are the layout's business and are left out."""
    lines = [ManuscriptLine(Role.TITLE, text, -1) for text in _lines(draft.title)]
    if draft.addressee.strip():
        lines.append(ManuscriptLine(Role.ADDRESSEE, draft.addressee.strip().rstrip("：:") + "："))
    for section in draft.sections:
        if section.heading.strip():
            level = min(max(section.level, 1), 4)
            lines.append(ManuscriptLine(Role.HEADING, section.heading.strip(), level, section.key))
        within = min(max(section.level, 0), 4)
        lines += _without_items([_body_line(text, section.key, within) for text in _lines(section.text)])
    if draft.signature.strip():
        lines.append(ManuscriptLine(Role.SIGNATURE, draft.signature.strip()))
    if draft.signed_on.strip():
        lines.append(ManuscriptLine(Role.DATE, written_date(draft.signed_on)))
    return lines


def cells_of(row: str) -> list[str]:
    """The cells of a table row typed with bars (| a | b |)."""
    return [cell.strip() for cell in row.strip("|").split("|")]


def is_rule(cells: list[str]) -> bool:
    """Whether this is the line of dashes under a table's head."""
    return all(cell and not cell.strip("-: ") for cell in cells)


def text_lines(text: str, title: str = "") -> list[ManuscriptLine]:
    """The lines of any text in our layout: title, numbered and Markdown headings, the rest as body.

    Without a known `title` a first line that is short and no sentence is taken for one.
    """
    lines = _without_items([_text_line(line) for line in _lines(text)])
    if lines and lines[0].role is not Role.TITLE and _is_title(lines[0], title):
        lines[0] = ManuscriptLine(Role.TITLE, lines[0].text, -1)
    return lines


def _is_title(line: ManuscriptLine, title: str) -> bool:
    if title:
        return title.startswith(line.text)
    return line.role is Role.BODY and len(line.text) <= _TITLE_LONGEST and line.text[-1] not in _SENTENCE_END


def _text_line(text: str) -> ManuscriptLine:
    hashes = markdown_level(text)
    if not hashes:
        return _body_line(text)
    words = text.lstrip("#").strip()
    level = heading_level(words) or min(hashes - 1, 4)
    return ManuscriptLine(Role.HEADING if level else Role.TITLE, words, level or -1)


def written_date(date: str) -> str:
    """The date as clause 7.3.5.4 writes it: year in full, no zero before month and day."""
    found = DATE.fullmatch(date.strip())
    return f"{found[1]}年{int(found[2])}月{int(found[3])}日" if found else date.strip()


def _body_line(text: str, section: str = "", within: int = 0) -> ManuscriptLine:
    if text.startswith("|") and text.endswith("|") and len(text) > 1:
        return ManuscriptLine(Role.TABLE_ROW, text, 0, section)
    level = heading_level(text)
    if level <= within:
        return ManuscriptLine(Role.BODY, text, 0, section, within)
    return ManuscriptLine(Role.HEADING, text, level, section, within)


def _without_items(lines: list[ManuscriptLine]) -> list[ManuscriptLine]:
    """The lines with numbered sentences in a row as body: a list is set like the text around it."""
    levels = levels_of([(line.level, line.text) for line in lines])
    return [
        replace(line, role=Role.BODY, level=0) if line.role is Role.HEADING and not level else line
        for line, level in zip(lines, levels, strict=True)
    ]


def _lines(text: str) -> list[str]:
    return [line.strip(" \t\u3000\xa0") for line in text.splitlines() if line.strip(" \t\u3000\xa0")]
