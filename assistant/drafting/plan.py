"""The plan part: last year's plan rolled on, what the facts show, and the targets a person set."""

from __future__ import annotations

from assistant.drafting.rewriting import Sheet
from assistant.drafting.sections import PastSection, SectionSpec


def write_plan(spec: SectionSpec, past: PastSection | None, sheet: Sheet) -> list[str]:
    """The paragraphs of the plan part."""
    return list(past.paragraphs) if past else []
