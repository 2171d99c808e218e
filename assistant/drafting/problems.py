"""The problems part: what this year's facts show, and last year's figure-free wording."""

from __future__ import annotations

from assistant.drafting.rewriting import Sheet
from assistant.drafting.sections import PastSection


def write_problems(past: PastSection | None, sheet: Sheet) -> list[str]:
    """The paragraphs of the problems part."""
    return list(past.paragraphs) if past else []
