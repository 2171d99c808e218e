"""Two people's changes of one paragraph brought together where they do not touch."""

from __future__ import annotations

from assistant.diffs import character_diff

Edit = tuple[int, int, str]  # characters start–end of the base become this text


def merge_texts(base: str, mine: str, theirs: str) -> str | None:
    """The base with both changes; None where they touch the same words, or stand side by side."""
    ours, others = _edits(base, mine), _edits(base, theirs)
    for start, end, _ in ours:
        if any(start <= stop and begin <= end for begin, stop, _ in others):
            return None
    text = base
    for start, end, new in sorted([*ours, *others], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _edits(base: str, changed: str) -> list[Edit]:
    """Whole words and figures, so that two people's figures never become a third."""
    edits, start = [], 0
    for piece in character_diff(base, changed):
        end = start + len(piece.before)
        if not piece.same:
            edits.append((start, end, piece.after))
        start = end
    return edits
