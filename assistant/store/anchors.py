"""Where the words that a comment was made on stand now, after the text around them, or they themselves, moved.

The words are looked for as they were; of several places the one whose surroundings are most alike counts.
A short quote (a figure, say) needs surroundings that are alike at all, or the comment would slip to another figure.
A long one whose words were changed here and there is found by likeness, and said to be changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

REACH = 20  # characters kept before and after the quote
_LONG = 10  # from this length on a quote speaks for itself
_ALIKE = 45  # points of 100: surroundings of a short quote
_STILL_IT = 75  # points of 100: a long quote that was changed
_SAME_SECTION, _NEAR = 10, 5  # points for a place in the section, and near the offset, of the comment


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
    places = [
        (_points(anchor, key, text, start), key, start)
        for key, text in texts.items()
        for start in _occurrences(text, anchor.quote)
    ]
    if places:
        points, key, start = max(places, key=lambda each: (each[0], each[1] == anchor.section, -each[2]))
        if points >= _ALIKE or len(anchor.quote) >= _LONG:
            return Place(key, start, start + len(anchor.quote))
    return _changed(anchor, texts) if len(anchor.quote) >= _LONG else None


def _occurrences(text: str, quote: str) -> Iterator[int]:
    """Every place of the quote; 12家 is not found in 112家, nor 12 in 12.5."""
    start = text.find(quote)
    while start >= 0:
        before, after = text[:start][-1:], text[start + len(quote) :][:1]
        if not (_goes_on(quote[:1]) and _goes_on(before)) and not (_goes_on(quote[-1:]) and _goes_on(after)):
            yield start
        start = text.find(quote, start + 1)


def _goes_on(character: str) -> bool:
    return character.isdigit() or (bool(character) and character in ".．")


def _points(anchor: Anchor, key: str, text: str, start: int) -> int:
    """How much the surroundings of a place are those of the anchor: 0 to 100, and a little for being near."""
    end = start + len(anchor.quote)
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    shared = _shared(anchor.lead[::-1], before[::-1]) + _shared(anchor.trail, after)
    possible = len(anchor.lead) + len(anchor.trail)
    if not possible:
        alike = 100 if not before and not after else _ALIKE
    else:
        either = max(_side(anchor.lead, before), _side(anchor.trail, after))
        alike = max(either, 100 * shared // possible)
    near = _NEAR if abs(start - anchor.start) <= REACH else 0
    return alike + (_SAME_SECTION + near if key == anchor.section and alike >= _ALIKE // 2 else 0)


def _side(was: str, now: str) -> int:
    """How alike one side's surroundings are, in points of 100; nothing where there were none."""
    return round(fuzz.ratio(was, now)) if was else 0


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
