"""A report's parts: what a section of the new one is to be, and what a section of the past one was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assistant.drafting.context import Context
from assistant.records import Fact, Notice, Period, ReportKind, SectionText

FOLLOW_UP = "整改落实"  # the topic of that plan section which takes up this year's shortfalls and the targets


class Role(StrEnum):
    """What a section does in the report."""

    OPENING = "opening"
    WORK = "work"
    PROBLEMS = "problems"
    PLAN = "plan"
    CLOSING = "closing"


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """One section of an outline.

    `heading` is without its number; `numbering` is a sample of the style ("一、", "（一）", "1."), and
    the number itself is set when the draft is put together, so that a left-out section leaves no gap.
    A parent of sub-sections with no text of its own has `length` 0 and no indicators.
    """

    key: str  # stable within a draft: "00" the opening, "01", "02.03"
    heading: str
    level: int  # 0 for a section without heading, 1–4 as the headings 一、（一）1.（1）
    role: Role
    topics: tuple[str, ...] = ()
    must: tuple[str, ...] = ()  # ids of indicators the section has to report where the ledger has them
    may: tuple[str, ...] = ()  # ids of indicators it can report
    length: int = 200  # characters wanted
    numbering: str = ""
    follows: int | None = None  # which section of the past summary (1, 2, …), 0 for none; None: the one that fits


@dataclass(frozen=True, slots=True)
class PastSection:
    """A section of a past summary, cleaned of what a web page left in it."""

    heading: str  # without its number and without a closing colon
    level: int
    numbering: str
    role: Role
    paragraphs: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, joined by newlines."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class PastReport:
    """A past summary as read: whose it is, of which period, and its sections in order."""

    file: str
    title: str
    kind: ReportKind
    period: Period | None
    unit_name: str  # empty where the text does not say, or redacts it
    sections: tuple[PastSection, ...]
    notices: tuple[Notice, ...] = ()
    addressee: str = ""


Writer = Callable[[SectionSpec, Sequence[Fact], PastSection | None, Context], SectionText]
"""Writes one section. Gets all facts of the draft (this period's, and those they are compared with);
the spec says which of them the section reports."""
