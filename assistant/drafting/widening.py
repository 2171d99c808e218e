"""A registry that knows every fact: names it does not know are taken for another name of an entry, or entered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from assistant.alignment.readings import read
from assistant.drafting.figures import every_indicator
from assistant.periods import year_of
from assistant.quantities.extract import extract
from assistant.records import Aggregation, Fact, Indicator
from assistant.registry.registry import Registry, registry_of

_SAME = 100  # points from which a name is another name of the indicator it aligns with
_CLEAR = 20  # points by which it must stand before the next
_SPAN = year_of(2000)  # any period: names are compared, not figures
_OTHER = "其他工作"


def widened(registry: Registry, facts: Iterable[Fact]) -> Registry:
    """The registry with every indicator of the facts in it.

    A name that reads like a known indicator (排查隐患 for 排查安全隐患) and has its unit becomes an alias,
    unless the facts have that indicator as well; any other becomes an indicator of its own.
    """
    totals = [fact for fact in facts if fact.measure == "value" and not fact.place]
    unknown = {fact.indicator: fact for fact in totals if registry.find(fact.indicator) is None}
    if not unknown:
        return registry
    entries = {entry.id: entry for entry in registry}
    present = {entry.id for fact in totals if (entry := registry.find(fact.indicator))}
    for name, fact in unknown.items():
        known = _known_as(name, fact, registry)
        if known and known not in present:
            entries[known] = replace(entries[known], aliases=(*entries[known].aliases, name))
            present.add(known)
        else:
            entries[name] = Indicator(name, fact.topic or _OTHER, name, fact.unit or "项", Aggregation.SUM)
    return registry_of(entries.values())


def _known_as(name: str, fact: Fact, registry: Registry) -> str:
    """The id of the indicator this is another name of; empty where none is clearly meant."""
    text = f"{name}11{fact.unit}。"
    facts = every_indicator(registry, _SPAN)
    claims = [replace(each, is_claim=True) for each in extract(text) if each.value == Decimal(11)]
    aligned = read(text, claims, facts, _SPAN, registry, by_value=False).aligned
    scores = aligned[0].scores if aligned else []
    if not scores or scores[0].points < _SAME:
        return ""
    rival = scores[1].points if len(scores) > 1 else 0
    entry = registry.find(scores[0].subject.indicator)
    fits = entry is not None and fact.unit in entry.units
    return entry.id if entry and fits and scores[0].points - rival >= _CLEAR else ""
