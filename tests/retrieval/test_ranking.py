from assistant.retrieval.ranking import fuse, has_content, spans_of


def test_what_both_halves_find_comes_first():
    scores = fuse({1: 9.0, 2: 8.0, 3: 1.0}, {2: 0.9, 1: 0.7, 4: 0.6}, frozenset())
    assert max(scores, key=scores.get) == 2
    assert set(scores) == {1, 2, 3, 4}


def test_without_vectors_words_decide_alone():
    scores = fuse({1: 9.0, 2: 3.0}, {}, frozenset())
    assert scores[1] > scores[2]


def test_a_passage_without_its_vector_is_not_held_back():
    scores = fuse({1: 9.0, 2: 8.5, 3: 1.0}, {3: 0.9, 2: 0.8}, frozenset({1}))
    assert max(scores, key=scores.get) == 1


def test_highlights_cover_what_question_and_text_share():
    text = "第二条 游船每年至少检修两次。"
    assert [text[start:end] for start, end in spans_of("游船多久检修一次？", text)] == ["游船", "检修"]


def test_a_look_up_asks_for_nothing_more():
    assert not has_content("怎么规定的？")
    assert has_content("罚多少钱给村里")
