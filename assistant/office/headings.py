"""Official heading numbers: 一、（一）1.（1）, and where a heading ends that runs on into its paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

_CN = "一二三四五六七八九十百"
_LEVELS = (
    re.compile(rf"[{_CN}]{{1,4}}\s*(?:、|[.．](?!\d))|第[{_CN}]{{1,4}}(?:部分|[编章])[:：\s]"),
    re.compile(rf"[（(]\s*[{_CN}]{{1,4}}\s*[）)]|[㈠-㈩]|第[{_CN}]{{1,4}}节\s"),
    re.compile(r"\d{1,2}\s*(?:[.．](?!\d)|、)|[⒈-⒛]"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)]|\d{1,2}\s*[）)]|[⑴-⒇]"),
)
_ITEM_END = ("。", "；", ";")
_SENTENCE_END = "。！？；;!?"
_MARKUP = re.compile(r"\s*(#{1,6})\s+")
_LONGEST = 60  # characters: a heading that fills more than two lines is a paragraph
_LONGEST_RUN_IN = 32
_FIGURE = re.compile(r"\d(?!\d{0,3}年)")


def number_level(text: str) -> int:
    """The level (1–4) its number gives a line, 0 without one."""
    stripped = text.lstrip(" \t\u3000")
    return next((level for level, form in enumerate(_LEVELS, 1) if form.match(stripped)), 0)


def heading_level(text: str) -> int:
    """The level (1–4) of a line that is a heading as a whole, 0 for body text."""
    level = number_level(text)
    body = text.strip().rstrip("。：:.")
    if not level or len(body) > _LONGEST or any(mark in body for mark in _SENTENCE_END):
        return 0
    return level if not _ends_as_sentence(text) or not _has_figure(text) else 0


def run_in_end(text: str) -> int:
    """Where a heading ends that its own paragraph goes on after ("（一）健全机制。镇党委…"), 0 without one."""
    if not number_level(text):
        return 0
    end = text.find("。") + 1
    if not 0 < end <= _LONGEST_RUN_IN or not text[end:].strip():
        return 0
    return 0 if _has_figure(text[:end]) else end


def levels_of(lines: Sequence[tuple[int, str]]) -> list[int]:
    """The levels of numbered lines, list items taken out: (level, text) in, level out.

    Numbered sentences one after the other (一、…。二、…。) are a list: a heading has something under it.
    """
    items = [level > 0 and text.rstrip().endswith(_ITEM_END) for level, text in lines]
    levels = []
    for index, (level, _) in enumerate(lines):
        before = index > 0 and items[index - 1] and lines[index - 1][0] == level
        after = index + 1 < len(lines) and lines[index + 1][0] == level
        levels.append(0 if items[index] and (before or after) else level)
    return levels


def markdown_level(text: str) -> int:
    """How many # open the line, 0 without."""
    found = _MARKUP.match(text)
    return len(found[1]) if found else 0


def _ends_as_sentence(text: str) -> bool:
    return text.rstrip().endswith("。")


def _has_figure(text: str) -> bool:
    """Whether a figure stands after the number: then it is a statement, not a heading."""
    number = next((form.match(text.lstrip()) for form in _LEVELS if form.match(text.lstrip())), None)
    return bool(_FIGURE.search(text.lstrip()[number.end() if number else 0 :]))
