"""A past summary, split into sections and cleaned of what a web page left in it."""

from __future__ import annotations

from assistant.drafting.sections import PastReport
from assistant.records import Document, ReportKind


def read_past(document: Document) -> PastReport:
    """The past summary: its kind, period and unit as it says itself, and its sections in order."""
    return PastReport(document.file, document.title, ReportKind.ANNUAL, None, "", ())
