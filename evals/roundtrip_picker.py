"""Picks the lines of a report that are edited, differently for each seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from assistant.export.lines import DraftLine, Part

T = TypeVar("T")
START = 14  # characters that name a paragraph
_NEW = (
    "由镇安委办牵头，每季度组织一次回头看，对整改不力的挂牌督办。",
    "各村要落实专人值守，遇有险情第一时间报告、第一时间处置。",
    "有关部门按照职责分工，做好技术指导和物资保障。",
)


class Picker:
    """Picks lines of a draft that can be named by how they begin, differently for each seed."""

    def __init__(self, lines: Sequence[DraftLine], seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - which paragraph is edited is no secret
        self.lines = list(lines)
        starts = [line.text[:START] for line in lines]
        self.bodies = [
            index
            for index, line in enumerate(lines)
            if line.part is Part.TEXT and len(line.text) >= 30 and starts.count(line.text[:START]) == 1
            and not line.text.startswith("|") and "【" not in line.text
        ]  # fmt: skip
        self.headings = [index for index, line in enumerate(lines) if line.part is Part.HEADING]

    def text(self, index: int) -> str:
        """A line's words."""
        return self.lines[index].text

    def start(self, index: int) -> str:
        """How a line begins: enough to find it."""
        return self.text(index)[:START]

    def choice(self, among: Sequence[T]) -> T:
        """One of these."""
        return self._random.choice(among)

    def sample(self, among: Sequence[T], count: int) -> list[T]:
        """Some of these."""
        return self._random.sample(among, count)

    def body(self, fits: Callable[[int], bool] = lambda _index: True) -> int:
        """A paragraph that fits."""
        return self._random.choice([index for index in self.bodies if fits(index)])

    def one(self, part: Part) -> int:
        """The first line of a part."""
        return next(index for index, line in enumerate(self.lines) if line.part is part)

    def new(self) -> str:
        """A sentence no report has."""
        return self._random.choice(_NEW)

    def next_body(self, index: int) -> bool:
        """Whether the next line is a paragraph of the same section."""
        return index + 1 in self.bodies and self.lines[index + 1].key == self.lines[index].key

    def section(self, heading: int) -> list[int]:
        """The lines of a heading's section."""
        return [i for i, line in enumerate(self.lines) if line.key == self.lines[heading].key]
