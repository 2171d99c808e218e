"""The figures of a past section: what each one counts, and this year's fact for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.alignment.readings import Aligned, read
from assistant.alignment.roles import Role as ClaimRole
from assistant.drafting.factbook import FactBook
from assistant.periods import year_of
from assistant.quantities.extract import extract
from assistant.records import Fact, Kind, Period, Quantity
from assistant.registry.registry import Registry

COUNTED = frozenset(
    {Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE, Kind.RATIO, Kind.AREA, Kind.LENGTH, Kind.WEIGHT}
)


_FILLER = re.compile(r"(?:[共达为计了约]|累计|总计|合计|有|的)+$")
_NEAR = 40  # points by which a subject aligned better than one that is named outright


class Relation(StrEnum):
    """How a figure relates to the indicator it is about."""

    VALUE = "value"
    CHANGE = "change"  # 同比上升12.5%, 同比减少3起
    REST = "rest"  # 其余3处
    LAST = "last"  # 由96处 (降至83处)
    OTHER = "other"  # shares, averages, multiples: not recomputed


_RELATIONS = {
    ClaimRole.VALUE: Relation.VALUE,
    ClaimRole.TOTAL: Relation.VALUE,
    ClaimRole.PRIOR: Relation.LAST,
    ClaimRole.CHANGE: Relation.CHANGE,
    ClaimRole.REST: Relation.REST,
    ClaimRole.ZERO: Relation.VALUE,
    ClaimRole.WHOLE: Relation.VALUE,
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a past text: `indicator` is empty where nothing in the registry fits."""

    claim: Quantity
    indicator: str = ""
    fact: Fact | None = None
    relation: Relation = Relation.VALUE


def read_figures(text: str, heading: str, book: FactBook, past_period: Period | None) -> list[Figure]:
    """Every quantity of a past section with its indicator and this period's fact, in order of place.

    The words decide, never the value: the old text is aligned with every indicator the registry has,
    whether this year's ledger knows it or not, so that no figure is taken for its neighbour's.
    """
    quantities = extract(text)
    period = past_period or year_of(book.period.start.year - 1)
    aligned = {each.claim.start: each for each in _aligned(text, heading, quantities, period, book.registry)}
    return [_figure(text, quantity, aligned.get(quantity.start), period, book) for quantity in quantities]


def indicators_in(text: str, heading: str, registry: Registry, past_period: Period | None) -> tuple[str, ...]:
    """The indicators whose figures stand in a past section."""
    quantities = extract(text)
    period = past_period or year_of(2000)
    found = [
        _indicator(each, text, registry)
        for each in _aligned(text, heading, quantities, period, registry)
        if _is_plain(each)
    ]
    return tuple(dict.fromkeys(name for name in found if name))


def indicators_at(text: str, registry: Registry) -> dict[int, str]:
    """Offset of each figure → the indicator the words around it speak of (left out where they name none)."""
    aligned = _aligned(text, "", extract(text), year_of(2000), registry)
    return {each.claim.start: name for each in aligned for name in [_indicator(each, text, registry)] if name}


def _is_plain(each: Aligned) -> bool:
    return _RELATIONS.get(each.reading.role) is Relation.VALUE


def _aligned(
    text: str, heading: str, quantities: Iterable[Quantity], period: Period, registry: Registry
) -> list[Aligned]:
    """The claims and the redacted figures (*次) of a section, read against all indicators; offsets of `text`."""
    prefix = f"一、{heading}\n" if heading else ""
    moved = [_moved(quantity, len(prefix)) for quantity in quantities]
    alignment = read(prefix + text, moved, _every_indicator(registry, period), period, registry, by_value=False)
    for each in alignment.aligned:
        each.clause.claim = _moved(each.clause.claim, -len(prefix))
    return list(alignment.aligned)


def _moved(quantity: Quantity, offset: int) -> Quantity:
    claim = quantity.is_claim or (quantity.kind is Kind.PLACEHOLDER and bool(quantity.unit))
    kind = Kind.COUNT if quantity.kind is Kind.PLACEHOLDER and claim else quantity.kind
    return replace(quantity, start=quantity.start + offset, end=quantity.end + offset, is_claim=claim, kind=kind)


@lru_cache(maxsize=8)
def _indicator_facts(entries: tuple[tuple[str, str, str, str], ...], period: Period) -> tuple[Fact, ...]:
    return tuple(Fact(key, key, name, topic, period, Decimal(1), unit) for key, name, topic, unit in entries)


def _every_indicator(registry: Registry, period: Period) -> tuple[Fact, ...]:
    """A stand-in fact for each indicator: what a figure of the old text may be about."""
    return _indicator_facts(tuple((entry.id, entry.name, entry.topic, entry.unit) for entry in registry), period)


def _figure(text: str, quantity: Quantity, aligned: Aligned | None, period: Period, book: FactBook) -> Figure:
    if aligned is None:
        return Figure(quantity)
    indicator = _indicator(aligned, text, book.registry)
    relation = _RELATIONS.get(aligned.reading.role, Relation.OTHER)
    other_span = aligned.period not in (period, year_of(period.start.year))
    if relation is Relation.VALUE and other_span:
        relation = Relation.OTHER  # 一季度15次: not the report's own period
    fact = _fact(indicator, relation, quantity, book) if indicator else None
    return Figure(quantity, indicator, fact, relation)


def _fact(indicator: str, relation: Relation, quantity: Quantity, book: FactBook) -> Fact | None:
    """This year's fact for a figure that stands in this relation to the indicator."""
    if relation is Relation.CHANGE:
        percent = quantity.kind is Kind.PERCENT and quantity.unit == "%"
        return book.change(indicator) if percent else book.difference(indicator)
    if relation is Relation.REST:
        whole, part = rest_of(indicator)
        return book.rest(whole, part) if whole else None
    if relation is Relation.LAST:
        return book.last(indicator)
    return book.fact(indicator) if relation is Relation.VALUE else None


def _indicator(each: Aligned, text: str, registry: Registry) -> str:
    """The indicator of a claim: the aligned one, unless another's very name stands next to the figure."""
    chosen = each.subject.indicator if each.subject else ""
    literal = _named_beside(each, text, registry)
    if not literal or literal == chosen:
        return chosen
    points = {score.subject.indicator: score.points for score in each.scores}
    if each.chosen is None:
        return literal
    return literal if points.get(literal, 0) >= each.chosen.points - _NEAR else chosen


def _named_beside(each: Aligned, text: str, registry: Registry) -> str:
    """The indicator whose name ends right before the figure or begins right after it; the longest name wins."""
    left, right = _FILLER.sub("", each.clause.own), text[each.claim.end : each.claim.end + 12]
    best = (0, "")
    for entry in registry:
        if each.claim.unit and each.claim.unit not in entry.units:
            continue
        for name in entry.names:
            if len(name) > best[0] and (left.endswith(name) or right.startswith(name)):
                best = (len(name), entry.id)
    return best[1]


def rest_of(indicator: str) -> tuple[str, str]:
    """The whole and the part whose difference 其余 speaks of; empty where the indicator has no such pair."""
    pairs = (
        ("hazard.found", "hazard.rectified"),
        ("house.dangerous", "house.treated"),
        ("fire.hazards_found", "fire.hazards_fixed"),
    )
    return next((pair for pair in pairs if indicator in pair), ("", ""))
