"""The verdict of figures made of several facts: rates, 全部整改, shares, per-unit figures, remainders, totals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from assistant.alignment.lexicon import WEIGHTS, cut
from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.roles import Role
from assistant.alignment.scoring import ACCEPT, Score, Switches, score_subject
from assistant.alignment.subjects import Subject
from assistant.alignment.units import UnitFit, fit_units
from assistant.alignment.values import Fit, fit_value
from assistant.factcheck.judgement import accept, basis_of, best_score, contradict, judge_value, leave_open
from assistant.factcheck.rates import Derived, Pair, find_pairs, pairs_among, sum_over
from assistant.quantities.render import plain
from assistant.records import Kind, Verdict

_SLOGAN = re.compile("清零|尽|无一例外")  # 动态清零, 应改尽改: said of the manner, not of a number
_EXCEPT = re.compile("其余|其他|余下|剩余|除.{0,12}外")
_EACH_UNIT = re.compile(r"每一?(?P<unit>[\u4e00-\u9fff]{1,2})|(?P<short>[户人村家次处栋场])均")


def judge_rate(each: Aligned, alignment: Alignment, sentence: Sequence[Aligned] = ()) -> Verdict | None:
    """整改率98.2%: the rate of the two facts it divides; None where no two facts give it."""
    verdict: Verdict | None = None
    for pair in _pairs_beside(find_pairs(each, alignment), each, sentence)[:4]:
        derived = pair.rate_at(each.period)
        if derived is None:
            continue
        fit = fit_value(each.claim, derived.value, "%", derived=True)
        if fit is not Fit.NO:
            return accept(each, fit, basis_of(derived), "derived_ratio")
        verdict = verdict or contradict(each, "bad_ratio", basis_of(derived))
    return verdict


def _pairs_beside(pairs: list[Pair], each: Aligned, sentence: Sequence[Aligned]) -> list[Pair]:
    """The pairs of figures that stand in the sentence, else those of its field, else those of none."""
    beside = {id(other.subject) for other in sentence if other.subject is not None}
    fields = each.clause.sentence.fields

    def rank(pair: Pair) -> int:
        own = pair.done.fields | pair.whole.fields
        here = bool(beside & {id(pair.done), id(pair.whole)})
        return 2 * here + (bool(own & fields) if fields else not own)

    best = max(map(rank, pairs), default=0)
    return [pair for pair in pairs if rank(pair) == best]


def judge_whole(each: Aligned, alignment: Alignment, earlier: Sequence[Aligned]) -> Verdict | None:
    """全部整改: done must equal what there is; None where the statement can be held against nothing."""
    if _SLOGAN.search(each.claim.surface) or _EXCEPT.search(each.clause.own):
        return None
    anchor = next((other for other in reversed(earlier) if other.chosen and other.claim.kind is not Kind.PERCENT), None)
    pairs = find_pairs(each, alignment)
    if anchor is not None and anchor.subject is not None:
        pairs.sort(key=lambda pair: pair.whole is not anchor.subject)
    for pair in pairs:
        derived = pair.rate_at(each.period)
        if derived is None:
            continue
        if derived.value == 100:
            return accept(each, Fit.EXACT, basis_of(derived), "all_claim")
        return contradict(each, "bad_ratio", basis_of(derived), "并非全部。")
    if earlier and re.search("整改|销号|办结|整治|完成", each.claim.surface):
        return leave_open(each.claim, "no_row", "台账中没有可核对“全部”的数据，请补充依据。")
    return None


def judge_share(each: Aligned, alignment: Alignment, earlier: Sequence[Aligned]) -> Verdict:
    """占隐患总数的四成: the part is named before 占, or is the figure before; the whole behind it, or stands earlier."""
    before, _, behind = each.clause.own.partition("占")
    last = next((other.chosen for other in reversed(earlier) if other.chosen), None)
    first = next((other.chosen for other in earlier if other.chosen), None)
    part = _named(each, alignment, before) if _says(before) else last
    whole = _named(each, alignment, behind) if _says(behind) else first
    if part is None or whole is None or part.subject is whole.subject:
        return leave_open(each.claim, "no_row", "台账中没有可核对这一比例的数据。")
    derived = Pair(part.subject, whole.subject).rate_at(each.period)
    if derived is None:
        return leave_open(each.claim, "no_row", "台账中没有可核对这一比例的数据。")
    return _judge_derived(each, derived, "bad_ratio", "derived_ratio", sure=True)


def _says(words: str) -> bool:
    """Whether words name something, beyond 总数 and 全部."""
    return any(WEIGHTS[token.kind] > 1 for token in cut(words))


def _named(each: Aligned, alignment: Alignment, words: str) -> Score | None:
    nearness = {concept: 100 for token in cut(words) for concept in token.concepts}
    if not nearness:
        return None
    free = Switches(units=False)
    found = (score_subject(each.clause, subject, free, nearness) for subject in alignment.index.sharing(nearness))
    best = max((score for score in found if score is not None), key=lambda score: score.words, default=None)
    return best if best is not None and best.words >= ACCEPT else None


def judge_per(each: Aligned, alignment: Alignment, earlier: Sequence[Aligned]) -> Verdict:
    """平均每处投入350元: one figure of the sentence divided by another, or facts by their units."""
    found = _EACH_UNIT.search(each.clause.own)
    unit = (found["unit"] or found["short"] or "") if found else ""
    near = [other.subject for other in earlier if other.subject is not None]
    tops = _with_unit(each.claim.unit, near) or _with_unit(each.claim.unit, alignment.index.subjects)
    pools = [(unit[:length], pool) for pool in (near, alignment.index.subjects) for length in (2, 1) if unit]
    wholes = next((fitting for name, pool in pools if (fitting := _with_unit(name, pool))), [] if unit else near)
    options = [
        derived
        for top in tops
        for whole in wholes
        if top is not whole and (derived := _quotient(each, top, whole)) is not None
    ]
    for derived in options:
        fit = fit_value(each.claim, derived.value, derived.unit, derived=True)
        if fit is not Fit.NO:
            return accept(each, fit, basis_of(derived), "derived_ratio")
    if len(options) == 1:
        return contradict(each, "bad_ratio", basis_of(options[0]))
    return leave_open(each.claim, "no_row", "台账中没有可核对这一平均数的数据。")


def _with_unit(unit: str, subjects: Sequence[Subject]) -> list[Subject]:
    if not unit:
        return []
    return [subject for subject in subjects if fit_units(unit, subject.unit) >= UnitFit.EQUAL]


def _quotient(each: Aligned, top: Subject, whole: Subject) -> Derived | None:
    over, under = top.known_at(each.period), whole.known_at(each.period)
    if over is None or under is None or not under.value:
        return None
    formula = f"{plain(over.value)} ÷ {plain(under.value)}"
    value = Fraction(over.value) / Fraction(under.value)
    return Derived(value, top.unit, formula, over.facts + under.facts, f"{top.name}/{whole.name}")


def judge_rest(each: Aligned, alignment: Alignment, earlier: Sequence[Aligned]) -> Verdict:
    """剩余9处: what there is less what is done; it speaks against a figure only beside one of the two."""
    beside = [other.subject for other in earlier if other.subject is not None]
    close = pairs_among(beside)
    ids = {id(subject) for subject in beside}
    for pair in close or find_pairs(each, alignment):
        derived = pair.rest_at(each.period)
        if derived is not None and fit_units(each.claim.unit, derived.unit) >= UnitFit.EQUAL:
            sure = bool(ids & {id(pair.done), id(pair.whole)})
            return _judge_derived(each, derived, "bad_sum", "derived_difference", sure=sure)
    return leave_open(each.claim, "no_row", "台账中没有可核对余数的数据。")


def judge_total(each: Aligned, alignment: Alignment, sentence: Sequence[Aligned]) -> Verdict:
    """共计190家次，其中…: the sum of the parts' facts, where the total has no fact of its own."""
    if each.chosen is not None:
        verdict = judge_value(each, alignment)
        if verdict.reason not in ("unsure", "wrong_value", "other_period_only"):
            return verdict
    total = _sum_of_parts(each, alignment, sentence)
    if total is None:
        return judge_value(each, alignment)
    return _judge_derived(each, total, "bad_sum", "derived_sum", sure=True)


def _sum_of_parts(each: Aligned, alignment: Alignment, sentence: Sequence[Aligned]) -> Derived | None:
    """The parts that stand behind the total after 其中, or before it; each must have its own subject."""
    at = next(index for index, other in enumerate(sentence) if other is each)
    behind = [other for other in sentence[at + 1 :] if other.reading.part]
    before = [other for other in sentence[:at] if other.reading.role is Role.VALUE]
    for parts in (behind, before):
        same = [other for other in parts if fit_units(other.claim.unit, each.claim.unit) >= UnitFit.EQUAL]
        subjects = [subject for other in same for subject in _subjects_of(other, alignment)]
        if len(subjects) > 1 and None not in subjects and len({id(subject) for subject in subjects}) == len(subjects):
            return sum_over([subject for subject in subjects if subject is not None], each.period)
    return None


def _subjects_of(each: Aligned, alignment: Alignment) -> list[Subject | None]:
    """The subject of a figure, or all those of 商超、宾馆各12家."""
    others = [best_score(each, alignment, nearness) for nearness in each.clause.also[1:]]
    return [each.subject, *(score.subject if score else None for score in others)]


def _judge_derived(each: Aligned, derived: Derived, wrong: str, right: str, *, sure: bool) -> Verdict:
    fit = fit_value(each.claim, derived.value, derived.unit, derived=derived.unit == "%")
    if fit is not Fit.NO:
        return accept(each, fit, basis_of(derived), right)
    if sure:
        return contradict(each, wrong, basis_of(derived))
    return leave_open(each.claim, "unsure", "口径未必相同，请核对。")
