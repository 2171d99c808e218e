"""Facts computed from facts: rates, and comparisons with the same period last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from assistant.periods import period_id
from assistant.records import Aggregation, Fact, Indicator
from assistant.registry.registry import Registry

_FINE = Decimal("0.000001")


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """part ÷ whole in percent, to six decimals; rounding to the digits of a text is the text's matter."""
    return _tidy((part * 100 / whole).quantize(_FINE, ROUND_HALF_UP))


def _tidy(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def ratio_facts(facts: Mapping[str, Fact], registry: Registry) -> list[Fact]:
    """The registry's rates whose two facts are known; none where the denominator is zero."""
    found = []
    for entry in registry:
        if entry.aggregation is not Aggregation.RATIO:
            continue
        above, below = (facts.get(identity) for identity in registry.inputs(entry))
        if above is None or below is None or not below.value:
            continue
        found.append(ratio_of(entry, above, below))
    return found


def ratio_of(entry: Indicator, above: Fact, below: Fact) -> Fact:
    """A rate from its two facts, which are of one period, town and place."""
    prefix = f"{above.town}/" if above.town else ""
    tail = f"~{above.place}" if above.place else ""
    return Fact(
        id=f"{prefix}{entry.id}@{period_id(above.period)}{tail}",
        indicator=entry.id,
        name=entry.name,
        topic=entry.topic,
        period=above.period,
        value=percent_of(above.value, below.value),
        unit="%",
        evidence=above.evidence + below.evidence,
        formula=f"{above.value:f} ÷ {below.value:f} × 100%",
        inputs=(above.id, below.id),
        town=above.town,
        place=above.place,
    )


def comparison_facts(now: Fact, before: Fact, registry: Registry) -> list[Fact]:
    """How a fact differs from the same period last year: difference and percent, or percentage points for a rate."""
    difference = _tidy(now.value - before.value)
    entry = registry.find(now.indicator)
    shared = replace(
        now,
        evidence=now.evidence + before.evidence,
        inputs=(now.id, before.id),
        formula=f"{now.value:f} − {before.value:f}",
    )
    if entry is not None and entry.aggregation is Aggregation.RATIO:
        return [replace(shared, id=f"{now.id}#yoy_points", measure="yoy_points", value=difference, unit="百分点")]
    found = [replace(shared, id=f"{now.id}#yoy_diff", measure="yoy_diff", value=difference)]
    if before.value:
        formula = f"({now.value:f} − {before.value:f}) ÷ {before.value:f} × 100%"
        value = percent_of(now.value - before.value, before.value)
        found.append(
            replace(shared, id=f"{now.id}#yoy_percent", measure="yoy_percent", value=value, unit="%", formula=formula)
        )
    return found
