"""Reading every figure of a text."""

from __future__ import annotations

from assistant.quantities.claims import Judge
from assistant.quantities.reading import Reading
from assistant.quantities.scan import scan
from assistant.quantities.sharing import share_units
from assistant.quantities.vocabulary import Vocabulary, shipped_vocabulary
from assistant.records import Quantity


def extract(text: str, vocabulary: Vocabulary | None = None, *, year: int | None = None) -> list[Quantity]:
    """Every quantity of the text, in order of place, never overlapping.

    `year` is the report's year, with which 今年, 上半年 and 11月底 name days; without it only dates that
    say their year have a `period`.
    """
    known = vocabulary or shipped_vocabulary()
    readings = scan(text, known, year)
    share_units(text, readings, known)
    judge = Judge(text, year)
    return [_quantity(text, reading, judge.is_claim(reading)) for reading in readings]


def _quantity(text: str, reading: Reading, is_claim: bool) -> Quantity:
    return Quantity(
        reading.start,
        reading.end,
        text[reading.start : reading.end],
        reading.value,
        reading.unit,
        reading.kind,
        is_claim,
        reading.approx,
        reading.low,
        reading.high,
        reading.period,
        reading.denies,
    )
