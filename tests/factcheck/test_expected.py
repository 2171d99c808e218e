"""A value written in the form of the claim it corrects."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.factcheck.expected import chinese_number, render_like
from assistant.quantities.extract import extract
from assistant.quantities.numerals import parse_numeral

CASES = [
    ("8900份", 8600, "份", "8600份"),
    ("3.8万元", 28000, "元", "2.8万元"),
    ("28万元", 28000, "元", "2.8万元"),
    ("二十三份", 27, "份", "二十七份"),
    ("１２６家次", 162, "家次", "１６２家次"),
    ("1,260份", 12600, "份", "12,600份"),
    ("98.2%", Fraction(9300, 96), "%", "96.9%"),
    ("９８％", Fraction(96), "%", "９６％"),
    ("300余家次", 236, "家次", "230余家次"),
    ("1600公里", 1600, "米", "1.6公里"),
    ("2倍", Fraction(9, 4), "倍", "2.3倍"),
    ("6次", 9, "场", "9次"),
]


@pytest.mark.parametrize(("surface", "value", "unit", "due"), CASES)
def test_the_claims_own_form(surface: str, value: int | Fraction | Decimal, unit: str, due: str) -> None:
    (claim,) = [each for each in extract(f"共{surface}。") if each.is_claim]
    assert render_like(claim, value, unit) == due


@given(st.integers(0, 9999))
def test_chinese_numerals_read_back(number: int) -> None:
    assert parse_numeral(chinese_number(number)) == number
