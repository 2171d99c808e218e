"""Figures of a draft behind slots while it is worded anew, and back in their place word for word."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.drafting.polishing import is_same_size, shown, unveil, veil

DRAFT = "一是隐患整改还有差距，整改率97.6%，尚有2处未整改；二是2处重大隐患、【待核实：上年为55台次】还在治理。落实“一岗双责”，开展三年行动。"


def test_clauses_with_figures_are_slots_and_names_stay():
    veiled = veil(DRAFT)
    assert list(veiled.words.values()) == [
        "整改率97.6%",
        "尚有2处未整改",
        "2处重大隐患",
        "【待核实：上年为55台次】还在治理",
    ]
    assert shown(veiled) == (
        "一是隐患整改还有差距，{{整改率N%}}，{{尚有N处未整改}}；二是{{N处重大隐患}}、{{【待核实】还在治理}}。"
        "落实“一岗双责”，开展三年行动。"
    )


def test_clauses_that_look_the_same_are_told_apart():
    assert shown(veil("检查3次，检查5次，检查二十次。")) == "{{检查N次}}，{{检查N次·甲}}，{{检查N次·乙}}。"


def test_what_was_there_comes_back():
    veiled = veil(DRAFT)
    assert unveil(veiled.text, veiled) == DRAFT


def test_words_the_model_wrote_beside_a_slot_too_are_said_once():
    veiled = veil("共摸排【待核实：共摸排，台账无数据】，排查出危房6栋待整治。")
    assert unveil("共摸排{{f1}}，经排查出危房{{f2}}待整治，逐户登记。", veiled) == (
        "共摸排【待核实：共摸排，台账无数据】，经排查出危房6栋待整治，逐户登记。"
    )


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["检查23家次", "【待核实：两次】", "，", "2024年", "一是", "十余处", "加强巡查", "。", "第六条"]
        ),
        max_size=12,
    )
)
def test_veiling_hides_every_digit_and_loses_nothing(pieces):
    draft = "".join(pieces)
    veiled = veil(draft)
    assert unveil(veiled.text, veiled) == draft
    assert not re.search(r"\d", re.sub(r"\{\{[^}]*\}\}", "", veiled.text))
    assert len(set(veiled.labels)) == len(veiled.words)


def test_a_wording_is_about_as_long_as_the_draft():
    assert is_same_size("乙" * 100, "甲" * 100)
    assert not is_same_size("乙" * 40, "甲" * 100)
    assert not is_same_size("乙" * 300, "甲" * 100)
