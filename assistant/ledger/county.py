"""The facts of many towns at once, for a county or a province: figures without their cells.

`assistant.ledger.facts.facts_for` gives the cells of one town's facts.
"""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, Engine

from assistant.ledger.derived import comparison_facts, ratio_facts
from assistant.ledger.storage import create_tables
from assistant.ledger.totals import plain_fact, values_of
from assistant.periods import year_earlier
from assistant.records import Fact, Period
from assistant.registry.registry import Registry


def facts_of_towns(
    engine: Engine, period: Period, registry: Registry, *, comparisons: bool = True
) -> dict[str, list[Fact]]:
    """Every town's totals, last states, rates and comparisons in a period, by town."""
    create_tables(engine)
    with engine.connect() as connection:
        now = _by_town(connection, period, registry)
        before = _by_town(connection, year_earlier(period), registry) if comparisons else {}
    return {town: _with_comparisons(facts, before.get(town, {}), registry) for town, facts in sorted(now.items())}


def _by_town(connection: Connection, period: Period, registry: Registry) -> dict[str, dict[str, Fact]]:
    towns: dict[str, dict[str, Fact]] = defaultdict(dict)
    for (town, indicator), value in values_of(connection, period, registry, None).items():
        entry = registry.find(indicator)
        if entry is not None:
            towns[town][indicator] = plain_fact(entry, period, value, (), town)
    for facts in towns.values():
        facts.update({fact.indicator: fact for fact in ratio_facts(facts, registry)})
    return towns


def _with_comparisons(facts: dict[str, Fact], before: dict[str, Fact], registry: Registry) -> list[Fact]:
    found: list[Fact] = []
    for entry in registry:
        fact = facts.get(entry.id)
        if fact is not None:
            found.append(fact)
            if entry.id in before:
                found += comparison_facts(fact, before[entry.id], registry)
    return found
