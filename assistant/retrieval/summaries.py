"""Past summaries and other documents: their passages by headings, with period, kind and topic."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from assistant.office.scraps import cut_scraps, shown
from assistant.periods import half_of, months_of, quarter_of, year_of
from assistant.records import Block, Document, Notice, Period, ReportKind, Severity
from assistant.registry.vocabulary import subjects
from assistant.retrieval.titles import document_number

_SUMMARY = re.compile(r"总结|小结|汇报|述职|工作报告|工作情况|情况报告")
_SUMMARY_PARTS = re.compile(r"存在.{0,6}(?:问题|不足)|工作(?:打算|思路|总结)|工作.{0,4}(?:开展|执行|完成)情况")
_PERIOD = re.compile(
    r"(?<!\d)(20\d{2})\s*年?度?\s*(?:(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度|(?P<first>\d{1,2})\s*[-—至到]\s*(?P<last>\d{1,2})\s*月"
    r"|(?P<month>\d{1,2})\s*月(?!\d*日))?"
)
_QUARTERS = "一二三四"
_LONGEST = 700  # characters: a section longer than this is split between paragraphs
_SHORTEST = 120  # pieces of a split section shorter than this stay with the one before
_OPENING = 400


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a document under its headings: `text` stands at `start:end` of the cleaned text."""

    path: tuple[str, ...]
    text: str
    start: int
    end: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """A document as read: its text without what a web page left in it, and its sections."""

    title: str
    text: str
    sections: tuple[Section, ...]
    is_summary: bool
    period: Period | None = None
    kind: ReportKind | None = None
    document_number: str = ""
    notices: tuple[Notice, ...] = ()


def read_summary(document: Document) -> Summary:
    """The sections of a document that is no statute; what was cut out of it is told in the notices."""
    blocks, cut = _clean(document)
    own_title = "".join(block.text for block in blocks if block.level == -1)
    stem = PurePath(document.file).stem
    text = "\n".join(block.text for block in blocks)
    opening = text[:_OPENING]
    headings = "\n".join(block.text for block in blocks if block.level > 0)
    period = _period(own_title) or _period(stem) or _period(headings) or _period(opening)
    is_summary = bool(_SUMMARY.search(own_title or stem) or (not own_title and _SUMMARY_PARTS.search(headings)))
    title = own_title or stem
    kept = tuple(notice for notice in document.notices if notice.kind != "web_leftover")
    return Summary(
        title=title,
        text=text,
        sections=tuple(_sections(blocks)),
        is_summary=is_summary,
        period=period if is_summary else None,
        kind=_kind(period) if is_summary else None,
        document_number=document_number(opening),
        notices=(*kept, *_cut_notices(document.file, cut)),
    )


def topic_of(headings: Sequence[str], text: str = "") -> str:
    """The registry's topic that headings (the innermost first) or else the text speak of most; empty for none."""
    for heading in reversed(headings):
        named = next((each.topic for each in subjects() if each.words.search(heading)), "")
        if named:
            return named
    counts: Counter[str] = Counter()
    for subject in subjects():
        counts[subject.topic] += len(subject.words.findall(text))
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else ""


def _clean(document: Document) -> tuple[list[Block], list[str]]:
    """The blocks that say something, where they stand once they are joined by newlines, and what was cut."""
    kept: list[Block] = []
    cut: list[str] = []
    start = 0
    for block in document.blocks:
        text, pieces = cut_scraps(block.text)
        cut += pieces
        if text:
            kept.append(Block(text, start, block.level, block.source))
            start += len(text) + 1
    return kept, cut


def _cut_notices(file: str, cut: list[str]) -> Iterator[Notice]:
    if cut:
        pieces = "、".join(f"“{shown(piece)}”" for piece in list(dict.fromkeys(cut))[:5])
        yield Notice(Severity.INFO, "scraps_cut", f"“{file}”中的网页残留 {len(cut)} 处已略去：{pieces}。")


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    path: dict[int, str] = {}
    body: list[Block] = []
    for block in blocks:
        if block.level == 0:
            body.append(block)
            continue
        yield from _pieces(tuple(path.values()), body)
        body = []
        if block.level > 0:
            path = {level: heading for level, heading in path.items() if level < block.level}
            path[block.level] = block.text
    yield from _pieces(tuple(path.values()), body)


def _pieces(path: tuple[str, ...], body: list[Block]) -> Iterator[Section]:
    """The paragraphs under one heading as one section, or as several where they are long."""
    group: list[Block] = []
    rest, size = sum(len(block.text) for block in body), 0
    for block in body:
        if group and size + len(block.text) > _LONGEST and size >= _SHORTEST and rest >= _SHORTEST:
            yield _section(path, group)
            group, size = [], 0
        group.append(block)
        size, rest = size + len(block.text), rest - len(block.text)
    if group:
        yield _section(path, group)


def _section(path: tuple[str, ...], group: list[Block]) -> Section:
    text = "\n".join(block.text for block in group)
    start = group[0].start
    return Section(path, text, start, start + len(text), topic_of(path, text))


def _period(text: str) -> Period | None:
    """The first period a title names: 2023年上半年, 2023年度, 2023年1-9月; None for none."""
    found = _PERIOD.search(text)
    if not found:
        return None
    year = int(found[1])
    if found["half"]:
        return half_of(year, "上下".index(found["half"]) + 1)
    if found["quarter"]:
        mark = found["quarter"]
        return quarter_of(year, int(mark) if mark.isdigit() else _QUARTERS.index(mark) + 1)
    months = [int(each) for each in (found["first"] or found["month"], found["last"] or found["month"]) if each]
    if len(months) == 2 and 1 <= months[0] <= months[1] <= 12:
        return months_of(year, *months)
    return year_of(year)


def _kind(period: Period | None) -> ReportKind | None:
    if period is None:
        return None
    if period == half_of(period.start.year, 1):
        return ReportKind.HALF_YEAR
    return ReportKind.ANNUAL if period == year_of(period.start.year) else None
