"""Units that several numbers share (45、32、18处; 3.2、4.5万元), or that stand apart (（单位：处）, 隐患（处）：118)."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.numerals import HAN
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Kind

_JOINED = re.compile(r"[ ]?[、，,/和与及][ ]?")
_NOTE = re.compile(r"[（(][ ]?单位[ ]?[:：为][ ]?(?P<unit>[^）)\n]{1,5})[）)]")
_HEADED = re.compile(r"[（(](?P<unit>[^（()）\n]{1,4})[）)][ ]?[:：]?[ ]?(?:共|为|约|达)?$")
_BREAK = re.compile(r"[。\n]")
_SHAREABLE = frozenset({Kind.COUNT, Kind.MONEY, Kind.PERCENT, Kind.AREA, Kind.LENGTH, Kind.WEIGHT, Kind.ZERO})
_NAMING = frozenset({Kind.DATE, Kind.PERIOD, Kind.ORDINAL, Kind.DOCNO, Kind.POLICY})
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_REACH = 200  # characters that a unit note can speak for
_HEAD = 9  # characters that a bracketed unit before its number takes


def share_units(text: str, readings: list[Reading], vocabulary: Vocabulary) -> None:
    """Gives numbers without a unit the one of the list, note or heading they stand with.

    3、5、8月 are months, 第1、2、3项 ordinals.
    """
    scale = Decimal(1)
    for number in range(len(readings) - 2, -1, -1):
        before, after = readings[number], readings[number + 1]
        joined = _is_bare(before) and _are_joined(text, before, after)
        scale = _share(before, after, max(scale, _scale(text, after))) if joined else Decimal(1)
    for before, after in zip(readings, readings[1:], strict=False):
        if before.kind is Kind.ORDINAL and not before.unit and _are_joined(text, before, after):
            after.kind, before.unit, after.unit = Kind.ORDINAL, after.unit, ""
    # A Chinese numeral that no list gave a unit is none.
    readings[:] = [
        reading for reading in readings if reading.unit or text[reading.digits] not in HAN or not _is_bare(reading)
    ]
    last = 0
    for note in _NOTE.finditer(text):
        last = _apply(text, readings, note, last, vocabulary)
    for reading in readings:
        if _is_bare(reading) and text[reading.start - 1 : reading.start] in "）):： 共为约达":
            head = _HEADED.search(text, max(0, reading.start - _HEAD), reading.start)
            if head:
                _give(reading, head["unit"], vocabulary)


def _is_bare(reading: Reading) -> bool:
    return not reading.unit and reading.kind in (Kind.COUNT, Kind.ZERO) and not reading.denies


def _are_joined(text: str, before: Reading, after: Reading) -> bool:
    return 0 < after.start - before.end <= 3 and bool(_JOINED.fullmatch(text, before.end, after.start))


def _scale(text: str, reading: Reading) -> Decimal:
    """10,000 where the number is written with 万."""
    surface = text[reading.start : reading.end]
    return next((scale for name, scale in _SCALES.items() if name in surface), Decimal(1))


def _share(before: Reading, after: Reading, scale: Decimal) -> Decimal:
    """Gives `before` what `after` has, the 万 of its number too; returns the scale given."""
    if after.kind in _NAMING:
        before.unit, before.kind, before.stated = after.unit, after.kind, False
        return Decimal(1)
    if after.kind not in _SHAREABLE or not after.unit:
        return Decimal(1)
    before.unit = after.unit
    if before.value:
        before.kind = after.kind
        before.value = before.value if before.value >= scale else before.value * scale
    return scale


def _apply(text: str, readings: list[Reading], note: re.Match[str], last: int, vocabulary: Vocabulary) -> int:
    """The note's unit goes to the bare numbers of its sentence; returns where the next note starts looking."""
    at = last
    while at < len(readings) and readings[at].start < note.start():
        at += 1
    before, after = readings[last:at], readings[at : at + _REACH // 2]
    taken = [_take(text, note, reading, vocabulary) for reading in before]
    if True not in taken:
        for reading in after:
            _take(text, note, reading, vocabulary)
    return at


def _take(text: str, note: re.Match[str], reading: Reading, vocabulary: Vocabulary) -> bool:
    start, end = (reading.end, note.start()) if reading.start < note.start() else (note.end(), reading.start)
    if not _is_bare(reading) or end - start > _REACH or _BREAK.search(text, start, end):
        return False
    _give(reading, note["unit"].strip(), vocabulary)
    return True


def _give(reading: Reading, name: str, vocabulary: Vocabulary) -> None:
    """The unit as written apart from its number; 万元 counts in 元."""
    scale = _SCALES.get(name[:1]) if len(name) > 1 else None
    unit = vocabulary.units.get(name[1:] if scale else name)
    if unit is None:
        return
    reading.unit = "%" if unit.kind is Kind.PERCENT else unit.name
    if reading.kind is Kind.COUNT:
        reading.kind = unit.kind
    if scale and reading.value is not None:
        reading.value *= scale
