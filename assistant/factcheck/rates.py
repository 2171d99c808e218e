"""Values that no fact states but two facts give: rates, remainders, changes, sums over topics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.alignment.lexicon import act_concepts, scope_concepts
from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.scoring import Switches, score_subject
from assistant.alignment.subjects import Form, Known, Subject
from assistant.alignment.units import UnitFit, fit_units
from assistant.quantities.render import plain
from assistant.records import Aggregation, Fact, Period

_SAID = 40
_NAMED = 60  # words that must be met for a rate of the registry to be the one spoken of
_UNDONE = frozenset(("未整改", "未完成", "尚未"))
_BEFORE_ACTS = frozenset(("find", "due", "sample", "register", "dangerhouse", "inspect"))


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out from facts: how, from which, in which unit."""

    value: Fraction
    unit: str
    formula: str
    facts: tuple[Fact, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """The two subjects of a rate: what is done, of what there is."""

    done: Subject
    whole: Subject

    def rate_at(self, period: Period) -> Derived | None:
        """Done ÷ whole in percent; None where one is missing, the whole is nought, or more is done than there is."""
        done, whole = self.done.known_at(period), self.whole.known_at(period)
        if done is None or whole is None or not whole.value or done.value > whole.value:
            return None
        value = Fraction(done.value) * 100 / Fraction(whole.value)
        formula = f"{plain(done.value)} ÷ {plain(whole.value)}"
        return Derived(value, "%", formula, done.facts + whole.facts, f"{self.done.name}/{self.whole.name}")

    def rest_at(self, period: Period) -> Derived | None:
        """Whole − done."""
        done, whole = self.done.known_at(period), self.whole.known_at(period)
        if done is None or whole is None:
            return None
        formula = f"{plain(whole.value)} − {plain(done.value)}"
        value = Fraction(whole.value) - Fraction(done.value)
        return Derived(value, whole.unit, formula, whole.facts + done.facts, f"{self.whole.name}-{self.done.name}")


def find_pairs(each: Aligned, alignment: Alignment) -> list[Pair]:
    """The pairs a rate, a whole or a remainder may speak of, the likeliest first."""
    named = _registry_pairs(each, alignment)
    built = _built_pairs(each, alignment)
    known = {(id(pair.done), id(pair.whole)) for pair in named}
    pairs = named + [pair for pair in built if (id(pair.done), id(pair.whole)) not in known]
    fields = each.clause.sentence.fields
    if fields:
        pairs.sort(key=lambda pair: not fields & (pair.done.fields | pair.whole.fields))
    return pairs


def _registry_pairs(each: Aligned, alignment: Alignment) -> list[Pair]:
    """By the formula of a ratio in the registry whose name stands in the clause."""
    index = alignment.index
    ranked: list[tuple[int, Pair]] = []
    for form, done_id, whole_id in index.ratio_forms:
        words = form.words_near(each.clause.nearness)
        done, whole = index.of_indicator(done_id), index.of_indicator(whole_id)
        if words >= _NAMED and done and whole and _act_is_said(form, each):
            ranked.append((words, Pair(done, whole)))
    ranked.sort(key=lambda entry: -entry[0])
    best = ranked[0][0] if ranked else 0
    return [pair for words, pair in ranked if words == best]


def _act_is_said(form: Form, each: Aligned) -> bool:
    """Whether the act of a rate's name stands by the figure: 隐患上报率 is not 隐患整改率."""
    acts = [concept for concepts, _ in form.features for concept in concepts if concept in act_concepts()]
    return not acts or any(each.clause.nearness.get(act, 0) >= _SAID for act in acts)


def _built_pairs(each: Aligned, alignment: Alignment) -> list[Pair]:
    """By the act of the clause: 合格率 is what is 合格 of a subject that counts the same without it."""
    acts = {concept for token in each.clause.own_tokens for concept in token.concepts if concept in act_concepts()}
    if _UNDONE & {concept for token in each.clause.own_tokens for concept in token.concepts}:
        acts = {"rectify"}
    if not acts and each.clause.chained:
        acts = {concept for concept, near in each.clause.nearness.items() if near >= _SAID} & act_concepts()
    acts -= {"find", "inspect", "dispatch"}
    if not acts:
        return []
    pairs = []
    for done in alignment.index.sharing(acts):
        if done.is_rate or not acts & _acts_of(done):
            continue
        for whole in alignment.index.subjects:
            if _is_whole_of(whole, done, acts):
                pairs.append((_closeness(each, done, whole), Pair(done, whole)))
    pairs.sort(key=lambda entry: -entry[0])
    return [pair for _, pair in pairs]


def pairs_among(subjects: Sequence[Subject]) -> list[Pair]:
    """The pairs that subjects named together make: 排查 and 整改 of the same hazards."""
    pairs = []
    for done in subjects:
        acts = _acts_of(done) - _BEFORE_ACTS
        wholes = [whole for whole in subjects if acts and _is_whole_of(whole, done, acts)]
        pairs += [Pair(done, whole) for whole in wholes]
    return pairs


def _acts_of(subject: Subject) -> set[str]:
    return {concept for concept in subject.own_concepts if concept in act_concepts()}


def _is_whole_of(whole: Subject, done: Subject, acts: set[str]) -> bool:
    if whole is done or whole.is_rate or acts & whole.own_concepts or whole.place != done.place:
        return False
    if fit_units(whole.unit, done.unit, done.equal_units) < UnitFit.EQUAL:
        return False
    if (whole.own_concepts ^ done.own_concepts) & scope_concepts():  # 整改隐患 is no part of 重大隐患
        return False
    shared = (whole.own_concepts & done.own_concepts) - act_concepts()
    return bool(shared) or (whole.topic == done.topic and not _acts_of(whole) - _BEFORE_ACTS)


def _closeness(each: Aligned, done: Subject, whole: Subject) -> int:
    free = Switches(units=False)
    words = sum(score.words for one in (done, whole) if (score := score_subject(each.clause, one, free)))
    shared = len((whole.own_concepts & done.own_concepts) - act_concepts())
    return words + 20 * shared


def sum_over(subjects: Iterable[Subject], period: Period) -> Derived | None:
    """The sum of subjects in a period; None unless all are known."""
    knowns: list[Known] = []
    chosen = list(subjects)
    for subject in chosen:
        known = subject.known_at(period)
        if known is None:
            return None
        knowns.append(known)
    if len(knowns) < 2:
        return None
    total = sum((Fraction(known.value) for known in knowns), Fraction(0))
    formula = " + ".join(plain(known.value) for known in knowns)
    facts = tuple(fact for known in knowns for fact in known.facts)
    return Derived(total, chosen[0].unit, formula, facts, "+".join(subject.name for subject in chosen))


def siblings(subject: Subject, alignment: Alignment) -> list[Subject]:
    """The subject and those of the same indicator in other topics or places, where none stands for all of them."""
    same = [
        other
        for other in alignment.index.subjects
        if other.indicator == subject.indicator
        and other.unit == subject.unit
        and other.aggregation is not Aggregation.RATIO
    ]
    if len(same) < 2 or len({(other.topic, other.place) for other in same}) < len(same):
        return []
    return same


def change_between(now: Derived | Known, before: Derived | Known, kind: str) -> Derived | None:
    """The change from `before` to `now`: ``percent`` or ``times`` of the base, ``diff``, or ``ratio`` (是…倍)."""
    new, old = Fraction(now.value), Fraction(before.value)
    facts = now.facts + before.facts
    name = facts[0].name if facts else ""
    texts = [plain(side.value) if isinstance(side, Known) else side.formula for side in (now, before)]
    if kind == "diff":
        return Derived(new - old, now.unit, f"{texts[0]} − {texts[1]}", facts, name)
    if not old:
        return None
    if kind == "ratio":
        return Derived(new / old, "倍", f"{texts[0]} ÷ {texts[1]}", facts, name)
    share = (new - old) / old
    formula = f"（{texts[0]} − {texts[1]}）÷ {texts[1]}"
    return Derived(share * (100 if kind == "percent" else 1), "%" if kind == "percent" else "倍", formula, facts, name)
