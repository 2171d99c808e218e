"""Clauses without figures held against the facts, and taken out where this year denies them."""

from __future__ import annotations

import re

from assistant.drafting.clauses import Clause, end_of, join_clauses, split_clauses
from assistant.drafting.outcomes import (
    Standing,
    claims_all,
    completeness_of,
    denied_trend,
    is_over,
    judge_zero,
    tells_of_accident,
    without_completeness,
    zero_word,
)
from assistant.drafting.phrases import clause_for
from assistant.drafting.sections import Role
from assistant.drafting.sheet import Sheet, shortened
from assistant.drafting.slots import is_stand_in
from assistant.records import Severity

_TABLE = re.compile(r"(?:详?见|如)(?:下|附|上)(?:表|图|件)|(?:下|附)表所示")  # tables are not carried over
_FULL = 100


def judge_clauses(text: str, sheet: Sheet) -> str:
    """Clauses without figures held against the facts: 零溺亡, 应签尽签, 其余隐患正在整改."""
    if sheet.role in (Role.PLAN, Role.CLOSING):
        return text
    kept: list[Clause | None] = []
    gone = False
    for clause in split_clauses(text):
        gone = (gone and not any(map(is_stand_in, clause.text))) or _is_past(clause.text, sheet)
        kept.append(None if gone else _judged(clause, text, sheet))
    return join_clauses(kept, end_of(text))


def _is_past(clause: str, sheet: Sheet) -> bool:
    """Whether a clause is over with last year, with a note where it tells of an accident."""
    over, tells = is_over(clause, sheet.book), tells_of_accident(clause)
    if over and tells:
        sheet.note("event_left_out", f"去年事故的具体情况不能照搬，已略去：“{shortened(clause)}”。")
    elif tells:
        sheet.note("accident_narrative", f"事故处置的叙述沿用自去年，请核对：“{shortened(clause)}”。", Severity.WARNING)
    return over


def _judged(clause: Clause, text: str, sheet: Sheet) -> Clause | None:
    if not clause.text or _TABLE.search(clause.text):
        return None
    word = zero_word(clause.text)
    if word and judge_zero(word, sheet.book).standing is not Standing.HOLDS:
        return Clause(sheet.unverified(f"有无{word}情况", "台账没有记录"), clause.mark)
    if denied_trend(clause.text, sheet.book):
        sheet.note("contradicted", f"台账不能证明“{shortened(clause.text)}”，已略去。", Severity.WARNING)
        return None
    if _says_all_wrongly(clause.text, text, sheet):
        kept = _with_the_part(clause, sheet) if any(map(is_stand_in, clause.text)) else None
        sheet.note("contradicted", f"原文“{shortened(clause.text)}”与今年台账不符，已略去。", Severity.WARNING)
        return kept
    return clause


def _with_the_part(clause: Clause, sheet: Sheet) -> Clause | None:
    """排查的83处隐患，完成整改81处 for 排查的83处隐患已全部整改到位."""
    ratio = sheet.book.registry.find(completeness_of(clause.text))
    part = sheet.book.fact(sheet.book.registry.inputs(ratio)[0]) if ratio else None
    words = without_completeness(clause.text)
    if part is not None and part.indicator not in sheet.slots.said:
        words += "，" + clause_for(part, sheet.context, sheet.slots)
    return Clause(words, clause.mark) if words else None


def _says_all_wrongly(clause: str, sentence: str, sheet: Sheet) -> bool:
    """Whether a clause says that all is done (应签尽签, 全覆盖) where a ratio short of the whole, or none, speaks of it."""
    if claims_all(clause) and any(fact.unit == "%" and fact.value < _FULL for fact in sheet.slots.facts_in(sentence)):
        return True
    indicator = completeness_of(clause)
    if not indicator or (any(map(is_stand_in, clause)) and _about_rate(clause, sheet)):
        return False
    rate = sheet.book.fact(indicator)
    return rate is None or rate.value < _FULL


def _about_rate(clause: str, sheet: Sheet) -> bool:
    """Whether the clause gives a ratio itself: 签订率达98.4% has been put right already."""
    return any(fact.unit == "%" for fact in sheet.slots.facts_in(clause))
