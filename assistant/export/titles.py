"""Breaking a title over lines by sense, into a trapezium or a lozenge (clause 7.3.1)."""

from __future__ import annotations

import re
from itertools import combinations

# Words that are never torn apart, and years, book titles and figures with their unit.
_WHOLE = re.compile(
    r"《[^》]*》|“[^”]*”|\d+年(?:度|上半年|下半年|第?[一二三四]季度)?|\d+月份?|\d+|[A-Za-z]+|"
    r"安全生产|应急管理|消防安全|道路交通|防灾减灾|森林防火|人民政府|党委|工作总结|工作情况|工作打算|工作计划|工作思路|"
    r"工作要点|实施方案|情况报告|自查报告|上半年|下半年|全年|总结|打算|计划|情况|报告|关于|以及"
)
_AFTER = {
    "年": 6,
    "度": 6,
    "镇": 5,
    "乡": 5,
    "县": 4,
    "区": 4,
    "府": 5,
    "办": 4,
    "于": 4,
    "及": 7,
    "和": 5,
    "暨": 7,
    "的": 7,
}
_BEFORE = {"及": 8, "暨": 8, "和": 4, "》": -20, "）": -20, "的": -20}
_MOST_LINES = 4


def break_title(title: str, per_line: int) -> list[str]:
    """The title's lines, each of at most `per_line` full-width characters; one line where it fits."""
    if width(title) <= per_line:
        return [title]
    words = _words(title)
    for count in range(2, _MOST_LINES + 1):
        best = _best_split(words, count, per_line)
        if best:
            return best
    return _hard_split(title, per_line)


def width(text: str) -> float:
    """The width in full-width characters; half-width letters and figures count a half."""
    return sum(0.5 if ord(character) < 0x2E80 and character not in "“”‘’—…·" else 1.0 for character in text)


def _words(title: str) -> list[str]:
    words: list[str] = []
    end = 0
    for found in _WHOLE.finditer(title):
        words += [*title[end : found.start()], found[0]]
        end = found.end()
    return [*words, *title[end:]]


def _best_split(words: list[str], count: int, per_line: int) -> list[str]:
    best: tuple[float, list[str]] | None = None
    for cuts in combinations(range(1, len(words)), count - 1):
        edges = (0, *cuts, len(words))
        lines = ["".join(words[start:end]) for start, end in zip(edges, edges[1:], strict=False)]
        if max(width(line) for line in lines) > per_line:
            continue
        cost = _shape(lines) - sum(_sense(words[cut - 1], words[cut]) for cut in cuts)
        if best is None or cost < best[0]:
            best = (cost, lines)
    return best[1] if best else []


def _sense(before: str, after: str) -> float:
    """How well a line may end here: after a place, a year, 关于; before 及 and 暨."""
    score = _AFTER.get(before[-1], 0) + _BEFORE.get(after[0], 0)
    return score + (2 if len(before) > 1 else 0) + (2 if len(after) > 1 else 0)


def _shape(lines: list[str]) -> float:
    """What the outline costs: uneven lines, a rectangle, an hourglass, a last line of one word."""
    widths = [width(line) for line in lines]
    mean = sum(widths) / len(widths)
    cost = sum(abs(size - mean) for size in widths)
    if max(widths) - min(widths) < 1:
        cost += 2
    if len(widths) == 3 and widths[1] < min(widths[0], widths[2]):
        cost += 8
    return cost + (6 if min(widths) < 4 else 0)


def _hard_split(title: str, per_line: int) -> list[str]:
    lines, line = [], ""
    for character in title:
        if width(line + character) > per_line:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]
