"""Numerals as written in Chinese prose (236, １，２７４, 三百余, 2.3万, 1万2千, 十几, 七八百) and their values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.records import Approx

_PLAIN = str.maketrans(
    "０１２３４５６７８９．，〇○两俩壹贰叁肆伍陆柒捌玖拾佰仟萬億廿",
    "0123456789.,零零二二一二三四五六七八九十百千万亿卄",
)
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
HAN = "零〇○一二两俩三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
MAX_DIGITS = 15  # more is an identifier, not a number of anything

_ARABIC = r"(?:[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?![0-9０-９])|[0-9０-９]+)(?:[.．][0-9０-９]+)?"
_SCALE = r"[十百千万亿]+(?:[0-9]+(?:[.][0-9]+)?[十百千万]?|[一二三四五六七八九][百千])?"
NUMBER = re.compile(
    rf"(?:{_ARABIC})(?:[ \u00a0]?[余多来几]?{_SCALE})?(?:[ \u00a0]?(?:[余多几]|来(?=[个家次人名户处条份])))?"
    rf"|[好]?[数几]?[{HAN}]+(?:几[百千万亿]*)?(?:[余多来][百千万亿]*)?"
    rf"|[数几](?=[家户次个处条起人名份场件项])"
)
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]")


@dataclass(frozen=True, slots=True)
class Number:
    """A number without its unit: its value, or its bounds where the words give only those."""

    value: Decimal | None
    approx: Approx = Approx.EXACT
    low: Decimal | None = None
    high: Decimal | None = None


def read_number(text: str) -> Number | None:
    """The number a piece of text matched by `NUMBER` writes; None where it is no number."""
    plain = text.translate(_PLAIN).replace(" ", "").replace("\u00a0", "").replace(",", "").lstrip("好")
    if plain.isascii():
        return Number(Decimal(plain)) if len(plain) <= MAX_DIGITS else None
    if "几" in plain or "数" in plain:
        return _vague(plain)
    approx = Approx.EXACT
    for mark in "余多":
        if mark in plain:
            plain, approx = plain.replace(mark, ""), Approx.MORE_THAN
    if "来" in plain:
        plain, approx = plain.replace("来", ""), Approx.ABOUT
    value = parse_numeral(plain)
    if value is not None:
        return Number(value, approx)
    return _neighbours(plain)


def parse_numeral(plain: str) -> Decimal | None:
    """The value of an Arabic, Chinese or mixed numeral; None where the characters do not make one."""
    plain = plain.translate(_PLAIN)
    if len(plain) > 3 * MAX_DIGITS or not plain:
        return None
    if all(char in _HAN_DIGITS for char in plain):
        return _positional(plain)
    total = section = Decimal(0)
    pending: Decimal | None = None
    last_unit = 1
    after_zero = False
    for part in _PARTS.findall(plain):
        if part in _SMALL:
            section += (Decimal(1) if pending is None else pending) * _SMALL[part]
            pending, last_unit, after_zero = None, _SMALL[part], False
        elif part in _BIG:
            section += pending or 0
            if not section:
                section = total or Decimal(1)
                total = Decimal(0)
            total += section * _BIG[part]
            section, pending, last_unit, after_zero = Decimal(0), None, _BIG[part], False
        elif part == "零":
            after_zero = True
        elif pending is not None:
            return None
        else:
            pending = Decimal(_HAN_DIGITS[part]) if part in _HAN_DIGITS else Decimal(part)
    if pending is not None and last_unit >= 100 and not after_zero:
        pending *= last_unit // 10  # 三百五 is 350, 1万2 is 12000
    return total + section + (pending or 0)


def _positional(plain: str) -> Decimal | None:
    if len(plain) == 2 and "零" not in plain:
        return None  # 七八 is seven or eight
    return Decimal("".join(str(_HAN_DIGITS[char]) for char in plain))


def _vague(plain: str) -> Number | None:
    """数十 is 20 to 90, 十几 is 11 to 19, 几百 is 200 to 900, 二十几 is 21 to 29."""
    plain = plain.replace("数", "几").replace("余", "").replace("多", "")
    head, _, tail = plain.partition("几")
    scale = parse_numeral(tail) if tail else Decimal(1)
    base = parse_numeral(head) if head else Decimal(0)
    if scale is None or base is None:
        return None
    first = 1 if head else 2
    if head and tail:  # 十几万
        return Number(None, Approx.RANGE, (base + 1) * scale, (base + 9) * scale)
    return Number(None, Approx.RANGE, base + first * scale, base + 9 * scale)


def _neighbours(plain: str) -> Number | None:
    """七八百 is 700 to 800, 两三家 is 2 to 3, 十五六 is 15 to 16."""
    found = re.fullmatch(r"(.*?)([一二三四五六七八])([二三四五六七八九])([十百千万亿]*)", plain)
    if not found:
        return None
    head, low, high, tail = found.groups()
    if _HAN_DIGITS[high] - _HAN_DIGITS[low] not in (1, 2):
        return None
    bounds = [parse_numeral(head + digit + tail) for digit in (low, high)]
    return None if None in bounds else Number(None, Approx.RANGE, bounds[0], bounds[1])
