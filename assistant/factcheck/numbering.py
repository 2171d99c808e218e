"""Headings whose numbers jump, repeat, restart inside another, change style, or were lost."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from assistant.alignment.layout import Line
from assistant.records import Finding, Severity

_CHINESE = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_INLINE = re.compile(
    r"(?:(?<=[。；，：:;#\n\s（(“])|^)(?P<number>[一二三四五六七八九]|十[一二三四五六七八九]?)是(?=[^否非不])", re.M
)
_LOST = re.compile(r"^\s*[、.．](?=[\u4e00-\u9fff]{2})", re.M)


@dataclass(frozen=True, slots=True)
class _Number:
    value: int
    style: str
    line: Line
    start: int  # where it stands in the text


def find_numbering(text: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """The defects of the heading numbers, and of 一是、二是、三是 in running text."""
    last: dict[int, _Number] = {}
    for line in lines:
        number = _number(text, line)
        if number is None:
            continue
        yield from _compare(last.get(line.level), number)
        last[line.level] = number
        for deeper in [level for level in last if level > line.level]:
            del last[deeper]
    yield from _inline(text, lines)
    for found in _LOST.finditer(text):
        start = found.end() - 1
        yield _finding("numbering_lost", start, text[start : found.end()], "标题前的序号丢失，只剩标点。", "补上序号")


def _number(text: str, line: Line) -> _Number | None:
    if not line.level:
        return None
    value = read_ordinal(line.number)
    start = text.index(line.number, line.start)
    return _Number(value, _style(line.number), line, start) if value else None


def read_ordinal(written: str) -> int:
    """The number in 一、, （十二）, 3., ⑤; 0 where there is none."""
    plain = normalize("NFKC", written)
    digits = re.search(r"\d+", plain)
    if digits:
        return int(digits.group())
    found = re.search(r"[一二三四五六七八九十]+", plain)
    if not found:
        return 0
    tens, ten, ones = found.group().partition("十")
    return (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones if ten else tens, 0)


def _style(written: str) -> str:
    chinese = "一" if re.search("[一二三四五六七八九十]", written) else "1"
    circled = "①" if re.search("[①-⑳]", written) else ""
    closing = "".join(char for char in normalize("NFKC", written).strip() if not char.isalnum())
    return circled or chinese + closing


def _compare(before: _Number | None, now: _Number) -> Iterator[Finding]:
    written = now.line.number
    if before is None:
        if now.value > 1:
            yield _finding(
                "numbering_gap",
                now.start,
                written,
                f"序号从“{written}”开始，前面缺少第1项。",
                "核对是否漏了内容，或改正序号",
            )
        return
    if now.value == 1 and before.value >= 1:
        message = f"“{before.line.number}”之后又从“{written}”开始，同一层次的序号重新编排。"
        yield _finding(
            "numbering_restart",
            now.start,
            written,
            message,
            f"“{before.line.number}”下的小项应使用下一层次序号，如（一）",
        )
    elif now.value == before.value:
        yield _finding("numbering_repeat", now.start, written, f"序号“{written}”重复。", "改正序号")
    elif now.value != before.value + 1:
        message = f"“{before.line.number}”之后是“{written}”，序号不连续。"
        yield _finding("numbering_gap", now.start, written, message, "核对是否漏了内容，或改正序号")
    if now.style != before.style and now.value != 1:
        message = f"同一层次的序号写法不一：“{before.line.number}”与“{written}”。"
        yield _finding("numbering_mixed", now.start, written, message, "统一序号写法")


def _inline(text: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """一是…三是…: a number that does not follow the one before; headings begin anew."""
    headings = [line.start for line in lines if line.level in (1, 2)]
    before, section = 0, -1
    for found in _INLINE.finditer(text):
        here = sum(1 for start in headings if start <= found.start())
        value = read_ordinal(found["number"])
        if value not in (1, before + 1) and here == section:
            missing = f"“{found['number']}是”与前一项不连续。"
            yield _finding(
                "numbering_gap", found.start("number"), found.group(), missing, "核对是否漏了内容，或改正序号"
            )
        before, section = value, here


def _finding(kind: str, start: int, surface: str, message: str, suggestion: str) -> Finding:
    return Finding(kind, Severity.WARNING, start, start + len(surface), surface, message, suggestion)
