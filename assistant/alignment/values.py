"""Whether a written figure holds for a known value, by the rules for 余, 近, 约, 以上 and rounding.

N余 and N多 hold from N to below N plus one unit of its last non-zero digit (200余: 200–299; 1.2万余:
12000–12999); 超过, 以上, 不少于: at least N; 近N: from 0.85 N to N; 约, 左右: within a tenth. Percentages, and
figures written in 万 or 亿, hold when they equal the value rounded to the written digits.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from unicodedata import normalize

from assistant.alignment.units import base_unit
from assistant.records import Approx, Kind, Quantity

# Measures that are not written in their base unit.
_SCALED = frozenset(("公里", "千米", "吨", "千克", "平方公里", "公顷", "万平方米", "万亩", "万元", "亿元"))
Number = Decimal | Fraction | int

_LOOSE_MORE = re.compile(r"[余多](?!于)")
_BELOW = re.compile(r"不到|不足|未到|未达")
_AT_MOST = re.compile(r"不超过|以内|以下|内$|不高于|不多于")
_ABOUT = re.compile(r"约|左右|上下|大约")
_DECIMALS = re.compile(r"\d[.．。·点](\d+)")
_SCALE = re.compile(r"[万亿]")


class Fit(StrEnum):
    """How a written figure stands to a known value."""

    EXACT = "exact"
    ROUNDED = "rounded"  # equal once rounded to the written digits
    APPROX = "approx"  # the marker's range holds it
    EDGE = "edge"  # N余 for exactly N: holds, though the marker is out of place
    NO = "no"


def fit_value(claim: Quantity, value: Number, unit: str, *, derived: bool = False) -> Fit:
    """How `claim` stands to `value` in `unit`; a `derived` value may always be rounded."""
    if claim.value is None and claim.low is None:
        return Fit.NO
    if claim.approx is Approx.EXACT and claim.value == value and not {claim.unit, unit} & _SCALED:
        return Fit.EXACT
    target = Fraction(value) * base_unit(unit)[1]
    if claim.approx is Approx.RANGE:
        return _fit_range(claim, target)
    written = _written(claim)
    if claim.approx is Approx.EXACT:
        if written == target:
            return Fit.EXACT
        return Fit.ROUNDED if _may_round(claim, derived) and _rounds(claim, written, target) else Fit.NO
    return _fit_marked(claim, written, target)


def _written(claim: Quantity) -> Fraction:
    value = claim.value if claim.value is not None else (claim.low or Decimal(0))
    return Fraction(value) * base_unit(claim.unit)[1]


def _fit_range(claim: Quantity, target: Fraction) -> Fit:
    factor = base_unit(claim.unit)[1]
    low = Fraction(claim.low if claim.low is not None else claim.value or 0) * factor
    high = Fraction(claim.high if claim.high is not None else claim.value or 0) * factor
    return Fit.APPROX if low <= target <= high else Fit.NO


def _fit_marked(claim: Quantity, written: Fraction, target: Fraction) -> Fit:
    surface = claim.surface
    if claim.approx is Approx.MORE_THAN and _LOOSE_MORE.search(surface):
        low, high = loose_range(written)
        if target == written:
            return Fit.EDGE
        holds = low <= target < high or bool(_ABOUT.search(surface)) and abs(target - written) * 10 <= written
    elif claim.approx is Approx.MORE_THAN:
        holds = target >= written
    elif claim.approx is Approx.LESS_THAN:
        holds = _holds_below(surface, written, target)
    else:
        holds = abs(target - written) * 10 <= abs(written)
    return Fit.APPROX if holds else Fit.NO


def _holds_below(surface: str, written: Fraction, target: Fraction) -> bool:
    if _BELOW.search(surface):
        return target < written
    if _AT_MOST.search(surface):
        return target <= written
    return written * 85 <= target * 100 and target <= written


def loose_range(written: Fraction) -> tuple[Fraction, Fraction]:
    """From N to below N plus one unit of its last non-zero digit, for N余."""
    step = Fraction(1)
    if written.denominator != 1:
        while (written / step).denominator != 1:
            step /= 10
    else:
        while written and (written / (step * 10)).denominator == 1:
            step *= 10
    return written, written + step


def range_of(claim: Quantity) -> tuple[Decimal, Decimal]:
    """The least and the greatest value a claim may stand for, in its own unit's base; the top of 余 is left out."""
    if claim.value is None or claim.approx is Approx.RANGE:
        low = claim.low if claim.low is not None else claim.value or Decimal(0)
        return low, claim.high if claim.high is not None else claim.value or Decimal(0)
    value = claim.value
    if claim.approx is Approx.MORE_THAN:
        loose = _LOOSE_MORE.search(claim.surface)
        step = loose_range(Fraction(value))[1] - Fraction(value) if loose else Fraction(10**12)
        return value, value + Decimal(step.numerator) / step.denominator - Decimal("0.001")
    if claim.approx is Approx.LESS_THAN:
        return (Decimal(0) if _BELOW.search(claim.surface) else value * 85 / 100), value
    half = value / 10 if claim.approx is Approx.ABOUT else Decimal(0)
    if claim.kind is Kind.PERCENT:
        half = Decimal(1) / 2 / 10 ** written_decimals(claim)
    return value - half, value + half


def written_decimals(claim: Quantity) -> int:
    """How many digits are written after the point."""
    found = _DECIMALS.search(normalize("NFKC", claim.surface))
    return len(found[1]) if found else 0


def written_step(claim: Quantity) -> Fraction:
    """The value of one unit of the last written digit: 0.1 for 98.5 %, 1000 for 3.6万元."""
    if "成" in claim.surface and claim.kind is Kind.PERCENT:
        return Fraction(10) if claim.value is not None and claim.value % 10 == 0 else Fraction(1)
    step = Fraction(1, 10 ** written_decimals(claim))
    for scale in _SCALE.findall(claim.surface):
        step *= 10000 if scale == "万" else 100000000
    return step * base_unit(claim.unit)[1]


def _may_round(claim: Quantity, derived: bool) -> bool:
    if claim.kind is Kind.PERCENT or claim.unit in ("%", "百分点", "倍") or claim.kind is Kind.RATIO:
        return True
    return derived or bool(_SCALE.search(claim.surface)) and written_decimals(claim) > 0


def _rounds(claim: Quantity, written: Fraction, target: Fraction) -> bool:
    """Whether `target` rounded to the written digits is `written`; both ways of rounding a half are right.

    A rate short of its whole is not 100 %: 99.6 % must not be written 100 %.
    """
    if claim.unit == "%" and written == 100 and target != 100:
        return False
    if claim.kind is Kind.RATIO and claim.unit == "":
        return abs(target - written) * 50 <= 1
    return abs(target - written) * 2 <= written_step(claim)
