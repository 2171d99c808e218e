"""Numerals in every style against cn2an, and the forms that only have bounds."""

import random
from collections.abc import Callable
from decimal import Decimal

import cn2an
import pytest

from assistant.quantities.extract import extract
from assistant.quantities.numerals import NUMBER, parse_numeral, read_number
from assistant.records import Approx

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


def _values() -> list[int]:
    """10,000 values: all up to 5,000, then some of every size, the same every time."""
    chance = random.Random(3)
    large = [chance.randrange(10**power, 10 ** (power + 1)) for power in range(3, 12) for _ in range(553)]
    round_ones = [times * 10**power for power in range(3, 12) for times in (1, 11)]
    return [*range(5000), *large, *round_ones][:10_000]


def _mixed(value: int) -> str:
    """1.2万 style, where it says the value exactly."""
    if value < 10_000:
        return str(value)
    scale, name = (10**8, "亿") if value >= 10**8 else (10**4, "万")
    return f"{(Decimal(value) / scale).normalize():f}{name}"


_STYLES: dict[str, Callable[[int], str]] = {
    "chinese": lambda value: str(cn2an.an2cn(value)),
    "capital": lambda value: str(cn2an.an2cn(value, "up")),
    "arabic": str,
    "full-width": lambda value: str(value).translate(_FULL_WIDTH),
    "thousands": lambda value: f"{value:,}",
    "mixed": _mixed,
}


@pytest.mark.parametrize("style", _STYLES)
def test_ten_thousand_numerals_agree_with_cn2an(style: str) -> None:
    wrong = []
    for value in _values():
        written = _STYLES[style](value)
        found = NUMBER.match(written)
        number = read_number(found[0]) if found and found.end() == len(written) else None
        expected = cn2an.cn2an(written, "smart") if style in ("chinese", "capital") else value
        if number is None or number.value != expected:
            wrong.append((written, number))
    assert wrong == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1万2千", 12000),
        ("1万2", 12000),
        ("三百五", 350),
        ("三百零五", 305),
        ("两千三", 2300),
        ("2亿3000万", 230_000_000),
        ("一亿二千万", 120_000_000),
        ("二〇二三", 2023),
        ("十", 10),
        ("一百一", 110),
        ("一百十", 110),
        ("一万亿", 10**12),
        ("万", 10_000),
    ],
)
def test_colloquial_numerals(written: str, value: int) -> None:
    assert parse_numeral(written) == value


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("数十", 20, 90),
        ("十几", 11, 19),
        ("几百", 200, 900),
        ("几十万", 200_000, 900_000),
        ("二十几", 21, 29),
        ("七八百", 700, 800),
        ("两三", 2, 3),
        ("三五", 3, 5),
        ("十五六", 15, 16),
        ("一百七八十", 170, 180),
    ],
)
def test_vague_numerals_have_bounds(written: str, low: int, high: int) -> None:
    number = read_number(written)
    assert number is not None
    assert (number.value, number.approx, number.low, number.high) == (None, Approx.RANGE, low, high)


@pytest.mark.parametrize("written", ["200余", "2万余", "4万多", "480余万", "三百余", "十余万", "30 余"])
def test_more_than(written: str) -> None:
    number = read_number(written)
    assert number is not None
    assert number.approx is Approx.MORE_THAN


def test_a_run_of_digits_too_long_for_a_number_is_none() -> None:
    assert read_number("1" * 40) is None
    assert read_number("零" * 100) is None


@pytest.mark.parametrize(
    "text",
    ["三分之二一一一一一一一一一一一一一一一一一一一一一一一一一一一一一一", "检查80万亿万亿人", "卅万亿万亿三分之二"],
)
def test_more_than_any_number_of_anything_is_read_as_no_number(text: str) -> None:
    assert all(quantity.value is None or quantity.value < 10**15 for quantity in extract(text))
