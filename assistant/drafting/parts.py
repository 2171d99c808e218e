"""A draft as one text, and the text a person edited taken apart into the draft's sections again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.records import Draft, SectionText

_MANY_PAIRS = 4000  # of lines to compare; beyond that lines go by their place


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the draft: a single line (title, heading …) or a body of any number of lines."""

    field: str  # the Draft's field, or "heading" or "text" of the section `key`
    key: str
    text: str

    @property
    def single(self) -> bool:
        return self.field != "text"


def apply_edit(draft: Draft, text: str) -> Draft:
    """The draft with its parts changed to what `text`, an edited `draft_text`, now says.

    Every line of the text that is not blank is in the result, in the same order. A line goes to the
    part whose line it was or replaces; a new line goes to the body it was added to.
    """
    parts = _parts_of(draft)
    lines = text.split("\n")
    owners = _settle(parts, lines, _owners(parts, lines))
    taken: list[list[str]] = [[] for _ in parts]
    for line, owner in zip(lines, owners, strict=True):
        taken[owner].append(line)
    return _rebuild(draft, parts, ["\n".join(part_lines).strip("\n") for part_lines in taken])


def changed_sections(before: Draft, after: Draft) -> list[SectionText]:
    """The sections of `after` whose heading or text differs, marked as a person's."""
    old = {section.key: section for section in before.sections}
    return [
        replace(section, writer="person")
        for section in after.sections
        if (section.heading, section.text) != (old[section.key].heading, old[section.key].text)
    ]


def _parts_of(draft: Draft) -> list[_Part]:
    """The pieces in the order of `workflow.draft_text`, with a body for each section even where it is empty."""
    parts = [_Part("title", "", draft.title), _Part("addressee", "", draft.addressee)]
    for section in draft.sections:
        parts += [_Part("heading", section.key, section.heading), _Part("text", section.key, section.text)]
    parts += [_Part("signature", "", draft.signature), _Part("signed_on", "", draft.signed_on)]
    return [part for part in parts if part.text or not part.single]


def _owners(parts: Sequence[_Part], lines: Sequence[str]) -> list[int]:
    """For each new line, the number of the part it comes from."""
    old = [(line, number) for number, part in enumerate(parts) if part.text for line in part.text.split("\n")]
    owners = [0] * len(lines)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, [line for line, _ in old], lines, autojunk=False).get_opcodes():
        for j in range(j1, j2):
            if tag == "insert":
                owners[j] = old[i1 - 1][1] if i1 else old[0][1] if old else _first_body(parts)
        if tag in ("equal", "replace"):
            likest = _likest([line for line, _ in old[i1:i2]], lines[j1:j2])
            owners[j1:j2] = [old[i1 + place][1] for place in likest]
    return owners


def _likest(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each new line the old line it is most like, taken together and never going back."""
    if len(old) == len(new) or len(old) * len(new) > _MANY_PAIRS:
        return [place * len(old) // len(new) for place in range(len(new))]
    best = [0.0] * len(old)  # of the new lines so far, the last of them at this old line
    choices: list[list[int]] = []
    for line in new:
        reach, chosen, top = list[float](), list[int](), 0
        for place, candidate in enumerate(old):
            top = place if best[place] > best[top] else top
            chosen.append(top)
            reach.append(best[top] + SequenceMatcher(None, candidate, line, autojunk=False).quick_ratio())
        best = reach
        choices.append(chosen)
    place = max(range(len(old)), key=best.__getitem__)
    path: list[int] = []
    for chosen in reversed(choices):
        path.append(place)
        place = chosen[place]
    return path[::-1]


def _first_body(parts: Sequence[_Part]) -> int:
    return next((number for number, part in enumerate(parts) if not part.single), 0)


def _settle(parts: Sequence[_Part], lines: Sequence[str], owners: list[int]) -> list[int]:
    """A title, heading or date keeps the one line most like it; what else fell to it goes to the body next to it."""
    for number, part in enumerate(parts):
        mine = [j for j, owner in enumerate(owners) if owner == number and lines[j].strip()]
        if not part.single or len(mine) < 2:
            continue
        kept = max(mine, key=lambda j: SequenceMatcher(None, part.text, lines[j]).ratio())
        before, after = _body_near(parts, number, -1), _body_near(parts, number, 1)
        for j in mine:
            if j != kept:
                wanted = (before, after) if j < kept else (after, before)
                body = wanted[0]
                owners[j] = number if body is None else body  # no body on that side: stay, rather than change the order
    return owners


def _body_near(parts: Sequence[_Part], number: int, step: int) -> int | None:
    """The body just before (-1) or after (1) a part, with no other line between."""
    near = number + step
    return near if 0 <= near < len(parts) and not parts[near].single else None


def _rebuild(draft: Draft, parts: Sequence[_Part], texts: Sequence[str]) -> Draft:
    found = {(part.field, part.key): text for part, text in zip(parts, texts, strict=True)}
    sections = tuple(
        replace(
            section,
            heading=found.get(("heading", section.key), section.heading),
            text=found[("text", section.key)],
        )
        for section in draft.sections
    )
    return replace(
        draft,
        title=found.get(("title", ""), draft.title),
        addressee=found.get(("addressee", ""), draft.addressee),
        signature=found.get(("signature", ""), draft.signature),
        signed_on=found.get(("signed_on", ""), draft.signed_on),
        sections=sections,
    )
