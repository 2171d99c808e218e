"""Where in a document the figures of a checked text stand, also when the two are not the same to the letter."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_CONTEXT = 4  # characters around a figure that must agree where only part of a line does
_LEAST_ALIKE = 50  # percent: less is another line
_MOST_PAIRS = 2500  # compared in one changed stretch: beyond it the two are different documents
_LONGEST_LINE = 2000  # characters: longer lines are matched whole or not at all
_BLANK = " \t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A run of characters that the text (from `start`) and one paragraph (from `inside`) have in common."""

    start: int
    end: int
    paragraph: int
    inside: int
    whole: bool  # the whole line agrees, not only a part of it


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one paragraph's text."""

    paragraph: int
    start: int
    end: int


class Places:
    """The paragraphs of a document laid against the text that was checked."""

    def __init__(self, paragraphs: Sequence[str], text: str) -> None:
        self._stretches = _same(paragraphs) if "\n".join(paragraphs) == text else _alike(paragraphs, text)
        self._starts = [stretch.start for stretch in self._stretches]

    def find(self, start: int, end: int) -> Place | None:
        """The place of text[start:end], or None where the document does not have it."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return None
        stretch = self._stretches[index]
        if end > stretch.end or (not stretch.whole and stretch.end - stretch.start < end - start + _CONTEXT):
            return None
        inside = stretch.inside + start - stretch.start
        return Place(stretch.paragraph, inside, inside + end - start)


def _same(paragraphs: Sequence[str]) -> list[_Stretch]:
    stretches, start = [], 0
    for number, text in enumerate(paragraphs):
        stretches.append(_Stretch(start, start + len(text), number, 0, whole=True))
        start += len(text) + 1
    return stretches


def _alike(paragraphs: Sequence[str], text: str) -> list[_Stretch]:
    """Equal lines in the same order first; between them, changed lines by their characters."""
    ours = [(number, *span) for number, paragraph in enumerate(paragraphs) for span in _lines(paragraph)]
    theirs = list(_lines(text))
    left = [text[start:end] for start, end in theirs]
    right = [paragraphs[number][start:end] for number, start, end in ours]
    stretches: list[_Stretch] = []
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    for kind, a, a_end, b, b_end in matcher.get_opcodes():
        pairs = list(zip(range(a, a_end), range(b, b_end), strict=False))
        if kind == "replace":
            pairs = _pairs(left, right, range(a, a_end), range(b, b_end))
        elif kind != "equal":
            continue
        for one, other in pairs:
            (start, end), (number, inside, _) = theirs[one], ours[other]
            line = _Stretch(start, end, number, inside, whole=kind == "equal")
            stretches += [line] if line.whole else _partly(left[one], right[other], line)
    return stretches


def _pairs(left: list[str], right: list[str], ours: range, theirs: range) -> list[tuple[int, int]]:
    """Which changed line became which: the most alike first, none twice, none crossing another."""
    if len(ours) * len(theirs) > _MOST_PAIRS:
        return []
    likeness = {(one, other): _likeness(left[one], right[other]) for one in ours for other in theirs}
    chosen: list[tuple[int, int]] = []
    for pair in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        apart = all((pair[0] - one) * (pair[1] - other) > 0 for one, other in chosen)
        if likeness[pair] >= _LEAST_ALIKE and apart:
            chosen.append(pair)
    return sorted(chosen)


def _likeness(one: str, other: str) -> int:
    """How alike two lines are, in percent."""
    if max(len(one), len(other)) > _LONGEST_LINE:
        return 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return round(100 * matcher.ratio()) if matcher.quick_ratio() * 100 >= _LEAST_ALIKE else 0


def _partly(one: str, other: str, line: _Stretch) -> list[_Stretch]:
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [
        _Stretch(
            line.start + block.a, line.start + block.a + block.size, line.paragraph, line.inside + block.b, whole=False
        )
        for block in blocks
        if block.size
    ]


def _lines(text: str) -> list[tuple[int, int]]:
    """The spans of the lines that say something, without the blanks around them."""
    spans, start = [], 0
    for line in text.split("\n"):
        body = line.strip(_BLANK)
        if body:
            first = start + len(line) - len(line.lstrip(_BLANK))
            spans.append((first, first + len(body)))
        start += len(line) + 1
    return spans
