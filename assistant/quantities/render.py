"""Writing a value the way these reports write it: 61台次, 3.57万元, 97.1%, 230余家次."""

from __future__ import annotations

from decimal import Decimal

TEN_THOUSAND = Decimal(10_000)
_MONEY = frozenset({"元"})


def render(value: Decimal, unit: str, *, approximate: bool = False) -> str:
    """The value with its unit in house style; the value is never changed, only with `approximate` cut to N余.

    Money of 10,000 元 and more is written in 万元 where two decimals hold it exactly. `approximate` writes
    N余 for N ≤ value < N + one unit of N's last non-zero digit (design.md); values under 20, fractions
    and numbers that N余 would leave exact are written exactly.
    """
    if unit in _MONEY and abs(value) >= TEN_THOUSAND:
        in_ten_thousands = value / TEN_THOUSAND
        if in_ten_thousands == in_ten_thousands.quantize(Decimal("0.01")):
            return f"{plain(in_ten_thousands)}万{unit}"
    rounded = _round_down(value) if approximate else None
    return f"{plain(value)}{unit}" if rounded is None else f"{plain(rounded)}余{unit}"


def plain(value: Decimal) -> str:
    """The number without exponent, trailing zeros or separators."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _round_down(value: Decimal) -> Decimal | None:
    """The number N of N余: two leading digits where there are three or more, one where there are two."""
    if value != value.to_integral_value() or value < 20:
        return None
    digits = len(plain(value))
    step = Decimal(10) ** max(1, digits - 2)
    rounded = value // step * step
    return rounded if rounded != value else None
