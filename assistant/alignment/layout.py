"""How a text is laid out: paragraphs, headings, sentences, and the field of work each sentence is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.alignment.lexicon import fields_of

# 一、 第一部分 ## | （一） | 1. | （1）
_LEVELS = (
    re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+(?:部分|章)|##? )"),
    re.compile(r"\s*(?:[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+节|### )"),
    re.compile(r"\s*(?:\d{1,2}[.．、](?![\d０-９])|[０-９]{1,2}[．、]|#### )"),
    re.compile(r"\s*(?:[（(]\d{1,2}[)）]|[①-⑳])"),
)
_HEADING_LENGTH = 40
_STOP = re.compile("[。：:]")
_RUN_IN = re.compile(r"[^。：:；\n]{2,32}[。：:]")
_TOPIC = re.compile(r"[^。；，、\n]{2,14}?(?:方面|领域|工作中|工作上|行业)[，：:,]")
_OVERALL = re.compile(r"[\s0]*(?:全年|上半年|今年)?(?:累计|总计|全镇|全乡|全街道|各领域|各行业)|总体(?:上|看)|综上")
_SENTENCE_END = re.compile(r"[。！？；;!?\n]")
_LONGEST = 1_000  # characters: what goes on longer without a stop is no sentence, and is cut at its marks
_CLAUSE_MARKS = "，,、：:）) \t"
_PLAN = re.compile(
    r"下一步|下步|打算|计划|思路|工作安排|努力方向|明年|展望|下一阶段|下半年.{0,8}(?:工作|重点)|奋斗目标|工作目标"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text with the headings it stands under (its own included), outermost first."""

    start: int
    end: int
    level: int  # 1–4 for a numbered heading, 0 for body text
    heading: str  # its own heading's words, or ""
    path: tuple[str, ...]
    number: str = ""  # the numbering as written: 一、 （二） 3.

    @property
    def is_plan(self) -> bool:
        """Whether the line stands in the part on what is to be done next."""
        return any(_PLAN.search(heading) for heading in self.path)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stretch between 。！？； and line ends (of at most 1,000 characters), with the fields of work it is about."""

    start: int
    end: int
    line: Line
    fields: frozenset[str]
    full_start: int  # where the sentence begins that ； only divides


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines and sentences of a text, in order."""

    text: str
    lines: tuple[Line, ...]
    sentences: tuple[Sentence, ...]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence in which `offset` stands."""
        return self.sentences[max(0, bisect_right(self.sentences, offset, key=lambda each: each.start) - 1)]


def lay_out(text: str, holes: list[tuple[int, int]]) -> Layout:
    """The layout of `text`; full stops inside the `holes` (spans of quantities) end no sentence."""
    lines = tuple(_lines(text))
    masked = _mask(text, holes)
    return Layout(text, lines, tuple(sentence for line in lines for sentence in _sentences(masked, line)))


def _mask(text: str, holes: list[tuple[int, int]]) -> str:
    pieces, pos = [], 0
    for start, end in holes:
        if start >= pos:
            pieces += [text[pos:start], "0" * (end - start)]
            pos = end
    return "".join([*pieces, text[pos:]])


def _lines(text: str) -> Iterator[Line]:
    path: list[tuple[int, str]] = []
    start = 0
    for raw in text.split("\n"):
        level, number = _level(raw)
        heading = ""
        if level:
            heading = _heading(raw, len(number))
            path = [entry for entry in path if entry[0] < level]
            path.append((level, heading))
        yield Line(start, start + len(raw), level, heading, tuple(each for _, each in path), number.strip())
        start += len(raw) + 1


def _level(raw: str) -> tuple[int, str]:
    for level, pattern in enumerate(_LEVELS, 1):
        found = pattern.match(raw)
        if found:
            return level, found.group()
    return 0, ""


def _heading(raw: str, start: int) -> str:
    """The heading's words: the whole line if short, else what stands before its first 。 or ：."""
    body = raw[start:].strip()
    if len(body) <= _HEADING_LENGTH and not _STOP.search(body[:-1]):
        return body
    found = _RUN_IN.match(body)
    return found.group() if found else ""


def _sentences(masked: str, line: Line) -> Iterator[Sentence]:
    section = next((fields for each in reversed(line.path) if (fields := fields_of(each))), frozenset[str]())
    topic = section
    start = full_start = line.start
    for end in _bounds(masked, line):
        if end > start:
            if _OVERALL.match(masked, start, end):
                topic = section
            named = [fields_of(found.group()) for found in _TOPIC.finditer(masked, start, end)]
            topic = next((fields for fields in reversed(named) if fields), topic)
            yield Sentence(start, end, line, topic, full_start)
            start = end
            goes_on = masked[end - 1] in "；;" and end - full_start < _LONGEST
            full_start = full_start if goes_on else end
    if line.start == line.end:
        yield Sentence(line.start, line.end, line, section, line.start)


def _bounds(masked: str, line: Line) -> Iterator[int]:
    """Where the sentences of a line end."""
    start = line.start
    for end in [*(found.end() for found in _SENTENCE_END.finditer(masked, line.start, line.end)), line.end]:
        while end - start > _LONGEST:
            start = _cut(masked, start)
            yield start
        yield end
        start = end


def _cut(masked: str, start: int) -> int:
    """The last mark of a stretch that is too long, or its end; never inside a figure, which the mask shows as 0."""
    stop = start + _LONGEST
    marked = max(masked.rfind(mark, start, stop) for mark in _CLAUSE_MARKS) + 1
    if marked > start:
        return marked
    while stop < len(masked) and masked[stop] == "0" and masked[stop - 1] == "0" and stop - start < 2 * _LONGEST:
        stop += 1
    return stop
