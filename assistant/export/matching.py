"""Which line became which: the lines of a draft laid against those of the file that came back.

What a line says decides; the bookmarks it kept only help where much of it was rewritten. A line may have been split
into several or joined with its neighbours, and it may stand elsewhere now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import partial_ratio, ratio

from assistant.export.lines import plain

_ALIKE = 50  # percent: two lines are one that was changed
_ALIKE_MARKED = 25  # where the bookmark says so too
_INSIDE = 75  # percent of the shorter line found in the longer: a paragraph cut short or added to
_SHORT = 12  # characters: a shorter line is found in any long one
_PART = 70  # percent of the smaller part that must come from the other side
_MOST_PAIRS = 40_000  # compared; beyond it the two are different documents


@dataclass(frozen=True, slots=True)
class Side:
    """A line as it is matched. `single` says which head part it is (title, date …), "" for body lines."""

    text: str
    marks: frozenset[int] = frozenset()
    level: int = 0
    single: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: one old and one new, or one that was split, or several that were joined."""

    olds: tuple[int, ...]
    news: tuple[int, ...]
    moved: bool = False


def match_lines(old: Sequence[Side], new: Sequence[Side]) -> list[Group]:
    """The groups, by their place in the new text. What is in none was removed, or added."""
    pairs = _equal(old, new)
    pairs.update(_alike(old, new, pairs))
    groups = [Group((one,), (other,)) for one, other in pairs.items()]
    groups = _joined(_split(groups, old, new), old, new)
    groups.sort(key=lambda group: group.news)
    stay = heaviest_order([group.olds[0] for group in groups], [_weight(group, old) for group in groups])
    return [group if place in stay else Group(group.olds, group.news, moved=True) for place, group in enumerate(groups)]


def _weight(group: Group, old: Sequence[Side]) -> int:
    return 1 + sum(len(old[index].text) for index in group.olds)


def heaviest_order(numbers: Sequence[int], weights: Sequence[int]) -> set[int]:
    """The places of the heaviest ascending selection: what stayed in order when the rest was moved."""
    best: list[int] = []
    before: list[int] = []
    for place, number in enumerate(numbers):
        earlier = max((p for p in range(place) if numbers[p] < number), key=lambda p: (best[p], p), default=-1)
        before.append(earlier)
        best.append(weights[place] + (best[earlier] if earlier >= 0 else 0))
    chosen: set[int] = set()
    place = max(range(len(best)), key=lambda p: best[p], default=-1)
    while place >= 0:
        chosen.add(place)
        place = before[place]
    return chosen


def _equal(old: Sequence[Side], new: Sequence[Side]) -> dict[int, int]:
    """Lines that say the same: in order first, then wherever they stand now."""
    left, right = [plain(side.text) for side in old], [plain(side.text) for side in new]
    pairs: dict[int, int] = {}
    for start, other, size in SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks():
        pairs |= {start + step: other + step for step in range(size)}
    taken = set(pairs.values())
    for place, text in enumerate(left):
        same = [index for index, found in enumerate(right) if found == text and index not in taken]
        if place not in pairs and same:
            pairs[place] = min(same, key=lambda index: (not _marked(place, old, new[index]), abs(index - place)))
            taken.add(pairs[place])
    return pairs


def _marked(place: int, old: Sequence[Side], line: Side) -> bool:
    return bool(old[place].marks & line.marks)


def _alike(old: Sequence[Side], new: Sequence[Side], pairs: dict[int, int]) -> dict[int, int]:
    """Of the rest, the lines most alike: none twice, one-line parts of the head only with their like."""
    taken = set(pairs.values())
    ours = [place for place in range(len(old)) if place not in pairs]
    theirs = [place for place in range(len(new)) if place not in taken]
    if len(ours) * len(theirs) > _MOST_PAIRS:
        return {}
    gap_of = {one: max((each for each in pairs if each < one), default=-1) for one in ours}
    stands_in = {
        other: max((each for each in pairs if pairs[each] < other), key=pairs.__getitem__, default=-1)
        for other in theirs
    }
    scored: list[tuple[int, int, int]] = []
    for one in ours:
        for other in theirs:
            score = _score(one, other, old, new, same_gap=gap_of[one] == stands_in[other])
            if score:
                scored.append((score, one, other))
    chosen: dict[int, int] = {}
    for _, one, other in sorted(scored, key=lambda each: (-each[0], each[1], each[2])):
        if one not in chosen and other not in chosen.values():
            chosen[one] = other
    return chosen


def _score(one: int, other: int, old: Sequence[Side], new: Sequence[Side], *, same_gap: bool) -> int:
    """How much speaks for a line having become another, in points; 0 where they are two different lines."""
    before, after = old[one], new[other]
    likeness = likeness_of(before.text, after.text)
    marked = bool(before.marks & after.marks)
    if before.single:
        fits = marked or (same_gap and (likeness >= _ALIKE_MARKED or before.single == after.single))
        return likeness + 1 + 40 * marked if fits else 0
    headings = before.level > 0 and before.level == after.level
    enough = likeness >= (_ALIKE_MARKED if marked else _ALIKE) or (headings and (marked or same_gap))
    if not enough or after.single:
        return 0
    return likeness + 1 + 30 * marked + 10 * same_gap


def likeness_of(one: str, other: str) -> int:
    """How alike two lines are, in percent; a line that another holds nearly whole counts as alike."""
    one, other = plain(one), plain(other)
    alike = round(ratio(one, other))
    shorter = min(len(one), len(other))
    if shorter >= _SHORT and alike < _ALIKE:
        inside = 100 * LCSseq.similarity(one, other) // shorter
        if inside >= _INSIDE:
            return _ALIKE
    return alike


def _split(groups: list[Group], old: Sequence[Side], new: Sequence[Side]) -> list[Group]:
    """Groups with the lines that were cut off one of theirs and stand beside it."""
    free = set(range(len(new))) - {index for group in groups for index in group.news}
    grown = []
    for group in groups:
        text, news = old[group.olds[0]].text, list(group.news)
        for step in (1, -1):
            while (near := (news[-1] if step > 0 else news[0]) + step) in free:
                wider = [*news, near] if step > 0 else [near, *news]
                if not _fits_better(text, [new[i].text for i in news], [new[i].text for i in wider], new[near].text):
                    break
                free.discard(near)
                news = wider
        grown.append(Group(group.olds, tuple(news)))
    return grown


def _joined(groups: list[Group], old: Sequence[Side], new: Sequence[Side]) -> list[Group]:
    """Groups with the lines that were taken into one of theirs."""
    free = {index for index in range(len(old)) if not old[index].single} - {
        index for group in groups for index in group.olds
    }
    grown = []
    for group in groups:
        olds = list(group.olds)
        for step in (1, -1) if len(group.news) == 1 else ():
            text = new[group.news[0]].text
            while (near := (olds[-1] if step > 0 else olds[0]) + step) in free:
                wider = [*olds, near] if step > 0 else [near, *olds]
                if not _fits_better(text, [old[i].text for i in olds], [old[i].text for i in wider], old[near].text):
                    break
                free.discard(near)
                olds = wider
        grown.append(Group(tuple(olds), group.news))
    return grown


def _fits_better(whole: str, now: list[str], wider: list[str], part: str) -> bool:
    """Whether the whole is rather the wider lines together, `part` among them, than those it has now."""
    text, piece = plain(whole), plain(part)
    if ratio(text, plain("".join(wider))) <= ratio(text, plain("".join(now))):
        return False
    return len(piece) <= len(text) and partial_ratio(piece, text) >= _PART
