"""The facts of a report, looked up by indicator, with ratios and year-on-year computed where the ledger gives none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assistant.periods import period_id, year_earlier
from assistant.quantities.render import plain, render
from assistant.records import Aggregation, Fact, Period
from assistant.registry.registry import Registry

RESTS = (  # what there is, and the part of it that is done: their difference is what is left
    ("hazard.found", "hazard.rectified"),
    ("house.dangerous", "house.treated"),
    ("fire.hazards_found", "fire.hazards_fixed"),
)
_HUNDRED = Decimal(100)
_LARGE = re.compile(r"(?P<head>\d{1,4})(?P<tail>\d)000余")
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class FactBook:
    """This period's facts and last year's, by indicator id; facts of single places are not totals."""

    period: Period
    registry: Registry
    now: dict[str, Fact]
    before: dict[str, Fact]
    compared: dict[tuple[str, str], Fact]  # (indicator, measure) → year-on-year facts as given
    by_id: dict[str, Fact]

    def fact(self, indicator: str) -> Fact | None:
        """This period's fact; a ratio comes from its two facts, so that it is rounded once, when it is written."""
        return self._ratio(indicator, self.now) or self.now.get(indicator)

    def last(self, indicator: str) -> Fact | None:
        """The fact of the same period last year."""
        return self._ratio(indicator, self.before) or self.before.get(indicator)

    def at(self, indicator: str, period: Period) -> Fact | None:
        """The fact of a part of the period, such as its first half."""
        return _by_indicator([fact for fact in self.by_id.values() if not fact.place], period, self.registry).get(
            indicator
        )

    def change(self, indicator: str) -> Fact | None:
        """Year-on-year in percent; None without both years or on a base of nought."""
        given = self.compared.get((indicator, "yoy_percent"))
        now, last = self.now.get(indicator), self.before.get(indicator)
        if given or now is None or last is None or last.value == 0:
            return given
        value = (now.value - last.value) / last.value * _HUNDRED
        formula = f"({plain(now.value)} − {plain(last.value)}) ÷ {plain(last.value)}"
        return _derived(now, value, "%", formula, (now, last), "yoy_percent")

    def difference(self, indicator: str) -> Fact | None:
        """Year-on-year as a difference, in the indicator's unit (points for ratios)."""
        now, last = self.fact(indicator), self.last(indicator)
        if now is None or last is None:
            return None
        measure = "yoy_points" if now.unit == "%" else "yoy_diff"
        given = self.compared.get((indicator, measure))
        formula = f"{plain(now.value)} − {plain(last.value)}"
        return given or _derived(now, now.value - last.value, now.unit, formula, (now, last), measure)

    def rest(self, whole: str, part: str) -> Fact | None:
        """What is left of a whole after its part: hazards not yet put right."""
        total, done = self.now.get(whole), self.now.get(part)
        if total is None or done is None or done.value > total.value:
            return None
        formula = f"{plain(total.value)} − {plain(done.value)}"
        return _derived(total, total.value - done.value, total.unit, formula, (total, done), "rest")

    def derived(self, fact_id: str) -> Fact | None:
        """The fact this book worked out under an id; None for one it did not."""
        base, _, measure = fact_id.partition("#")
        indicator = base.partition("@")[0]
        if measure == "rest":
            part = next((part for whole, part in RESTS if whole == indicator), "")
            return self.rest(indicator, part)
        made = (self.change(indicator), self.difference(indicator), self.fact(indicator), self.last(indicator))
        return next((fact for fact in made if fact is not None and fact.id == fact_id), None)

    def _ratio(self, indicator: str, facts: dict[str, Fact]) -> Fact | None:
        entry = self.registry.find(indicator)
        if entry is None or entry.aggregation is not Aggregation.RATIO:
            return None
        part, whole = (facts.get(name) for name in self.registry.inputs(entry))
        if part is None or whole is None or whole.value == 0:
            return None
        value = part.value / whole.value * _HUNDRED
        given = facts.get(entry.id)
        if given is not None:
            return replace(given, value=value)
        formula = f"{plain(part.value)} ÷ {plain(whole.value)}"
        ratio = replace(part, indicator=entry.id, name=entry.name, topic=entry.topic)
        return replace(
            _derived(ratio, value, "%", formula, (part, whole), "value"), id=f"{entry.id}@{period_id(part.period)}"
        )


def book_of(facts: Iterable[Fact], period: Period, registry: Registry) -> FactBook:
    """The book of a report on this period. Of several facts for one indicator the registry's topic wins."""
    facts = tuple(facts)
    totals = [fact for fact in facts if not fact.place]
    return FactBook(
        period=period,
        registry=registry,
        now=_by_indicator(totals, period, registry),
        before=_by_indicator(totals, year_earlier(period), registry),
        compared={(f.indicator, f.measure): f for f in totals if f.period == period and f.measure != "value"},
        by_id={fact.id: fact for fact in facts},
    )


def wording(fact: Fact, *, approximate: bool = False, unit: str = "") -> str:
    """The fact's value as the report writes it: 61台次, 4.2万元, 97.1%. `unit` is an equal one to write instead."""
    if fact.unit == "%" or fact.measure == "yoy_points":
        rounded = fact.value.copy_abs().quantize(_TENTH, ROUND_HALF_UP)
        if rounded == _HUNDRED and fact.value < _HUNDRED and fact.measure == "value":
            rounded = fact.value.quantize(Decimal("0.01"), ROUND_DOWN)  # 99.96 % is short of the whole
        return f"{plain(rounded)}个百分点" if fact.measure == "yoy_points" else render(rounded, "%")
    value = fact.value if fact.measure == "value" else abs(fact.value)
    written = render(value, unit or fact.unit, approximate=approximate)
    return _LARGE.sub(_in_ten_thousands, written)


def _in_ten_thousands(found: re.Match[str]) -> str:
    """1.2万余 for 12000余."""
    tail = f".{found['tail']}" if found["tail"] != "0" else ""
    return f"{found['head']}{tail}万余"


def _by_indicator(facts: Sequence[Fact], period: Period, registry: Registry) -> dict[str, Fact]:
    chosen: dict[str, Fact] = {}
    for fact in facts:
        if fact.period != period or fact.measure != "value":
            continue
        entry = registry.find(fact.indicator)
        key = entry.id if entry else fact.indicator
        proper = entry is not None and fact.topic == entry.topic
        if key not in chosen or (proper and chosen[key].topic != fact.topic):
            chosen[key] = fact if key == fact.indicator else replace(fact, indicator=key)
    return chosen


def _derived(base: Fact, value: Decimal, unit: str, formula: str, inputs: tuple[Fact, ...], measure: str) -> Fact:
    return Fact(
        id=f"{base.indicator}@{period_id(base.period)}#{measure}",
        indicator=base.indicator,
        name=base.name,
        topic=base.topic,
        period=base.period,
        value=value,
        unit=unit,
        formula=formula,
        inputs=tuple(fact.id for fact in inputs),
        measure=measure,
    )
