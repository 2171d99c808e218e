"""Hiding the figures of an exemplar, so that a model can learn its style and copy none of its numbers."""

from __future__ import annotations

import re

from assistant.quantities.extract import extract
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Kind, Quantity

MARK = "▢"
_TIMES = frozenset({Kind.DATE, Kind.PERIOD, Kind.PLACEHOLDER})
_NAMES = frozenset({Kind.POLICY, Kind.ARTICLE, Kind.DOCNO, Kind.HEADING, Kind.ORDINAL})
_DIGIT = re.compile(r"\d")


def mask(text: str, vocabulary: Vocabulary | None = None) -> str:
    """The text with every claim, target, date and placeholder replaced by a neutral mark; names stay."""
    parts: list[str] = []
    pos = 0
    for quantity in extract(text, vocabulary):
        if _is_hidden(quantity):
            parts += [text[pos : quantity.start], MARK]
            pos = quantity.end
    return "".join(parts) + text[pos:]


def _is_hidden(quantity: Quantity) -> bool:
    """Claims, dates, blanks; targets and rules too where they have digits (四个环节 is style, 24次 is a figure)."""
    if quantity.is_claim or quantity.kind in _TIMES:
        return True
    return quantity.kind not in _NAMES and bool(_DIGIT.search(quantity.surface))
