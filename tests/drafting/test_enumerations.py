"""一是…；二是…, taken apart and numbered again."""

import pytest

from assistant.drafting.enumerations import Enumeration, read_enumeration, written_enumeration


@pytest.mark.parametrize(
    "paragraphs",
    [
        ["一是力量不足；二是意识不强。"],
        ["形势依然严峻，主要表现在：一是力量不足；二是意识不强。"],
        ["一是力量不足。", "二是意识不强。"],
        ["投入不足；力量不足；意识不强。"],
        ["形势依然严峻。"],
    ],
)
def test_read_and_written_again(paragraphs: list[str]) -> None:
    assert written_enumeration(read_enumeration(paragraphs)) == paragraphs


def test_empty_items_leave_no_gap_in_the_numbers() -> None:
    assert written_enumeration(Enumeration("", ("力量不足", "", "意识不强"))) == ["一是力量不足；二是意识不强。"]


def test_items_of_several_sentences_are_divided_by_full_stops() -> None:
    assert written_enumeration(Enumeration("", ("抓责任。开会12次", "抓排查"))) == [
        "一是抓责任。开会12次。二是抓排查。"
    ]


def test_a_word_that_only_begins_like_a_marker_is_none() -> None:
    assert read_enumeration(["统一是前提。"]).items == ()
