import json

import pytest

from evals.retrieval import Asked, score, statute_articles, town_questions


def test_scores_are_means_over_the_questions():
    asked = [
        Asked("甲", frozenset({("法", "1"), ("法", "2")})),
        Asked("乙", frozenset({("法", "9")}), frozenset({("法", "8")})),
    ]
    found = {"甲": [("法", "3"), ("法", "1")], "乙": [("法", "8")]}
    got = score(asked, found.__getitem__)
    assert got.recall_5 == pytest.approx(0.25)
    assert got.reciprocal_rank_10 == pytest.approx(0.25)
    assert got.first_three == 1


def test_a_corpus_becomes_laws_with_their_articles(tmp_path):
    rows = [{"law_article": f"湖泊条例第{number}条", "text": "船只应当登记。"} for number in ("一", "二十一")]
    path = tmp_path / "corpus.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (law,) = statute_articles(path)
    assert law.title == "湖泊条例"
    assert [piece.article for piece in law.pieces] == ["1", "21"]


def test_town_questions_take_only_those_about_laws(tmp_path):
    rows = [
        {"group": "figure", "question": "几次", "expected": {}},
        {
            "group": "law",
            "question": "罚多少",
            "expected": {"law": "消防法", "articles": [60], "also_acceptable": [28]},
        },
    ]
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    (asked,) = town_questions(path)
    assert asked.gold == {("消防法", "60")}
    assert asked.also == {("消防法", "28")}
