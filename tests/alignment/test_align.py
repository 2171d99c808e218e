"""Claims and the facts they state."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.alignment.align import align
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.quantities.extract import extract
from assistant.records import Fact, Match

PERIOD = parse_period("2024")


def facts(*rows: str) -> list[Fact]:
    """Facts of "topic/indicator value unit", in 2024 unless a period stands behind."""
    parts = [row.split() for row in rows]
    return facts_from_rows(
        {
            "topic": name.partition("/")[0],
            "indicator": name.partition("/")[2],
            "period": rest[0] if rest else "2024",
            "value": value,
            "unit": unit,
        }
        for name, value, unit, *rest in parts
    )


def names(text: str, given: list[Fact], *, by_value: bool = True) -> list[str | None]:
    matches = align(text, extract(text), given, PERIOD, by_value=by_value)
    return [match.fact.name if match.fact else None for match in matches]


CHECKS = facts(
    "检查/检查企业 236 家次",
    "检查/排查隐患 418 处",
    "检查/整改隐患 409 处",
    "检查/整改通知书 23 份",
    "检查/出动人员 320 人次",
    "检查/出动车辆 58 台次",
)

CASES = [
    ("检查企业236家次、下发整改通知书23份", ["检查企业", "整改通知书"]),
    ("出动执法人员320人次、车辆58台次", ["出动人员", "出动车辆"]),
    ("出动人员、车辆分别为320人次、58台次", ["出动人员", "出动车辆"]),
    ("对检查中发现的418处隐患逐一登记，整改完毕409处", ["排查隐患", "整改隐患"]),
    ("检查生产经营单位236家次，发现问题418条", ["检查企业", "排查隐患"]),
    ("召开家长会7场", [None]),
]


@pytest.mark.parametrize(("text", "due"), CASES)
def test_words_find_the_fact(text: str, due: list[str | None]) -> None:
    assert names(text, CHECKS) == due


@pytest.mark.parametrize(("text", "due"), CASES)
def test_they_do_so_without_the_value(text: str, due: list[str | None]) -> None:
    assert names(text, CHECKS, by_value=False) == due


def test_values_that_are_swapped_stay_with_their_words() -> None:
    assert names("检查企业418家次，排查隐患236处", CHECKS) == ["检查企业", "排查隐患"]


def test_a_value_alone_proves_nothing() -> None:
    assert names("举办文艺演出23场", CHECKS) == [None]


def test_indicators_nobody_foresaw() -> None:
    own = facts("农机/拖拉机检验 210 台", "道路/凸面镜 32 面")
    assert names("安装凸面镜30面，完成拖拉机检验201台", own) == ["凸面镜", "拖拉机检验"]


def test_the_section_tells_topics_apart() -> None:
    own = facts("消防安全/检查企业 86 家次", "道路交通/检查企业 54 家次")
    text = "（一）道路交通安全\n检查企业54家次。\n（二）消防安全\n检查企业86家次。"
    matches = align(text, extract(text), own, PERIOD)
    assert [match.fact.topic for match in matches if match.fact] == ["道路交通", "消防安全"]


def test_the_sentence_tells_periods_apart() -> None:
    own = facts("检查/检查企业 112 家次 2024H1", "检查/检查企业 236 家次", "检查/检查企业 198 家次 2023")
    text = "上半年检查企业112家次，全年检查企业236家次，去年检查企业198家次。"
    matches = align(text, extract(text), own, PERIOD)
    assert [match.fact.value for match in matches if match.fact] == [112, 236, 198]


def test_a_change_is_stated_by_its_own_fact() -> None:
    whole = facts("检查/检查企业 234 家次")[0]
    import dataclasses

    change = dataclasses.replace(whole, id="c", value=whole.value, measure="yoy_percent", unit="%")
    text = "检查企业234家次，同比上升12.5%。"
    assert [match.fact.id for match in align(text, extract(text), [whole, change], PERIOD) if match.fact] == [
        whole.id,
        "c",
    ]


def test_a_match_explains_itself() -> None:
    (match,) = align("检查企业236家", extract("检查企业236家"), CHECKS, PERIOD)
    assert any("检查" in reason for reason in match.spoke_for)
    assert any("单位有别" in reason for reason in match.spoke_against)
    assert isinstance(match.score, int)


@given(
    st.lists(
        st.sampled_from(
            ["检查企业", "共", "236家次", "，", "。", "排查隐患", "418处", "同比上升", "12.5%", "全部整改", "\n一、"]
        ),
        max_size=14,
    )
)
def test_one_match_for_every_claim_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    quantities = extract(text)
    matches: list[Match] = align(text, quantities, CHECKS, PERIOD)
    assert [match.claim for match in matches] == [each for each in quantities if each.is_claim]


def test_a_villages_figure_needs_its_name() -> None:
    rows = [("", 236), ("青石村", 18), ("白水村", 22)]
    own = facts_from_rows(
        {"topic": "检查", "indicator": "检查企业", "period": "2024", "value": value, "unit": "家次", "place": place}
        for place, value in rows
    )
    text = "全年检查企业240家次。青石村检查企业18家次。"
    matches = align(text, extract(text), own, PERIOD)
    assert [match.fact.place for match in matches if match.fact] == ["", "青石村"]
