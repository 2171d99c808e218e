"""Slots rendered into running text: what a small model writes around them is absorbed or put right."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.context import Style
from assistant.drafting.factbook import book_of
from assistant.drafting.rendering import Rendered, render_slots
from assistant.periods import parse_period
from tests.drafting.report_town import facts, shipped_registry

BOOK = book_of(facts(), parse_period("2024"), shipped_registry())
SLOTS = {
    name: fact
    for name, fact in {
        "f1": BOOK.fact("inspection.vehicles"),
        "f2": BOOK.fact("inspection.enterprises"),
        "f3": BOOK.fact("hazard.rate"),
        "f4": BOOK.fact("drown.fund"),
        "f5": BOOK.change("inspection.enterprises"),
        "f6": BOOK.fact("order.rectification"),
        "f7": BOOK.fact("hazard.found"),
    }.items()
    if fact
}


def rendered(text: str, style: Style | None = None) -> Rendered:
    return render_slots(text, SLOTS, shipped_registry(), *([style] if style else []))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查出动车辆{{f1}}台次", "检查出动车辆67台次"),
        ("整改率{{f3}}%。", "整改率97.6%。"),
        ("检查企业{{f2}}家，成效明显。", "检查企业184家次，成效明显。"),
        ("排查隐患{{f7}}余处。", "排查隐患83处。"),
        ("投入资金约{{f4}}元用于防溺水。", "投入资金3.57万元用于防溺水。"),
        ("排查隐患{{f7}}条。", "排查隐患83条。"),
        ("下发整改通知书共计{{ f6 }}份。", "下发整改通知书共计23份。"),
    ],
)
def test_what_the_text_says_already_is_absorbed(text: str, expected: str) -> None:
    assert rendered(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年共{{f2}}，{{f1}}，{{f6}}。", "全年共检查企业184家次，出动检查车辆67台次，下发整改通知书23份。"),
        ("我镇组织力量深入一线{{f2}}。", "我镇组织力量深入一线，检查企业184家次。"),
        ("成效明显（{{f7}}）。", "成效明显（排查安全隐患83处）。"),
        ("同时，对企业{{f2}}，成效明显。", "同时，检查企业184家次，成效明显。"),
        ("对企业{{f2}}开展检查。", "对企业184家次开展检查。"),
    ],
)
def test_a_bare_slot_says_name_and_value(text: str, expected: str) -> None:
    assert rendered(text).text == expected


def test_a_label_that_is_another_indicators_is_put_right_and_reported() -> None:
    result = rendered("下发整改通知书{{f1}}份。")
    assert result.text == "出动检查车辆67台次。"
    assert [notice.kind for notice in result.notices] == ["label_repaired"]


@pytest.mark.parametrize(
    "text", ["检查企业{{f2}}，同比增长{{f5}}%。", "检查企业{{f2}}，{{f5}}。", "检查企业{{f2}}，同比{{f5}}。"]
)
def test_a_comparison_goes_the_way_the_facts_went(text: str) -> None:
    assert rendered(text).text == "检查企业184家次，同比下降11.5%。"


def test_an_unknown_slot_is_cut_and_named() -> None:
    result = rendered("检查企业{{f2}}，{{f99}}。")
    assert (result.text, result.unknown) == ("检查企业184家次，。", ("f99",))


def test_the_facts_used_are_named_once_in_order() -> None:
    assert rendered("{{f2}}，{{f1}}，{{f2}}").used == ("inspection.enterprises@2024", "inspection.vehicles@2024")


def test_approximate_style() -> None:
    assert rendered("检查企业{{f2}}。", Style(approximate=True)).text == "检查企业180余家次。"


@given(
    st.lists(
        st.sampled_from([*("全年共检查企业，。排查隐患同比增长台次%约余"), "{{f1}}", "{{f2}}", "{{f5}}", "{{x}}"]),
        max_size=30,
    )
)
def test_no_slot_is_ever_left_and_no_value_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    result = rendered(text)
    assert "{{" not in result.text
    for name in ("f1", "f2"):
        if f"{{{{{name}}}}}" in text:
            assert SLOTS[name].id in result.used
            assert str(SLOTS[name].value) in result.text
