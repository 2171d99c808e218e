"""Past summaries as their author keeps them: plain text with marked headings, and the list of its figures.

Marks at the start of a line: `#` title (two lines where it breaks), `>` addressee, `##` 一、, `###` （一）,
`####` 1., `<` signature and date. The list beside the text names every number in it in order.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"(#{1,4}|[><]) ")


@dataclass(frozen=True)
class Line:
    """A paragraph of a summary: its mark ("" for body text) and its text."""

    mark: str
    text: str


@dataclass(frozen=True)
class Figure:
    """A number in a summary: where it stands, what it states, and what it should be if it is wrong on purpose.

    `nature` is value, approx, zero, diff, percent or points for a claim; date, target or other where it claims
    nothing about the town's work.
    """

    surface: str
    indicator: str
    period: str
    nature: str
    true: str
    reason: str
    start: int
    context: str


def read_lines(path: Path) -> list[Line]:
    """The paragraphs of a summary; title lines are joined into one, its break kept as a newline."""
    lines: list[Line] = []
    for raw in path.read_text(encoding="utf-8").splitlines():
        found = _MARK.match(raw)
        line = Line(found.group(1), raw[found.end() :]) if found else Line("", raw)
        if line.mark == "#" and lines and lines[-1].mark == "#":
            line = Line("#", f"{lines.pop().text}\n{line.text}")
        lines.append(line)
    return lines


def plain_text(lines: list[Line]) -> str:
    """The text as it is read out of the Word file: one paragraph a line."""
    return "\n".join(line.text.replace("\n", "") for line in lines)


def read_figures(path: Path, text: str) -> list[Figure]:
    """The figures listed for a text, each found in it in order.

    Raises `ValueError` where one is not in the text, or a digit of the text is in none of them.
    """
    figures, at = [], 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            start = text.find(row["数字"], at)
            if start < 0:
                raise ValueError(f"{path.name}: {row['数字']} is not in the text where it should be")
            figures.append(_figure(row, text, start))
            _refuse_digits(path.name, text[at:start])
            at = start + len(row["数字"])
    _refuse_digits(path.name, text[at:])
    return figures


def _figure(row: dict[str, str], text: str, start: int) -> Figure:
    end = start + len(row["数字"])
    first = max(text.rfind(mark, 0, start) for mark in "\n。，；、：") + 1
    last = min((found for mark in "\n。，；、" if (found := text.find(mark, end)) >= 0), default=len(text))
    return Figure(
        row["数字"], row["指标"], row["期间"], row["性质"], row["应为"], row["错误类型"], start, text[first:last]
    )


def _refuse_digits(name: str, gap: str) -> None:
    found = re.search(r"[0-9０-９][^\n]{0,12}", re.sub(r"^\d+[.、]", "", gap, flags=re.M))
    if found:
        raise ValueError(f"{name}: {found.group(0)} is not in the list of figures")
