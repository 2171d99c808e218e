"""What one part of a question asks, as a record."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.qa.cues import Measure, Want
from assistant.records import Indicator, Period


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. `subjects` are the indicators it may mean; `several` says that each of them is asked for."""

    want: Want
    subjects: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    base: Period | None = None  # what the period is compared with
    measure: Measure = Measure.BOTH
    direction: int = 0  # 1 more, -1 fewer, 0 either
    several: bool = False
    place: str = ""
    rivals: tuple[str, ...] = ()  # other villages named beside it
    carried: bool = False  # what is wanted was taken over from the question before
    per: tuple[Indicator, ...] = ()
    per_time: str = ""  # month, quarter, place: what an average is taken over
    by: str = ""  # month, quarter, half
    top: int = 1
    lowest: bool = False
    whole: Indicator | None = None  # what a share is of, where it is another indicator
    pair: tuple[str, str] | None = None  # all, done
    foreign: tuple[str, ...] = ()  # words that narrow the question to what is not known
    elsewhere: str = ""  # another town or an unknown village that is named
    yes_no: bool = False
    text: str = ""
    period_said: bool = False
    subject_said: bool = False
