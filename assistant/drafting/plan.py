"""The plan part: last year's plan rolled on, what the facts show, and the targets a person set."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.drafting.clauses import without_repeats
from assistant.drafting.context import Target
from assistant.drafting.enumerations import Enumeration, read_enumeration, written_enumeration
from assistant.drafting.factbook import wording
from assistant.drafting.families import outline_data
from assistant.drafting.problems import rewritten
from assistant.drafting.sections import FOLLOW_UP, PastSection, SectionSpec
from assistant.drafting.sheet import Sheet
from assistant.drafting.shortfalls import find_shortfalls, without_shortfalls
from assistant.drafting.targets import BOUND_NAMES
from assistant.drafting.timewords import next_name, shift_of
from assistant.periods import short_name
from assistant.quantities.render import render
from assistant.records import Fact

_MOST_REMEDIES = 4
_LEAD = "针对存在的问题，重点抓好以下工作："
_TARGETS = re.compile(r"[^，。：]{0,12}的主要目标是：")


def write_plan(spec: SectionSpec, past: PastSection | None, sheet: Sheet) -> list[str]:
    """The paragraphs of a plan section.

    Last year's plan loses its figures (they were last year's targets); the section that follows up
    gets an item for each shortfall of this year and the person's targets beside this year's results.
    """
    follows_up = FOLLOW_UP in spec.topics or past is None
    if past is None:
        return _written(Enumeration(_lead(sheet), tuple(_general())), sheet)
    old = read_enumeration([text for text in past.paragraphs if not _TARGETS.match(text)])
    head = rewritten(old.head.removesuffix(_LEAD).rstrip("\n"), past, sheet)
    kept = [item for item in map(without_shortfalls, old.items) if item]
    items = [item for item in (rewritten(item, past, sheet).rstrip("。；") for item in kept) if item]
    rolled = Enumeration(head, tuple(without_repeats(items, set())), old.separate, old.plain)
    return _written(rolled, sheet) if follows_up else written_enumeration(rolled)


def _written(rolled: Enumeration, sheet: Sheet) -> list[str]:
    remedies = _remedies("".join(rolled.items) + rolled.head + without_shortfalls(sheet.context.past_plan), sheet)
    if rolled.items:
        paragraphs = written_enumeration(replace(rolled, items=(*rolled.items, *remedies)))
    elif remedies:
        head = f"{rolled.head}\n{_LEAD}" if rolled.head else _LEAD
        paragraphs = written_enumeration(Enumeration(head, tuple(remedies)))
    else:
        paragraphs = written_enumeration(rolled)
    targets = _targets(sheet)
    return [*paragraphs, targets] if targets else paragraphs


def _remedies(text: str, sheet: Sheet) -> list[str]:
    """What to do about this year's shortfalls, where the plan does not say it yet."""
    shortfalls = find_shortfalls(sheet.book, sheet.slots, sheet.context.rankings)
    remedies = [entry.remedy for entry in shortfalls if not re.search(entry.planned, text)][:_MOST_REMEDIES]
    demands = [entry for entry in sheet.context.requirements if entry.source not in text]
    return remedies + [f"落实{entry.source}要求，{entry.text.rstrip('。；')}" for entry in demands]


def _targets(sheet: Sheet) -> str:
    """主要目标：隐患整改率不低于98%（2024年为97.6%）."""
    said = [_target(target, sheet) for target in sheet.context.targets]
    return f"{next_name(shift_of(sheet.context))}的主要目标是：{'；'.join(said)}。" if said else ""


def _target(target: Target, sheet: Sheet) -> str:
    entry = sheet.book.registry.find(target.indicator)
    name = entry.name if entry else target.indicator
    aim = sheet.slots.mark(render(target.value, target.unit))
    fact = sheet.book.fact(entry.id if entry else target.indicator)
    return f"{name}{BOUND_NAMES[target.bound]}{aim}" + (_result(fact, sheet) if fact else "")


def _result(fact: Fact, sheet: Sheet) -> str:
    span = f"{sheet.context.period.start.year}年" + (
        "" if short_name(fact.period) == "全年" else short_name(fact.period)
    )
    return f"（{span}为{sheet.slots.put(fact, wording(fact))}）"


def _lead(sheet: Sheet) -> str:
    return f"{next_name(shift_of(sheet.context))}，重点抓好以下工作："


def _general() -> list[str]:
    items: list[str] = outline_data()["plan"]["items"]
    return items
