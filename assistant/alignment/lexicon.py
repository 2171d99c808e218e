"""The words of the trade as concepts: 检查 and 督查 are one act, 横幅 and 条幅 one thing.

``concepts.csv`` lists them. A run of text that holds no known word is cut into pairs of characters, so that
indicators nobody foresaw are compared by their characters.
"""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_SHIPPED = Path(__file__).with_name("concepts.csv")

#: How much a token says about what is counted, in points.
WEIGHTS = {"act": 3, "thing": 6, "common": 3, "field": 4, "scope": 3, "light": 1, "loose": 3, "generic": 0}
_CJK_FIRST, _CJK_LAST = "\u4e00", "\u9fff"


class Token(NamedTuple):
    """A word in a text: where it stands, what it means, and of what kind that is."""

    start: int
    end: int
    concepts: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Word:
    """A known word with its concepts; the kind is that of the weightiest one."""

    text: str
    length: int
    concepts: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known words by their first two characters, the longest first; words of one character by themselves."""

    by_pair: dict[str, tuple[Word, ...]]
    single: dict[str, Word]

    @property
    def words(self) -> tuple[Word, ...]:
        """All words."""
        return (*self.single.values(), *(word for words in self.by_pair.values() for word in words))


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    meanings: dict[str, list[tuple[str, str]]] = {}
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for word in row["words"].split("|"):
                concept = word if row["kind"] == "scope" else row["concept"]
                meanings.setdefault(word, []).append((concept, row["kind"]))
    single: dict[str, Word] = {}
    by_pair: dict[str, list[Word]] = {}
    for text, entries in meanings.items():
        kind = max((kind for _, kind in entries), key=lambda kind: WEIGHTS[kind])
        word = Word(
            text, len(text), tuple(dict.fromkeys(concept for concept, each in entries if each != "generic")), kind
        )
        if len(text) == 1:
            single[text] = word
        else:
            by_pair.setdefault(text[:2], []).append(word)
    ordered = {pair: tuple(sorted(words, key=lambda word: -len(word.text))) for pair, words in by_pair.items()}
    return Lexicon(ordered, single)


def cut(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]`` in order; digits, letters and punctuation separate and vanish."""
    lexicon = shipped_lexicon()
    pairs, single = lexicon.by_pair.get, lexicon.single.get
    stop = len(text) if end is None else end
    tokens: list[Token] = []
    pos = loose = start
    while pos < stop:
        word = single(text[pos])
        for each in pairs(text[pos : pos + 2], ()):
            if pos + each.length <= stop and text.startswith(each.text, pos):
                word = each
                break
        if word is None and _CJK_FIRST <= text[pos] <= _CJK_LAST:
            pos += 1
            continue
        if loose < pos:
            _cut_loose(text, loose, pos, tokens)
        if word is None:
            pos += 1
        else:
            following = pos + word.length
            if word.concepts:
                tokens.append(Token(pos, following, word.concepts, word.kind))
            pos = following
        loose = pos
    if loose < stop:
        _cut_loose(text, loose, stop, tokens)
    return tokens


def _cut_loose(text: str, start: int, end: int, tokens: list[Token]) -> None:
    if end - start == 1:
        tokens.append(Token(start, end, (text[start],), "light"))
        return
    for pos in range(start, end - 1):
        tokens.append(Token(pos, pos + 2, (text[pos : pos + 2],), "loose"))


class TokenLine:
    """All tokens of a text, to be asked for by span."""

    def __init__(self, text: str, holes: list[tuple[int, int]]) -> None:
        """Cut `text` around the `holes` (the spans of its quantities), which separate like punctuation."""
        self._tokens: list[Token] = []
        pos = 0
        for start, end in holes:
            if start > pos:
                self._tokens.extend(cut(text, pos, start))
            pos = max(pos, end)
        self._tokens.extend(cut(text, pos, len(text)))
        self._starts = [token.start for token in self._tokens]

    def within(self, start: int, end: int) -> list[Token]:
        """The tokens that begin in ``[start, end)``."""
        return self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


@lru_cache(maxsize=16384)
def features_of(name: str) -> dict[str, int]:
    """What a name is made of: concepts, joined by | where any of them will do → points.

    A thing is met by its first concept only, the narrowest: a 安全生产会议 is a meeting, but not every meeting is one.
    A name of nothing but general words (工作情况) is compared by its characters.
    """
    features: dict[str, int] = {}
    for token in cut(name):
        if WEIGHTS[token.kind] and token.concepts:
            features["|".join(token.concepts[:1] if token.kind == "thing" else token.concepts)] = WEIGHTS[token.kind]
    if not features:
        features = {name[pos : pos + 2]: WEIGHTS["loose"] for pos in range(max(1, len(name) - 1))}
    return features


@lru_cache(maxsize=16384)
def fields_of(text: str) -> frozenset[str]:
    """The fields of work (消防, 道路, 食品…) that a heading, a topic or a name speaks of."""
    return fields_in(concept for token in cut(text) for concept in token.concepts)


def fields_in(concepts: Iterable[str]) -> frozenset[str]:
    """The fields that concepts name, or belong to: a 灭火器 is of 消防."""
    known = concept_fields()
    return frozenset(known[concept] for concept in concepts if concept in known)


@cache
def concept_fields() -> dict[str, str]:
    """Concept → the field it names or belongs to, where there is one."""
    with _SHIPPED.open(encoding="utf-8", newline="") as file:
        return {row["concept"]: row["field"] for row in csv.DictReader(file) if row["field"]}


@cache
def act_concepts() -> frozenset[str]:
    """What is done: 检查, 整改, 发放."""
    return _concepts_of("act")


@cache
def light_concepts() -> frozenset[str]:
    """What says next to nothing: 开展, 组织."""
    return _concepts_of("light")


@cache
def scope_concepts() -> frozenset[str]:
    """Words that narrow what is counted: 重大, 现场, 逾期."""
    return _concepts_of("scope")


def _concepts_of(kind: str) -> frozenset[str]:
    return frozenset(concept for word in shipped_lexicon().words if word.kind == kind for concept in word.concepts)
