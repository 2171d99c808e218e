"""Which section of a past summary is the place for which indicator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from assistant.drafting.families import affinity, family_of
from assistant.drafting.sections import PastSection, Role
from assistant.records import Indicator
from assistant.registry.registry import Registry

_FOUND = 5  # points from which a section counts as a family's place
_OPENING = ("accident", "town")  # families an opening may tell of where no section is theirs


def find_homes(
    sections: Sequence[PastSection], registry: Registry, figures: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Indicator id → index of the section it belongs to; indicators with no place are left out.

    `figures` are the indicators whose figure stands in a section of the past summary (id → index):
    they belong there. The others follow their family, and a family without a place of its own
    follows the other families of its topic. Accidents and what the town has go to the opening where no section is theirs.
    """
    places = [index for index, section in enumerate(sections) if section.role is Role.WORK and section.paragraphs]
    homes: dict[str, int] = {}
    for _, entries in groupby(sorted(registry, key=lambda entry: entry.topic), key=lambda entry: entry.topic):
        homes.update(_topic_homes(tuple(entries), sections, places))
    opening = next((index for index, section in enumerate(sections) if section.role is Role.OPENING), None)
    if opening is not None:
        homes.update({entry.id: homes.get(entry.id, opening) for entry in registry if family_of(entry.id) in _OPENING})
    homes.update(_with_their_kin(figures or {}, registry))
    return homes


def _with_their_kin(figures: Mapping[str, int], registry: Registry) -> dict[str, int]:
    """The homes that figures give, and the same for the other indicators of a family: where most of it stands."""
    stands: dict[str, Counter[int]] = {}
    for indicator, place in figures.items():
        stands.setdefault(family_of(indicator), Counter())[place] += 1
    kin = {
        entry.id: stands[family_of(entry.id)].most_common(1)[0][0]
        for entry in registry
        if family_of(entry.id) in stands and family_of(entry.id)
    }
    return {**kin, **figures}


def _topic_homes(
    entries: Sequence[Indicator], sections: Sequence[PastSection], places: Sequence[int]
) -> dict[str, int]:
    """The homes of one topic's indicators, family by family."""
    families: dict[str, list[Indicator]] = {}
    for entry in entries:
        families.setdefault(family_of(entry.id), []).append(entry)
    scores = {
        family: {place: affinity(family, members, sections[place].heading, sections[place].text) for place in places}
        for family, members in families.items()
    }
    together = {place: sum(score[place] for score in scores.values()) for place in places}
    homes: dict[str, int] = {}
    for family, members in families.items():
        home = _best(scores[family]) if family else None
        home = _best(together) if home is None else home
        if home is not None:
            homes.update({entry.id: home for entry in members})
    return homes


def _best(scores: Mapping[int, int]) -> int | None:
    points, place = max(((points, -place) for place, points in scores.items()), default=(0, 0))
    return -place if points >= _FOUND else None
