from pathlib import Path

from assistant.quantities.extract import extract
from assistant.quantities.vocabulary import load_vocabulary, shipped_vocabulary
from assistant.records import Kind


def test_a_town_adds_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "policies.txt").write_text("# 本镇口号\n三步工作法\n", encoding="utf-8")
    (tmp_path / "words.txt").write_text("三条岭\n", encoding="utf-8")
    (tmp_path / "units.txt").write_text("count: 竹排\n", encoding="utf-8")
    own = load_vocabulary(tmp_path)
    assert [(read.surface, read.kind) for read in extract("推行三步工作法", own)] == [("三步工作法", Kind.POLICY)]
    assert extract("三条岭风景区", own) == []
    assert [(read.surface, read.is_claim) for read in extract("检查竹筏12竹排。", own)] == [("12竹排", True)]


def test_the_shipped_words_stay_when_a_folder_is_empty(tmp_path: Path) -> None:
    assert load_vocabulary(tmp_path).units == shipped_vocabulary().units


def test_the_longest_word_wins() -> None:
    found = shipped_vocabulary().word_at("推进三管三必须落实", 2)
    assert found == (2, 7)
