"""A draft under a person's hands: the edited text saved, what was changed by whom, earlier states compared and restored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.diffs import Piece, character_diff
from assistant.drafting.parts import apply_edit, changed_sections
from assistant.errors import InputError
from assistant.records import CheckReport, Draft, Fact, Quantity, SectionText, Verdict, VerdictKind
from assistant.store import drafts, locks, states
from assistant.store.audit import Action
from assistant.store.checks import KeptCheck
from assistant.store.checks import keep_check as store_check
from assistant.store.contents import content_hash
from assistant.store.heads import HEAD, Head, HeadRevision, head_of, head_revision, head_revisions
from assistant.store.history import AUTOSAVED, EDITED, Change, changes_of
from assistant.store.revisions import Edit, Revision, revision, revision_numbers, revisions, save_edits, states_of
from assistant.workflow import check_draft, context_of, draft_text, section_spans
from assistant.workspace import Workspace, facts_around

__all__ = [
    "HEAD", "Change", "Outdated", "Saved", "compare", "facts_used", "history", "keep_check", "open_draft", "opened_at", "outdated",
    "restore", "save_text", "text_at", "update_figures",
]  # fmt: skip

_RIGHT = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is now, and the revision of each part that the editor holds."""

    draft: Draft
    base: Mapping[str, int]


def open_draft(workspace: Workspace, draft_id: str) -> Saved:
    """A draft to be edited, with the revision of each part; what somebody saves meanwhile is noticed when it is saved."""
    base = opened_at(workspace, draft_id)  # first: a draft newer than its base is noticed, an older one would not be
    return Saved(drafts.load_draft(workspace.engine, draft_id), base)


def opened_at(workspace: Workspace, draft_id: str) -> dict[str, int]:
    """The revision of each section now, and of title and signature (under ""); to be asked for before the draft is loaded."""
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

    `base` is the revision of each section the text was opened with (`open_draft`). Sections written since
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
    state = states.keep_facts(engine, facts) if facts else ""
    why = AUTOSAVED if automatic else EDITED
    saved = save_edits(engine, draft_id, edits, author=author, why=why, facts=state, automatic=automatic)
    numbers = {edit.key: done.number for edit, done in zip(edits, saved, strict=True)}
    mine = {edit.key: edit.new for edit in edits if isinstance(edit.new, SectionText)}
    now = replace(stored, sections=tuple(mine.get(each.key, each) for each in stored.sections))
    return Saved(_with_head(now, head_of(after)) if HEAD in numbers else now, {**base, **numbers})


# --- History ----------------------------------------------------------------------------------


def history(workspace: Workspace, draft_id: str) -> list[Change]:
    """Every change of a draft, newest first. Raises `InputError` for an unknown draft."""
    engine = workspace.engine
    draft = drafts.load_draft(engine, draft_id)
    changes = changes_of(HEAD, head_revisions(engine, draft_id))
    for section in draft.sections:
        changes += changes_of(section.key, revisions(engine, draft_id, section.key))
    return sorted(changes, key=lambda change: (change.when, change.section, change.number), reverse=True)


def compare(workspace: Workspace, draft_id: str, section: str, older: int, newer: int) -> tuple[Piece, ...]:
    """What changed in a section from one of its revisions to another; heading and text."""
    return character_diff(text_at(workspace, draft_id, section, older), text_at(workspace, draft_id, section, newer))


def text_at(workspace: Workspace, draft_id: str, section: str, number: int) -> str:
    """What a section said at a revision, heading included; raises `InputError` where there was none of this number."""
    if section == HEAD:
        return head_revision(workspace.engine, draft_id, number).head.text
    said = revision(workspace.engine, draft_id, section, number).section
    return "\n".join(filter(None, (said.heading, said.text)))


def restore(workspace: Workspace, draft_id: str, section: str, number: int, *, author: str) -> Revision | HeadRevision:
    """Make a section what it was at a revision, as a new revision: what came after it stays in the history.

    Raises `InputError` where there is no such revision or it is what stands there now.
    """
    engine = workspace.engine
    now = revision_numbers(engine, draft_id).get(section, 0)
    if section == HEAD:
        edit, state = Edit(head_revision(workspace.engine, draft_id, number).head, now), ""
    else:
        edit = Edit(revision(engine, draft_id, section, number).section, now)
        state = next(iter(states_of(engine, draft_id, section, number)), "")
    if text_at(workspace, draft_id, section, now) == text_at(workspace, draft_id, section, number):
        raise InputError(f"“{edit.heading}”现在就和第 {number} 稿一样，不用恢复。")
    why = f"恢复第 {number} 稿"
    [saved] = save_edits(engine, draft_id, [edit], author=author, why=why, facts=state, action=Action.RESTORE)
    return saved


def facts_used(workspace: Workspace, draft_id: str, section: str, number: int) -> tuple[Fact, ...]:
    """The facts behind the figures of a section at a revision, with the values they had then."""
    saved = revision(workspace.engine, draft_id, section, number)
    known = {fact.id: fact for fact in drafts.load_draft(workspace.engine, draft_id).facts}
    for state in states_of(workspace.engine, draft_id, section, number)[:1]:
        known |= {fact.id: fact for fact in states.load_facts(workspace.engine, state)}
    return tuple(known[name] for name in saved.section.slots if name in known)


# --- Figures that the ledger has left behind ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outdated:
    """A figure that was right when it was written and is not what the ledger says now.

    `start` and `end` are offsets in the section's text. `then` and `now` are the facts behind it, None
    for what the ledger did not or does not know; `expected` is what should stand there, empty where
    nothing is known; `message` says it to a person.
    """

    section: str
    heading: str
    start: int
    end: int
    surface: str
    then: Fact | None
    now: Fact | None
    expected: str
    message: str


def outdated(workspace: Workspace, draft_id: str) -> list[Outdated]:
    """The figures of a draft that the ledger has left behind since they were written, in order of place.

    A figure counts where the same check that every text gets finds it right by the facts of a time when
    its section was saved, and not by those of now; who wrote it does not matter. What a person wrote
    against the ledger of the time is the check's business, not this one's.
    """
    draft = drafts.load_draft(workspace.engine, draft_id)
    return [_outdated(*each) for each in _left_behind(workspace, draft)]


def update_figures(workspace: Workspace, draft_id: str, section: str, *, author: str) -> Revision:
    """Bring the outdated figures of a section to what the ledger says now, each in its place, as a new revision.

    Every other word stays, a person's too. Figures in locked sentences stay as well, and those for which the
    ledger has nothing now: `outdated` still names them afterwards. Raises `InputError` where there is
    nothing to be done or the section is locked, `Conflict` where somebody saves it at the same moment.
    """
    from assistant.drafting.preparation import filled_context
    from assistant.drafting.updating import update_section

    engine = workspace.engine
    draft = drafts.load_draft(engine, draft_id)
    base = revision_numbers(engine, draft_id)
    old = next((each for each in draft.sections if each.key == section), None)
    if old is None:
        keys = "、".join(each.key for each in draft.sections)
        raise InputError(f"{draft_id} 里没有编号为“{section}”的一节，有的是：{keys}。")
    name, held = old.heading or "开头", locks.locks_of(engine, draft_id).get(section, ())
    if locks.WHOLE in held:
        raise InputError(f"“{name}”已锁定，数字没有更新。要更新请先运行 jushi unlock {draft_id} {section}。")
    stale = [now for each, _, now in _left_behind(workspace, draft) if each.key == section]
    free = [each for each in stale if not _in_any(old.text, each, held)]
    facts = facts_around(workspace, draft.period, town=draft.town)
    context = filled_context(context_of(workspace, draft.kind, draft.period, ()), None, facts, None)
    new = update_section(old, free, facts, context)
    if new.text == old.text:
        why = "过时的数字台账里现在没有对应的数，或在锁定的句子里，请自行改写" if stale else "没有过时的数字"
        raise InputError(f"“{name}”{why}，稿子没有改动。")
    changed = [each for each in character_diff(old.text, new.text) if not each.same]
    why = "按台账更新数字：" + "、".join(f"{each.before}→{each.after}" for each in changed)
    state = states.keep_facts(engine, facts)
    edits = [Edit(new, base[section])]
    [saved] = save_edits(engine, draft_id, edits, author=author, why=why, facts=state)
    assert isinstance(saved, Revision)
    return saved


# --- Checks -----------------------------------------------------------------------------------


def keep_check(workspace: Workspace, draft_id: str, *, author: str) -> tuple[KeptCheck, CheckReport]:
    """Check a draft against the ledger as it is now, and keep what the check said with the hash of the words."""
    draft = drafts.load_draft(workspace.engine, draft_id)
    report = check_draft(workspace, draft)
    return store_check(workspace.engine, draft_id, content_hash(draft), report, author=author), report


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


def _left_behind(workspace: Workspace, draft: Draft) -> Iterator[tuple[SectionText, Verdict, Verdict]]:
    """Each outdated figure: its section, what the check said of it then and says now; offsets in the section."""
    from assistant.factcheck.check import check

    spans = section_spans(draft)
    wrong = [each for each in check_draft(workspace, draft).verdicts if each.verdict not in _RIGHT]
    found = {key: [each for each in wrong if span.start <= each.start < span.end] for key, span in spans.items()}
    earlier = {key: [*states_of(workspace.engine, draft.id, key), ""] for key, verdicts in found.items() if verdicts}
    text, reports = draft_text(draft), dict[str, Mapping[Quantity, Verdict]]()
    for section in draft.sections:
        for now in found[section.key]:
            for state in earlier[section.key]:
                if state not in reports:
                    facts = states.load_facts(workspace.engine, state) if state else draft.facts
                    checked = check(text, facts, draft.period, registry=workspace.registry)
                    reports[state] = {each.claim: each for each in checked.verdicts}
                then = reports[state].get(now.claim)
                if then is not None and then.verdict in _RIGHT:
                    start = spans[section.key].start
                    yield section, _moved(then, -start), _moved(now, -start)
                    break


def _moved(verdict: Verdict, by: int) -> Verdict:
    claim = replace(verdict.claim, start=verdict.claim.start + by, end=verdict.claim.end + by)
    return replace(verdict, claim=claim)


def _outdated(section: SectionText, then: Verdict, now: Verdict) -> Outdated:
    told = f"“{now.surface}”写的时候与台账一致，现在台账是{now.expected}。" if now.expected else now.message
    known = now.expected or (now.fact and then.fact and now.fact.id == then.fact.id)  # else only what comes nearest
    fact = now.fact if known else None
    heading = section.heading or "开头"
    return Outdated(section.key, heading, now.start, now.end, now.surface, then.fact, fact, now.expected, told)


def _in_any(text: str, verdict: Verdict, sentences: Sequence[str]) -> bool:
    """Whether a figure stands in one of the sentences."""
    places = ((text.find(each), each) for each in sentences)
    return any(start >= 0 and start <= verdict.start < start + len(each) for start, each in places)
