"""Which facts of a section a model is offered as slots, and what rides along with them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook
from assistant.drafting.families import family_of
from assistant.drafting.phrases import clause_for, facts_sentences, inside_of, label_of, nested_in, value_of
from assistant.drafting.sections import SectionSpec
from assistant.drafting.slots import Slots
from assistant.periods import short_name
from assistant.records import Aggregation, Fact

_OWN_SENTENCE = "accident"  # accidents are told in fixed words: how many, what came of them, what did not happen
_FIRST_SLOT = re.compile(r"(?:^|(?<=[。；\n]))\{\{(?P<name>[^{}]+)\}\}")
_SLOT_END = re.compile(r"\{\{(?P<name>[^{}]+)\}\}(?=[，。；、！]|$)")


def offered_facts(spec: SectionSpec, book: FactBook, context: Context) -> list[Fact]:
    """The facts a model words itself, in the outline's order.

    Left to code are noughts, accidents, bases of ratios, and parts that are said within their whole.
    """
    members = (*spec.must, *spec.may)
    offered = []
    for indicator in members:
        fact = book.fact(indicator)
        if fact is None or fact.value == 0 or family_of(indicator) == _OWN_SENTENCE:
            continue
        host = nested_in(indicator)
        rides = host in members and book.fact(host) is not None
        if not rides and clause_for(fact, context, Slots()):
            offered.append(fact)
    return offered


def add_riders(
    text: str, offered: Mapping[str, Fact], spec: SectionSpec, book: FactBook, context: Context, slots: Slots
) -> str:
    """The text with （其中重大隐患2处） and ，同比上升12.5% behind the slots they belong to.

    Only behind a slot that ends its clause; what is added stands in `slots`.
    """
    members = (*spec.must, *spec.may)

    def extended(found: re.Match[str]) -> str:
        fact = offered.get(found["name"])
        if fact is None or fact.measure != "value":
            return found.group()
        risen = _rise(fact, book, context)
        rise = f"，同比上升{slots.put(risen, value_of(risen, context))}" if risen else ""
        return found.group() + inside_of(fact.indicator, members, book, context, slots) + rise

    return _SLOT_END.sub(extended, text)


def fit_labels(text: str, offered: Mapping[str, Fact], context: Context) -> str:
    """The text with the words before each slot in keeping with what the slot will say.

    A clause that only says the same goes (签订责任书，{{f1}}), so does another fact's name (举办安全培训
    before the number of people trained), and 全年 before a state of things (重点水域62处).
    """
    labels = {name: label_of(fact) for name, fact in offered.items() if fact.measure == "value"}
    for name, label in labels.items():
        slot = rf"\{{\{{{re.escape(name)}\}}\}}"
        text = re.sub(rf"(?:(?<=[，。；])|^)了?{re.escape(label)}[，、](?=[^，。；{{}}]{{0,6}}{slot})", "", text)
        others = {other for other in labels.values() if other != label and not label.startswith(other)}
        for other in others:
            text = re.sub(rf"{re.escape(other)}(?={slot})", "", text)
        entry = context.registry.find(offered[name].indicator)
        if entry is not None and entry.aggregation is Aggregation.LAST:
            text = re.sub(rf"(?:全年|上半年|年内)共?(?={slot})", "", text)
    return text


def add_period(text: str, offered: Mapping[str, Fact], context: Context) -> str:
    """The text with 全年 or 上半年 before a sentence that begins with a figure counted over the period."""
    word = short_name(context.period)

    def led(found: re.Match[str]) -> str:
        fact = offered.get(found["name"])
        entry = context.registry.find(fact.indicator) if fact and fact.measure == "value" else None
        counted = entry is not None and entry.aggregation in (Aggregation.SUM, Aggregation.COUNT, Aggregation.DISTINCT)
        return (word if counted else "") + found.group()

    return text if word in text else _FIRST_SLOT.sub(led, text, count=1)


def left_sentences(spec: SectionSpec, book: FactBook, context: Context, slots: Slots) -> list[str]:
    """Sentences for the must-report facts that are not said yet, in the phrase book's words."""
    return facts_sentences([name for name in spec.must if name not in slots.said], book, context, slots)


def grouped(facts: Sequence[Fact], most: int) -> list[list[Fact]]:
    """The facts in groups of about equal size, at most `most` each; one empty group where there are none."""
    count = max(1, -(-len(facts) // most))
    size, longer = divmod(len(facts), count)
    groups: list[list[Fact]] = []
    start = 0
    for number in range(count):
        end = start + size + (number < longer)
        groups.append(list(facts[start:end]))
        start = end
    return groups


def _rise(fact: Fact, book: FactBook, context: Context) -> Fact | None:
    """The year-on-year fact that the phrase book would say with this one."""
    trial = Slots()
    said = "".join(facts_sentences([fact.indicator], book, context, trial))
    return next((found for found in trial.facts_in(said) if found.measure == "yoy_percent"), None)
