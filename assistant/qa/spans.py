"""Which period a clause is about, and which it compares it with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.periods import year_earlier
from assistant.qa.timing import When, find_times, same_period_words
from assistant.records import Period

_COMPARE_BEFORE = re.compile(r"(?:相比于?|比起|比照|对比|比较|较之?|比|与|和|跟|同|是)\s*$")
_COMPARE_AFTER = re.compile(r"^(?:的|全年)?(?:那会儿|那时候?)?(?:相比|比较|比|对比|差|同期|的同期)")
_COMPARED = re.compile(r"一样|持平|相同|相比|对比|比较|比(?!例|率|重)|较(?!大|多|少)|差(?:了)?(?:多少|几)")


@dataclass(frozen=True, slots=True)
class Spans:
    """The periods of a clause; `compared` says that it compares, even where the other period is not said."""

    whens: tuple[When, ...]
    periods: tuple[Period, ...]
    base: Period | None = None
    compared: bool = False

    @property
    def marks(self) -> list[tuple[int, int]]:
        """Where the periods stand."""
        return [(when.start, when.end) for when in self.whens]


def read_spans(text: str, this_year: int, default: int, before: Sequence[Period], base_before: Period | None) -> Spans:
    """The periods of a clause. What is not said is taken from the period asked `before`, else the year `default`."""
    whens = _with_years(find_times(text, this_year))
    same = same_period_words(text)
    if wholes := _wholes_of(text, whens):
        parts = _periods_of([when for when in whens if when not in wholes], default) or tuple(before)
        found = (
            _periods_of(
                [when if when.year is not None else replace(when, year=parts[0].start.year) for when in wholes], default
            )
            if parts
            else ()
        )
        return Spans(tuple(whens), (*parts, *found) or _periods_of(wholes, default))
    base_when, main = _base_of(text, whens)
    periods = _periods_of(main, default) or tuple(before) or tuple(_periods_of([When(0, 0, default, None)], default))
    base = None
    if base_when is not None:
        base = _base_period(base_when, periods[0], default)
    elif same and periods:
        base = year_earlier(periods[0])
    elif not main and base_before is not None and re.search(r"[多少高低增减升降差涨跌]|倍|百分", text):
        base = base_before
    return Spans(tuple(whens), periods, base, base is not None)


def _wholes_of(text: str, whens: Sequence[When]) -> list[When]:
    """The periods that a share is of: those said after 占."""
    at = text.find("占")
    return [when for when in whens if when.start > at] if at >= 0 else []


def _with_years(whens: Sequence[When]) -> list[When]:
    """A part of a year takes the year said before it, or the only one said after it; a year said only for its parts goes."""
    years = [when.year for when in whens if when.year is not None]
    found: list[When] = []
    year = None
    for when in whens:
        if when.year is not None:
            year = when.year
        found.append(
            when
            if when.year is not None
            else replace(when, year=year if year is not None else (years[0] if len(set(years)) == 1 else None))
        )
    return found


def _base_of(text: str, whens: list[When]) -> tuple[When | None, list[When]]:
    """The period something is compared with, and the others."""
    for when in whens:
        before, after = text[: when.start], text[when.end :]
        led = _COMPARE_BEFORE.search(before)
        if not led:
            continue
        firm = led[0].strip() not in ("与", "和", "跟", "同", "是")
        if firm or (_COMPARED.search(after) if led[0].strip() != "是" else "倍" in after):
            others = [other for other in whens if other is not when]
            return when, others
    return None, whens


def _base_period(when: When, main: Period, default: int) -> Period | None:
    """比2023年 in a question about a half of 2024 means the same half of 2023."""
    if when.part is None and not when.part_said and when.year is not None:
        back = main.start.year - when.year
        base = main
        for _ in range(abs(back)):
            base = year_earlier(base) if back > 0 else base
        if back >= 0:
            return base
    return when.period(when.year if when.year is not None else main.start.year or default)


def _periods_of(whens: Sequence[When], default: int) -> tuple[Period, ...]:
    """The periods of the mentions that stand alone: a bare year beside a part of that year only says its year."""
    parts = [when for when in whens if when.part is not None]
    alone = [
        when
        for when in whens
        if when.part is not None or when.part_said or not any(part.year in (when.year, None) for part in parts)
    ]
    found = [when.period(default) for when in alone]
    return tuple(dict.fromkeys(period for period in found if period is not None))
