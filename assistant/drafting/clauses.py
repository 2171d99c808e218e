"""Sentences and clauses of official Chinese, taken apart and put together again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_ENDS = "。！？"
_SEPARATORS = "，；：:,;"
_OPENING = "（(“《〈【「‘["
_CLOSING = "）)”》〉】」’]"
_ITEM = re.compile(r"(?:第?[一二三四五六七八九十]{1,2}(?:是|方面[，是]|要)|其[一二三四五六七八九十])")
_CONNECTIVE = re.compile(r"^(?:其中|同时|此外|另外|并且|而且|并|且|还|也|及时|从而|进而|以及|通过以上|对此|为此)，?")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and the mark that ends it (empty at the end of an unfinished sentence)."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence, and where it stands in the text it was cut from."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Span]:
    """The sentences of a text, ends included; ；before 二是 ends one too. Newlines end one and are left out."""
    spans: list[Span] = []
    start = depth = 0
    for index, char in enumerate(text):
        depth = _depth(depth, char)
        if char == "\n":
            _add(spans, text, start, index)
            start, depth = index + 1, 0
        elif char in _ENDS and depth == 0 or char == "；" and depth == 0 and _ITEM.match(text, index + 1):
            _add(spans, text, start, index + 1)
            start = index + 1
    _add(spans, text, start, len(text))
    return spans


def split_clauses(sentence: str) -> list[Clause]:
    """The clauses of a sentence, cut at ，；： outside brackets and quotes."""
    clauses: list[Clause] = []
    start = depth = 0
    for index, char in enumerate(sentence):
        depth = _depth(depth, char)
        if depth == 0 and (char in _SEPARATORS or char in _ENDS):
            clauses.append(Clause(sentence[start:index], char))
            start = index + 1
    if start < len(sentence):
        clauses.append(Clause(sentence[start:]))
    return clauses


def join_clauses(kept: Sequence[Clause | None], end: str = "。") -> str:
    """The clauses that are left, with the marks mended: no sentence that ends in a comma or begins with 其中.

    None stands for a clause that was taken out; `end` closes the sentence where its last one is gone.
    """
    parts: list[Clause] = []
    lost = False
    for clause in kept:
        if clause is None:
            lost = True
            if parts and parts[-1].mark in "：:":
                parts[-1] = Clause(parts[-1].text, "，")
            continue
        parts.append(Clause(_CONNECTIVE.sub("", clause.text), clause.mark) if lost and not parts else clause)
    if not parts:
        return ""
    last = parts[-1]
    if lost and last.mark not in _ENDS and last.mark != "；":
        parts[-1] = Clause(last.text, end)
    return "".join(part.text + part.mark for part in parts)


def end_of(sentence: str) -> str:
    """The mark a sentence ends with; 。 where it has none."""
    return sentence[-1] if sentence and sentence[-1] in _ENDS + "；" else "。"


def item_marker(sentence: str) -> str:
    """The 一是, 二是 or 第一， a sentence starts with; empty where there is none."""
    found = _ITEM.match(sentence)
    return found.group() if found else ""


def same_words(text: str) -> str:
    """The text as compared for repetition: without marks, spaces and item markers."""
    bare = _ITEM.sub("", text, count=1)
    return re.sub(r"[\s，。；：、！？“”（）()《》,.;:]", "", bare)


def without_repeats(sentences: Iterable[str], seen: set[str]) -> list[str]:
    """The sentences not said before; `seen` grows. Very short ones (标题式短句) may recur."""
    kept: list[str] = []
    for sentence in sentences:
        words = same_words(sentence)
        if len(words) >= 8 and words in seen:
            continue
        seen.add(words)
        kept.append(sentence)
    return kept


def _depth(depth: int, char: str) -> int:
    if char in _OPENING:
        return depth + 1
    return max(depth - 1, 0) if char in _CLOSING else depth


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    raw = text[start:end]
    body = raw.strip()
    if body:
        offset = start + len(raw) - len(raw.lstrip())
        spans.append(Span(offset, offset + len(body), body))
