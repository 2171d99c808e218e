"""Title, opening, closing, signature and date."""

from datetime import date

import pytest

from assistant.drafting.frame import addressee_of, closing_of, date_of, opening_of, signature_of, title_of
from assistant.drafting.past import read_past
from assistant.periods import parse_period
from assistant.records import ReportKind
from tests.drafting.report_town import context, document


@pytest.mark.parametrize(
    ("title", "period", "expected"),
    [
        ("云岭镇2023年安全生产工作总结", "2024", "云岭镇2024年安全生产工作总结"),
        ("云岭镇2023年安全生产工作总结及2024年工作打算", "2024", "云岭镇2024年安全生产工作总结及2025年工作打算"),
        (
            "云岭镇2023年安全生产工作总结及2024年工作打算",
            "2024H1",
            "云岭镇2024年上半年安全生产工作总结及下半年工作打算",
        ),
        ("关于云岭镇2023年度安全生产工作总结的报告", "2024", "关于云岭镇2024年度安全生产工作总结的报告"),
    ],
)
def test_the_title_keeps_last_years_form(title: str, period: str, expected: str) -> None:
    past = read_past(document(f"{title}\n一、抓责任\n开会12次。"))
    half = "H" in period
    kind = ReportKind.HALF_YEAR if half else ReportKind.ANNUAL
    about = context(period, kind=kind, past_kind=ReportKind.ANNUAL, past_period=parse_period("2023"))
    assert title_of(about, past) == expected


def test_the_usual_title_without_a_past_one() -> None:
    assert title_of(context(), None) == "云岭镇2024年安全生产工作总结及2025年工作打算"
    assert title_of(context("2024H1"), None) == "云岭镇2024年上半年安全生产工作总结及下半年工作打算"


def test_the_opening_names_the_period_and_states_nothing_the_ledger_would_have_to_show() -> None:
    assert opening_of(context("2024H1")).startswith("2024年上半年，云岭镇")


def test_an_addressee_is_never_guessed() -> None:
    assert addressee_of(context(), None) == ""
    assert addressee_of(context(addressee="县安委办"), None) == "县安委办："


def test_only_an_addressed_report_closes_with_the_formula() -> None:
    assert closing_of(context()) == ""
    assert closing_of(context(addressee="县安委办")) == "特此报告。"


@pytest.mark.parametrize(
    ("unit", "signature"),
    [("云岭镇", "云岭镇人民政府"), ("东街街道", "东街街道办事处"), ("云岭镇安委会", "云岭镇安委会")],
)
def test_the_signature_fits_the_unit(unit: str, signature: str) -> None:
    assert signature_of(context(unit_name=unit)) == signature


def test_the_date_is_in_arabic_figures_or_left_open() -> None:
    assert date_of(date(2025, 1, 8)) == "2025年1月8日"
    assert date_of(None) == ""
