"""When a written figure holds for a value."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.alignment.values import Fit, fit_value, loose_range, range_of
from assistant.quantities.extract import extract
from assistant.records import Quantity

HOLDS = [
    ("236家次", 236), ("200余家次", 236), ("200余家次", 299), ("230多家次", 236), ("1.2万余份", 12999), ("480余万元", 4899999),
    ("十余次", 19), ("十几次", 11), ("数十次", 20), ("超过230家次", 236), ("近250家次", 236), ("近60只", 57),
    ("约240家次", 236), ("350元左右", 351), ("不到60处", 57), ("3.6万元", 36000), ("3.57万元", 35700), ("4万多元", 46000),
    ("98%以上", 98), ("1,260份", 1260), ("１２６家次", 126), ("二十三份", 23), ("三百余家次", 326), ("上百人次", 132),
]  # fmt: skip
FAILS = [
    ("236家次", 235), ("200余家次", 300), ("200余家次", 199), ("220余家次", 236), ("1.2万余份", 13000), ("十余次", 20), ("十几次", 20),
    ("超过240家次", 236), ("近230家次", 236), ("近300家次", 236), ("约300家次", 236), ("不到60处", 60), ("3.6万元", 38000),
    ("98%以上", Decimal("97.9")), ("二十三份", 32), ("上百人次", 99), ("18余次", 19),
]  # fmt: skip


def claim(surface: str) -> Quantity:
    (found,) = [each for each in extract(f"共计{surface}。") if each.is_claim]
    return found


@pytest.mark.parametrize(("surface", "value"), HOLDS)
def test_holds(surface: str, value: int) -> None:
    written = claim(surface)
    assert fit_value(written, value, written.unit) is not Fit.NO


@pytest.mark.parametrize(("surface", "value"), FAILS)
def test_does_not_hold(surface: str, value: int) -> None:
    written = claim(surface)
    assert fit_value(written, value, written.unit) is Fit.NO


def test_more_than_exactly_so_many_holds_at_the_edge() -> None:
    assert fit_value(claim("200余处"), 200, "处") is Fit.EDGE


def test_percentages_are_rounded_to_the_written_digits() -> None:
    assert fit_value(claim("98.8%"), Fraction(32200, 326), "%") is Fit.ROUNDED
    assert fit_value(claim("98.7%"), Fraction(32200, 326), "%") is Fit.NO
    assert fit_value(claim("99%"), Fraction(32200, 326), "%") is Fit.ROUNDED


def test_short_of_the_whole_is_not_a_hundred_percent() -> None:
    assert fit_value(claim("100%"), Fraction(9990, 100), "%") is Fit.NO


def test_lengths_are_compared_in_one_unit() -> None:
    assert fit_value(claim("1.6公里"), 1600, "米") is Fit.EXACT
    assert fit_value(claim("1600公里"), 1600, "米") is Fit.NO


@given(st.integers(1, 10**7))
def test_the_loose_range_holds_its_start_and_one_last_digit(number: int) -> None:
    low, high = loose_range(Fraction(number))
    step = high - low
    assert low == number
    assert number % step == 0
    assert (number // step) % 10 != 0


@given(st.sampled_from([surface for surface, _ in HOLDS]), st.integers(0, 10**5))
def test_what_holds_lies_in_the_range(surface: str, value: int) -> None:
    written = claim(surface)
    low, high = range_of(written)
    if written.unit != "元" and fit_value(written, value, written.unit) is not Fit.NO:
        assert low <= value <= high
