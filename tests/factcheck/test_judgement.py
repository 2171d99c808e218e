"""Why a value is wrong, and what is held against it."""

import pytest

from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.records import Fact, Verdict, VerdictKind

ROWS = (
    ("检查", "检查企业", "2024", 236, "家次"),
    ("检查", "检查企业", "2024H1", 112, "家次"),
    ("检查", "检查企业", "2023", 208, "家次"),
    ("检查", "排查隐患", "2024", 418, "处"),
    ("检查", "出动人员", "2024", 320, "人次"),
    ("防溺水", "防溺水投入", "2024", 38600, "元"),
    ("道路", "加装护栏", "2024", 1600, "米"),
    ("事故", "生产安全事故", "2024", 1, "起"),
)


def facts(*more: tuple[str, str, str, object, str]) -> list[Fact]:
    keys = ("topic", "indicator", "period", "value", "unit")
    return facts_from_rows(dict(zip(keys, row, strict=True)) for row in (*ROWS, *more))


def verdict(text: str, *more: tuple[str, str, str, object, str]) -> Verdict:
    return check(text, facts(*more), "2024").verdicts[0]


REASONS = [
    ("检查企业237家次", "wrong_value", "236家次"),
    ("检查企业208家次", "stale", "236家次"),
    ("检查企业112家次", "wrong_period", "236家次"),
    ("检查企业418家次", "wrong_value", "236家次"),
    ("检查企业236家", "wrong_unit", "236家"),
    ("出动人员236人次", "wrong_value", "320人次"),
    ("防溺水投入38600万元", "wrong_unit", "3.86万元"),
    ("加装护栏1600公里", "wrong_unit", "1.6公里"),
    ("检查企业300余家次", "bad_approximation", "230余家次"),
    ("生产安全事故0起", "zero_contradicted", "1起"),
    ("未发生生产安全事故", "zero_contradicted", "1起"),
]


@pytest.mark.parametrize(("text", "reason", "expected"), REASONS)
def test_reasons(text: str, reason: str, expected: str) -> None:
    found = verdict(f"全年{text}。")
    assert (found.verdict, found.reason, found.expected) == (VerdictKind.CONTRADICTED, reason, expected)


def test_a_value_that_fits_another_indicator_is_no_support() -> None:
    found = verdict(
        "全年检查消防场所320家次。",
        ("检查", "检查消防场所", "2024", 86, "家次"),
        ("检查", "检查餐饮场所", "2024", 320, "家次"),
    )
    assert found.reason == "wrong_subject"
    assert "检查餐饮场所" in found.message


def test_two_materials_that_disagree_are_shown_side_by_side() -> None:
    found = verdict("全年排查隐患418处。", ("检查", "排查隐患", "2024", 420, "处"))
    assert (found.verdict, found.expected) == (VerdictKind.AMBIGUOUS, "418处 / 420处")
    wrong = verdict("全年排查隐患400处。", ("检查", "排查隐患", "2024", 420, "处"))
    assert wrong.verdict is VerdictKind.CONTRADICTED


@pytest.mark.parametrize("text", ["计划检查企业236家次", "正在加装护栏1600米", "拟安排检查企业236家次"])
def test_planned_or_under_way_is_not_done(text: str) -> None:
    assert all(each.reason == "not_done" for each in check(f"{text}。", facts(), "2024").verdicts)


def test_the_evidence_of_a_derived_value_is_that_of_all_its_facts() -> None:
    found = check("同比上升13.5%。检查企业236家次，同比上升13.5%。", facts(), "2024").verdicts[-1]
    assert found.verdict is VerdictKind.SUPPORTED
    assert "236 − 208" in found.message
