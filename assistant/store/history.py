"""The history of a section as a person reads it: one change for what one person saved at one sitting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.store.heads import HEADING, HeadRevision
from assistant.store.revisions import Revision

EDITED, AUTOSAVED = "编辑", "自动保存"
_SITTING = timedelta(minutes=10)  # automatic saves of one person closer than this are one change


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a section (of title and signature, where `section` is ""), by one person at one sitting.

    `number` is the revision it led to; saves made by themselves while the person typed are part of it,
    from revision `first` on, and can be compared and restored like any other.
    """

    section: str
    heading: str
    number: int
    first: int
    author: str
    when: datetime
    why: str
    model: str
    prompt_hash: str
    current: bool


def changes_of(section: str, saved: Sequence[Revision | HeadRevision]) -> list[Change]:
    """The changes of a section, oldest first: what one person saved at one sitting is one."""
    changes: list[Change] = []
    for at, each in enumerate(saved):
        goes_on = at > 0 and _goes_on(saved[at - 1], each)
        first = changes.pop().first if goes_on else each.number
        said = None if isinstance(each, HeadRevision) else each.section
        made = said is not None and said.writer == "model"
        changes.append(
            Change(
                section,
                HEADING if said is None else said.heading or "开头",
                each.number,
                first,
                each.author,
                each.saved_at,
                each.why,
                said.model if said and made else "",
                said.prompt_hash if said and made else "",
                each is saved[-1],
            )
        )
    return changes


def _goes_on(before: Revision | HeadRevision, after: Revision | HeadRevision) -> bool:
    """Whether a save belongs to the change that the one before it was part of."""
    same = before.automatic and before.author == after.author and (after.automatic or after.why == EDITED)
    return same and after.saved_at - before.saved_at <= _SITTING
