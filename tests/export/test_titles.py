"""Titles broken by sense."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.export.titles import break_title, width

LINE = 20


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("清河镇2024年安全生产工作总结", ["清河镇2024年安全生产工作总结"]),
        ("清河镇2024年安全生产工作总结及2025年工作打算", ["清河镇2024年安全生产工作总结", "及2025年工作打算"]),
        (
            "清河镇人民政府关于2024年上半年安全生产工作情况的报告",
            ["清河镇人民政府关于2024年上半年", "安全生产工作情况的报告"],
        ),
    ],
)
def test_a_title_is_broken_where_the_sense_allows(title: str, lines: list[str]) -> None:
    assert break_title(title, LINE) == lines


@given(st.text(alphabet="清河镇安全生产工作总结及2024年的上半关于", min_size=1, max_size=60))
def test_no_character_is_lost_and_no_line_too_long(title: str) -> None:
    lines = break_title(title, LINE)
    assert "".join(lines) == title
    assert max(width(line) for line in lines) <= LINE


def test_words_and_years_are_not_torn() -> None:
    lines = break_title("沙河口街道办事处2024年度安全生产和应急管理以及消防安全工作总结报告", LINE)
    for word in ("安全生产", "应急管理", "消防安全", "2024年度"):
        assert any(word in line for line in lines)
