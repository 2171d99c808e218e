"""A county's report as the check reads it: what is said of 全县 is said of the whole that the facts are of.

The rules for reading Chinese were made for towns, to which 全县 is somebody else's figure. In a county's own report
it is what 全镇 is in a town's; the words are exchanged for ones of the same length, so that offsets stay true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.records import ALL_TOWNS, Fact, Finding

_WHOLE = re.compile(r"(?<![\u4e00-\u9fff]{2}[县市区])([全我本])[县市区州旗](?![域级内政长直外])")


def is_of_county(facts: Sequence[Fact]) -> bool:
    """Whether the facts are those of all towns together."""
    return any(fact.town == ALL_TOWNS for fact in facts)


def read_as_town(text: str) -> str:
    """The text with 全镇 for 全县, as long as before."""
    return _WHOLE.sub(r"\1镇", text)


def named_in(text: str, facts: Sequence[Fact]) -> list[Fact]:
    """The totals, and the facts of those towns the text names: the others cannot be meant."""
    named = {place for place in {fact.place for fact in facts} if place in text}
    return [fact for fact in facts if fact.place in named or not fact.place]


def as_written(findings: Sequence[Finding], text: str) -> tuple[Finding, ...]:
    """The findings with the words as they stand in the text."""
    return tuple(replace(each, surface=text[each.start : each.end]) for each in findings)
