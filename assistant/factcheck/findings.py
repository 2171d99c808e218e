"""All findings of a text: the defects that are not one claim's verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.alignment.readings import Aligned, Alignment
from assistant.factcheck.citations import Regulations, find_citations
from assistant.factcheck.consistency import find_inconsistencies
from assistant.factcheck.coverage import find_low_targets, find_omissions
from assistant.factcheck.numbering import find_numbering
from assistant.factcheck.periodwords import find_period_words
from assistant.factcheck.wording import find_wording
from assistant.records import Finding, Quantity, Severity, Verdict


def find_all(
    alignment: Alignment,
    sentences: Sequence[Sequence[Aligned]],
    quantities: Sequence[Quantity],
    verdicts: Sequence[Verdict],
    must_report: Sequence[str],
    regulations: Regulations | None,
) -> tuple[Finding, ...]:
    """The findings in the order of the text; those without a place come last."""
    layout, registry = alignment.layout, alignment.index.registry
    found = [
        *find_numbering(layout.text, layout.lines),
        *find_wording(layout, quantities),
        *_find_edges(verdicts),
        *find_period_words(layout, alignment.report),
        *find_inconsistencies(sentences),
        *(find_low_targets(alignment, quantities) if alignment.index.subjects else ()),
        *find_omissions(alignment, verdicts, must_report, registry),
        *(find_citations(layout.text, regulations) if regulations else ()),
    ]
    unique = {(finding.kind, finding.start, finding.end, finding.message): finding for finding in found}
    return tuple(sorted(unique.values(), key=lambda each: (each.start == each.end, each.start, each.end)))


def _find_edges(verdicts: Sequence[Verdict]) -> Iterator[Finding]:
    """200余 for exactly 200: it holds, but the marker is out of place."""
    for verdict in verdicts:
        if verdict.reason == "approx_edge":
            message = f"实际数正好是{verdict.expected}，不宜再加“余”“多”。"
            yield Finding(
                "approx_exact", Severity.INFO, verdict.start, verdict.end, verdict.surface, message, "删去“余”“多”"
            )
