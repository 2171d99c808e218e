"""List numbers in Word's formats."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.office.numbering import format_number


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (21, "chineseCounting", "二十一"),
        (103, "chineseCountingThousand", "一百零三"),
        (110, "chineseCountingThousand", "一百一十"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "decimalEnclosedCircle", "③"),
        (25, "decimalEnclosedCircle", "25"),
        (3, "decimalEnclosedParen", "⑶"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (2, "ideographTraditional", "乙"),
        (27, "lowerLetter", "aa"),
        (4, "upperRoman", "IV"),
        (6, "some future format", "6"),
    ],
)
def test_formats(number: int, form: str, shown: str) -> None:
    assert format_number(number, form) == shown


@given(st.integers(min_value=1, max_value=999))
def test_chinese_numbers_are_all_different_from_their_neighbours(number: int) -> None:
    assert format_number(number, "chineseCounting") != format_number(number + 1, "chineseCounting")
