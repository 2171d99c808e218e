"""The facts at hand, gathered by what they are about, and indexed by the concepts in their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache

from assistant.alignment.lexicon import (
    WEIGHTS,
    act_concepts,
    cut,
    features_of,
    fields_of,
    light_concepts,
    scope_concepts,
)
from assistant.alignment.units import base_unit
from assistant.records import Aggregation, Fact, Period
from assistant.registry.registry import Registry

# What every field of work has.
_COMMON = (
    act_concepts()
    | light_concepts()
    | frozenset(
        [
            "enterprise",
            "hazard",
            "people",
            "vehicle",
            "fund",
            "leaflet",
            "banner",
            "slogan",
            "drill",
            "trainclass",
            "activity",
            "meeting",
            "order",
            "case",
            "fine",
            "signboard",
            "place",
            "accident",
            "document",
            "team",
            "member",
        ]
    )
)
_STRENGTH = 10  # points of a name that proves fully


@dataclass(frozen=True, slots=True)
class Form:
    """One name of a subject as features, with their total and the strength of so many features as evidence."""

    name: str
    features: tuple[tuple[tuple[str, ...], int], ...]
    total: int
    scopes: frozenset[str]

    @property
    def strength(self) -> int:
        """In percent: a name of one verb proves less than one of verb and noun."""
        return min(100, 100 * (self.total + 4) // _STRENGTH)

    def words_near(self, nearness: dict[str, int]) -> int:
        """How much of the name stands near a figure, in percent, less for a name that says little."""
        points = 0
        for concepts, weight in self.features:
            best = nearness.get(concepts[0], 0)
            for concept in concepts[1:]:
                best = max(best, nearness.get(concept, 0))
            points += weight * best
        return points * self.strength // (self.total * 100) if self.total else 0


@dataclass(frozen=True, slots=True)
class Known:
    """What the facts say of a subject in a period: one fact's value, or one worked out from several."""

    value: Decimal
    unit: str
    facts: tuple[Fact, ...]
    formula: str = ""


@dataclass(slots=True)
class Subject:
    """What facts are about: an indicator in a topic (and place), with its facts by measure and period."""

    indicator: str
    name: str
    topic: str
    place: str
    unit: str
    equal_units: tuple[str, ...]
    forms: tuple[Form, ...]
    known: frozenset[str]  # every concept of its names and topic: what explains the words around a claim
    own_concepts: frozenset[str]  # those of the name as the ledger has it
    fields: frozenset[str]
    aggregation: Aggregation
    facts: dict[tuple[str, Period], Fact] = field(default_factory=dict)
    disputes: dict[Period, list[Fact]] = field(default_factory=dict)  # facts that say otherwise of a period
    _known: dict[Period, Known | None] = field(default_factory=dict)

    def at(self, period: Period, measure: str = "value") -> Fact | None:
        """The fact of a period."""
        return self.facts.get((measure, period))

    def known_at(self, period: Period) -> Known | None:
        """What is known of a period: its fact, else the sum of its parts, or a whole less its other part."""
        if period not in self._known:
            self._known[period] = self._work_out(period)
        return self._known[period]

    def _work_out(self, period: Period) -> Known | None:
        fact = self.at(period)
        if fact:
            return Known(fact.value, fact.unit, (fact,))
        values = [fact for (measure, _), fact in self.facts.items() if measure == "value"]
        if self.aggregation is Aggregation.LAST:
            last = [fact for fact in values if fact.period.end == period.end and fact.period in period]
            last += [fact for fact in values if fact.period.end == period.end]
            return Known(last[0].value, last[0].unit, (last[0],)) if last else None
        if self.is_rate or self.aggregation in (Aggregation.RATIO, Aggregation.DISTINCT):
            return None
        parts = tile(values, period)
        if parts:
            formula = " + ".join(str(fact.value) for fact in parts)
            return Known(sum((fact.value for fact in parts), Decimal(0)), self.unit, parts, formula)
        return self._less_the_rest(values, period)

    def _less_the_rest(self, values: list[Fact], period: Period) -> Known | None:
        """下半年 = 全年 − 上半年."""
        for whole in values:
            if period not in whole.period or period.start != whole.period.start and period.end != whole.period.end:
                continue
            if period.end == whole.period.end:
                rest = Period(whole.period.start, period.start - timedelta(days=1))
            else:
                rest = Period(period.end + timedelta(days=1), whole.period.end)
            parts = tile(values, rest)
            if parts:
                formula = " - ".join(str(fact.value) for fact in (whole, *parts))
                value = whole.value - sum((fact.value for fact in parts), Decimal(0))
                return Known(value, self.unit, (whole, *parts), formula)
        return None

    @property
    def is_common(self) -> bool:
        """Whether nothing in its name tells its field: 检查企业 and 演练 are found in every one."""
        return not fields_of(self.name) and self.own_concepts <= _COMMON

    @property
    def is_rate(self) -> bool:
        """Whether the subject is a percentage."""
        return self.unit == "%"


class SubjectIndex:
    """The subjects of a set of facts; candidates for a claim are found by shared concepts."""

    def __init__(self, facts: Sequence[Fact], registry: Registry) -> None:
        """Gather `facts`; two facts of one indicator, topic and period under two names stay two subjects."""
        self.registry = registry
        self.subjects: list[Subject] = []
        self._by_concept: dict[str, list[int]] = {}
        self._by_key: dict[tuple[str, ...], Subject] = {}
        self._by_about: dict[tuple[str, str, str], Subject] = {}
        for fact in sorted(facts, key=lambda fact: fact.measure != "value"):
            self._add(fact)

    def _add(self, fact: Fact) -> None:
        about = (fact.indicator, fact.topic, fact.place)
        if fact.measure != "value" and about in self._by_about:
            self._by_about[about].facts.setdefault((fact.measure, fact.period), fact)
            return
        key: tuple[str, ...] = (*about, base_unit(fact.unit)[0])
        subject = self._by_key.get(key)
        if subject and subject.at(fact.period, fact.measure) and subject.name != fact.name:
            key = (*key, fact.name)
            subject = self._by_key.get(key)
        if subject is None:
            subject = self._by_key[key] = self._subject(fact)
            self._by_about.setdefault(about, subject)
            self._enter(subject)
        first = subject.facts.setdefault((fact.measure, fact.period), fact)
        if first.value != fact.value:
            subject.disputes.setdefault(fact.period, []).append(fact)

    def _subject(self, fact: Fact) -> Subject:
        entry = self.registry.find(fact.indicator)
        names = dict.fromkeys((fact.name, *(entry.names if entry else ())))
        forms = tuple(_form(name) for name in names if name)
        topic = features_concepts(fact.topic)
        named = frozenset(concept for name in names if name for concept in features_concepts(name))
        fields = fields_of(fact.topic) | fields_of(fact.name)
        return Subject(
            fact.indicator,
            fact.name,
            fact.topic,
            fact.place,
            fact.unit,
            entry.equal_units if entry else (),
            forms,
            named | topic,
            features_concepts(fact.name),
            fields,
            entry.aggregation if entry else Aggregation.SUM,
        )

    def _enter(self, subject: Subject) -> None:
        number = len(self.subjects)
        self.subjects.append(subject)
        concepts = {concept for form in subject.forms for each, _ in form.features for concept in each}
        for concept in concepts:
            self._by_concept.setdefault(concept, []).append(number)

    def sharing(self, concepts: Iterable[str]) -> list[Subject]:
        """The subjects whose names share a concept with these, in the order of the facts."""
        numbers = {number for concept in concepts for number in self._by_concept.get(concept, ())}
        return [self.subjects[number] for number in sorted(numbers)]

    @cached_property
    def ratio_forms(self) -> tuple[tuple[Form, str, str], ...]:
        """The names of the registry's ratios, each with the indicators it divides."""
        forms: list[tuple[Form, str, str]] = []
        for entry in self.registry:
            if entry.aggregation is Aggregation.RATIO:
                done, whole = self.registry.inputs(entry)
                forms.extend((_form(name), done, whole) for name in entry.names)
        return tuple(forms)

    def of_indicator(self, indicator: str, like: Subject | None = None) -> Subject | None:
        """The subject of an indicator, in the topic and place of `like` where there is one."""
        found = [subject for subject in self.subjects if subject.indicator == indicator]
        if like is not None:
            same = [subject for subject in found if (subject.topic, subject.place) == (like.topic, like.place)]
            found = same or found
        return found[0] if found else None


def tile(facts: Sequence[Fact], period: Period) -> tuple[Fact, ...]:
    """Facts that follow each other day to day and fill `period` exactly, the longest first; none if they do not."""
    by_start: dict[date, Fact] = {}
    for fact in facts:
        longest = by_start.get(fact.period.start)
        if fact.period in period and (longest is None or longest.period.end < fact.period.end):
            by_start[fact.period.start] = fact
    chain: list[Fact] = []
    day = period.start
    while day in by_start and day <= period.end:
        chain.append(by_start[day])
        day = by_start[day].period.end + timedelta(days=1)
    return tuple(chain) if day > period.end else ()


@lru_cache(maxsize=16384)
def features_concepts(name: str) -> frozenset[str]:
    """All concepts in a name."""
    found = frozenset(concept for token in cut(name) if WEIGHTS[token.kind] for concept in token.concepts)
    return found or frozenset(features_of(name))


@lru_cache(maxsize=16384)
def _form(name: str) -> Form:
    features = tuple((tuple(joined.split("|")), points) for joined, points in features_of(name).items())
    scopes = frozenset(concept for concepts, _ in features for concept in concepts if concept in scope_concepts())
    return Form(name, features, sum(points for _, points in features), scopes)
