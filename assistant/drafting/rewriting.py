"""One sentence of last year's report, written again on this year's facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.clauses import Span
from assistant.drafting.figures import Figure, is_dated_event
from assistant.drafting.judging import judge_clauses
from assistant.drafting.places import settle_places
from assistant.drafting.replacing import edit_figure
from assistant.drafting.sections import Role
from assistant.drafting.sheet import Sheet, apply_edits, shortened
from assistant.drafting.slots import is_stand_in
from assistant.drafting.timewords import move_on

_AHEAD = re.compile(r"(?:下一步|下一阶段|下步|今后|明年|来年|接下来)，?|20\d\d年，?(?:[^，。]{0,6})?(?:计划|将|要)")


def rewrite(span: Span, figures: Sequence[Figure], sheet: Sheet) -> str:
    """The sentence with this year's figures, years and names; empty where nothing of it can stay.

    `figures` are those of the sentence, their offsets in the text the span was cut from. Values come
    back as stand-ins of the sheet's slots.
    """
    if is_dated_event(span, [figure.claim for figure in figures]):
        sheet.note("event_left_out", f"去年的具体事项不能照搬，已略去：“{shortened(span.text)}”。如今年也有，请补写。")
        return ""
    if _AHEAD.match(span.text):
        sheet = replace(sheet, role=Role.PLAN)
    edits = [edit for figure in figures for edit in [edit_figure(span, figure, sheet)] if edit]
    text = apply_edits(span.text, edits)
    placed = settle_places(text, sheet.context)
    for piece in placed.cut:
        sheet.note("place_left_out", f"涉及具体地名、单位名的内容不能照搬，已略去：“{shortened(piece)}”。")
    text = judge_clauses(placed.text, sheet) if placed.text else ""
    return _tidy(_singular(move_on(text, sheet.context, sheet.role), sheet))


def _singular(text: str, sheet: Sheet) -> str:
    """处置火情3起，均… loses its 均 where this year it was one."""
    for char in text:
        facts = sheet.slots.facts_in(char) if is_stand_in(char) else ()
        if facts and facts[0].value == 1:
            text = text.replace(f"{char}，均", f"{char}，")
    return text


def _tidy(text: str) -> str:
    """Marks mended after cutting: ，， and ，。 and empty brackets."""
    text = re.sub(r"[（(]\s*[）)]", "", text)
    text = re.sub(r"[，、；：]+(?=[。；！])", "", text)
    text = re.sub(r"([，；、])[，；、]+", r"\1", text)
    text = re.sub(r"^[，；、。：]+|[，、]+$", "", text)
    return text if re.search(r"\w", text) or any(map(is_stand_in, text)) else ""
