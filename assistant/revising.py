"""A draft under a person's hands: the edited text saved, what was changed by whom, earlier states compared and restored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafting.parts import apply_edit, changed_sections
from assistant.records import Draft, Fact
from assistant.store import drafts
from assistant.store.heads import HEAD, Head, head_of, head_revisions
from assistant.store.revisions import Edit, revision, revision_numbers, save_edits
from assistant.store.states import keep_facts
from assistant.workflow import Workspace, facts_around

__all__ = ["Saved", "opened_at", "save_text"]


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a save: the draft as it is now, and the revision of each part the editor holds."""

    draft: Draft
    base: Mapping[str, int]


def opened_at(workspace: Workspace, draft_id: str) -> dict[str, int]:
    """The revision of each section now (and of title and signature, under ""): the `base` of a text opened now."""
    return revision_numbers(workspace.engine, draft_id)


def save_text(
    workspace: Workspace,
    draft_id: str,
    text: str,
    base: Mapping[str, int],
    *,
    author: str,
    automatic: bool = False,
    facts: Sequence[Fact] | None = None,
) -> Saved:
    """Save an edited text, each changed section as a revision of its own.

    `base` is the revision of each section the text was opened with (`opened_at`). Sections written since
    are not in the text and stay as they are. `automatic` is for saves nobody asked for: they are kept too,
    and shown together. `facts`, those the text was checked against, are kept with the revision; where
    None, a save a person asked for looks them up. Raises `Conflict`, with nothing saved and the other's
    text in it, where somebody else has changed one of the sections in the meantime.
    """
    engine = workspace.engine
    stored = drafts.load_draft(engine, draft_id)
    before = _opened(workspace, stored, base)
    after = apply_edit(before, text)
    edits = [Edit(section, base[section.key]) for section in changed_sections(before, after)]
    if head_of(before) != head_of(after):
        edits.insert(0, Edit(head_of(after), base.get(HEAD)))
    if not edits:
        return Saved(stored, dict(base))
    if facts is None and not automatic:
        facts = facts_around(workspace, stored.period, town=stored.town)
    state = keep_facts(engine, facts) if facts else ""
    why = "自动保存" if automatic else "编辑"
    saved = save_edits(engine, draft_id, edits, author=author, why=why, facts=state, automatic=automatic)
    numbers = {edit.key: done.number for edit, done in zip(edits, saved, strict=True)}
    return Saved(drafts.load_draft(engine, draft_id), {**base, **numbers})


def _opened(workspace: Workspace, stored: Draft, base: Mapping[str, int]) -> Draft:
    """The draft as it was when the text was opened, of the sections that were there."""
    engine, now = workspace.engine, revision_numbers(workspace.engine, stored.id)
    sections = tuple(
        section
        if now[section.key] == base[section.key]
        else revision(engine, stored.id, section.key, base[section.key]).section
        for section in stored.sections
        if section.key in base
    )
    opened = replace(stored, sections=sections)
    seen = base.get(HEAD)
    if seen is None or seen == now[HEAD]:
        return opened
    kept = head_revisions(engine, stored.id)  # the first of them is what stood there before any was kept
    return _with_head(opened, kept[max(seen, 1) - 1].head)


def _with_head(draft: Draft, head: Head) -> Draft:
    return replace(
        draft, title=head.title, addressee=head.addressee, signature=head.signature, signed_on=head.signed_on
    )
