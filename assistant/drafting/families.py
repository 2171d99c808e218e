"""Families of indicators (inspection, road, house …), and the words that tell which one a text is about."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from assistant.records import Indicator

_FILE = Path(__file__).with_name("outlines.toml")
_HEADING_WEIGHT = 9
_NAME_WEIGHT = 3


@cache
def outline_data() -> dict[str, Any]:
    """The shipped data file of outlines and families, as read."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def family_of(indicator: str) -> str:
    """The family of an indicator id: the part before the dot; empty for a name without one."""
    family = indicator.partition(".")[0] if "." in indicator else ""
    return family if family in outline_data()["families"] else ""


def family_words(family: str) -> tuple[str, ...]:
    """The words that tell that a text is about this family."""
    return tuple(outline_data()["families"].get(family, ()))


def affinity(family: str, members: Iterable[Indicator], heading: str, text: str) -> int:
    """How much a section is the place for a family, in points; 0 where nothing speaks for it.

    The heading counts most, then the names of the family's indicators in the text, then its words there.
    """
    members = tuple(members)
    topics = {entry.topic for entry in members}
    words = family_words(family) or tuple(topics)
    named = sum(word in heading for word in words)
    points = _NAME_WEIGHT * sum(any(name in text for name in entry.names) for entry in members)
    points += sum(word in text for word in words)
    if not named and families_in(heading):
        points //= 3  # the section is about something else and only touches this
    return _HEADING_WEIGHT * named + points


def families_in(heading: str) -> tuple[str, ...]:
    """The families a heading is about."""
    return tuple(
        family for family in outline_data()["families"] if any(word in heading for word in family_words(family))
    )
