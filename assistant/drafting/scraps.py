"""What a web page or a conversion left inside a past summary, cut out and reported."""

from __future__ import annotations

import re

from assistant.office import scraps
from assistant.records import Notice, Severity

_BOLD = re.compile(r"\*\*(?=[^*\s])([^*]+?)(?<=[^*\s])\*\*(?![县市省镇乡村区街局])")


def cut_scraps(line: str, source: str) -> tuple[str, list[Notice]]:
    """The line without what is no part of the summary, and a notice for each piece cut."""
    left, pieces = scraps.cut_scraps(line)
    return _BOLD.sub(r"\1", left).strip(), [_notice(piece, source) for piece in pieces]


def _notice(piece: str, source: str) -> Notice:
    where = f"（{source}）" if source else ""
    return Notice(Severity.INFO, "scraps_cut", f"往年总结中的网页残留“{scraps.shown(piece)}”{where}不是正文，已略去。")
