"""The verdict of a change: 同比上升12.5%, 比上年多26家次, 提高2个百分点, 是上年的2.25倍, 翻一番."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.roles import Role
from assistant.alignment.subjects import Known, Subject
from assistant.alignment.values import Fit, fit_value
from assistant.factcheck.expected import render_like
from assistant.factcheck.judgement import Basis, accept, basis_of, contradict, leave_open
from assistant.factcheck.rates import Derived, Pair, change_between, find_pairs
from assistant.periods import chinese_name, preceding, year_earlier
from assistant.records import Kind, Period, Quantity, Verdict

_POINTS = frozenset(("百分点", "个百分点"))


@dataclass(frozen=True, slots=True)
class Sides:
    """The values before and after, and the subject they are of."""

    now: Known | Derived
    before: Known | Derived
    name: str
    is_rate: bool


def judge_change(each: Aligned, alignment: Alignment) -> Verdict:
    """The verdict of a change or a multiple against the facts of both periods."""
    now_period, base_period = _periods(each)
    sides, missing = _sides(each, alignment, now_period, base_period)
    if sides is None:
        return leave_open(each.claim, "no_row", missing)
    if not sides.before.value and _is_relative(each.claim):
        return _judge_from_zero(each, sides, base_period)
    return _judge_sides(each, sides)


def _periods(each: Aligned) -> tuple[Period, Period]:
    if each.base is not None:
        return each.period, each.base
    base = preceding(each.period) if each.reading.against == "preceding" else year_earlier(each.period)
    return each.period, base


def _is_relative(claim: Quantity) -> bool:
    return claim.unit in ("%", "倍") or claim.kind in (Kind.MULTIPLE, Kind.PERCENT)


def _sides(each: Aligned, alignment: Alignment, now: Period, base: Period) -> tuple[Sides | None, str]:
    subject = each.subject
    pairs = find_pairs(each, alignment) if _speaks_of_rate(each) else []
    if subject is not None and (subject.is_rate or not pairs):
        return _subject_sides(subject, now, base)
    for pair in pairs:
        sides = _pair_sides(pair, now, base)
        if sides is not None:
            return sides, ""
    return None, "台账中没有可用来计算增减的数据，请补充依据。"


def _speaks_of_rate(each: Aligned) -> bool:
    return "率" in each.clause.own


def _subject_sides(subject: Subject, now: Period, base: Period) -> tuple[Sides | None, str]:
    new, old = subject.known_at(now), subject.known_at(base)
    for known, period in ((new, now), (old, base)):
        if known is None:
            return None, f"台账中“{subject.name}”没有{chinese_name(period)}的数据，无法核对增减。"
    if new is None or old is None:
        return None, ""
    return Sides(new, old, subject.name, subject.is_rate), ""


def _pair_sides(pair: Pair, now: Period, base: Period) -> Sides | None:
    new, old = pair.rate_at(now), pair.rate_at(base)
    return Sides(new, old, new.name, is_rate=True) if new and old else None


def _judge_from_zero(each: Aligned, sides: Sides, base: Period) -> Verdict:
    """A percentage of a base of zero is no figure; none of the two sides gives one."""
    basis = Basis(sides.now.value, sides.now.unit, sides.now.facts + sides.before.facts, sides.name)
    told = f"{chinese_name(base)}为0，不能算百分比或倍数。"
    return contradict(each, "bad_ratio", basis, told)


def _judge_sides(each: Aligned, sides: Sides) -> Verdict:
    claim, role = each.claim, each.reading.role
    right = _expected(claim, role, sides)
    if right is None:
        return leave_open(claim, "no_row", "台账数据不足以计算增减。")
    basis = basis_of(right, sides.name)
    size = Basis(abs(right.value), basis.unit, basis.facts, basis.name, basis.formula)
    if claim.unit in _POINTS and not sides.is_rate:
        percent = render_like(claim, size.value, size.unit).replace(claim.unit, "%")
        return contradict(each, "wrong_unit", size, "百分点只用于两个百分比之差，此处应为百分比。", percent)
    fit = fit_value(claim, abs(right.value), right.unit, derived=right.unit == "倍")
    wrong_way = each.reading.direction and right.value and (right.value > 0) != (each.reading.direction > 0)
    if fit is Fit.NO:
        return contradict(each, *_diagnose(each, sides, size, wrong_way=bool(wrong_way)))
    if wrong_way:
        word = "上升" if right.value > 0 else "下降"
        expected = f"{word}{render_like(claim, size.value, size.unit)}"
        return contradict(each, "wrong_direction", size, f"实际是{word}。", expected)
    return accept(each, fit, size)


def _expected(claim: Quantity, role: Role, sides: Sides) -> Derived | None:
    if role is Role.MULTIPLE:
        return change_between(sides.now, sides.before, "ratio")
    if claim.unit in _POINTS:
        return _as_points(sides) if sides.is_rate else change_between(sides.now, sides.before, "percent")
    if claim.unit == "%":
        return change_between(sides.now, sides.before, "percent")
    if claim.unit == "倍" or claim.kind is Kind.MULTIPLE:
        return change_between(sides.now, sides.before, "times")
    return change_between(sides.now, sides.before, "diff")


def _as_points(sides: Sides) -> Derived | None:
    diff = change_between(sides.now, sides.before, "diff")
    return diff and Derived(diff.value, "百分点", diff.formula, diff.facts, diff.name)


def _diagnose(each: Aligned, sides: Sides, basis: Basis, *, wrong_way: bool) -> tuple[str, Basis, str]:
    claim = each.claim
    if each.reading.role is Role.CHANGE and claim.unit == "倍":
        ratio = change_between(sides.now, sides.before, "ratio")
        if ratio and fit_value(claim, ratio.value, "倍") is not Fit.NO:
            return "wrong_direction", basis, "“是上年的几倍”与“增长几倍”不同。"
    if each.reading.role is Role.MULTIPLE:
        times = change_between(sides.now, sides.before, "times")
        if times and fit_value(claim, times.value, "倍") is not Fit.NO:
            return "wrong_direction", basis, "“增长几倍”与“是上年的几倍”不同。"
    if claim.unit == "%" and sides.is_rate:
        points = Fraction(sides.now.value) - Fraction(sides.before.value)
        if fit_value(claim, abs(points), "%") is not Fit.NO:
            return "wrong_unit", basis, "两个百分比之差应写“个百分点”。"
    if wrong_way:
        return "wrong_direction", basis, "增减方向也不对。"
    return "bad_ratio" if claim.unit in ("%", "倍") else "wrong_value", basis, ""
