"""The problems part: last year's figure-free wording, and what this year's facts show."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.drafting.clauses import split_sentences, without_repeats
from assistant.drafting.enumerations import Enumeration, read_enumeration, written_enumeration
from assistant.drafting.figures import Figure, read_figures
from assistant.drafting.rewriting import rewrite
from assistant.drafting.sections import PastSection
from assistant.drafting.sheet import Sheet
from assistant.drafting.shortfalls import Shortfall, find_shortfalls, without_shortfalls
from assistant.drafting.slots import is_stand_in
from assistant.records import ReportKind

_MOST_ITEMS = 7


def write_problems(past: PastSection | None, sheet: Sheet) -> list[str]:
    """The paragraphs of the problems part; none where neither the facts nor last year's text have any.

    A shortfall joins the item of last year that is about the same matter; the others become items of
    their own. Nothing is said to be a problem that neither a fact nor last year's text says.
    """
    shortfalls = find_shortfalls(sheet.book, sheet.slots, sheet.context.rankings)
    old = read_enumeration(past.paragraphs) if past else Enumeration("", ())
    head = rewritten(old.head, past, sheet)
    kept = [item for item in map(without_shortfalls, old.items) if item]
    items = [item for item in (rewritten(item, past, sheet).rstrip("。；") for item in kept) if item]
    items = without_repeats(items, set())
    for shortfall in shortfalls:
        _enter(items, shortfall)
    if not items:
        return [head] if head else []
    lead = _head(head, bool(old.items), sheet)
    return written_enumeration(replace(old, head=lead, items=tuple(items[:_MOST_ITEMS])))


def rewritten(text: str, past: PastSection | None, sheet: Sheet) -> str:
    """A piece of the past section on this year's facts and words."""
    heading = past.heading if past else ""
    figures = read_figures(text, heading, sheet.book, sheet.context.past_period) if text else []
    lines: list[str] = []
    for line in text.split("\n"):
        offset = text.index(line)
        spans = split_sentences(line)
        moved = [
            rewrite(
                span,
                [_moved(f, -offset) for f in figures if offset + span.start <= f.claim.start < offset + span.end],
                sheet,
            )
            for span in spans
        ]
        lines.append("".join(moved))
    return "\n".join(line for line in lines if line)


def _moved(figure: Figure, offset: int) -> Figure:
    claim = replace(figure.claim, start=figure.claim.start + offset, end=figure.claim.end + offset)
    return replace(figure, claim=claim)


def _enter(items: list[str], shortfall: Shortfall) -> None:
    """Put a shortfall behind the item on the same matter, or at the end."""
    for index, item in enumerate(items):
        if re.search(shortfall.matter, item) and not is_stand_in(item[-1]):
            items[index] = f"{item}，{shortfall.added}"
            return
    items.append(shortfall.said)


def _head(head: str, enumerated: bool, sheet: Sheet) -> str:
    """What leads to the items: last year's words, or a plain sentence."""
    if enumerated:
        return head
    span = "全年" if sheet.context.kind is ReportKind.ANNUAL else "上半年"
    lead = f"从{span}的工作情况看，还存在以下问题："
    return f"{head}\n{lead}" if head else lead
