"""Numerals as written in Chinese prose (236, １，２７４, 三百余, 2.3万, 1万2千, 十几, 七八百) and their values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from assistant.records import Approx

_PLAIN = str.maketrans(
    "０１２３４５６７８９．，。〇○两俩壹贰叁肆伍陆柒捌玖拾佰仟萬億", "0123456789.,.零零二二一二三四五六七八九十百千万亿"
)
_DROPPED = str.maketrans("", "", " \u00a0,好")
_HAN_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
ARABIC = "0-9０-９"
HAN = "零〇一二两俩三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億"
MAX_DIGITS = 15  # more is an identifier, not a number of anything

# 1,274 and, from PDF export, 1 274; 320。9 is a misread 320.9.
_GROUPED = (
    rf"[{ARABIC}]{{1,3}}(?:[,，][{ARABIC}]{{3}})+(?![{ARABIC}])"
    r"|(?<![0-9] )[0-9]{1,3}(?: [0-9]{3})+(?=[ ]?[余多]?[\u4e00-\u9fff%％])(?![年月日])"
)
_DECIMALS = rf"(?:[.．][{ARABIC}]+|。[{ARABIC}]{{1,2}}(?=[%％﹪万亿元公米亩吨平千]))"
_SCALE = r"(?:[十百万亿]|千(?![瓦米克卡伏])){1,3}(?:[0-9]{1,4}(?:[.][0-9]+)?[十百千万]?|[一二三四五六七八九][百千])?"
NUMBER = re.compile(
    rf"(?:{_GROUPED}|[{ARABIC}]+){_DECIMALS}?(?:[ \u00a0]?[余多来几]?{_SCALE})?"
    r"(?:[ \u00a0]?(?:[余多几]|来(?=[个家次人名户处条份])))?"
    rf"|[数几]?[{HAN}]+(?:几[百千万亿]*)?(?:[余多来][百千万亿]*)?"
    r"|[数几](?=[家户次个处条起人名份场件项])"
)
_PARTS = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿]")
_NEIGHBOURS = re.compile(r"([一二三四五六七八九百千万亿]*?十?)([一二三四五六七八])([二三四五六七八九])([十百千万亿]*)")


class Number(NamedTuple):
    """A number without its unit: its value, or its bounds where the words give only those."""

    value: Decimal | None
    approx: Approx = Approx.EXACT
    low: Decimal | None = None
    high: Decimal | None = None


def read_number(text: str) -> Number | None:
    """The number that a piece of text matched by `NUMBER` writes; None where it is no number."""
    if len(text) > 3 * MAX_DIGITS:
        return None
    if text.isdigit() and text.isascii():
        return Number(Decimal(text)) if len(text) <= MAX_DIGITS else None
    plain = text.translate(_PLAIN).translate(_DROPPED)
    if plain.isascii():
        return Number(Decimal(plain)) if len(plain) <= MAX_DIGITS else None
    if "几" in plain or "数" in plain:
        return _vague(plain.replace("数", "几"))
    approx = Approx.EXACT
    if "余" in plain or "多" in plain:
        plain, approx = plain.replace("余", "").replace("多", ""), Approx.MORE_THAN
    elif "来" in plain:
        plain, approx = plain.replace("来", ""), Approx.ABOUT
    value = parse_numeral(plain)
    return _neighbours(plain) if value is None else Number(value, approx)


def parse_numeral(text: str) -> Decimal | None:
    """The value of an Arabic, Chinese or mixed numeral; None where the characters do not make one."""
    if not text or len(text) > 3 * MAX_DIGITS:
        return None
    plain = text.translate(_PLAIN)
    if plain in _HAN_DIGITS:
        return Decimal(_HAN_DIGITS[plain])
    value = _positional(plain) if all(char in _HAN_DIGITS for char in plain) else _Sum().read(plain)
    return value if value is None or value < 10**MAX_DIGITS else None


class _Sum:
    """The running sum of a numeral read part by part."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.pending: Decimal | None = None
        self.last_unit = 1

    def read(self, plain: str) -> Decimal | None:
        for part in _PARTS.findall(plain):
            if part in _SMALL:
                self._small(_SMALL[part])
            elif part in _BIG:
                self._big(_BIG[part])
            elif part == "零":
                self.last_unit = 1
            elif self.pending is not None:
                return None
            else:
                self.pending = Decimal(_HAN_DIGITS[part]) if part in _HAN_DIGITS else Decimal(part)
        if self.pending is not None and self.last_unit >= 100 and self.pending < 10:
            self.pending *= self.last_unit // 10  # 三百五 is 350, 1万2 is 12000
        value = self.total + self.section + (self.pending or 0)
        whole = value.to_integral_value()
        return whole if whole == value else value

    def _small(self, unit: int) -> None:
        self.section += (Decimal(1) if self.pending is None else self.pending) * unit
        self.pending, self.last_unit = None, unit

    def _big(self, unit: int) -> None:
        self.section += self.pending or 0
        if not self.section:
            self.section, self.total = self.total or Decimal(1), Decimal(0)
        if self.total and self.total < unit:
            self.section, self.total = self.section + self.total, Decimal(0)
        self.total += self.section * unit
        self.section, self.pending, self.last_unit = Decimal(0), None, unit


def _positional(plain: str) -> Decimal | None:
    """二〇二三; two digits alone are neighbours (七八), not a number."""
    if len(plain) < 3 and "零" not in plain:
        return None
    return Decimal("".join(str(_HAN_DIGITS[char]) for char in plain))


def _vague(plain: str) -> Number | None:
    """数十 is 20 to 90, 十几 is 11 to 19, 几百 is 200 to 900, 二十几万 is 210,000 to 290,000."""
    head, _, tail = plain.replace("余", "").replace("多", "").partition("几")
    scale = parse_numeral(tail) if tail else Decimal(1)
    base = parse_numeral(head) if head else Decimal(0)
    if scale is None or base is None:
        return None
    first = 1 if head else 2
    return Number(None, Approx.RANGE, (base + first) * scale, (base + 9) * scale)


def _neighbours(plain: str) -> Number | None:
    """七八百 is 700 to 800, 两三家 is 2 to 3, 十五六 is 15 to 16, 三五 is 3 to 5."""
    found = _NEIGHBOURS.fullmatch(plain)
    if not found:
        return None
    head, low, high, tail = found.groups()
    if _HAN_DIGITS[high] - _HAN_DIGITS[low] not in (1, 2):
        return None
    bounds = parse_numeral(head + low + tail), parse_numeral(head + high + tail)
    return None if None in bounds else Number(None, Approx.RANGE, *bounds)
