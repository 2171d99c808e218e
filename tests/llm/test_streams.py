"""Thoughts cut from a stream wherever the pieces are split."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import Cancelled
from assistant.llm.chat import gather
from assistant.llm.streams import ThoughtCutter, interruptible


def cut(pieces):
    cutter = ThoughtCutter()
    chunks = [chunk for piece in pieces for chunk in cutter.feed(piece)]
    return gather([*chunks, *cutter.finish()]).text


WHOLE = "<think>甲<b>乙</think>检查{{f1}}，a<b且c。"


@given(st.lists(st.integers(0, len(WHOLE)), max_size=8).map(sorted))
def test_the_split_makes_no_difference(cuts):
    edges = [0, *cuts, len(WHOLE)]
    assert cut(WHOLE[a:b] for a, b in zip(edges, edges[1:], strict=False)) == "检查{{f1}}，a<b且c。"


@given(st.text(alphabet="甲乙<>/ think", max_size=30).filter(lambda text: "think>" not in text))
def test_text_without_thoughts_goes_through_whole(text):
    assert cut(list(text)) == text.strip()


def test_items_and_errors_come_through():
    def make():
        yield 1
        yield 2
        raise KeyError("three")

    seen = []
    with pytest.raises(KeyError, match="three"):
        for item in interruptible(make, lambda: False):
            seen.append(item)
    assert seen == [1, 2]


def test_a_stop_closes_the_stream_at_its_next_item():
    closed = []

    def make():
        try:
            while True:
                yield 1
                time.sleep(0.01)
        finally:
            closed.append(True)

    count = 0

    def enough():
        return count > 2

    with pytest.raises(Cancelled):
        for _ in interruptible(make, enough):
            count += 1
    deadline = time.monotonic() + 2
    while not closed and time.monotonic() < deadline:
        time.sleep(0.01)
    assert closed
