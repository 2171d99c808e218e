"""Units that several numbers share: 45、32、18处; 消防118、用电76（单位：处）."""

from __future__ import annotations

import re

from assistant.quantities.reading import Reading
from assistant.records import Kind

_JOINED = re.compile(r"[ ]?[、，,/和与及][ ]?")
_NOTE = re.compile(r"[（(][ ]?单位[ ]?[:：为][ ]?(?P<unit>[^）)\n]{1,5})[）)]")
_BREAK = re.compile(r"[。\n]")
_SHAREABLE = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.AREA, Kind.LENGTH, Kind.WEIGHT, Kind.ZERO})
_NAMING = frozenset({Kind.DATE, Kind.PERIOD, Kind.ORDINAL, Kind.DOCNO, Kind.POLICY})
_REACH = 200  # characters before a unit note that it can speak for


def share_units(text: str, readings: list[Reading]) -> None:
    """Gives numbers without a unit the one of the list they stand in; 3、5、8月 are months, 第1、2、3项 ordinals."""
    for number in range(len(readings) - 2, -1, -1):
        before, after = readings[number], readings[number + 1]
        if before.unit or before.kind is not Kind.COUNT or not _are_joined(text, before, after):
            continue
        if after.kind in _SHAREABLE:
            before.unit, before.kind = after.unit, after.kind
        elif after.kind in _NAMING:
            before.unit, before.kind, before.stated = after.unit, after.kind, False
    for before, after in zip(readings, readings[1:], strict=False):
        if before.kind is Kind.ORDINAL and not before.unit and _are_joined(text, before, after):
            after.kind = Kind.ORDINAL
            before.unit, after.unit = after.unit, ""
    if readings:
        _note_units(text, readings)


def _are_joined(text: str, before: Reading, after: Reading) -> bool:
    return 0 < after.start - before.end <= 3 and bool(_JOINED.fullmatch(text, before.end, after.start))


def _note_units(text: str, readings: list[Reading]) -> None:
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
