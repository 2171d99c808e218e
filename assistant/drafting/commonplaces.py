"""Empty phrases, kept in check: a report that says 高度重视 five times is told so."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from assistant.records import Notice, Severity

_FILE = Path(__file__).with_name("commonplaces.toml")


def worn_phrases(text: str) -> list[Notice]:
    """A notice for each empty phrase the text uses more often than a report may."""
    phrases, allowed = _phrases()
    counts = {phrase: text.count(phrase) for phrase in phrases}
    return [
        Notice(Severity.INFO, "commonplace", f"“{phrase}”用了{count}次，建议换成具体做法或精简。")
        for phrase, count in counts.items()
        if count > allowed
    ]


@cache
def _phrases() -> tuple[tuple[str, ...], int]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(data["phrases"]), int(data["allowed"])
