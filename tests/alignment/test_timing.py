"""Which period a figure speaks of."""

import pytest

from assistant.alignment.timing import Timing, find_markers
from assistant.periods import parse_period, period_id

CASES = [
    ("2024", "2024年", "2024"), ("2024", "今年以来", "2024"), ("2024", "全年", "2024"), ("2024H1", "2024年", "2024H1"),
    ("2024", "上半年", "2024H1"), ("2024", "2024年上半年", "2024H1"), ("2024", "下半年", "2024H2"), ("2024", "一季度", "2024Q1"),
    ("2024", "第三季度", "2024Q3"), ("2024", "去年", "2023"), ("2024H1", "去年同期", "2023H1"), ("2024", "上年", "2023"),
    ("2024", "7月至9月", "2024Q3"), ("2024", "1—11月", "2024-01..2024-11"), ("2024", "截至11月底", "2024-01..2024-11"),
    ("2024", "2023年", "2023"), ("2024", "去年上半年", "2023H1"), ("2024", "6月份", "2024-06"), ("2024", "十二月", "2024-12"),
]  # fmt: skip


@pytest.mark.parametrize(("report", "words", "due"), CASES)
def test_period_words(report: str, words: str, due: str) -> None:
    (marker,) = find_markers(f"{words}检查企业", parse_period(report))
    assert marker.period
    assert period_id(marker.period) == due


@pytest.mark.parametrize(
    "text", ["《2023年度安全生产责任书》", "〔2023〕12号", "第一责任人", "“安全生产月”", "一是", "每月检查"]
)
def test_what_is_no_period(text: str) -> None:
    assert find_markers(text, parse_period("2024")) == []


@pytest.mark.parametrize("text", ["较上年增加", "比2023年多", "与去年同期相比", "是上年的2.25倍"])
def test_the_base_of_a_comparison_is_not_the_figures_own_period(text: str) -> None:
    (marker,) = find_markers(text, parse_period("2024"))
    assert marker.compares
    assert Timing(text, parse_period("2024")).holding(len(text), 0) is None


def test_a_day_is_part_of_a_month() -> None:
    (marker,) = find_markers("6月16日开展演练", parse_period("2024"))
    assert marker.partial
