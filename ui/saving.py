"""A draft as the editor opens it, and the edited text saved as a person's revisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Engine

from assistant.errors import Conflict
from assistant.periods import period_id
from assistant.records import Draft, SectionText
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
    in the text and stay as they are. Raises `Conflict`, with nothing saved, where somebody else
    has changed one of the sections in the meantime.
    """
    stored = store.load_draft(engine, draft_id)
    states = {key: store.revisions(engine, draft_id, key) for key in base}
    opened = tuple(
        states[section.key][base[section.key] - 1].section for section in stored.sections if section.key in base
    )
    before = replace(stored, sections=opened)
    after = apply_edit(before, text)
    changed, numbers = changed_sections(before, after), dict(base)
    _refuse_stale(section for section in changed if len(states[section.key]) != base[section.key])
    for section in changed:
        saved = store.save_section(engine, draft_id, section, author=AUTHOR, why="编辑", based_on=numbers[section.key])
        numbers[section.key] = saved.number
    if _head(before) != _head(after):
        store.save_head(engine, replace(after, sections=stored.sections), period_id(after.period))
    return Saved(store.load_draft(engine, draft_id), numbers)


def _refuse_stale(sections: Iterable[SectionText]) -> None:
    """Raise `Conflict` naming the sections that somebody else has changed too."""
    names = [section.heading or "开头" for section in sections]
    if names:
        raise Conflict(
            f"“{'”“'.join(names)}”在您编辑期间已被他人改动，您这次的改动都没有保存。"
            "请先复制您改的内容，刷新网页看最新的稿子，再改。"
        )


def _head(draft: Draft) -> tuple[str, ...]:
    return (draft.title, draft.addressee, draft.signature, draft.signed_on)
