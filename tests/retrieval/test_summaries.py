import pytest

from assistant.periods import parse_period
from assistant.records import ReportKind
from assistant.retrieval.loaders import load_text
from assistant.retrieval.summaries import read_summary
from tests.retrieval.parts import SUMMARY


def read(text, name="总结.txt"):
    return read_summary(load_text(text, name))


def test_sections_carry_their_headings_and_topic():
    sections = read(SUMMARY).sections
    assert [(section.path[-1] if section.path else "", section.topic) for section in sections] == [
        ("", ""),
        ("（一）道路交通安全", "道路交通"),
        ("（二）燃气安全", "危化燃气"),
        ("二、存在的问题", ""),
    ]
    assert sections[1].path == ("一、工作开展情况", "（一）道路交通安全")


def test_every_section_stands_where_it_says():
    summary = read(SUMMARY)
    assert all(summary.text[each.start : each.end] == each.text for each in summary.sections)


def test_period_and_kind_come_from_the_title():
    summary = read(SUMMARY)
    assert (summary.period, summary.kind, summary.is_summary) == (parse_period("2023H1"), ReportKind.HALF_YEAR, True)


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("青柳镇2022年安全生产工作总结及2023年工作打算", "2022"),
        ("2022年度安全生产工作总结", "2022"),
        ("2023年第三季度安全生产工作总结", "2023Q3"),
        ("2023年1-9月安全生产工作总结", "2023-01..2023-09"),
        ("2023年5月安全生产工作小结", "2023-05"),
    ],
)
def test_titles_name_their_period(title, period):
    assert read(f"{title}\n\n一、工作情况\n\n检查企业3家次。").period == parse_period(period)


def test_web_remains_are_cut_and_told():
    summary = read(SUMMARY)
    assert "paidbegin" not in summary.text
    assert "浏览次数" not in summary.text
    assert [notice.kind for notice in summary.notices] == ["scraps_cut"]


def test_a_plan_is_no_summary_but_has_its_number():
    plan = read(
        "云溪县安全生产委员会文件\n云安委〔2023〕12号\n关于开展燃气安全整治的通知\n\n各乡镇：\n\n即日起开展燃气安全整治，务必逐店检查。"
    )
    assert (plan.is_summary, plan.document_number) == (False, "云安委〔2023〕12号")


def test_a_long_section_is_split_between_paragraphs():
    paragraphs = "\n\n".join(f"{number}月检查企业{number}家次，" + "逐一建立台账，" * 30 for number in range(1, 9))
    summary = read(f"2022年安全生产工作总结\n\n一、检查情况\n\n{paragraphs}")
    assert len(summary.sections) > 2
    assert all(each.path == ("一、检查情况",) for each in summary.sections)
    assert "\n".join(each.text for each in summary.sections) in summary.text
