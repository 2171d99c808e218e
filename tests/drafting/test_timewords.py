"""Years and period words moved on, for every change of kind."""

import pytest

from assistant.drafting.context import Context
from assistant.drafting.sections import Role
from assistant.drafting.timewords import move_on
from assistant.periods import parse_period
from assistant.records import ReportKind


def moved(text: str, past: str, period: str, role: Role = Role.WORK) -> str:
    def kind(of: str) -> ReportKind:
        return ReportKind.HALF_YEAR if "H" in of else ReportKind.ANNUAL

    about = Context(kind(period), parse_period(period), "云岭镇", past_period=parse_period(past), past_kind=kind(past))
    return move_on(text, about, role)


@pytest.mark.parametrize(
    ("text", "past", "period", "expected"),
    [
        ("2023年，我镇认真落实", "2023", "2024", "2024年，我镇认真落实"),
        ("2023年我们将", "2022", "2024", "2025年我们将"),  # next to a report of 2022, 2023 is what was planned for
        ("较2022年下降", "2023", "2024", "较2023年下降"),
        ("2022年以来", "2023", "2024", "2022年以来"),
        ("《2023年度安全生产责任书》", "2023", "2024", "《2024年度安全生产责任书》"),
        ("《安全生产法》（2021年修订）", "2023", "2024", "《安全生产法》（2021年修订）"),
        ("2023年，我镇", "2023", "2024H1", "2024年上半年，我镇"),
        ("2023年以来，我镇", "2023", "2024H1", "2024年以来，我镇"),
        ("全年没有发生", "2023", "2024H1", "上半年没有发生"),
        ("为完成全年目标打下基础", "2023H1", "2024H1", "为完成全年目标打下基础"),
        ("现将一年工作情况总结如下", "2023", "2024H1", "现将上半年工作情况总结如下"),
        ("2023上半年工作情况", "2023H1", "2024H1", "2024年上半年工作情况"),
        ("2023上半年工作情况", "2023H1", "2024", "2024年工作情况"),
        ("上半年，我镇", "2023H1", "2024", "一年来，我镇"),
        ("全年没有发生", "2023H1", "2024H1", "上半年没有发生"),  # a slip of the old half-year text
        ("截至六月底，累计摸排", "2023H1", "2024H1", "截至6月底，累计摸排"),
        ("截至11月底，累计摸排", "2023", "2024", "截至12月底，累计摸排"),
        ("20XX年，我镇", "2023", "2024", "2024年，我镇"),
    ],
)
def test_work_part(text: str, past: str, period: str, expected: str) -> None:
    assert moved(text, past, period) == expected


@pytest.mark.parametrize(
    ("text", "past", "period", "expected"),
    [
        ("2024年工作打算", "2023", "2024", "2025年工作打算"),
        ("展望2023年，我镇", "2023", "2024", "展望2025年，我镇"),
        ("总之，明年我们", "2023", "2024H1", "总之，下半年我们"),
        ("2023年下半年工作思路", "2023H1", "2024H1", "2024年下半年工作思路"),
        ("2023年下半年工作思路", "2023H1", "2024", "2025年工作思路"),
        ("下半年，我们将", "2023H1", "2024", "2025年，我们将"),
        ("实现全年安全形势稳定", "2023", "2024H1", "实现全年安全形势稳定"),
    ],
)
def test_plan_part(text: str, past: str, period: str, expected: str) -> None:
    assert moved(text, past, period, Role.PLAN) == expected
