"""Dates and periods: what is written, and the days it names in the report's year."""

import pytest

from assistant.periods import parse_period, period_id
from assistant.quantities.extract import extract


@pytest.mark.parametrize(
    ("text", "surface", "period"),
    [
        ("2023年", "2023年", "2023"),
        ("2023年度", "2023年度", "2023"),
        ("2023上半年", "2023上半年", "2023H1"),
        ("2023年下半年", "2023年下半年", "2023H2"),
        ("上半年", "上半年", "2024H1"),
        ("去年", "去年", "2023"),
        ("去年上半年", "去年上半年", "2023H1"),
        ("今年以来", "今年以来", "2024"),
        ("全年", "全年", "2024"),
        ("明年", "明年", "2025"),
        ("1—6月", "1—6月", "2024H1"),
        ("1-11月份", "1-11月份", "2024-01..2024-11"),
        ("元至五月份", "元至五月份", "2024-01..2024-05"),
        ("7月至9月", "7月至9月", "2024Q3"),
        ("前三季度", "前三季度", "2024-01..2024-09"),
        ("前11个月", "前11个月", "2024-01..2024-11"),
        ("第三季度", "第三季度", "2024Q3"),
        ("2023年四季度", "2023年四季度", "2023Q4"),
        ("截至11月底", "11月底", "2024-01..2024-11"),
        ("截止2024年6月30日", "2024年6月30日", "2024H1"),
        ("3月1日至4月15日", "3月1日至4月15日", "2024-03-01..2024-04-15"),
        ("2021—2023年", "2021—2023年", "2021..2023"),
        ("2023年10月至2024年3月", "2023年10月至2024年3月", "2023-10..2024-03"),
        ("2024年5月12日", "2024年5月12日", "2024-05-12"),
        ("2024-05-12", "2024-05-12", "2024-05-12"),
        ("二〇二三年十二月二十日", "二〇二三年十二月二十日", "2023-12-20"),
    ],
)
def test_periods_resolve(text: str, surface: str, period: str) -> None:
    (read,) = extract(text, year=2024)
    assert read.surface == surface
    assert read.period == parse_period(period), period_id(read.period) if read.period else None
    assert not read.is_claim


@pytest.mark.parametrize("text", ["上半年", "11月底", "3月1日至4月15日", "去年", "第三季度"])
def test_without_the_report_year_only_dates_with_their_own_year_resolve(text: str) -> None:
    assert [read.period for read in extract(text)] == [None]


def test_the_same_period_last_year_needs_more_than_the_year() -> None:
    assert [read.period for read in extract("去年同期", year=2024)] == [None]


@pytest.mark.parametrize(
    ("text", "value"),
    [("2023年", 2023), ("2023年5月", 202305), ("2023年5月6日", 20230506), ("5月6日", 506), ("11月底", 11), ("9日", 9)],
)
def test_values_of_dates(text: str, value: int) -> None:
    assert [read.value for read in extract(text)] == [value]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("上半年", 1, 6),
        ("2023年上半年", 202301, 202306),
        ("7月至9月", 7, 9),
        ("3月1日至4月15日", 301, 415),
        ("2021—2023年", 2021, 2023),
    ],
)
def test_periods_have_bounds(text: str, low: int, high: int) -> None:
    (read,) = extract(text)
    assert (read.value, read.low, read.high) == (None, low, high)


@pytest.mark.parametrize("text", ["2023年13月", "2月30日", "0月", "9999年99月99日", "24时61分"])
def test_impossible_dates_do_no_harm(text: str) -> None:
    assert all(read.period is None or read.period.start.year == 2023 for read in extract(text, year=2024))
