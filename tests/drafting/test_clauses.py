"""Sentences and clauses taken apart and put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.clauses import Clause, join_clauses, split_clauses, split_sentences, without_repeats

PROSE = st.text(alphabet="检查企业隐患整改，。；：（）“”！一是二\n", max_size=60)


def test_sentences_end_at_full_stops_and_before_the_next_item() -> None:
    spans = split_sentences("开展检查。一是抓责任；二是抓排查；检查企业。")
    assert [span.text for span in spans] == ["开展检查。", "一是抓责任；", "二是抓排查；检查企业。"]


def test_marks_in_brackets_and_quotes_end_nothing() -> None:
    assert len(split_sentences("检查（含企业。商铺）到位。")) == 1
    assert [clause.text for clause in split_clauses("宣传“早发现，早处置”理念，成效明显。")] == [
        "宣传“早发现，早处置”理念",
        "成效明显",
    ]


@given(PROSE)
def test_offsets_are_those_of_the_text(text: str) -> None:
    for span in split_sentences(text):
        assert text[span.start : span.end] == span.text


@given(PROSE)
def test_clauses_put_together_give_the_sentence_back(text: str) -> None:
    assert join_clauses(list(split_clauses(text))) == text


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ([Clause("检查企业", "，"), None], "检查企业。"),
        ([None, Clause("并下发通知", "。")], "下发通知。"),
        ([None, Clause("其中重大2处", "，"), Clause("整改1处", "。")], "重大2处，整改1处。"),
        ([Clause("做了以下工作", "："), None, Clause("开会", "。")], "做了以下工作，开会。"),
        ([None, None], ""),
    ],
)
def test_marks_are_mended_where_a_clause_went(kept: list[Clause | None], expected: str) -> None:
    assert join_clauses(kept) == expected


def test_repeats_are_dropped_whatever_their_marks() -> None:
    sentences = ["扎实开展隐患排查整治工作。", "扎实开展隐患排查整治工作；", "检查企业。"]
    assert without_repeats(sentences, set()) == ["扎实开展隐患排查整治工作。", "检查企业。"]
