"""The verdict of a claim that states a value: against its fact, and if it does not fit, why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from assistant.alignment.lexicon import WEIGHTS
from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.roles import Role
from assistant.alignment.scoring import ACCEPT, Score, Switches, score_subject
from assistant.alignment.subjects import Known, Subject
from assistant.alignment.units import UnitFit, base_unit, fit_units
from assistant.alignment.values import Fit, Number, fit_value
from assistant.factcheck.expected import render_like
from assistant.factcheck.rates import Derived, siblings, sum_over
from assistant.periods import chinese_name, year_earlier
from assistant.records import Approx, Cell, Fact, Kind, Period, Quantity, Verdict, VerdictKind

_REASON_OF = {Fit.EXACT: "exact", Fit.ROUNDED: "rounded", Fit.APPROX: "approx_good", Fit.EDGE: "approx_good"}
_KIND_OF = {Fit.EXACT: VerdictKind.SUPPORTED, Fit.ROUNDED: VerdictKind.SUPPORTED}
_TELLING = 10  # a value below it that equals another subject's is chance
_OCCASION = re.compile(r"期间|当天|当日|当月|首日|节前(?!后)|节后")
# A village by name; 行政村, 各村, 驻村, 农村 are none.
_VILLAGE = re.compile(
    r"(?:^|(?<=[，。；：、在对为由\n\s]))(?!行政|自然|中心|示范|平安|城中|美丽|重点|部分|个别|所有|一些|辖区|镇域)"
    r"[\u4e00-\u9fff]{2,3}(?<![各全每驻包进下到入农乡镇联本该])(?:村|社区)(?![级民委规庄居里口干两组务])"
)
_PLANNED = re.compile(
    r"(?<!按)(?<!年度)(?:计划|规划)(?!的|内|外|完成|性|生育)|拟(?=建|新建|投|安排|开展|组织)|预计|筹建|谋划|正在|在建|未完工|即将"
)
_PLANNED_BEHIND = re.compile(r"[^，。；]{0,8}(?:前|底)(?:完成|建成|投用)|正在|在建|尚未")
_LOOSE = re.compile("[余多](?!于)")
_SLIPS = (Fraction(10000), Fraction(1, 10000), Fraction(100000000), Fraction(1, 100000000))


@dataclass(frozen=True, slots=True)
class Basis:
    """What a claim is held against: a value with its unit, its facts and how it came about."""

    value: Number
    unit: str
    facts: tuple[Fact, ...]
    name: str
    formula: str = ""

    @property
    def evidence(self) -> tuple[Cell, ...]:
        """The cells of all its facts."""
        return tuple(dict.fromkeys(cell for fact in self.facts for cell in fact.evidence))


def basis_of(source: Known | Derived, name: str = "") -> Basis:
    """The basis that a known or derived value gives."""
    given = name or (source.name if isinstance(source, Derived) else source.facts[0].name)
    return Basis(source.value, source.unit, source.facts, given, source.formula)


def accept(each: Aligned, fit: Fit, basis: Basis, reason: str = "") -> Verdict:
    """Supported or approx_ok."""
    kind = _KIND_OF.get(fit, VerdictKind.APPROX_OK)
    expected = render_like(each.claim, basis.value, basis.unit)
    told = f"与台账“{basis.name}”一致" if kind is VerdictKind.SUPPORTED else f"与台账“{basis.name}”相符（{expected}）"
    formula = f"，由{basis.formula}得出" if basis.formula else ""
    return _verdict(each.claim, kind, reason or _REASON_OF[fit], basis, expected, f"{told}{formula}。")


def contradict(each: Aligned, reason: str, basis: Basis, told: str = "", expected: str = "") -> Verdict:
    """Contradicted, with the value that should stand there."""
    expected = expected or render_like(each.claim, basis.value, basis.unit)
    period = chinese_name(basis.facts[0].period) if basis.facts else ""
    formula = f"（{basis.formula}）" if basis.formula else ""
    message = f"文中“{each.claim.surface}”与台账不符：{period}“{basis.name}”应为{expected}{formula}。{told}"
    return _verdict(each.claim, VerdictKind.CONTRADICTED, reason, basis, expected, message)


def leave_open(claim: Quantity, reason: str, told: str, fact: Fact | None = None) -> Verdict:
    """Unsupported: nothing in the ledger speaks for or against it."""
    return Verdict(claim, VerdictKind.UNSUPPORTED, reason, fact, message=told)


def _verdict(claim: Quantity, kind: VerdictKind, reason: str, basis: Basis, expected: str, message: str) -> Verdict:
    fact = basis.facts[0] if basis.facts else None
    return Verdict(claim, kind, reason, fact, expected, basis.evidence, message)


def judge_value(each: Aligned, alignment: Alignment) -> Verdict:
    """The verdict of a figure that states the value of its subject in its period."""
    score = each.chosen
    if score is None:
        return leave_open(each.claim, "no_row", "台账中没有找到对应的指标，请补充依据。")
    verdicts = [_judge_subject(each, score, alignment)]
    for nearness in each.clause.also[1:]:
        other = best_score(each, alignment, nearness)
        if other is not None:
            verdicts.append(_judge_subject(each, other, alignment, alone=True))
    return next((verdict for verdict in verdicts if verdict.verdict is VerdictKind.CONTRADICTED), verdicts[0])


def best_score(each: Aligned, alignment: Alignment, nearness: dict[str, int]) -> Score | None:
    """The best subject for other words than the clause's own."""
    found = (score_subject(each.clause, subject, Switches(), nearness) for subject in alignment.index.sharing(nearness))
    scores = [score for score in found if score is not None and score.points >= ACCEPT]
    return max(scores, key=lambda score: score.points, default=None)


def _judge_subject(each: Aligned, score: Score, alignment: Alignment, *, alone: bool = False) -> Verdict:
    subject, claim = score.subject, each.claim
    if is_planned(each) and not is_plan_word(subject.name):
        return leave_open(claim, "not_done", "这是计划或正在进行的，不是已完成的，不与台账的完成数核对。")
    known = subject.known_at(each.period)
    framed = subject.known_at(each.frame) if each.frame is not None else None
    if framed is not None and fit_value(claim, framed.value, framed.unit) is not Fit.NO:
        known = framed
    if known is None:
        return _judge_elsewhere(each, subject, alignment)
    basis = basis_of(known, subject.name)
    fit = fit_value(claim, known.value, known.unit)
    if fit is not Fit.NO:
        if score.unit is UnitFit.TIMES and not _same_by_context(each, score):
            return contradict(each, "wrong_unit", basis, f"台账的单位是“{subject.unit}”，不是“{claim.unit}”。")
        return accept(each, fit, basis)
    other = None if alone else _judge_other_readings(each, score, alignment)
    return other or _judge_mismatch(each, score, basis, alignment)


def is_planned(each: Aligned) -> bool:
    """Whether the figure is of what is planned or under way."""
    return bool(_PLANNED.search(each.clause.own)) or bool(_PLANNED_BEHIND.match(each.clause.after))


def is_plan_word(name: str) -> bool:
    """Whether a ledger's name itself is of what is planned or under way: 在建工程."""
    return bool(_PLANNED.search(name)) or "应" in name


def _same_by_context(each: Aligned, score: Score) -> bool:
    """Whether an unequal unit still counts the same: a state (LAST) is counted once, never each time."""
    return score.unit is not UnitFit.TIMES or not each.claim.unit


def _judge_elsewhere(each: Aligned, subject: Subject, alignment: Alignment) -> Verdict:
    """No fact for the period said: a day or month of the report's own period may still mean its total."""
    marker = each.marker
    report = alignment.report
    inside = marker is not None and marker.period is not None and marker.period in report
    if inside and marker is not None and (marker.partial or "月" in marker.word or "日" in marker.word):
        known = subject.known_at(report)
        if known is not None:
            fit = fit_value(each.claim, known.value, known.unit)
            if fit is not Fit.NO:
                return accept(each, fit, basis_of(known, subject.name))
    periods = sorted({fact.period for (measure, _), fact in subject.facts.items() if measure == "value"})
    named = "、".join(chinese_name(period) for period in periods[:4])
    fact = subject.at(periods[0]) if periods else None
    told = f"台账中“{subject.name}”没有{chinese_name(each.period)}的数据（只有{named}），无法核对。"
    return leave_open(each.claim, "other_period_only", told, fact)


def _judge_other_readings(each: Aligned, score: Score, alignment: Alignment) -> Verdict | None:
    """What else the words allow, where the value fits: another subject as well named, a sum over topics."""
    for rival in each.scores:
        if rival is score or rival.without_value < score.without_value - 3 or rival.unit < UnitFit.LOOSE:
            continue
        known = rival.subject.known_at(each.period)
        if known is not None:
            fit = fit_value(each.claim, known.value, known.unit)
            if fit is not Fit.NO:
                return accept(each, fit, basis_of(known, rival.subject.name))
    same = siblings(score.subject, alignment)
    total = sum_over(same, each.period) if same else None
    if total is None:
        return None
    fit = fit_value(each.claim, total.value, total.unit)
    if fit is not Fit.NO:
        return accept(each, fit, basis_of(total), "derived_sum")
    if each.reading.role is Role.TOTAL and not each.clause.sentence.fields and all(other.fields for other in same):
        return contradict(each, "bad_sum", basis_of(total))
    return None


def _judge_mismatch(each: Aligned, score: Score, basis: Basis, alignment: Alignment) -> Verdict:
    nameless = each.reading.role is Role.TOTAL and not any(WEIGHTS[token.kind] > 1 for token in each.clause.own_tokens)
    unsure = (
        not score.is_firm
        or nameless
        or (each.reading.part and score.surplus > 0)
        or _is_narrower(each, score, alignment)
    )
    if unsure or score.unit is UnitFit.TIMES:
        expected = render_like(each.claim, basis.value, basis.unit)
        told = f"台账最接近的是“{basis.name}”（{expected}），但口径未必相同，请核对。"
        return leave_open(each.claim, "unsure", told, basis.facts[0])
    reason, told = _diagnose(each, score.subject, basis, alignment)
    return contradict(each, reason, basis, told)


def _is_narrower(each: Aligned, score: Score, alignment: Alignment) -> bool:
    """Whether the sentence speaks of a day, an occasion or a village within what the fact covers."""
    marker = each.marker
    if marker and marker.partial and marker.period and marker.period in alignment.report:
        return True
    begin = each.clause.sentence.full_start
    before = alignment.layout.text[begin : each.claim.start]
    occasion = max((found.end() for found in _OCCASION.finditer(before)), default=0)
    if occasion and (marker is None or marker.start < begin + occasion):
        return True
    subject = score.subject
    places = [found[0] for found in _VILLAGE.finditer(before)]
    return any(place not in (subject.topic, subject.place) and place not in subject.name for place in places)


def _diagnose(each: Aligned, subject: Subject, basis: Basis, alignment: Alignment) -> tuple[str, str]:
    """Where the wrong value may come from, as a reason and a sentence."""
    claim, unit = each.claim, basis.unit
    telling = claim.approx in (Approx.EXACT, Approx.RANGE) or bool(_LOOSE.search(claim.surface))
    before = subject.known_at(year_earlier(each.period)) if telling else None
    if before and fit_value(claim, before.value, unit) is not Fit.NO:
        return "stale", f"文中的数与{chinese_name(year_earlier(each.period))}的相同，疑似沿用旧数。"
    period = _period_with_value(each, subject, unit)
    if period is not None:
        return "wrong_period", f"文中的数是{chinese_name(period)}的。"
    written = Fraction(claim.value or 0)
    target = Fraction(basis.value)
    if (written and any(written * slip == target for slip in _SLIPS)) or _slipped(claim, written, target, unit):
        return "wrong_unit", "数字相同，单位写错。"
    if claim.approx is not Approx.EXACT and target <= written * 2 and written <= target * 2:
        return "bad_approximation", "约数的写法与实际数不符。"
    if claim.kind is Kind.PERCENT and subject.is_rate:
        return "bad_ratio", ""
    other = _subject_with_value(each, subject, alignment)
    return ("wrong_subject", f"文中的数是“{other.name}”的。") if other is not None else ("wrong_value", "")


def _slipped(claim: Quantity, written: Fraction, target: Fraction, unit: str) -> bool:
    return base_unit(claim.unit)[1] != base_unit(unit)[1] and written == target


def _period_with_value(each: Aligned, subject: Subject, unit: str) -> Period | None:
    for (measure, period), fact in subject.facts.items():
        same_year = period.start.year == each.period.start.year
        if (
            measure == "value"
            and same_year
            and period != each.period
            and fit_value(each.claim, fact.value, unit)
            in (
                Fit.EXACT,
                Fit.APPROX,
            )
        ):
            return period if each.claim.approx is Approx.EXACT else None
    return None


def _subject_with_value(each: Aligned, subject: Subject, alignment: Alignment) -> Subject | None:
    value = each.claim.value
    if value is None or each.claim.approx is not Approx.EXACT or abs(value) < _TELLING:
        return None
    for other in alignment.index.subjects:
        if other is subject or fit_units(each.claim.unit, other.unit, other.equal_units) is UnitFit.FOREIGN:
            continue
        known = other.known_at(each.period)
        if known is not None and Decimal(known.value) == value and each.claim.kind is not Kind.PERCENT:
            return other
    return None
