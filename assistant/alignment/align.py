"""Claims and facts: which fact each figure of a text states, and what spoke for and against it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.alignment.readings import Aligned, read
from assistant.alignment.roles import Role
from assistant.alignment.scoring import Score
from assistant.alignment.units import UnitFit
from assistant.records import Fact, Kind, Match, Period, Quantity
from assistant.registry.registry import Registry, shipped_registry

_RIVAL = 10
_UNIT_WORDS = {
    UnitFit.SAME: "单位相同",
    UnitFit.EQUAL: "单位通用",
    UnitFit.LOOSE: "单位相近",
    UnitFit.TIMES: "单位有别",
}


def align(
    text: str,
    quantities: Sequence[Quantity],
    facts: Sequence[Fact],
    period: Period,
    registry: Registry | None = None,
    *,
    by_value: bool = True,
) -> list[Match]:
    """One match per claim among `quantities`, in the order of the text.

    `period` is that of the report. With ``by_value=False`` the value is not looked at, only the words, the
    unit, the topic and the period. A claim that nothing suits has no fact.
    """
    alignment = read(text, quantities, facts, period, registry or shipped_registry(), by_value=by_value)
    return [match_of(each) for each in alignment.aligned]


def match_of(each: Aligned) -> Match:
    """The match of a claim as read."""
    score = each.chosen
    if score is None:
        return Match(each.claim, None, rivals=_rivals(each, None))
    fact = _fact(each, score)
    return Match(each.claim, fact, score.points, _spoke_for(score), _spoke_against(each, score), _rivals(each, score))


def _fact(each: Aligned, score: Score) -> Fact | None:
    subject = score.subject
    if each.reading.role is Role.CHANGE:
        measure = "yoy_points" if each.claim.unit == "百分点" else "yoy_diff"
        measure = "yoy_percent" if each.claim.kind is Kind.PERCENT and each.claim.unit == "%" else measure
        return subject.at(each.period, measure)
    if each.reading.role in (Role.MULTIPLE, Role.SHARE, Role.PER, Role.REST):
        return None
    return subject.at(each.period)


def _spoke_for(score: Score) -> tuple[str, ...]:
    reasons = [f"文字与“{score.form.name}”相合{score.words}分"]
    if score.unit >= UnitFit.EQUAL:
        reasons.append(_UNIT_WORDS[score.unit])
    if score.topic > 0:
        reasons.append(f"领域相同（{score.subject.topic}）")
    if score.value:
        reasons.append(f"数值相合{score.value}分")
    return tuple(reasons)


def _spoke_against(each: Aligned, score: Score) -> tuple[str, ...]:
    reasons = []
    if score.unit in (UnitFit.LOOSE, UnitFit.TIMES):
        reasons.append(f"{_UNIT_WORDS[score.unit]}：文中“{each.claim.unit}”，台账“{score.subject.unit}”")
    if score.contrast:
        reasons.append("所述动作不同")
    if score.narrower:
        reasons.append("台账口径较窄")
    if score.wider:
        reasons.append("台账口径较宽")
    if score.surplus and not (score.narrower or score.wider):
        reasons.append(f"另有未对上的文字，减{score.surplus}分")
    return tuple(reasons)


def _rivals(each: Aligned, chosen: Score | None) -> tuple[Fact, ...]:
    floor = chosen.points - _RIVAL if chosen else 0
    facts = [score.subject.at(each.period) for score in each.scores if score is not chosen and score.points >= floor]
    return tuple(fact for fact in facts if fact is not None)
