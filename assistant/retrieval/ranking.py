"""From the scores of words and vectors to one order. Pure functions over arrays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

    Scores = NDArray[float32]

MOST = 990  # points of the best passage; only what is named outright has them all
NAMED_LAW = 0.1  # what being of a law the question names adds
KEYWORDS, VECTORS = 0.35, 0.65  # shares of the two halves; measured, as all here, by evals/retrieval.py
_SAME_SOURCE = 0.15  # what being of the law that the best passages are of adds
_LEADERS = 50
POINTS = 1000
_ASKING = re.compile(
    r"请问|你好|怎么办|怎么样|怎样|怎么|如何|什么|哪些|哪个|哪里|为什么|是否|能否|可否|可不可以|能不能|是不是|有没有|要不要|应不应该"
    r"|多少|吗|呢|吧|啊|呀|？|\?|谁|我们|我|你|他们|他|她"
)

_BARE = re.compile(r"规定|内容|原文|条文|全文|具体|关于|文件|通知|查|找|看|的|是|了|里|请|说|讲|款|项|这|条")


def fuse(words: Mapping[int, float], vectors: Mapping[int, float], unvectored: frozenset[int]) -> dict[int, float]:
    """One score from 0 to 1 for every passage that either half found.

    Each half is stretched to 0–1 over what it found; what a half did not find has 0 there. A passage whose vector
    is not made yet (`unvectored`) is judged by its words alone.
    """
    by_words, by_vectors = _stretch(words), _stretch(vectors)
    if not by_vectors:
        return by_words
    fused: dict[int, float] = {}
    for place in by_words.keys() | by_vectors.keys():
        word = by_words.get(place, 0.0)
        vector = word if place in unvectored else by_vectors.get(place, 0.0)
        fused[place] = KEYWORDS * word + VECTORS * vector
    return fused


def favour(scores: Mapping[int, float], owners: Mapping[int, int], named: frozenset[int]) -> dict[int, float]:
    """The scores, with more for passages of the law or document that most of the best ones are of, and for `named`."""
    weight: dict[int, float] = {}
    for place in sorted(scores, key=lambda place: -scores[place])[:_LEADERS]:
        weight[owners[place]] = weight.get(owners[place], 0.0) + scores[place] ** 2
    most = max(weight.values(), default=0.0) or 1.0
    return {
        place: score + _SAME_SOURCE * weight.get(owners[place], 0.0) / most + (NAMED_LAW if place in named else 0.0)
        for place, score in scores.items()
    }


def _stretch(scores: Mapping[int, float]) -> dict[int, float]:
    if not scores:
        return {}
    low, high = min(scores.values()), max(scores.values())
    return {place: (score - low) / (high - low) if high > low else 1.0 for place, score in scores.items()}


def content_of(query: str) -> str:
    """A question without the words that only ask."""
    content = _ASKING.sub(" ", query)
    return content if content.strip() else query


def has_content(query: str) -> bool:
    """Whether a question asks for more than what it names: 安法第21条怎么规定的 does not."""
    return len("".join(character for character in _BARE.sub("", content_of(query)) if character.isalnum())) > 1


def spans_of(query: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where the text has two or more characters together that the question has too."""
    content = content_of(query)
    pairs = {content[start : start + 2] for start in range(len(content) - 1)}
    pairs = {pair for pair in pairs if pair.strip() == pair and len(pair) == 2 and pair.isalnum()}
    spans: list[tuple[int, int]] = []
    for start in range(len(text) - 1):
        if text[start : start + 2] in pairs:
            if spans and spans[-1][1] >= start:
                spans[-1] = (spans[-1][0], start + 2)
            else:
                spans.append((start, start + 2))
    return tuple(spans)
