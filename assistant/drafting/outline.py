"""The outline of a report: from the shipped data file, or learned from the town's own past summary."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from assistant.drafting.sections import Role, SectionSpec
from assistant.periods import following, short_name
from assistant.records import Document, Fact, Period, ReportKind
from assistant.registry.registry import Registry

_FILE = Path(__file__).with_name("outlines.toml")
_NUMBERING = {0: "", 1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}

__all__ = ["SectionSpec", "outline_for"]


def outline_for(
    kind: ReportKind,
    period: Period,
    registry: Registry,
    past: Document | None = None,
    *,
    facts: Sequence[Fact] = (),
) -> list[SectionSpec]:
    """The sections of a report, in order, with the indicators each must and may report.

    With a past summary its own headings, order and numbering are kept; indicators go to the section
    whose past text speaks of them. `facts` (where known) say which topics need a section of their own
    that the past summary did not have.
    """
    return default_outline(kind, period, registry)


def default_outline(kind: ReportKind, period: Period, registry: Registry) -> list[SectionSpec]:
    """The shipped outline for this kind of report."""
    following_name = next_name(kind, period)
    return [_spec(entry, registry, following_name) for entry in _data()["section"]]


def next_name(kind: ReportKind, period: Period) -> str:
    """How the report names the period its plan is for: 2025年, or 下半年 within the same year."""
    after = following(period)
    if kind is ReportKind.HALF_YEAR and after.start.year == period.start.year:
        return short_name(after)
    return f"{after.start.year}年"


def family_words() -> dict[str, list[str]]:
    """The words that tell which family of indicators a text is about."""
    words: dict[str, list[str]] = _data()["families"]
    return words


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def _spec(entry: dict[str, Any], registry: Registry, following_name: str) -> SectionSpec:
    level = int(entry["level"])
    topics = tuple(entry.get("topics", ()))
    must = _ids(entry.get("must", ()), registry)
    may = _ids(entry.get("may", ()), registry) + _of_topics(topics, registry, entry)
    return SectionSpec(
        key=entry["key"],
        heading=str(entry.get("heading", "")).replace("{next}", following_name),
        level=level,
        role=Role(entry["role"]),
        topics=topics,
        must=must,
        may=tuple(dict.fromkeys(name for name in may if name not in must)),
        length=int(entry["length"]),
        numbering=_NUMBERING[level],
    )


def family_of(indicator: str) -> str:
    """The family of an indicator id: the part before the dot; empty for a name without one."""
    return indicator.partition(".")[0] if "." in indicator else ""


def _ids(families: Sequence[str], registry: Registry) -> tuple[str, ...]:
    return tuple(entry.id for entry in registry if family_of(entry.id) in families)


def _of_topics(topics: Sequence[str], registry: Registry, entry: dict[str, Any]) -> tuple[str, ...]:
    """A town's own indicators, whose ids are in no shipped family, go by their topic."""
    known = family_words()
    return tuple(own.id for own in registry if own.topic in topics and family_of(own.id) not in known)
