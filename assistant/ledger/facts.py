"""The facts of a period: from plain rows, or from the observations of the workspace."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from assistant.ledger.county import facts_of_towns
from assistant.ledger.derived import comparison_facts, ratio_facts
from assistant.ledger.distribution import ranking
from assistant.ledger.plain import facts_from_csv, facts_from_rows
from assistant.ledger.rollup import Rollup, compared, roll_up, roster_facts, town_names
from assistant.ledger.storage import create_tables
from assistant.ledger.totals import total_facts
from assistant.periods import year_earlier
from assistant.records import ALL_TOWNS, Fact, Period
from assistant.registry.registry import Registry

__all__ = [
    "Rollup", "compared", "county_around", "county_facts", "county_rollup", "facts_for", "facts_from_csv", "facts_from_rows", "facts_of_towns",
    "ranking", "roll_up", "town_names",
]  # fmt: skip


def facts_for(
    engine: Engine, period: Period, registry: Registry, *, town: str = "", comparisons: bool = True
) -> list[Fact]:
    """Every fact of a town in a period, in the registry's order, comparisons after the facts they compare.

    Totals of what is dated inside the period (or given for spans that fill it), last states, rates
    (none for a zero denominator), and with `comparisons` the difference, percent (none for a zero
    base) or percentage points against the same period last year. Percentages have up to six
    decimals. Each fact carries its cells, each derived one its formula and inputs. `ALL_TOWNS` as the
    town gives the county's: the sums of all towns of the database, rates computed from the sums.
    """
    if town == ALL_TOWNS:
        return county_facts(engine, period, registry, comparisons=comparisons)
    create_tables(engine)
    with engine.connect() as connection:
        now = total_facts(connection, period, registry, town)
        earlier = year_earlier(period)
        before = total_facts(connection, earlier, registry, town) if comparisons else {}
    _add_ratios(now, registry)
    _add_ratios(before, registry)
    found: list[Fact] = []
    for entry in registry:
        fact = now.get(entry.id)
        if fact is None:
            continue
        found.append(fact)
        if entry.id in before:
            found += comparison_facts(fact, before[entry.id], registry)
    return found


def county_rollup(engine: Engine, period: Period, registry: Registry, *, comparisons: bool = False) -> Rollup:
    """Every town's facts of a period and their totals."""
    by_town = {
        town: facts_for(engine, period, registry, town=town, comparisons=comparisons) for town in town_names(engine)
    }
    return roll_up(by_town, period, registry)


def county_facts(engine: Engine, period: Period, registry: Registry, *, comparisons: bool = True) -> list[Fact]:
    """The totals of all towns of the database, comparisons (of the same towns) after them."""
    now = county_rollup(engine, period, registry)
    before = county_rollup(engine, year_earlier(period), registry) if comparisons else None
    return [*now.totals, *(compared(now, before, registry) if before else ())]


def county_around(engine: Engine, period: Period, registry: Registry, due: Sequence[str] = ()) -> list[Fact]:
    """Every fact a county's report of this period may speak of: totals and towns, this period's and last year's.

    `due` are the towns that have to report.
    """
    now, before = (county_rollup(engine, each, registry) for each in (period, year_earlier(period)))
    reported = roster_facts(due, now, period)
    return [*reported, *now.totals, *compared(now, before, registry), *now.places, *before.totals, *before.places]


def _add_ratios(facts: dict[str, Fact], registry: Registry) -> None:
    facts.update({fact.indicator: fact for fact in ratio_facts(facts, registry)})
