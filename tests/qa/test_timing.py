"""Periods as questions say them."""

from __future__ import annotations

import pytest

from assistant.periods import period_id
from assistant.qa.spans import read_spans
from assistant.qa.timing import find_times, meant_year, notes_apart


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年一共检查多少家", ["2024"]),
        ("今年上半年", ["2024H1"]),
        ("去年三季度", ["2023Q3"]),
        ("前年", ["2022"]),
        ("24年下半年", ["2024H2"]),
        ("二〇二三年第四季度", ["2023Q4"]),
        ("5月份", ["2024-05"]),
        ("十二月", ["2024-12"]),
        ("1至11月", ["2024-01..2024-11"]),
        ("前三季度", ["2024-01..2024-09"]),
        ("头两个月", ["2024-01..2024-02"]),
        ("截至11月底", ["2024-01..2024-11"]),
        ("到2023年9月底", ["2023-01..2023-09"]),
        ("到2024年底", ["2024"]),
        ("2024年Q2", ["2024Q2"]),
        ("2024年5月6日", ["2024-05-06"]),
        ("每个月", []),
        ("三个月", []),
        ("排名前三", []),
        ("一次检查三家", []),
    ],
)
def test_a_period_is_read_from_colloquial_words(text: str, expected: list[str]) -> None:
    found = [when.period(2024) for when in find_times(text, 2024)]
    assert [period_id(period) for period in found if period] == expected


@pytest.mark.parametrize(
    ("text", "periods", "base"),
    [
        ("2024年比2023年少几份", ["2024"], "2023"),
        ("2024年上半年比去年多几份", ["2024H1"], "2023H1"),
        ("三季度比二季度多几次", ["2024Q3"], "2024Q2"),
        ("和2023年相比，2024年多几场", ["2024"], "2023"),
        ("2024年下半年是上半年的几倍", ["2024H2"], "2024H1"),
        ("2024年5月比去年同期", ["2024-05"], "2023-05"),
        ("2023年和2024年分别", ["2023", "2024"], None),
        ("2024年，上半年多少", ["2024H1"], None),
        ("比去年呢", ["2024Q1"], "2023Q1"),
    ],
)
def test_what_is_compared_with_what(text: str, periods: list[str], base: str | None) -> None:
    from assistant.periods import parse_period

    spans = read_spans(text, 2024, 2024, (parse_period("2024Q1"),) if text == "比去年呢" else (), None)
    assert [period_id(period) for period in spans.periods] == periods
    assert (period_id(spans.base) if spans.base else None) == base


def test_the_year_meant_by_this_year_may_be_said() -> None:
    assert meant_year("今年上半年搞了几次检查？（今年指2023年）") == 2023
    assert notes_apart("三季度查出多少处？（2024年）") == ("三季度查出多少处？", "2024年")


def test_offsets_point_at_the_words() -> None:
    text = "请问去年上半年和今年三季度"
    assert [text[when.start : when.end] for when in find_times(text, 2024)] == ["去年上半年", "今年三季度"]
