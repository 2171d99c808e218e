"""Units that several numbers share: 45、32、18处; 消防118、用电76（单位：处）."""

from __future__ import annotations

import re

from assistant.quantities.reading import Reading
from assistant.records import Kind

_JOINED = re.compile(r"[ ]?[、，,/和与及][ ]?")
_NOTE = re.compile(r"[（(][ ]?单位[ ]?[:：为][ ]?(?P<unit>[^）)\n]{1,5})[）)]")
_BREAK = re.compile(r"[。\n]")
_SHAREABLE = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.AREA, Kind.LENGTH, Kind.WEIGHT, Kind.ZERO})
_REACH = 200  # characters before a unit note that it can speak for


def share_units(text: str, readings: list[Reading]) -> None:
    """Gives numbers without a unit the one of the list they stand in."""
    for number in range(len(readings) - 2, -1, -1):
        before, after = readings[number], readings[number + 1]
        if (
            not before.unit
            and after.unit
            and before.kind is Kind.COUNT
            and after.kind in _SHAREABLE
            and after.start - before.end <= 3
            and _JOINED.fullmatch(text, before.end, after.start)
        ):
            before.unit, before.kind = after.unit, after.kind
    last = 0
    for note in _NOTE.finditer(text):
        last = _apply(text, readings, note, last)


def _apply(text: str, readings: list[Reading], note: re.Match[str], last: int) -> int:
    """The note's unit goes to the bare numbers of its sentence; returns where the next note starts looking."""
    at = last
    while at < len(readings) and readings[at].start < note.start():
        at += 1
    for reading in reversed(readings[last:at]):
        if note.start() - reading.end > _REACH or _BREAK.search(text, reading.end, note.start()):
            break
        if reading.kind is Kind.COUNT and not reading.unit:
            reading.unit = note["unit"]
    return at
