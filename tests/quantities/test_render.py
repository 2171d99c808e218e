"""House style, and that what is rendered reads back as the same value."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities.extract import extract
from assistant.quantities.render import render
from assistant.records import Approx

_UNITS = ["家次", "处", "份", "人次", "台次", "个", "亩", "平方米", "公里", "吨", "元", "起", "户", "%", "倍"]


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("61", "台次", "61台次"),
        ("10910", "份", "10910份"),
        ("35700", "元", "3.57万元"),
        ("10000", "元", "1万元"),
        ("9999", "元", "9999元"),
        ("35705", "元", "35705元"),
        ("35750", "元", "35750元"),
        ("120000000", "元", "12000万元"),
        ("97.1", "%", "97.1%"),
        ("100.0", "%", "100%"),
        ("0", "起", "0起"),
        ("1E+3", "人", "1000人"),
    ],
)
def test_house_style(value: str, unit: str, written: str) -> None:
    assert render(Decimal(value), unit) == written


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("236", "230余家"),
        ("205", "200余家"),
        ("200", "200家"),
        ("56", "50余家"),
        ("10910", "10000余家"),
        ("18", "18家"),
    ],
)
def test_approximate_cuts_to_round_numbers_and_never_says_more_than_there_is(value: str, written: str) -> None:
    assert render(Decimal(value), "家", approximate=True) == written


@given(st.decimals(0, 10**9, places=2) | st.integers(0, 10**9).map(Decimal), st.sampled_from(_UNITS))
def test_what_is_rendered_reads_back(value: Decimal, unit: str) -> None:
    (read,) = [quantity for quantity in extract(f"共计{render(value, unit)}。") if quantity.start >= 2]
    assert (read.value, read.unit, read.approx) == (value, unit, Approx.EXACT)


@given(st.integers(20, 10**8))
def test_approximate_holds_by_its_own_rule(value: int) -> None:
    (read,) = extract(f"共{render(Decimal(value), '家次', approximate=True)}。")
    assert read.value is not None
    step = 10 ** (len(str(int(read.value))) - len(str(int(read.value)).rstrip("0")))
    assert read.value <= value < read.value + step if read.approx is Approx.MORE_THAN else read.value == value
