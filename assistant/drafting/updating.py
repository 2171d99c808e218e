"""Figures of a finished text brought up to date, each in its place; every other character stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.clauses import Span, split_sentences
from assistant.drafting.context import Context
from assistant.drafting.factbook import book_of
from assistant.drafting.figures import Figure, read_figures
from assistant.drafting.replacing import edit_figure
from assistant.drafting.sections import Role
from assistant.drafting.sheet import Edit, Sheet, apply_edits
from assistant.drafting.slots import Slots, is_stand_in
from assistant.records import Fact, SectionText, Verdict

_NUMBER = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*")


def update_section(
    section: SectionText, outdated: Sequence[Verdict], facts: Sequence[Fact], context: Context
) -> SectionText:
    """The section with the figures of these verdicts (offsets in its text) as `facts` have them now.

    A figure goes through a slot as in drafting, with the words that depend on it (由…增至…, 同比上升…);
    it keeps the form it was written in. Where drafting would leave the clause out, only the figure is
    changed; it stays where the facts have nothing for it, for a person to decide on.
    """
    sheet = Sheet(book_of(facts, context.period, context.registry), context, Role.WORK, Slots())
    figures = {figure.claim.start: figure for figure in _figures(section, sheet)}
    edits: list[Edit] = []
    used: list[str] = []
    for verdict in outdated:
        sentence = _sentence_of(section.text, verdict.start)
        edit = _edit(sentence, figures.get(verdict.start), verdict, sheet)
        if edit is not None:
            written, names = sheet.slots.fill(edit.text)
            edits.append(Edit(edit.start + sentence.start, edit.end + sentence.start, written))
            used += names
    slots = tuple(dict.fromkeys((*section.slots, *used)))
    return replace(section, text=apply_edits(section.text, edits), slots=slots)


def _figures(section: SectionText, sheet: Sheet) -> list[Figure]:
    """The figures as drafting reads them, the text being of the report's own period."""
    return read_figures(section.text, _NUMBER.sub("", section.heading), sheet.book, sheet.context.period)


def _edit(sentence: Span, figure: Figure | None, verdict: Verdict, sheet: Sheet) -> Edit | None:
    """The change of one figure, offsets in the sentence; None where nothing can be put there."""
    start, end = verdict.start - sentence.start, verdict.end - sentence.start
    drafted = edit_figure(sentence, figure, sheet) if figure and _same_subject(figure, verdict) else None
    if drafted is not None and not any(map(is_stand_in, drafted.text)):
        drafted = None  # drafting would leave the clause out
    if drafted is not None and (drafted.start, drafted.end) != (start, end):
        return drafted
    if verdict.fact is None or not verdict.expected or verdict.expected.startswith(("上升", "下降")):
        return drafted
    return Edit(start, end, sheet.slots.put(verdict.fact, verdict.expected))


def _same_subject(figure: Figure, verdict: Verdict) -> bool:
    """Whether drafting and the check mean the same thing by this figure."""
    return figure.fact is not None and verdict.fact is not None and figure.fact.indicator == verdict.fact.indicator


def _sentence_of(text: str, at: int) -> Span:
    return next(span for span in split_sentences(text) if span.start <= at < span.end)
