"""Statements of a result that a model may only make where the ledger bears them out.

The offline writer takes out what the ledger denies of a person's old sentences (`outcomes`); of a
model's sentences only what the ledger proves may stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from assistant.drafting.exemplar import clauses_of, sentences_of
from assistant.drafting.factbook import FactBook
from assistant.drafting.outcomes import Standing, is_over, judge_zero, zero_word
from assistant.quantities.extract import extract
from assistant.quantities.wholes import find_wholes
from assistant.records import Kind

_FULL = 100
_RATIOS = (  # what is said to be whole → the ratio that has to be 100 %
    ("pledge.rate", re.compile("责任书|责任状|承诺书|签订|签约")),
    ("house.treated_rate", re.compile("危房|自建房|房屋")),
    ("food.rate", re.compile("抽检|合格")),
    ("hazard.rate", re.compile("隐患|问题|整改|销号|清零|闭环|办结")),
)
_TREND = re.compile(
    r"(?P<what>事故|隐患|火情|火灾|溺水|违法|违章|伤亡|安全生产形势|安全状况|安全形势)[^，。；：]{0,12}?"
    r"(?P<how>下降|减少|降低|上升|增长|增多|遏制|杜绝|消除|归零|改善|好转|为零|清零|稳定)"
)
_MOVES = {"下降": -1, "减少": -1, "降低": -1, "上升": 1, "增长": 1, "增多": 1}
_MEASURED = {"事故": "accident.count", "伤亡": "accident.deaths", "隐患": "hazard.found", "火情": "fire.alarm"}
_PRIZE = re.compile(
    r"荣获|获评|被评为|获得[^，。；]{0,12}(?:称号|表彰|荣誉|奖)|受到[^，。；]{0,10}表彰|名列|位居|排名|走在[^，。；]{0,6}前列"
)
_RECOVERED = re.compile(
    r"(?:恢复|复工|复产)[^，。；]{0,4}(?:生产|营业|复产)|得到(?:了)?(?:全面|彻底|根本|显著|明显)\w{2}"
)
_ATTRIBUTED = re.compile(r"有(?:效|力)地?(?:预防|防止|防范|遏制|杜绝|避免|消除|减少|降低)了")
_OTHER_TIMES = re.compile(
    r"(?<![附邻临最靠])近(?:些|几)?年来?|这(?:些|几)年来?|多年来|历年来?|往年"
)  # the report is of one period
_AIM = re.compile(
    r"确保|力争|争取|坚决|防止|防范|避免|预防|杜绝|旨在|以便|切实|努力|推动|促进|目标|不发生|要求|督促|保持|维护|如果|一旦|减少|降低|遏制"
)
_FIGURE = re.compile(r"\{\{|[0-9]")
_NIL = re.compile(r"零\w{2}")
_MARKS = "，。；：！？\n"


@dataclass(frozen=True, slots=True)
class Result:
    """A statement of a result that nothing bears out."""

    start: int
    end: int
    surface: str


def unproven_results(text: str, book: FactBook, *, plan: bool = False) -> list[Result]:
    """The statements of a result that the ledger does not prove, in order. A plan states aims, not results."""
    if plan:
        return []
    found = [*_zeros(text, book), *_wholes(text, book), *_trends(text, book), *_accidents(text, book)]
    for pattern in (_PRIZE, _RECOVERED, _ATTRIBUTED, _OTHER_TIMES):
        found += [Result(*match.span(), match.group()) for match in pattern.finditer(text)]
    return sorted(found, key=lambda result: result.start)


def _zeros(text: str, book: FactBook) -> Iterator[Result]:
    for quantity in extract(text):
        if quantity.kind is Kind.ZERO and quantity.is_claim:
            denied = quantity.denies or clause_around(text, quantity.start)
            if judge_zero(denied, book).standing is not Standing.HOLDS:
                yield Result(quantity.start, quantity.end, clause_around(text, quantity.start))
    for match in _NIL.finditer(text):
        clause = clause_around(text, match.start())
        denied = zero_word(match.group())  # empty for 零容忍, 零距离
        if denied and not _AIM.search(clause) and judge_zero(denied, book).standing is not Standing.HOLDS:
            yield Result(*match.span(), match.group())


def _wholes(text: str, book: FactBook) -> Iterator[Result]:
    for quantity in find_wholes(text):
        clause = clause_around(text, quantity.start)
        if quantity.is_claim and not _complete(clause, book):
            yield Result(quantity.start, quantity.end, quantity.surface)


def _complete(clause: str, book: FactBook) -> bool:
    """Whether what a clause calls whole reached 100 % in the ledger."""
    rates = [book.fact(ratio) for ratio, words in _RATIOS if words.search(clause)]
    return bool(rates) and all(rate is not None and rate.value == _FULL for rate in rates)


def _trends(text: str, book: FactBook) -> Iterator[Result]:
    for match in _TREND.finditer(text):
        clause = clause_around(text, match.start())
        before = clause[: max(clause.find(match.group()), 0)]
        if _FIGURE.search(match.group()) or _FIGURE.match(text, match.end()) or _AIM.search(before):
            continue  # a figure is the check's to judge
        change = book.difference(_MEASURED.get(match["what"], ""))
        if change is None or change.value * _MOVES.get(match["how"], 0) <= 0:
            yield Result(*match.span(), match.group())


def _accidents(text: str, book: FactBook) -> Iterator[Result]:
    """What is told of an accident that this year did not have, or of where it was, which no ledger says."""
    place = 0
    for sentence in sentences_of(text):
        place = text.index(sentence, place)
        clauses = clauses_of(sentence)
        first = next((number for number, clause in enumerate(clauses) if is_over(clause, book)), len(clauses))
        told = "".join(takewhile(lambda clause: "{{" not in clause, clauses[first:])).rstrip(_MARKS)
        if told:  # with what hangs on it
            start = text.index(told, place)
            yield Result(start, start + len(told), told)
        place += len(sentence)


def clause_around(text: str, index: int) -> str:
    """The clause that a place in a text belongs to, without its marks."""
    start = max(text.rfind(mark, 0, index) for mark in _MARKS) + 1
    ends = [end for mark in _MARKS if (end := text.find(mark, index)) >= 0]
    return text[start : min(ends, default=len(text))]
