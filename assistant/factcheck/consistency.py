"""What a text says against itself, with no ledger: parts that do not add up, a rate its own figures do not give, two figures for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assistant.alignment.clauses import Clause
from assistant.alignment.lexicon import WEIGHTS, act_concepts
from assistant.alignment.readings import Aligned
from assistant.alignment.roles import Role
from assistant.alignment.units import UnitFit, fit_units
from assistant.alignment.values import Fit, fit_value
from assistant.factcheck.expected import render_like
from assistant.quantities.render import plain
from assistant.records import Approx, Finding, Kind, Quantity, Severity

_PLAIN = frozenset((Role.VALUE, Role.TOTAL))
_TELLING = 6  # points a clause must carry for two of its kind to be about one thing
_SUM = re.compile(r"合计|共计|总计|一共")


def find_inconsistencies(sentences: Sequence[Sequence[Aligned]]) -> Iterator[Finding]:
    """All contradictions of the text with itself; each inner sequence is the claims of one sentence."""
    for sentence in sentences:
        yield from _find_parts(sentence)
        yield from _find_rates(sentence)
    yield from _find_conflicts([each for sentence in sentences for each in sentence])


def _value(claim: Quantity) -> Fraction:
    return Fraction(claim.value) if claim.value is not None else Fraction(0)


def _same_unit(one: Quantity, other: Quantity) -> bool:
    return fit_units(one.unit, other.unit) >= UnitFit.EQUAL and one.kind is other.kind


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts; `exhaustive` where the text says that they make up the total."""

    total: Aligned
    parts: tuple[Aligned, ...]
    exhaustive: bool

    @property
    def added(self) -> Fraction:
        """The sum of the parts as written."""
        return sum((_value(part.claim) for part in self.parts), Fraction(0))

    @property
    def is_broken(self) -> bool:
        """Whether the parts cannot make up the total: too much, or short of it where nothing may be left out."""
        given, added = _value(self.total.claim), self.added
        if added >= given or self.exhaustive:
            return added != given
        return len(self.parts) > 2 and added * 10 >= given * 9


def find_sums(sentence: Sequence[Aligned]) -> Iterator[Sum]:
    """The totals of a sentence that stand with at least two exact parts, before them or behind 其中."""
    for at, each in enumerate(sentence):
        if each.reading.role not in _PLAIN or each.claim.approx is not Approx.EXACT:
            continue
        options = [(_parts_behind(sentence, at), _covers_year(sentence, at))]
        if _SUM.search(each.clause.own):
            options.insert(0, (_run_before(sentence, at), True))
        for parts, exhaustive in options:
            if len(parts) > 1 and all(part.claim.approx is Approx.EXACT for part in parts):
                yield Sum(each, tuple(parts), exhaustive)


def _covers_year(sentence: Sequence[Aligned], at: int) -> bool:
    """Whether the parts are periods that fill the total's: 其中上半年…、下半年…."""
    parts = _parts_behind(sentence, at)
    days = sum((part.period.end - part.period.start).days + 1 for part in parts if part.period in sentence[at].period)
    whole = (sentence[at].period.end - sentence[at].period.start).days + 1
    return len({part.period for part in parts}) == len(parts) and days == whole


def _find_parts(sentence: Sequence[Aligned]) -> Iterator[Finding]:
    for each in find_sums(sentence):
        if not each.is_broken:
            continue
        claim = each.total.claim
        formula = " + ".join(plain(part.claim.value) for part in each.parts if part.claim.value is not None)
        expected = render_like(claim, each.added, claim.unit)
        severity = Severity.WARNING if each.exhaustive or each.added > _value(claim) else Severity.INFO
        message = f"各部分相加为{expected}（{formula}），与“{claim.surface}”不符。"
        yield _finding("bad_sum", severity, claim, message, "核对总数和各部分")


def _run_before(sentence: Sequence[Aligned], at: int) -> list[Aligned]:
    """The figures of the same unit straight before a total, back to the first of another unit."""
    run: list[Aligned] = []
    for other in reversed(sentence[:at]):
        if other.reading.role is not Role.VALUE or not _same_unit(other.claim, sentence[at].claim):
            break
        run.insert(0, other)
    return run


def _parts_behind(sentence: Sequence[Aligned], at: int) -> list[Aligned]:
    total = sentence[at]
    if total.reading.part or at + 1 >= len(sentence) or "其中" not in sentence[at + 1].clause.own:
        return []
    parts: list[Aligned] = []
    for other in sentence[at + 1 :]:
        if other.reading.role is not Role.VALUE or not _same_unit(other.claim, total.claim):
            break
        parts.append(other)
    return parts


def _find_rates(sentence: Sequence[Aligned]) -> Iterator[Finding]:
    """整改率 against the figures of what is done and what there is in the same sentence."""
    for at, each in enumerate(sentence):
        if each.claim.kind is not Kind.PERCENT or "率" not in each.clause.own or each.reading.role is not Role.VALUE:
            continue
        acts = _acts(each.clause)
        done = next(
            (other for other in reversed(sentence[:at]) if _is_count(other) and acts & _acts(other.clause)), None
        )
        if done is None:
            continue
        position = next(index for index, other in enumerate(sentence) if other is done)
        wholes = [other for other in sentence[:position] if _is_count(other) and _same_unit(other.claim, done.claim)]
        if len(wholes) != 1 or not wholes[0].claim.value:
            continue
        rate = _value(done.claim) * 100 / _value(wholes[0].claim)
        if fit_value(each.claim, rate, "%") is Fit.NO:
            expected = render_like(each.claim, rate, "%")
            formula = f"{done.claim.surface} ÷ {wholes[0].claim.surface}"
            message = f"按文中的数，{formula}应为{expected}，与“{each.claim.surface}”不符。"
            yield _finding("bad_ratio", Severity.WARNING, each.claim, message, "核对比率")


def _is_count(each: Aligned) -> bool:
    exact = each.claim.approx is Approx.EXACT and each.claim.kind is Kind.COUNT
    return exact and each.reading.role in _PLAIN and not each.reading.part


def _acts(clause: Clause) -> set[str]:
    found = {concept for token in clause.own_tokens for concept in token.concepts}
    return (found & act_concepts()) - {"find", "inspect", "dispatch"}


def _find_conflicts(aligned: Sequence[Aligned]) -> Iterator[Finding]:
    """The same thing of the same period stated twice with two values."""
    seen: dict[tuple[object, ...], Aligned] = {}
    for each in aligned:
        if each.reading.role not in _PLAIN or each.reading.part or each.claim.value is None:
            continue
        key = _about(each)
        if key is None:
            continue
        first = seen.setdefault(key, each)
        if first is not each and not _agree(first.claim, each.claim):
            message = f"同一事项前后不一：前文为“{first.claim.surface}”，此处为“{each.claim.surface}”。"
            yield _finding("conflict", Severity.WARNING, each.claim, message, "核对后统一")


def _about(each: Aligned) -> tuple[object, ...] | None:
    """What a claim is about: its own concepts, field, unit and period; None if its own words do not tell."""
    tokens = [token for token in each.clause.own_tokens if WEIGHTS[token.kind]]
    points = sum(WEIGHTS[token.kind] for token in tokens if token.kind != "light")
    if points < _TELLING or not any(token.kind in ("thing", "common", "loose") for token in tokens):
        return None
    concepts = frozenset(concept for token in tokens if token.kind != "light" for concept in token.concepts)
    marker = each.marker.word if each.marker and each.marker.period != each.period else ""
    return concepts, each.clause.sentence.fields, each.claim.unit, each.period, marker


def _agree(one: Quantity, other: Quantity) -> bool:
    if one.value is None or other.value is None:
        return True
    return fit_value(one, other.value, other.unit) is not Fit.NO or fit_value(other, one.value, one.unit) is not Fit.NO


def _finding(kind: str, severity: Severity, claim: Quantity, message: str, suggestion: str) -> Finding:
    return Finding(kind, severity, claim.start, claim.end, claim.surface, message, suggestion)
