"""The figures of a past section: what each one counts, and this year's fact for it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from assistant.alignment.readings import Aligned, read
from assistant.alignment.roles import Role as ClaimRole
from assistant.alignment.units import UnitFit
from assistant.drafting.clauses import Span, split_sentences
from assistant.drafting.factbook import RESTS, FactBook
from assistant.drafting.families import family_of, family_words, outline_data
from assistant.periods import year_of
from assistant.quantities.extract import extract
from assistant.records import Fact, Kind, Period, Quantity
from assistant.registry.registry import Registry

COUNTED = frozenset(
    {Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.MULTIPLE, Kind.RATIO, Kind.AREA, Kind.LENGTH, Kind.WEIGHT}
)


_OBSERVANCE = re.compile(r"宣传[日月周]|咨询日|消防日|减灾日|安全生产月|安全月|宪法日")
_REACHED = re.compile(r"^的?(?:上?升|增长?|增加|提高|下?降|减少?|回落|压减)(?:至|到|为)了?$")
_FILLER = re.compile(r"(?:[共达为计了约]|累计|总计|合计|有|的)+$")
_TELLING = 4  # characters from which a name by itself makes a number its figure
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
    named = _indicators(list(aligned.values()), text, book.registry, lambda name: book.fact(name) is not None)
    figures: list[Figure] = []
    for quantity in quantities:
        figure = _figure(text, quantity, aligned.get(quantity.start), named.get(quantity.start, ""), period, book)
        figures.append(_anchored(text, figure, figures, book))
    return figures


def _anchored(text: str, figure: Figure, before: Sequence[Figure], book: FactBook) -> Figure:
    """A figure without words of its own is of the one before it: 其余2处, 同比上升5%, 由8次增至10次."""
    last = next((each for each in reversed(before) if each.indicator), None)
    if figure.indicator or last is None or "。" in text[last.claim.end : figure.claim.start]:
        return figure
    relation = figure.relation
    if last.relation is Relation.LAST and _REACHED.search(text[last.claim.end : figure.claim.start]):
        relation = Relation.VALUE
    elif relation not in (Relation.REST, Relation.CHANGE):
        return figure
    fact = _fact(last.indicator, relation, figure.claim, book)
    return replace(figure, indicator=last.indicator, fact=fact, relation=relation)


def indicators_in(text: str, heading: str, registry: Registry, past_period: Period | None) -> tuple[str, ...]:
    """The indicators whose figures stand in a past section."""
    quantities = extract(text)
    period = past_period or year_of(2000)
    aligned = _aligned(text, heading, quantities, period, registry)
    named = _indicators(aligned, text, registry)
    events = [span for span in split_sentences(text) if is_dated_event(span, quantities)]
    standing = [each for each in aligned if not any(event.start <= each.claim.start < event.end for event in events)]
    found = [named.get(each.claim.start, "") for each in standing if _is_plain(each)]
    return tuple(dict.fromkeys(name for name in found if name))


def is_dated_event(span: Span, quantities: Iterable[Quantity]) -> bool:
    """Whether a sentence tells of something on a certain day or in a certain month; 截至6月底 does not, nor 6月安全生产月."""
    dates = (each for each in quantities if each.kind is Kind.DATE and span.start <= each.start < span.end)
    told = any("月" in date.surface and not _until(span, date.start - span.start) for date in dates)
    return told and not _OBSERVANCE.search(span.text)


def _until(span: Span, at: int) -> bool:
    return span.text.startswith("截", at) or re.search(r"截[至止到]{1,2}$", span.text[:at]) is not None


def indicators_at(text: str, registry: Registry) -> dict[int, str]:
    """Offset of each figure → the indicator the words around it speak of (left out where they name none)."""
    aligned = _aligned(text, "", extract(text), year_of(2000), registry)
    return _indicators(aligned, text, registry)


def _is_plain(each: Aligned) -> bool:
    return _RELATIONS.get(each.reading.role) is Relation.VALUE


def _aligned(
    text: str, heading: str, quantities: Iterable[Quantity], period: Period, registry: Registry
) -> list[Aligned]:
    """The claims and the redacted figures (*次) of a section, read against all indicators; offsets of `text`."""
    prefix = f"一、{heading}\n" if heading else ""
    moved = [_moved(quantity, len(prefix), _stated(text, quantity, registry)) for quantity in quantities]
    alignment = read(prefix + text, moved, every_indicator(registry, period), period, registry, by_value=False)
    for each in alignment.aligned:
        each.clause.claim = _moved(each.clause.claim, -len(prefix), True)
        if each.marker:
            each.marker = replace(each.marker, start=each.marker.start - len(prefix), end=each.marker.end - len(prefix))
    return list(alignment.aligned)


def _stated(text: str, quantity: Quantity, registry: Registry) -> bool:
    """Whether a quantity is to be read as a figure: a claim, a redacted count, or one right behind an indicator's name."""
    if quantity.is_claim or (quantity.kind is Kind.PLACEHOLDER and quantity.unit):
        return True
    left = text[max(0, quantity.start - 14) : quantity.start]
    return quantity.kind in COUNTED and any(
        len(name) >= _TELLING and left.endswith(name) for entry in registry for name in entry.names
    )


def _moved(quantity: Quantity, offset: int, claim: bool) -> Quantity:
    kind = Kind.COUNT if quantity.kind is Kind.PLACEHOLDER and claim else quantity.kind
    return replace(quantity, start=quantity.start + offset, end=quantity.end + offset, is_claim=claim, kind=kind)


@lru_cache(maxsize=8)
def _indicator_facts(entries: tuple[tuple[str, str, str, str], ...], period: Period) -> tuple[Fact, ...]:
    return tuple(Fact(key, key, name, topic, period, Decimal(1), unit) for key, name, topic, unit in entries)


def every_indicator(registry: Registry, period: Period) -> tuple[Fact, ...]:
    """A stand-in fact for each indicator: what a figure of the old text may be about."""
    return _indicator_facts(tuple((entry.id, entry.name, entry.topic, entry.unit) for entry in registry), period)


def _figure(
    text: str, quantity: Quantity, aligned: Aligned | None, indicator: str, period: Period, book: FactBook
) -> Figure:
    if aligned is None:
        return Figure(quantity)
    relation = _RELATIONS.get(aligned.reading.role, Relation.OTHER)
    if relation is Relation.VALUE and _of_other_span(text, aligned, period):
        span = _this_year(aligned.period, period, book.period)
        fact = book.at(indicator, span) if span else None
        return Figure(quantity, indicator, fact, relation if fact else Relation.OTHER)
    return Figure(quantity, indicator, _fact(indicator, relation, quantity, book) if indicator else None, relation)


def _of_other_span(text: str, aligned: Aligned, period: Period) -> bool:
    """Whether the figure is of a part of the year (其中上半年20次), named in its own stretch between ；and 。."""
    if aligned.period in (period, year_of(period.start.year)) or aligned.marker is None:
        return False
    if aligned.marker.word.startswith("截") and aligned.period.start.month == 1:
        return False  # 截至11月底: all of the year there was when the text was written
    return not re.search("[；。\n]", text[max(0, aligned.marker.end) : aligned.claim.start])


def _this_year(span: Period, past: Period, now: Period) -> Period | None:
    """The part of this report's year that answers to a part of the past one's; None outside the report's period."""
    years = now.start.year - past.start.year
    moved = Period(_later(span.start, years), _later(span.end, years))
    return moved if moved in now else None


def _later(day: date, years: int) -> date:
    last = monthrange(day.year + years, day.month)[1]
    ends_month = day.day == monthrange(day.year, day.month)[1]
    return date(day.year + years, day.month, last if ends_month else min(day.day, last))


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


def _indicators(
    aligned: Sequence[Aligned], text: str, registry: Registry, has_fact: Callable[[str], bool] = bool
) -> dict[int, str]:
    """Offset of a claim → its indicator: the aligned one, unless another's very name stands next to the figure.

    Where the ledger has nothing for it, an indicator of the town's own that suits nearly as well is taken.

    Within a sentence an indicator that another figure has already been given is not given twice.
    """
    named: dict[int, str] = {}
    for each in aligned:
        beside = [other for other in aligned if other.clause.sentence == each.clause.sentence and other is not each]
        taken = {other.subject.indicator for other in beside if other.subject}
        chosen = _chosen(each, text, registry)
        literal = _named_beside(each, text, registry)
        points = {score.subject.indicator: score.points for score in each.scores}
        close = each.chosen is None or points.get(literal, 0) >= each.chosen.points - _NEAR
        name = literal if literal and literal not in taken and close else chosen
        name = name if has_fact(name) else _own_fact(each, name, taken, registry, has_fact) or name
        if name:
            named[each.claim.start] = name
    return named


def _chosen(each: Aligned, text: str, registry: Registry) -> str:
    """The aligned indicator, unless the words are wider than it is or the unit is another's.

    投入资金 is not 防溺水投入 where nothing around speaks of drowning, and 3名 are not 人次.
    """
    score = each.chosen
    if score is None:
        return ""
    indicator = score.subject.indicator
    entry = registry.find(indicator)
    if entry and any(name in each.clause.own for name in entry.names):
        return indicator
    if score.unit in (UnitFit.LOOSE, UnitFit.TIMES) and each.claim.unit:
        return ""
    if entry is None or entry.topic in outline_data()["topics"]["general"]:
        return indicator
    around = "".join(each.clause.sentence.line.path) + _line_around(text, each.claim.start)
    words = family_words(family_of(indicator))
    return "" if words and not any(word in around for word in words) else indicator


def _line_around(text: str, at: int) -> str:
    return text[text.rfind("\n", 0, at) + 1 : (text.find("\n", at) + 1 or len(text) + 1) - 1]


def _own_fact(each: Aligned, name: str, taken: set[str], registry: Registry, has_fact: Callable[[str], bool]) -> str:
    """A town's own indicator (its id is its name) that suits the figure nearly as well and has a fact."""
    floor = max((score.points for score in each.scores), default=0) - _NEAR
    for score in each.scores:
        indicator = score.subject.indicator
        own = (entry := registry.find(indicator)) is not None and entry.id == entry.name
        if own and indicator not in taken and indicator != name and score.points >= floor and has_fact(indicator):
            return indicator
    return ""


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
    """The whole and the part whose difference 其余 speaks of; empty where the family has no such pair."""
    family = family_of(indicator)
    return next((pair for pair in RESTS if family and family_of(pair[0]) == family), ("", ""))
