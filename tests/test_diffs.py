"""What changed between two texts, as a person would name it."""

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.diffs import Piece, character_diff, merge

PROSE = st.text(alphabet="检查企业236家次，下发整改通知书份。同比增长万元%\n一、＊ ab.", max_size=80)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.before, piece.after) for piece in character_diff(before, after) if not piece.same]


@given(PROSE | st.text(max_size=40), PROSE | st.text(max_size=40))
def test_all_taken_is_the_new_text_and_none_is_the_old(before, after):
    pieces = character_diff(before, after)
    assert merge(pieces, range(len(pieces))) == after
    assert merge(pieces, ()) == before


@given(PROSE, PROSE)
def test_same_and_changed_pieces_alternate_and_none_is_empty(before, after):
    pieces = character_diff(before, after)
    assert all(piece.before or piece.after for piece in pieces)
    assert all(left.same != right.same for left, right in zip(pieces, pieces[1:], strict=False))


@given(PROSE)
def test_an_unchanged_text_is_one_piece(text):
    assert character_diff(text, text) == ((Piece(text, text),) if text else ())


@given(PROSE, PROSE, st.sets(st.integers(0, 20)))
def test_a_part_taken_is_a_mixture_of_both(before, after, chosen):
    pieces = character_diff(before, after)
    picked = merge(pieces, chosen)
    assert picked == "".join(piece.after if index in chosen else piece.before for index, piece in enumerate(pieces))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("共检查企业236家次，下发通知书23份。", "共检查企业205家次，下发通知书23份。", [("236家次", "205家次")]),
        ("检查236家、整改23处和复查9处。", "检查205家、整改25处和复查8处。", [("236家", "205家"), ("23处", "25处"), ("9处", "8处")]),
        ("整改率98.5%，上升1.2个百分点。", "整改率97%，下降0.3个百分点。", [("98.5%", "97%"), ("上升1.2个百分点", "下降0.3个百分点")]),
        ("投入1,200万元。", "投入1,350.5万元。", [("1,200万元", "1,350.5万元")]),
        ("开展检查。落实责任。", "开展检查。加强培训。落实责任。", [("", "加强培训。")]),
        ("开展检查，落实责任。", "开展检查，整改隐患，落实责任。", [("", "整改隐患，")]),
        ("抓好隐患排查治理工作。", "抓好风险隐患整治工作。", [("", "风险"), ("排查治理", "整治")]),
        ("甲段。\n乙段。\n丙段。", "甲段。\n丙段。", [("乙段。\n", "")]),
        ("检查*次。", "检查12次。", [("*次", "12次")]),
        ("下发通知书二十三份。", "下发通知书二十七份。", [("二十三份", "二十七份")]),
        ("一是压实责任。", "二是压实责任。", [("一", "二")]),
    ],
)  # fmt: skip
def test_changes_are_named_as_a_person_would(before, after, expected):
    assert changes(before, after) == expected


def test_paragraphs_nobody_touched_stay_whole():
    before = "检查企业。\n宣传教育。\n应急演练。"
    after = "排查隐患整改企业。\n宣传教育。\n组织应急救援。"
    assert [piece.before for piece in character_diff(before, after) if "宣传" in piece.before and piece.same]


def test_a_rewritten_sentence_is_not_shredded():
    before = "我镇高度重视安全生产工作，及时召开会议进行部署。"
    after = "镇党委政府始终把安全生产摆在首位，先后多次研究推进。"
    assert len(changes(before, after)) <= 4


def test_a_whole_report_is_compared_at_once():
    before = "".join(
        f"第{number}次检查企业{number}家，发现隐患{number * 3}处，已全部整改到位。\n" for number in range(400)
    )
    after = before.replace("整改到位", "整改完毕").replace("检查企业", "执法检查企业")
    begun = perf_counter()
    pieces = character_diff(before, after)
    assert merge(pieces, range(len(pieces))) == after
    assert perf_counter() - begun < 5
