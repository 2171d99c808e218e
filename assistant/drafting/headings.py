"""Numbers and headings of official texts: 一、 （一） 1. （1）, run-in headings, enumerated sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CHINESE = "〇一二三四五六七八九十"
_MARKS = (
    (1, re.compile(r"(?P<n>[一二三四五六七八九十]{1,3})、")),
    (2, re.compile(r"[（(](?P<n>[一二三四五六七八九十]{1,3})[）)]、?")),
    (3, re.compile(r"(?P<n>\d{1,2})(?:[.．](?!\d)|、)\s*")),
    (4, re.compile(r"[（(](?P<n>\d{1,2})[）)]、?")),
)
_MARKDOWN = re.compile(r"(#{1,5})\s+")
_RUN_IN = re.compile(r"(?P<heading>[^：:。，；]{2,24}(?:，[^：:。，；]{2,14})?)[：:。](?P<rest>.{12,})")
_ITEM = re.compile(r"第?(?P<n>[一二三四五六七八九十]{1,3})(?:是|，|、(?=抓|强|加|严|深|狠|突))")
_SAMPLES = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a summary: a heading (level 1–4), with text after it where it runs in, or body text."""

    text: str  # the body text; empty for a heading that stands alone
    heading: str = ""
    level: int = 0
    numbering: str = ""


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line with the number it starts with taken off."""

    rest: str
    level: int = 0
    number: int = 0
    style: int = 0  # the heading level the writer of the document gave it, 0 for none
    sample: str = ""  # the number as written, for 1: "1、", "（一）"


def chinese_number(text: str) -> int:
    """The value of 一 … 九十九."""
    tens, separator, ones = text.partition("十")
    if not separator:
        return _CHINESE.index(text) if text in _CHINESE else 0
    return (_CHINESE.index(tens) if tens else 1) * 10 + (_CHINESE.index(ones) if ones else 0)


def chinese_numeral(value: int) -> str:
    """一 … 九十九 for 1 … 99."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_CHINESE[tens]}十")
    return head + (_CHINESE[ones] if ones else "")


def numbered(sample: str, value: int) -> str:
    """The number `value` in the style of a sample: numbered("（一）", 3) == "（三）"."""
    for form, written in (("一", chinese_numeral(value)), ("1", str(value))):
        if form in sample:
            return sample.replace(form, written)
    return sample


def item_marker(text: str) -> str:
    """The marker a paragraph of a list begins with, for the first one: 一是, 第一，; empty where there is none."""
    found = _ITEM.match(text)
    return found.group().replace(found["n"], "一") if found else ""


def without_marker(text: str) -> str:
    """The paragraph without the marker of a list."""
    return _ITEM.sub("", text, count=1)


def read_lines(texts: Sequence[str], styles: Sequence[int]) -> list[Line]:
    """The lines told apart into headings and body.

    A numbered line is a heading when text or deeper headings follow it, or when text runs in after it;
    a numbered sentence among its like is enumerated body text and gets the marker 一是, 二是.
    `styles` are the heading levels the document itself gives (0 for body text).
    """
    marked = [_mark(text, style) for text, style in zip(texts, styles, strict=True)]
    plain = not any(line.level for line in marked)
    lines: list[Line] = []
    highest: dict[int, int] = {}
    for index, line in enumerate(marked):
        after = marked[index + 1] if index + 1 < len(marked) else None
        if line.level == 0:
            lines.append(_unnumbered(line, after, plain))
            continue
        restarted = line.level == 1 and 0 < line.number <= highest.get(1, 0)
        read = _item(line) if restarted else _heading(line, after)
        if read.level == 1:
            highest[1] = line.number
        lines.append(read)
    return lines


def _mark(text: str, style: int) -> _Marked:
    markdown = _MARKDOWN.match(text)
    if markdown:
        text, style = text[markdown.end() :], min(len(markdown.group(1)), 4)
    for level, pattern in _MARKS:
        found = pattern.match(text)
        if found:
            digits = found["n"]
            number = int(digits) if digits.isdecimal() else chinese_number(digits)
            one = "1" if digits.isdecimal() else "一"
            return _Marked(
                text[found.end() :].strip(), level, number, style, found.group().strip().replace(digits, one)
            )
    return _Marked(text, 0, 0, style)


def _heading(line: _Marked, after: _Marked | None) -> Line:
    numbering = line.sample or _SAMPLES[line.level]
    short = len(line.rest) <= _LONGEST and "。" not in line.rest[:-1]
    followed = after is not None and (
        after.level == 0 or after.level > line.level or (after.level == line.level and after.number <= line.number)
    )
    if short and (followed or line.style):
        return Line("", _bare(line.rest), line.level, numbering)
    run_in = _RUN_IN.match(line.rest)
    if run_in:
        return Line(run_in["rest"].strip(), _bare(run_in["heading"]), line.level, numbering)
    return _item(line)


def _item(line: _Marked) -> Line:
    if not line.rest:
        return Line("")  # a number with nothing behind it
    return Line(f"{chinese_numeral(line.number)}是{line.rest}" if line.number else line.rest)


def _unnumbered(line: _Marked, after: _Marked | None, plain: bool) -> Line:
    """A heading by the document's own style, or, where nothing is numbered, a short line before a long one."""
    if line.style > 0 and len(line.rest) <= _LONGEST:
        return Line("", _bare(line.rest), line.style)
    alone = len(line.rest) <= 24 and not line.rest.endswith(("。", "；", "，", "、", "！"))
    if plain and alone and after is not None and len(after.rest) > _LONGEST:
        return Line("", _bare(line.rest), 1)
    return Line(line.rest)


def _bare(heading: str) -> str:
    return heading.strip().rstrip("：:。；，").strip()
