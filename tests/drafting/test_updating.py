"""Figures of a finished text brought up to date: the figure and the words that depend on it, nothing else."""

from decimal import Decimal

import pytest

from assistant.drafting.context import Context
from assistant.drafting.updating import update_section
from assistant.factcheck.check import check
from assistant.periods import year_of
from assistant.records import Fact, ReportKind, SectionText, VerdictKind

THIS, LAST = year_of(2024), year_of(2023)
CONTEXT = Context(ReportKind.ANNUAL, THIS, "石桥镇")


def fact(indicator, name, unit, value, period=THIS, topic="检查执法", measure="value"):
    year = period.start.year
    suffix = "" if measure == "value" else f"#{measure}"
    return Fact(f"{indicator}@{year}{suffix}", indicator, name, topic, period, Decimal(value), unit, measure=measure)


def facts(checked, found, orders="5", loss="2.3", accidents="1"):
    now = [
        fact("inspection.enterprises", "检查企业", "家次", checked),
        fact("inspection.enterprises", "检查企业", "家次", "40", LAST),
        fact("hazard.found", "排查安全隐患", "处", found),
        fact("hazard.found", "排查安全隐患", "处", "96", LAST),
        fact("order.rectification", "下发整改通知书", "份", orders),
        fact("accident.count", "生产安全事故", "起", accidents, topic="总体情况"),
        fact("accident.loss", "直接经济损失", "万元", loss, topic="总体情况"),
    ]
    change = (Decimal(checked) - 40) * 100 / 40
    return [*now, fact("inspection.enterprises", "检查企业", "%", change, measure="yoy_percent")]


def updated(text, new):
    section = SectionText("01", "（一）检查执法", 2, text)
    verdicts = check(text, new, THIS).verdicts
    wrong = [each for each in verdicts if each.verdict not in (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)]
    return update_section(section, wrong, new, CONTEXT).text


@pytest.mark.parametrize(
    ("text", "new", "expected"),
    [
        ("检查企业50家次。", facts("30", "80"), "检查企业30家次。"),
        ("检查企业50家次，同比增长25%。", facts("30", "80"), "检查企业30家次，同比下降25%。"),
        ("检查企业50家次，同比增长25%，成效明显。", facts("60", "80"), "检查企业60家次，同比增长50%，成效明显。"),
        ("下发整改通知书五份。", facts("50", "80", orders="23"), "下发整改通知书二十三份。"),
        ("直接经济损失2.3万元。", facts("50", "80", loss="13.5"), "直接经济损失13.5万元。"),
        ("检查企业1,050家次。", facts("2060", "80"), "检查企业2,060家次。"),
        ("隐患排查由96处降至90处。", facts("50", "120"), "隐患排查由96处增至120处。"),
        ("排查隐患９０处，检查企业50家次。", facts("50", "80"), "排查隐患８０处，检查企业50家次。"),
    ],
)
def test_a_figure_takes_its_words_with_it_and_keeps_its_form(text, new, expected):
    assert updated(text, new) == expected


def test_what_stands_right_is_not_touched():
    text = "检查企业50家次，排查隐患80处。"
    assert updated(text, facts("50", "80")) == text


def test_private_characters_of_a_pasted_text_stay():
    assert updated("\ue000检查企业50家次。", facts("30", "80")) == "\ue000检查企业30家次。"
