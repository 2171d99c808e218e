"""Hiding the figures of an exemplar, so that a model can learn its style and copy none of its numbers."""

from __future__ import annotations

from assistant.quantities.extract import extract
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Kind

MARK = "〇"
_HIDDEN = frozenset({Kind.DATE, Kind.PERIOD, Kind.PLACEHOLDER})


def mask(text: str, vocabulary: Vocabulary | None = None) -> str:
    """The text with every claim, target, date and placeholder replaced by a neutral mark; names stay."""
    parts: list[str] = []
    pos = 0
    for quantity in extract(text, vocabulary):
        if quantity.is_claim or quantity.kind in _HIDDEN:
            parts += [text[pos : quantity.start], MARK]
            pos = quantity.end
    return "".join(parts) + text[pos:]
