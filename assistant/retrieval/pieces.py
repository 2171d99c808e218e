"""The texts that vectors are made from: a passage with its law and place, long ones in several pieces."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.retrieval.articles import article_label

_LONGEST = 420  # characters: beyond, one vector blurs what the passage says
_PIECE = 320
_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百零\d]+(?:分编|[编章节])|[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])\s*"
)
_SENTENCE = re.compile(r"[^。；\n]*[。；\n]?")


def head_of(title: str, article: str, path: Sequence[str]) -> str:
    """What stands before a passage's own words: the law and article, or the document; chapter or headings."""
    places = [_NUMBER.sub("", heading) for heading in path[-2:]]
    return " ".join(part for part in (f"{title}{article_label(article)}", *places) if part)


def pieces_of(title: str, article: str, path: Sequence[str], text: str) -> list[str]:
    """The texts to make vectors from, one for most passages."""
    head = head_of(title, article, path)
    label = re.match(r"第[^条\s]{1,9}条(?:之[一二三四五六七八九十]+)?[\s\u3000]*", text) if article else None
    body = text[label.end() :] if label else text
    return [f"{head} {part}" for part in _parts(body)]


def _parts(text: str) -> list[str]:
    if len(text) <= _LONGEST:
        return [text]
    parts = [""]
    for sentence in _SENTENCE.findall(text):
        if parts[-1] and len(parts[-1]) + len(sentence) > _PIECE:
            parts.append("")
        parts[-1] += sentence
    return [part.strip() for part in parts if part.strip()]
