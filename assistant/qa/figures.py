"""The facts that answer what is asked, computed from the ledger's facts, never looked up in texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.periods import period_id
from assistant.qa.ask import Ask
from assistant.qa.cues import Measure
from assistant.qa.desk import Desk
from assistant.records import Aggregation, Fact, Indicator, Period

_CENT = Decimal("0.01")
_HUNDRED = Decimal(100)


def fact_of(desk: Desk, indicator: str, period: Period, place: str = "") -> Fact | None:
    """An indicator's fact in a period, of one village where one is named; None where the ledger has none."""
    if not place:
        found = desk.fact(indicator, period)
        return shown(found) if found else None
    return next((shown(fact) for fact in desk.ranking(indicator, period, "place") if fact.place == place), None)


def shown(fact: Fact) -> Fact:
    """The fact with no more decimals than an answer shows; 100% only where it is all."""
    return replace(fact, value=rounded(fact.value))


def rounded(value: Decimal) -> Decimal:
    """Two decimals, half up; a value that is not 100 never becomes 100."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1))
    short = value.quantize(_CENT, ROUND_HALF_UP)
    if short == _HUNDRED or not short:
        short = value.quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return short.normalize() if short != short.to_integral_value() else short.quantize(Decimal(1))


def derived(
    first: Fact,
    second: Fact,
    value: Decimal,
    unit: str,
    formula: str,
    *,
    measure: str,
    indicator: str = "",
    name: str = "",
) -> Fact:
    """A fact worked out from two others."""
    return replace(
        first,
        id=f"{first.id}#{measure}#{second.id}",
        indicator=indicator or first.indicator,
        name=name or first.name,
        value=rounded(value),
        unit=unit,
        evidence=first.evidence + second.evidence,
        formula=formula,
        inputs=(first.id, second.id),
        measure=measure,
    )


def change_facts(ask: Ask, now: Fact, before: Fact, entry: Indicator) -> list[Fact]:
    """How a fact differs from the one it is compared with, the way the question asks for it."""
    larger, smaller = (now, before) if _upward(ask, now, before) else (before, now)
    difference = larger.value - smaller.value
    subtraction = f"{larger.value:f} − {smaller.value:f}"
    if entry.aggregation is Aggregation.RATIO:
        return [derived(now, before, difference, "百分点", subtraction, measure="yoy_points")]
    change = derived(now, before, difference, now.unit, subtraction, measure="yoy_diff")
    if not before.value:
        return [change]
    if ask.measure is Measure.MULTIPLE:
        times = derived(
            now, before, now.value / before.value, "倍", f"{now.value:f} ÷ {before.value:f}", measure="multiple"
        )
        return [times]
    percent = derived(
        now,
        before,
        difference * 100 / before.value,
        "%",
        f"({subtraction}) ÷ {before.value:f} × 100%",
        measure="yoy_percent",
    )
    if ask.measure is Measure.PERCENT:
        return [percent]
    return [change] if ask.measure is Measure.DIFFERENCE else [change, percent]


def _upward(ask: Ask, now: Fact, before: Fact) -> bool:
    """Whether the change is said as now − before: as asked, else so that it is positive."""
    if ask.direction:
        return ask.direction > 0
    return now.value >= before.value


def average_of(ask: Ask, above: Fact, desk: Desk) -> tuple[Fact, Fact] | None:
    """(average, what it is taken over); None where that is not known."""
    below = _divisor(ask, above, desk)
    if below is None or not below.value:
        return None
    indicator = f"{above.indicator} / {below.indicator}"
    formula = f"{above.value:f} ÷ {below.value:f}"
    found = derived(
        above, below, above.value / below.value, above.unit, formula, measure="average", indicator=indicator
    )
    return found, below


def _divisor(ask: Ask, above: Fact, desk: Desk) -> Fact | None:
    period = ask.periods[0]
    if ask.per_time in ("month", "quarter", "day"):
        months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
        days = (period.end - period.start).days + 1
        count, unit = {"month": (months, "个月"), "quarter": (months // 3, "个季度"), "day": (days, "天")}[ask.per_time]
        return replace(
            above,
            id=f"{period_id(period)}/{ask.per_time}",
            indicator=ask.per_time,
            name="",
            value=Decimal(count),
            unit=unit,
            evidence=(),
        )
    if ask.per_time == "place":
        known = fact_of(desk, "town.villages", period)
        places = desk.ranking(above.indicator, period, "place")
        if known is None and places:
            return replace(
                above,
                id=f"places@{period_id(period)}",
                indicator="places",
                name="村（社区）",
                value=Decimal(len(places)),
                unit="个",
                evidence=(),
            )
        return known
    for entry in ask.per or _per_of(ask, above, desk):
        found = fact_of(desk, entry.id, period, ask.place)
        if found is not None:
            return found
    return None


def _per_of(ask: Ask, above: Fact, desk: Desk) -> list[Indicator]:
    """What 每次 or 每场 means for an indicator: what the same work, or else the inspections, are counted in."""
    from assistant.qa.subjects import fits_unit

    family = above.indicator.partition(".")[0]
    families = (family, "inspection")
    pool = [entry for each in families for entry in desk.registry if entry.id.partition(".")[0] == each]
    return [entry for entry in pool if entry.id != above.indicator and ask.by in entry.units] or [
        entry for entry in pool if entry.id != above.indicator and fits_unit(ask.by, entry)
    ]


def share_of(part: Fact, whole: Fact) -> Fact | None:
    """What part of the whole it is, in percent; None where the whole is nothing."""
    if not whole.value:
        return None
    indicator = part.indicator if part.indicator == whole.indicator else f"{part.indicator} / {whole.indicator}"
    formula = f"{part.value:f} ÷ {whole.value:f} × 100%"
    return derived(part, whole, part.value * 100 / whole.value, "%", formula, measure="share", indicator=indicator)


def rest_of(whole: Fact, done: Fact, name: str) -> Fact:
    """What is not done yet."""
    indicator = f"{whole.indicator} - {done.indicator}"
    return derived(
        whole,
        done,
        whole.value - done.value,
        whole.unit,
        f"{whole.value:f} − {done.value:f}",
        measure="rest",
        indicator=indicator,
        name=name,
    )


def best_of(facts: Sequence[Fact], top: int, *, lowest: bool) -> list[Fact]:
    """The largest (or smallest) `top` facts, with all that equal the last of them."""
    ordered = sorted(facts, key=lambda fact: fact.value if lowest else -fact.value)
    if not ordered:
        return []
    edge = ordered[min(top, len(ordered)) - 1].value
    return [shown(fact) for fact in ordered if (fact.value <= edge if lowest else fact.value >= edge)]
