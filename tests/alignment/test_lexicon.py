"""Words as concepts."""

import pytest

from assistant.alignment.lexicon import TokenLine, cut, features_of, fields_of


def concepts(text: str) -> list[str]:
    return [concept for token in cut(text) for concept in token.concepts]


@pytest.mark.parametrize(
    ("one", "other"),
    [("横幅", "条幅"), ("整改通知书", "限期整改指令书"), ("责任书", "责任状"), ("督查企业", "检查单位")],
)
def test_synonyms_are_one_concept(one: str, other: str) -> None:
    assert set(concepts(one)) & set(concepts(other)) == set(concepts(one))


def test_the_longest_word_wins() -> None:
    assert concepts("整改通知书") == ["order"]


def test_unknown_words_are_cut_into_pairs() -> None:
    assert concepts("凸透") == ["凸透"]
    assert concepts("拖拉机") == ["拖拉", "拉机"]


def test_general_words_say_nothing() -> None:
    assert features_of("全镇累计") == features_of("全镇累计")
    assert "general" not in concepts("全镇累计共")


def test_a_name_of_general_words_is_compared_by_its_characters() -> None:
    assert features_of("工作情况") == {"工作": 3, "作情": 3, "情况": 3}


def test_a_word_with_two_meanings_counts_once() -> None:
    assert len(features_of("排查")) == 1


def test_fields_come_from_words_and_from_things() -> None:
    assert fields_of("（五）消防安全方面") == {"fireside"}
    assert fields_of("灭火器") == {"fireside"}
    assert fields_of("检查企业") == frozenset()


def test_tokens_are_asked_for_by_span_and_holes_separate() -> None:
    line = TokenLine("检查236家企业", [(2, 6)])
    assert [token.concepts for token in line.within(0, 2)] == [("inspect",)]
    assert [token.concepts for token in line.within(2, 8)] == [("enterprise",)]
