"""The verdict of a claim that states a value: against its fact, and if it does not fit, why."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.alignment.lexicon import WEIGHTS
from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.roles import Role
from assistant.alignment.scoring import ACCEPT, Score, Switches, score_subject
from assistant.alignment.subjects import Known, Subject
from assistant.alignment.units import UnitFit
from assistant.alignment.values import Fit, Number, fit_value
from assistant.factcheck.diagnosis import diagnose
from assistant.factcheck.expected import render_like
from assistant.factcheck.rates import Derived, siblings, sum_over
from assistant.factcheck.scope import is_narrower, is_plan_word, is_planned
from assistant.periods import chinese_name
from assistant.records import Cell, Fact, Quantity, Verdict, VerdictKind

_REASON_OF = {Fit.EXACT: "exact", Fit.ROUNDED: "rounded", Fit.APPROX: "approx_good", Fit.EDGE: "approx_edge"}
_NAMED = 60  # words that must be met for a figure in another unit to be wrong, and not another figure
_KIND_OF = {Fit.EXACT: VerdictKind.SUPPORTED, Fit.ROUNDED: VerdictKind.SUPPORTED}


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
    period = chinese_name(each.period)
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
    if is_planned(each) and not is_plan_word(score.subject.name):
        return leave_open(each.claim, "not_done", "这是计划或正在进行的，不是已完成的，不与台账的完成数核对。")
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
    known = subject.known_at(each.period)
    framed = subject.known_at(each.frame) if each.frame is not None else None
    if framed is not None and fit_value(claim, framed.value, framed.unit) is not Fit.NO:
        known = framed
    if known is None:
        return _judge_elsewhere(each, subject, alignment)
    basis = basis_of(known, subject.name)
    if each.period in subject.disputes:
        return _judge_disputed(each, subject)
    fit = fit_value(claim, known.value, known.unit)
    if fit is not Fit.NO:
        if score.unit is UnitFit.TIMES or score.opposed:
            return _judge_misnamed(each, score, basis)
        return accept(each, fit, basis)
    other = None if alone else _judge_other_readings(each, score, alignment)
    return other or _judge_mismatch(each, score, basis, alignment)


def _judge_disputed(each: Aligned, subject: Subject) -> Verdict:
    """Two materials that disagree are shown side by side: a figure that fits one of them is neither right nor wrong."""
    first = subject.at(each.period)
    facts = [*([first] if first else []), *subject.disputes[each.period]]
    values = [render_like(each.claim, fact.value, fact.unit) for fact in facts]
    cells = tuple(dict.fromkeys(cell for fact in facts for cell in fact.evidence))
    fits = any(fit_value(each.claim, fact.value, fact.unit) is not Fit.NO for fact in facts)
    kind = VerdictKind.AMBIGUOUS if fits else VerdictKind.CONTRADICTED
    told = f"台账中“{subject.name}”有几个不同的数：{'、'.join(values)}，请先核实以哪个为准。"
    return Verdict(each.claim, kind, "sources_disagree", facts[0], " / ".join(values), cells, told)


def _judge_misnamed(each: Aligned, score: Score, basis: Basis) -> Verdict:
    """The right number in a unit that counts otherwise: wrong, if the words leave no doubt what is counted."""
    if score.words < _NAMED or score.opposed:
        told = f"数值与台账“{score.subject.name}”相同，但所述事项或单位未必相同，请核对。"
        return leave_open(each.claim, "unsure", told, basis.facts[0])
    told = f"台账的单位是“{score.subject.unit}”，不是“{each.claim.unit}”。"
    return contradict(each, "wrong_unit", basis, told)


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
        or is_narrower(each, score, alignment)
    )
    if unsure or score.unit is UnitFit.TIMES:
        expected = render_like(each.claim, basis.value, basis.unit)
        told = f"台账最接近的是“{basis.name}”（{expected}），但口径未必相同，请核对。"
        return leave_open(each.claim, "unsure", told, basis.facts[0])
    reason, told = diagnose(each, score.subject, basis.value, basis.unit, alignment)
    return contradict(each, reason, basis, told)
