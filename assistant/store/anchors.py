"""Where the words that a comment was made on stand now, after the text around them, or they themselves, moved.

The words are looked for as they were; of several places the one whose surroundings are most alike counts.
A short quote (a figure, say) needs something of its surroundings, or the comment would slip to another figure.
A long one whose words were changed here and there is found by likeness, and said to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

REACH = 20  # characters kept before and after the quote
_LONG = 10  # from this length on a quote speaks for itself
_STILL_IT = 75  # points of 100: a long quote that was changed
# What speaks for a place: characters right before and right after it that are the same as they were. What
# stands before a figure says what is counted, so it counts for more. 企业|12家 is enough, |12家，其中 is not.
_BEFORE, _MOST_BEFORE = 15, 4
_AFTER, _MOST_AFTER = 8, 5
_ENOUGH = 30  # for a short quote
_SAME_SECTION, _SAME_OFFSET = 3, 2


@dataclass(frozen=True, slots=True)
class Anchor:
    """A quote, its surroundings and its place when the comment was made."""

    section: str
    start: int
    quote: str
    lead: str
    trail: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where it stands now; `exact` is false where its words were changed."""

    section: str
    start: int
    end: int
    exact: bool = True


def anchor_at(section: str, text: str, start: int, end: int) -> Anchor:
    """The anchor of `text[start:end]`."""
    return Anchor(section, start, text[start:end], text[max(0, start - REACH) : start], text[end : end + REACH])


def locate(anchor: Anchor, texts: Mapping[str, str]) -> Place | None:
    """The place of an anchor in the sections' texts as they are now; None where its words are gone."""
    if not anchor.quote:
        return None
    places = [
        (_points(anchor, key, text, start), key, start)
        for key, text in texts.items()
        for start in _occurrences(text, anchor)
    ]
    if places:
        points, key, start = max(places, key=lambda each: (each[0], each[1] == anchor.section, -each[2]))
        if points >= _ENOUGH or len(anchor.quote) >= _LONG:
            return Place(key, start, start + len(anchor.quote))
    return _changed(anchor, texts) if len(anchor.quote) >= _LONG else None


def _occurrences(text: str, anchor: Anchor) -> Iterator[int]:
    """Every place of the quote; 12家 is not found in 112家, nor 12 in 12.5."""
    quote, cut = anchor.quote, _cuts(anchor.lead, anchor.quote, anchor.trail)
    start = text.find(quote)
    while start >= 0:
        end = start + len(quote)
        if _cuts(text[max(0, start - 1) : start], quote, text[end : end + 1]) == cut:
            yield start
        start = text.find(quote, start + 1)


def _cuts(before: str, quote: str, after: str) -> tuple[bool, bool]:
    """Whether the quote begins, and ends, in the middle of a number."""
    return _is_number(before[-1:]) and _is_number(quote[0]), _is_number(quote[-1]) and _is_number(after[:1])


def _is_number(character: str) -> bool:
    return character.isdigit() or (character != "" and character in ".．")


def _points(anchor: Anchor, key: str, text: str, start: int) -> int:
    """How much speaks for a place."""
    end = start + len(anchor.quote)
    before = _shared(_edged(anchor.lead)[::-1], _edged(text[max(0, start - REACH) : start])[::-1])
    after = _shared(_edged(anchor.trail[::-1])[::-1], _edged(text[end : end + REACH][::-1])[::-1])
    points = _BEFORE * min(before, _MOST_BEFORE) + _AFTER * min(after, _MOST_AFTER)
    same = key == anchor.section
    return points + _SAME_SECTION * same + _SAME_OFFSET * (same and start == anchor.start)


def _edged(lead: str) -> str:
    """What stands before a place, with a mark where that is the beginning of the text."""
    return lead if len(lead) >= REACH else "\n\n" + lead


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _changed(anchor: Anchor, texts: Mapping[str, str]) -> Place | None:
    """The place most like a long quote whose words are not there any more as they were."""
    best: tuple[float, bool, Place] | None = None
    for key, text in texts.items():
        found = fuzz.partial_ratio_alignment(anchor.quote, text, score_cutoff=_STILL_IT) if text else None
        if found is None or len(text) < len(anchor.quote) // 2:
            continue
        place = Place(key, found.dest_start, found.dest_end, exact=False)
        rank = (found.score, key == anchor.section, place)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return best[2] if best else None
