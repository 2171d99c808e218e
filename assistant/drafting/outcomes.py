"""Statements without a figure that the ledger can deny: 未发生事故, 零死亡, 全部整改, 应签尽签."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.drafting.factbook import FactBook
from assistant.records import Fact

_ZERO_WORD = re.compile(r"零(?P<what>事故|死亡|伤亡|溺亡|溺水|亡人|火灾|火情|中毒|发生)")
_GRADES = ((re.compile(r"较大"), 3), (re.compile(r"重大|重特大|特大|群死群伤"), 10))
_FIELD = re.compile(r"交通|溺水|溺亡|火灾|火情|食物中毒|食品|校园|学生|燃气|坍塌|踩踏|爆炸|森林|地质灾害|群体性")
_COMPLETE = (
    (re.compile(r"应签尽签|全部签订|签订率(?:达到?|为)?(?:百分之百|100)"), "pledge.rate"),
    (re.compile(r"全部整治(?:到位|完毕|完成)?|危房(?:已|均已)?全部"), "house.treated_rate"),
    (
        re.compile(
            r"(?:已|均已|均|全部)(?:按[期时])?(?:完成)?(?:整改(?:到位|完毕|完成|闭环|销号)?|销号)|全部整改|全部完成整改|应改尽改|(?:隐患|问题)[^，。；]{0,4}清零"
        ),
        "hazard.rate",
    ),
    (re.compile(r"全部合格|均合格"), "food.rate"),
)
_PARTLY = re.compile(r"不能(?:立即|当场|及时)|暂时不能|其余|正在|尚未|限期|督促|责令|责成|要求|确保|力争|落实")
_MEASURED = (
    ("事故起数", "accident.count"),
    ("死亡人数", "accident.deaths"),
    ("受伤人数", "accident.injured"),
    ("经济损失", "accident.loss"),
    ("隐患数", "hazard.found"),
    ("整改率", "hazard.rate"),
    ("签订率", "pledge.rate"),
    ("交通违法", "road.violations"),
)
_TREND = re.compile(r"(?P<way>(?:双双|双|均|持续|明显|大幅|进一步|稳步)(?:同比)?(?:下降|减少|上升|提高|增长))")
_FALLING = re.compile("下降|减少")
_ALL = re.compile(r"全覆盖|无一遗漏|一个不漏|百分之百|应[签查改检]尽[签查改检]|清零|见底")
_AFTERMATH = re.compile(
    r"事故发生(?:后|在|地|时)|涉事|(?:该|此)(?:起|次)事故|事故(?:原因|调查组|单位|企业)|事发(?:后|地|时)|肇事"
)
_REMAINDER = re.compile(r"(?:其余|剩余|余下|尚未|未(?:完成)?(?:整改|整治))")


class Standing(StrEnum):
    """What the ledger says of a statement."""

    HOLDS = "holds"
    DENIED = "denied"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement's standing, with the facts it stands or falls on."""

    standing: Standing
    facts: tuple[Fact, ...] = ()


def judge_zero(denied: str, book: FactBook) -> Judged:
    """Whether the ledger bears out that something did not happen; `denied` is the thing: 人员死亡事故."""
    if re.search(r"火情|火警", denied):
        return _none_of(book.fact("fire.alarm"))
    if _FIELD.search(denied):
        return Judged(Standing.UNKNOWN)  # the ledger's accidents are not told apart by field
    return _judge_accident(denied, book)


def _judge_accident(denied: str, book: FactBook) -> Judged:
    count, deaths, injured = (book.fact(f"accident.{name}") for name in ("count", "deaths", "injured"))
    limits = [limit for pattern, limit in _GRADES if pattern.search(denied)]
    if limits:
        if deaths is None:
            return Judged(Standing.UNKNOWN)
        return Judged(Standing.HOLDS if deaths.value < min(limits) else Standing.DENIED, (deaths,))
    if "伤亡" in denied:
        return _none_of(deaths, injured)
    if re.search(r"死亡|亡人", denied):
        return _none_of(deaths)
    return _none_of(count) if "事故" in denied else Judged(Standing.UNKNOWN)


def zero_word(clause: str) -> str:
    """What a 零… word of the clause says did not happen (溺亡 for 零溺亡); empty where there is none."""
    found = _ZERO_WORD.search(clause)
    return found["what"] if found else ""


def claims_all(clause: str) -> bool:
    """Whether a clause says that nothing was left out, without saying of what."""
    return _ALL.search(clause) is not None and not _PARTLY.search(clause)


def completeness_of(clause: str) -> str:
    """The ratio that would have to be whole for a clause such as 做到应签尽签 or 隐患全部整改到位; empty for others."""
    if _PARTLY.search(clause):
        return ""
    return next((indicator for pattern, indicator in _COMPLETE if pattern.search(clause)), "")


def without_completeness(clause: str) -> str:
    """The clause without the words that say that all is done: 排查的83处隐患 for 排查的83处隐患已全部整改到位."""
    for pattern, _ in _COMPLETE:
        clause = pattern.sub("", clause)
    return re.sub(r"(?:现|现已|目前|均|都|并)?已?$", "", clause)


def denied_trend(clause: str, book: FactBook) -> bool:
    """Whether a clause without a figure says that something fell or rose (事故起数双双下降) and the facts do not bear it out."""
    found = _TREND.search(clause)
    if not found:
        return False
    way = -1 if _FALLING.search(found["way"]) else 1
    named = [indicator for word, indicator in _MEASURED if word in clause[: found.start("way")]]
    changes = [book.difference(indicator) for indicator in named]
    return any(change is None or change.value * way <= 0 for change in changes)


def tells_of_accident(clause: str) -> bool:
    """Whether a clause tells what came of an accident: that has to be this year's, if there was one."""
    return _AFTERMATH.search(clause) is not None


def is_over(clause: str, book: FactBook) -> bool:
    """Whether a clause, and what hangs on it, is over with last year: nothing is left over, no accident to tell of.

    Where an accident was is last year's in any case: the ledger does not say it.
    """
    if has_no_remainder(clause, book):
        return True
    count = book.fact("accident.count")
    return tells_of_accident(clause) and ("事故发生在" in clause or (count is not None and count.value == 0))


def has_no_remainder(clause: str, book: FactBook) -> bool:
    """Whether a clause speaks of what is left (其余隐患…) when the ledger has nothing left."""
    found = _REMAINDER.match(clause)
    if not found:
        return False
    whole, part = (
        ("house.dangerous", "house.treated") if re.search("危房|房屋", clause) else ("hazard.found", "hazard.rectified")
    )
    rest = book.rest(whole, part)
    return rest is not None and rest.value == 0


def _none_of(*facts: Fact | None) -> Judged:
    known = tuple(fact for fact in facts if fact is not None)
    if any(fact.value > 0 for fact in known):
        return Judged(Standing.DENIED, known)
    return Judged(Standing.HOLDS, known) if known and len(known) == len(facts) else Judged(Standing.UNKNOWN)
