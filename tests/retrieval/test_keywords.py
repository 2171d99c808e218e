from assistant.retrieval.keywords import KeywordIndex, tokens


def test_tokens_are_characters_pairs_and_whole_latin_words():
    assert tokens("停车KTV第12.5条") == ["停", "车", "停车", "ktv", "第", "12.5", "条"]
    assert tokens("Ｋ１２") == ["k12"]
    assert tokens("，。") == []


def index():
    return KeywordIndex.build(["a", "b"], [("湖泊条例", "游船每年检修两次"), ("湖泊条例", "夜间不得载客")])


def test_the_passage_with_the_words_scores_highest():
    scores = index().scores("游船多久检修")
    assert scores[0] > scores[1]


def test_nothing_known_is_no_scores():
    assert index().scores("XYZ") is None
    assert KeywordIndex.build([], []).scores("游船") is None


def test_an_index_comes_back_from_its_folder(tmp_path):
    index().save(tmp_path / "kept")
    again = KeywordIndex.load(tmp_path / "kept")
    assert again.ids == ["a", "b"]
    assert list(again.scores("夜间")) == list(index().scores("夜间"))


def test_a_damaged_folder_is_no_index(tmp_path):
    index().save(tmp_path / "kept")
    for path in (tmp_path / "kept").glob("*.npy"):
        path.write_bytes(b"x")
    assert KeywordIndex.load(tmp_path / "kept") is None
    assert KeywordIndex.load(tmp_path / "none") is None
