from assistant.retrieval.listing import State
from assistant.retrieval.versions import LawText, states_of

TODAY = "2025-06-01"


def text(number, short, version, *, digest=False, effective="", length=100, repeals=()):
    return LawText(number, short, version, effective or version, digest, length, repeals)


def test_the_newer_version_wins_and_the_older_is_marked():
    states = states_of([text(1, "甲法", "2024-06-28"), text(2, "甲法", "2007-08-30")], TODAY)
    assert states == {1: State.CURRENT, 2: State.SUPERSEDED}


def test_a_version_not_yet_in_effect_does_not_win():
    states = states_of([text(1, "甲法", "2025-05-01", effective="2025-12-01"), text(2, "甲法", "2020-01-01")], TODAY)
    assert states == {1: State.UPCOMING, 2: State.CURRENT}
    assert states_of(
        [text(1, "甲法", "2025-05-01", effective="2025-12-01"), text(2, "甲法", "2020-01-01")], "2026-01-01"
    ) == {
        1: State.CURRENT,
        2: State.SUPERSEDED,
    }


def test_of_one_version_the_full_text_is_searched():
    states = states_of([text(1, "甲法", "2021-06-10", digest=True, length=900), text(2, "甲法", "2021-06-10")], TODAY)
    assert states == {1: State.COPY, 2: State.CURRENT}


def test_a_newer_digest_tells_that_the_full_text_is_old():
    states = states_of([text(1, "甲法", "2021-06-10", digest=True), text(2, "甲法", "2014-08-31")], TODAY)
    assert states == {1: State.CURRENT, 2: State.SUPERSEDED}


def test_a_full_text_without_a_date_comes_before_a_digest():
    states = states_of([text(1, "甲法", "2021-06-10", digest=True), text(2, "甲法", "")], TODAY)
    assert states == {1: State.COPY, 2: State.CURRENT}


def test_a_law_that_another_ends_is_repealed():
    states = states_of([text(1, "甲条例", "2019-01-01", repeals=("乙办法",)), text(2, "乙办法", "2005-01-01")], TODAY)
    assert states == {1: State.CURRENT, 2: State.REPEALED}


def test_a_law_made_anew_after_it_was_ended_lives():
    states = states_of([text(1, "甲条例", "2019-01-01", repeals=("乙办法",)), text(2, "乙办法", "2022-01-01")], TODAY)
    assert states[2] is State.CURRENT


def test_two_texts_without_dates_that_differ_are_both_searched():
    states = states_of([text(1, "甲法", "", length=80), text(2, "甲法", "", length=90)], TODAY)
    assert set(states.values()) == {State.CURRENT}
    states = states_of([text(1, "甲法", "", length=80), text(2, "甲法", "", length=80)], TODAY)
    assert sorted(states.values()) == [State.COPY, State.CURRENT]
