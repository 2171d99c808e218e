"""Compares every figure of a past summary with the truth of the ledger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from making.prose import Figure

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
NOT_CLAIMS = ("date", "target", "other")
Values = dict[tuple[str, str], Decimal]


def values_of(truth: dict[str, Any]) -> Values:
    """The truth's facts by indicator and period; rates unrounded."""
    return {(fact["indicator"], fact["period"]): _exact(fact) for fact in truth["facts"]}


def _exact(fact: dict[str, Any]) -> Decimal:
    if "exact" not in fact:
        return Decimal(fact["value"])
    upper, lower = (Decimal(part) for part in fact["exact"].split("/"))
    return upper / lower * 100


def faults(figures: list[Figure], values: Values) -> Iterator[str]:
    """What is wrong with the figures: a true one that does not hold, a planted one that does."""
    for figure in figures:
        if figure.nature in NOT_CLAIMS:
            continue
        if figure.true and (holds(figure.surface, figure, values) or not holds(figure.true, figure, values)):
            yield f"{figure.context}: planted, yet {figure.surface} holds or {figure.true} does not"
        elif not figure.true and not holds(figure.surface, figure, values):
            yield f"{figure.context}: {figure.surface} is not what the ledger says"


def holds(surface: str, figure: Figure, values: Values) -> bool:
    """Whether the ledger bears out this way of writing the figure."""
    value = _stated(figure, values)
    if figure.nature == "zero":
        return value == 0
    found = _NUMBER.search(surface)
    if value is None or not found:
        return False
    written = Decimal(found.group(0))
    if figure.nature == "percent":
        return _turned(figure, surface) == (value > 0) and written == _rounded(abs(value), written)
    if figure.nature in ("diff", "points") or "%" in surface:
        return written == _rounded(abs(value), written)
    scale = 10000 if re.match(r"\s*万", surface[found.end() :]) else 1
    if figure.nature == "approx":
        step = scale * Decimal(10) ** _last_place(found.group(0))
        return written * scale <= value < written * scale + step
    return written * scale == value and not ("元" in surface and scale == 1 and "万" in surface)


def _stated(figure: Figure, values: Values) -> Decimal | None:
    now = values.get((figure.indicator, figure.period))
    if figure.nature in ("diff", "percent", "points"):
        before = values.get((figure.indicator, f"{int(figure.period[:4]) - 1}{figure.period[4:]}"))
        if now is None or before is None:
            return None
        return (now - before) / before * 100 if figure.nature == "percent" else now - before
    return now


def _turned(figure: Figure, surface: str) -> bool:
    """Whether the words say that it rose; the corrected surface of a planted figure carries its own word."""
    words = surface if re.search("升|降", surface) else figure.context
    return bool(re.search("增|升|提高", words))


def _rounded(value: Decimal, like: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(int(like.as_tuple().exponent)), ROUND_HALF_UP)


def _last_place(digits: str) -> int:
    """The power of ten of the last digit that is not zero: 1800 → 2, 1.3 → -1."""
    whole, _, decimals = digits.partition(".")
    return -len(decimals) if decimals else len(whole) - len(whole.rstrip("0"))
