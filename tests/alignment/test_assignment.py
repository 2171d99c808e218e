"""The best assignment of rows to columns."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from assistant.alignment.assignment import assign

GAINS = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(-5, 20), min_size=width, max_size=width), min_size=1, max_size=4)
)


def best_by_trying(gains: list[list[int]]) -> int:
    columns = [*range(len(gains[0])), *[-1] * len(gains)]
    return max(
        sum(max(0, row[column]) if column >= 0 else 0 for row, column in zip(gains, order, strict=False))
        for order in permutations(columns, len(gains))
    )


@given(GAINS)
def test_it_is_the_best_there_is(gains: list[list[int]]) -> None:
    chosen = assign(gains)
    taken = [column for column in chosen if column is not None]
    assert len(taken) == len(set(taken))
    assert sum(gains[row][column] for row, column in enumerate(chosen) if column is not None) == best_by_trying(gains)


def test_nothing_to_assign() -> None:
    assert assign([]) == []
    assert assign([[], []]) == [None, None]


def test_what_does_not_suit_is_left_out() -> None:
    assert assign([[0, -3], [5, 0]]) == [None, 0]


def test_more_rows_than_a_sentence_has_are_served_the_best_first() -> None:
    gains = [[0, 1, 2] for _ in range(300)]
    gains[250] = [0, 0, 9]
    chosen = assign(gains)
    assert chosen[250] == 2
    assert chosen[0] == 1
    assert chosen.count(None) == 298
