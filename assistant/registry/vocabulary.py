"""How ledgers word their headers: subjects of sheets, header patterns of indicators, events that rows stand for.

The registry says what is counted and under which names reports write it; the vocabulary says how the
columns of a ledger name the same thing, where the sheet's subject already says half of it (已签 on a
sheet of 责任书). It is data beside the registry, so that it can be read and extended.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Subject:
    """What a sheet is about, and the words in titles that say so."""

    key: str
    topic: str
    words: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class HeaderPattern:
    """A wording of column headers that means an indicator, on sheets of these subjects (any, if none).

    `part`: the column holds only a part (一般 of 一般 and 重大) of what the indicator counts.
    """

    indicator: str
    subjects: frozenset[str]
    part: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Event:
    """What one row stands for: which indicator counts such rows, and which one their attendance."""

    key: str
    subject: str
    words: re.Pattern[str] | None
    without: re.Pattern[str] | None
    counts: str
    people: str


@cache
def subjects() -> tuple[Subject, ...]:
    """Every subject, the more specific first."""
    return tuple(Subject(row["subject"], row["topic"], re.compile(row["words"])) for row in _rows("subjects.csv"))


@cache
def header_patterns() -> tuple[HeaderPattern, ...]:
    """Every header pattern, in the order of the file."""
    return tuple(
        HeaderPattern(
            row["indicator"],
            frozenset(filter(None, row["subject"].split("|"))),
            row["part"],
            re.compile(row["pattern"], re.IGNORECASE),
        )
        for row in _rows("headers.csv")
    )


@cache
def events() -> tuple[Event, ...]:
    """Every kind of event."""
    return tuple(
        Event(
            row["event"], row["subject"], _pattern(row["words"]), _pattern(row["without"]), row["counts"], row["people"]
        )
        for row in _rows("events.csv")
    )


def subjects_of(*texts: str) -> tuple[str, ...]:
    """The subjects the first of the texts that names any speaks of, the more specific first."""
    for text in texts:
        found = tuple(subject.key for subject in subjects() if subject.words.search(text))
        if found:
            return found
    return ()


def _pattern(words: str) -> re.Pattern[str] | None:
    return re.compile(words) if words else None


def _rows(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
