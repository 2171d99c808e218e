"""A whole draft: outline, sections one after the other, title, addressee, signature."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.drafting.context import Context
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import SectionSpec, Writer
from assistant.records import Document, Draft, Fact, Period, ReportKind, SectionText


def assemble(
    kind: ReportKind,
    period: Period,
    facts: Sequence[Fact],
    past: Sequence[Document],
    context: Context,
    *,
    write: Writer = write_section,
    rankings: Sequence[Fact] = (),
    on_section: Callable[[SectionText], None] | None = None,
    done: Mapping[str, SectionText] | None = None,
    outline: Sequence[SectionSpec] | None = None,
) -> Draft:
    """The draft of a report, written section by section.

    `past` are past summaries, the best one first; `rankings` are facts with a place (隐患 of each
    village), for the problems part. `on_section` is called with each section as soon as it is
    written; sections in `done` (by key) are kept as they are. `outline` overrides the learned one,
    as a person edited it. Raises what the writer raises; what was called back stays written.
    """
    return Draft("", kind, period, "", context.unit_name, ())


def draft_text(draft: Draft) -> str:
    """The draft as one plain text: title, addressee, headings and paragraphs, signature, date."""
    return ""
