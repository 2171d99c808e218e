"""Numbers and headings of official texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.headings import Line, chinese_number, chinese_numeral, numbered, read_lines


def read(*texts: str) -> list[Line]:
    return read_lines(texts, [0] * len(texts))


@given(st.integers(1, 99))
def test_chinese_numbers_there_and_back(value: int) -> None:
    assert chinese_number(chinese_numeral(value)) == value


@pytest.mark.parametrize(
    ("sample", "value", "expected"),
    [
        ("一、", 12, "十二、"),
        ("（一）", 3, "（三）"),
        ("1.", 4, "4."),
        ("1、", 11, "11、"),
        ("一是", 2, "二是"),
        ("", 2, ""),
    ],
)
def test_numbers_in_the_style_of_a_sample(sample: str, value: int, expected: str) -> None:
    assert numbered(sample, value) == expected


def test_a_numbered_line_with_text_under_it_is_a_heading() -> None:
    assert read("一、压实责任", "召开会议12次。")[0] == Line("", "压实责任", 1, "一、")


def test_a_heading_may_run_in() -> None:
    line = read("（一）道路交通方面：配合交警中队开展专项整治行动。")[0]
    assert line == Line("配合交警中队开展专项整治行动。", "道路交通方面", 2, "（一）")


def test_numbered_sentences_among_their_like_are_items() -> None:
    lines = read("四、下步打算", "一、切实落实责任，加大检查力度。", "二、继续开展隐患排查。")
    assert [line.level for line in lines] == [1, 0, 0]
    assert lines[1].text == "一是切实落实责任，加大检查力度。"


def test_a_gap_in_the_numbers_is_no_hindrance() -> None:
    lines = read("（四）应急救援", "编制预案。", "（六）隐患排查", "检查15次。")
    assert [line.heading for line in lines if line.level] == ["应急救援", "隐患排查"]


def test_eleven_with_a_comma_is_a_number_and_a_decimal_is_not() -> None:
    assert read("11、2024年打算", "继续努力。")[0].heading == "2024年打算"
    assert read("3.5公里道路已硬化，安全状况良好。")[0].level == 0


def test_markdown_headings() -> None:
    assert read("### 压实责任", "召开会议。")[0].level == 3


def test_a_document_without_numbers_may_have_short_lines_for_headings() -> None:
    long = "我镇深入开展隐患排查整治，对辖区内企业、学校、商铺逐一检查，发现问题立即整改，成效明显，形势平稳。"
    assert [line.heading for line in read("狠抓隐患排查", long)] == ["狠抓隐患排查", ""]
