"""The value a claim should have, written in the claim's own form: 万元 for 万元, 二十七份 for 二十三份, ９６％ for ９８％."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from unicodedata import normalize

from assistant.alignment.units import base_unit
from assistant.alignment.values import Number, loose_range, written_decimals
from assistant.quantities.render import plain
from assistant.records import Approx, Kind, Quantity

_NUMBER = re.compile(r"[\d０-９][\d０-９,，.．]*|[〇零一二两三四五六七八九十百千]+(?:点[〇零一二三四五六七八九]+)?")
_SCALES = {"亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}
_CHINESE = "零一二三四五六七八九"
_TENTH = Decimal(10)


def render_like(claim: Quantity, value: Number, unit: str) -> str:
    """`value` in `unit`, written as `claim` is."""
    exact = Fraction(value) * base_unit(unit)[1]
    if claim.kind is Kind.ZERO:
        return f"{plain(_decimal(exact, 0))}{unit}"
    if claim.kind is Kind.PERCENT and not _NUMBER.search(claim.surface):
        return f"{_rounded(exact, 1)}%"
    written = claim.unit or unit
    if base_unit(written)[0] != base_unit(unit)[0] and written not in ("%", "百分点", "倍"):
        written = unit if claim.kind is not Kind.COUNT or not claim.unit else claim.unit
    number = _number(claim, exact / base_unit(written)[1])
    text = f"{number}{written}"
    return _widened(text) if re.search("[０-９％]", claim.surface) else text


def _number(claim: Quantity, value: Fraction) -> str:
    scale_word = next((word for word in _SCALES if word in claim.surface), "")
    marker = "余" if claim.approx is Approx.MORE_THAN and re.search("[余多](?!于)", claim.surface) else ""
    relative = claim.kind in (Kind.PERCENT, Kind.MULTIPLE) or claim.unit in ("%", "百分点", "倍")
    if relative:
        return _rounded(value, max(written_decimals(claim), 1 if value.denominator != 1 else 0))
    if scale_word and value >= _SCALES[scale_word] / 100 and not marker:
        scaled = value / Fraction(_SCALES[scale_word])
        return f"{plain(_decimal(scaled, 6))}{scale_word}"
    if marker:
        cut = _cut(value)
        return plain(_decimal(value, 2)) if cut == value else f"{_digits_like(claim, cut)}{marker}"
    return _digits_like(claim, value)


def _cut(value: Fraction) -> Fraction:
    """The N of N余 that holds for the value: its first digit, or first two where there are three or more."""
    if value.denominator != 1 or value < 20:
        return value
    step = 10 ** max(1, len(str(value.numerator)) - 2)
    cut = Fraction(value.numerator // step * step)
    low, high = loose_range(cut)
    return cut if low <= value < high else value


def _digits_like(claim: Quantity, value: Fraction) -> str:
    surface = normalize("NFKC", claim.surface)
    if re.search(r"\d", surface):
        number = plain(_decimal(value, 2))
        return f"{Decimal(number):,}" if "," in surface else number
    if value.denominator == 1 and 0 <= value < 10000 and _NUMBER.search(surface):
        return chinese_number(int(value))
    return plain(_decimal(value, 2))


def chinese_number(value: int) -> str:
    """A whole number below 10,000 in Chinese numerals: 二十三, 一百零五."""
    if value < 10:
        return _CHINESE[value]
    text, pending = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            text += ("零" if pending and text else "") + _CHINESE[digit] + word
        pending = not digit
    return text.removeprefix("一") if text.startswith("一十") else text


def _decimal(value: Fraction, places: int) -> Decimal:
    quotient = Decimal(value.numerator) / Decimal(value.denominator)
    rounded = quotient.quantize(_TENTH**-places, ROUND_HALF_UP)
    return rounded if places else rounded.to_integral_value()


def _rounded(value: Fraction, places: int) -> str:
    return plain(_decimal(value, places))


def _widened(text: str) -> str:
    return "".join(
        chr(ord(char) + 0xFEE0) if char.isdigit() or char == "%" else "．" if char == "." else char for char in text
    )
