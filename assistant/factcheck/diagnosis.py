"""Where a wrong value may come from: last year, another period, a slip of the unit, another subject."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.subjects import Subject
from assistant.alignment.units import UnitFit, base_unit, fit_units
from assistant.alignment.values import Fit, Number, fit_value
from assistant.periods import chinese_name, year_earlier
from assistant.records import Approx, Kind, Period, Quantity

_TELLING = 10  # a value below it that equals another subject's is chance
_SLIPS = (Fraction(10000), Fraction(1, 10000), Fraction(100000000), Fraction(1, 100000000))
_LOOSE = re.compile("[余多](?!于)")


def diagnose(each: Aligned, subject: Subject, value: Number, unit: str, alignment: Alignment) -> tuple[str, str]:
    """Why the claim is not `value`, as a reason and a sentence for the reviewer."""
    if each.claim.value == 0:
        return "zero_contradicted", "文中说没有，台账中有。"
    return (
        _diagnose_time(each, subject, unit)
        or _diagnose_writing(each.claim, Fraction(value), unit)
        or _diagnose_subject(each, subject, alignment)
    )


def _diagnose_time(each: Aligned, subject: Subject, unit: str) -> tuple[str, str] | None:
    """The value of last year, or of another period of the year."""
    claim = each.claim
    telling = claim.approx in (Approx.EXACT, Approx.RANGE) or bool(_LOOSE.search(claim.surface))
    before = subject.known_at(year_earlier(each.period)) if telling else None
    if before and fit_value(claim, before.value, unit) is not Fit.NO:
        return "stale", f"文中的数与{chinese_name(year_earlier(each.period))}的相同，疑似沿用旧数。"
    period = _period_with_value(each, subject, unit) if claim.approx is Approx.EXACT else None
    return ("wrong_period", f"文中的数是{chinese_name(period)}的。") if period else None


def _diagnose_writing(claim: Quantity, target: Fraction, unit: str) -> tuple[str, str] | None:
    """The right digits in a wrong unit, or a marker that does not hold."""
    written = Fraction(claim.value or 0)
    if (written and any(written * slip == target for slip in _SLIPS)) or _slipped(claim, written, target, unit):
        return "wrong_unit", "数字相同，单位写错。"
    if claim.approx is not Approx.EXACT and target <= written * 2 and written <= target * 2:
        return "bad_approximation", "约数的写法与实际数不符。"
    return None


def _diagnose_subject(each: Aligned, subject: Subject, alignment: Alignment) -> tuple[str, str]:
    if each.claim.kind is Kind.PERCENT and subject.is_rate:
        return "bad_ratio", ""
    other = _subject_with_value(each, subject, alignment)
    return ("wrong_subject", f"文中的数是“{other.name}”的。") if other is not None else ("wrong_value", "")


def _slipped(claim: Quantity, written: Fraction, target: Fraction, unit: str) -> bool:
    return base_unit(claim.unit)[1] != base_unit(unit)[1] and written == target


def _period_with_value(each: Aligned, subject: Subject, unit: str) -> Period | None:
    for (measure, period), fact in subject.facts.items():
        same_year = period.start.year == each.period.start.year and period != each.period
        if measure == "value" and same_year and fit_value(each.claim, fact.value, unit) is Fit.EXACT:
            return period
    return None


def _subject_with_value(each: Aligned, subject: Subject, alignment: Alignment) -> Subject | None:
    value = each.claim.value
    if value is None or each.claim.approx is not Approx.EXACT or abs(value) < _TELLING:
        return None
    for other in alignment.index.subjects:
        if other is subject or fit_units(each.claim.unit, other.unit, other.equal_units) is UnitFit.FOREIGN:
            continue
        known = other.known_at(each.period)
        if known is not None and Decimal(known.value) == value and each.claim.kind is not Kind.PERCENT:
            return other
    return None
