"""A draft as one plain text, and where its sections stand in it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.records import Draft


@dataclass(frozen=True, slots=True)
class Span:
    """Where a section's body stands in the draft's text."""

    start: int
    end: int


def draft_text(draft: Draft) -> str:
    """The whole draft as plain text: title, addressee, headings and bodies, signature and date."""
    return "\n".join(text for _, text in _parts(draft))


def section_spans(draft: Draft) -> dict[str, Span]:
    """Where each section's body stands in `draft_text`, by section key."""
    spans: dict[str, Span] = {section.key: Span(0, 0) for section in draft.sections}
    position = 0
    for key, text in _parts(draft):
        if key:
            spans[key] = Span(position, position + len(text))
        position += len(text) + 1
    return spans


def _parts(draft: Draft) -> list[tuple[str, str]]:
    """The pieces of the draft's text in order, each body with its section's key."""
    parts = [("", draft.title), ("", draft.addressee)]
    for section in draft.sections:
        parts += [("", section.heading), (section.key, section.text)]
    parts += [("", draft.signature), ("", draft.signed_on)]
    return [(key, text) for key, text in parts if text]
