"""A draft as the editor opens it, and the edited text saved as a person's revisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from assistant.periods import period_id
from assistant.records import Draft
from assistant.store import drafts as store
from ui.parts import apply_edit, changed_sections

AUTHOR = "本机用户"


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft as it is now, and the revision of each section the editor holds."""

    draft: Draft
    base: Mapping[str, int]


def revision_numbers(engine: Engine, draft: Draft) -> dict[str, int]:
    """The revision number of each section as it is now."""
    states = {section.key: store.revisions(engine, draft.id, section.key) for section in draft.sections}
    return {key: saved[-1].number for key, saved in states.items() if saved}


def save_text(engine: Engine, draft_id: str, text: str, base: Mapping[str, int]) -> Saved:
    """Save an edited text, each changed section as a revision of its own.

    `base` is the revision of each section the text was opened with. Sections written since are not
    in the text and stay as they are. Raises `Conflict`, with nothing written over, where somebody
    else has changed a section in the meantime.
    """
    stored = store.load_draft(engine, draft_id)
    before = replace(stored, sections=tuple(section for section in stored.sections if section.key in base))
    after = apply_edit(before, text)
    numbers = dict(base)
    for section in changed_sections(before, after):
        saved = store.save_section(engine, draft_id, section, author=AUTHOR, why="编辑", based_on=numbers[section.key])
        numbers[section.key] = saved.number
    if _head(before) != _head(after):
        store.save_head(engine, replace(after, sections=stored.sections), period_id(after.period))
    return Saved(store.load_draft(engine, draft_id), numbers)


def _head(draft: Draft) -> tuple[str, ...]:
    return (draft.title, draft.addressee, draft.signature, draft.signed_on)
