"""A comment stays on its words wherever they go, and never slips to others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.store.anchors import Place, anchor_at, locate

TEXT = "全年检查企业205家次，下发整改通知书23份。检查学校5家次，发现隐患12处，整改12处。取缔“三合一”场所2家。"


def anchored(quote, text=TEXT, nth=0):
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return anchor_at("01", text, start, start + len(quote))


def found(anchor, now, **others):
    place = locate(anchor, {"01": now, **others})
    return place and (place.section, {"01": now, **others}[place.section][place.start : place.end], place.exact)


@pytest.mark.parametrize(
    "quote", ["205家次", "23份", "5家次", "发现隐患12处", "检查学校5家次，发现隐患12处，整改12处。", "2"]
)
def test_in_an_unchanged_text_it_stays_where_it_was(quote):
    anchor = anchored(quote)
    assert locate(anchor, {"01": TEXT}) == Place("01", anchor.start, anchor.start + len(quote))


def test_of_equal_figures_the_one_with_its_surroundings_is_taken():
    first, second = anchored("12处"), anchored("12处", nth=1)
    assert locate(first, {"01": TEXT}).start < locate(second, {"01": TEXT}).start
    swapped = TEXT.replace("发现隐患12处，整改12处", "整改12处，共发现隐患12处")
    assert locate(second, {"01": swapped}).start < locate(first, {"01": swapped}).start


def test_it_moves_with_text_put_before_it():
    assert found(anchored("23份"), "上半年，" + TEXT) == ("01", "23份", True)
    assert found(anchored("23份"), TEXT.replace("全年检查企业205家次，", "")) == ("01", "23份", True)


def test_it_moves_with_its_paragraph_to_another_section():
    now = TEXT.replace("检查学校5家次，发现隐患12处，整改12处。", "")
    assert found(anchored("5家次", nth=1), now, **{"02": "二是抓学校。检查学校5家次，发现隐患12处，整改12处。"}) == (
        "02",
        "5家次",
        True,
    )


def test_a_figure_is_not_found_in_a_longer_one():
    now = TEXT.replace("检查学校5家次", "检查学校15家次").replace("205家次", "1205家次")
    assert locate(anchored("5家次", nth=1), {"01": now}) is None
    assert locate(anchored("205家次"), {"01": now}) is None
    assert locate(anchored("23份"), {"01": TEXT.replace("23份", "23.5份")}) is None


def test_a_figure_whose_words_are_gone_is_lost_not_moved_to_the_same_figure_elsewhere():
    assert locate(anchored("2家"), {"01": TEXT.replace("取缔“三合一”场所2家。", "")}) is None
    now = TEXT.replace("取缔“三合一”场所2家。", "") + "其中，关闭小作坊2家，停产整顿3家。"
    assert locate(anchored("2家"), {"01": now}) is None


def test_a_figure_that_was_put_right_does_not_send_its_comment_to_its_neighbour():
    assert locate(anchored("12处", nth=1), {"01": TEXT.replace("整改12处", "整改11处")}) is None
    assert locate(anchored("12处"), {"01": TEXT.replace("隐患12处", "隐患13处")}) is None


def test_a_figure_whose_sentence_was_reworded_is_still_found():
    now = TEXT.replace("全年检查企业205家次，下发", "一年来，检查各类企业205家次；印发")
    assert found(anchored("205家次"), now) == ("01", "205家次", True)
    now = TEXT.replace("全年检查企业205家次", "全年检查生产经营单位205家次")
    assert found(anchored("205家次"), now) == ("01", "205家次", True)


def test_a_sentence_that_was_changed_is_still_pointed_at_and_said_to_be_changed():
    sentence = "检查学校5家次，发现隐患12处，整改12处。"
    now = TEXT.replace(sentence, "检查学校6家次，发现隐患13处，整改13处。")
    section, words, exact = found(anchored(sentence), now)
    assert (section, exact) == ("01", False)
    assert "检查学校6家次" in words
    assert locate(anchored(sentence), {"01": TEXT.replace(sentence, "开展安全宣传进校园活动，发放资料若干。")}) is None


def test_words_without_surroundings_are_found_in_an_empty_neighbourhood():
    anchor = anchor_at("01", "23份", 0, 3)
    assert found(anchor, "23份") == ("01", "23份", True)
    assert locate(anchor, {"01": ""}) is None
    assert locate(anchor, {}) is None


WORDS = st.text(alphabet="检查企业隐患整改，。的了在村社区0123456789家处", max_size=30)


@given(before=WORDS, after=WORDS, quote=st.sampled_from(["205家次", "23份", "发现隐患12处", "整改12处"]))
def test_whatever_is_written_around_the_paragraph_it_is_found_in_it(before, after, quote):
    anchor = anchored(quote)
    now = before + "。" + TEXT + after
    place = locate(anchor, {"01": now})
    assert place == Place("01", len(before) + 1 + anchor.start, len(before) + 1 + anchor.start + len(quote))


@given(now=WORDS, text=WORDS, data=st.data())
def test_what_is_said_to_be_found_exactly_stands_there(now, text, data):
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    end = data.draw(st.integers(start, len(text)))
    if start == end:
        return
    place = locate(anchor_at("01", text, start, end), {"01": now})
    if place and place.exact:
        assert now[place.start : place.end] == text[start:end]
    elif place:
        assert 0 <= place.start <= place.end <= len(now)
