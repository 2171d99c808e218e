"""A draft under a person's hands: sections written again, side by side, accepted or left; locks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from assistant.errors import InputError
from assistant.llm.chat import ChatModel, never
from assistant.periods import period_id
from assistant.permissions import LOCAL
from assistant.records import Draft, Finding, SectionText, Verdict
from assistant.store import drafts, locks
from assistant.store.inputs import load_inputs
from assistant.store.proposals import Proposal, load_proposals, save_proposals
from assistant.store.states import keep_facts
from assistant.workflow import check_draft, context_of, model_writer, open_model, section_spans
from assistant.workspace import Workspace, facts_around

if TYPE_CHECKING:
    from assistant.drafting.context import Style
    from assistant.drafting.preparation import Prepared
    from assistant.drafting.sections import Writer


MOST = 5
PROGRAM = ("offline", "model")  # the authors who are no person


@dataclass(frozen=True, slots=True)
class Offer:
    """An alternative with what the check says of it, in the section's own offsets."""

    number: int
    label: str
    section: SectionText
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    origin: int  # where the section's text begins in the draft's, which offsets count from


def redo_section(
    workspace: Workspace,
    draft_id: str,
    key: str,
    *,
    wish: str = "",
    alternatives: int = 1,
    model: str | None = None,
    on_text: Callable[[str], None] | None = None,
    cancelled: Callable[[], bool] = never,
) -> list[Offer]:
    """Other wordings of a section, checked; the draft stays as it is until one is accepted (`accept`).

    With a model each is written anew to the `wish`; without one they differ in style. Raises `InputError`
    for an unknown or locked section, and for a wish that nobody can carry out; the model's errors.
    """
    from assistant.drafting.redo import rewrite_section
    from assistant.drafting.references import requirements_with
    from assistant.lawbook import laws_of

    draft, old = find_section(workspace, draft_id, key)
    held = _locked_sentences(workspace, draft_id, old)
    if not 1 <= alternatives <= MOST:
        raise InputError(f"一次最多写 {MOST} 种写法，不能是 {alternatives} 种。")
    prepared = _prepared(workspace, draft)
    others = [each for each in draft.sections if each.key != key]
    based_on = len(drafts.revisions(workspace.engine, draft_id, key))
    chat = open_model(workspace.settings, model)
    if chat is None and wish:
        raise InputError(
            f"没有模型，不能按“{wish}”改写。请用 --model 指定模型（见 docs/models.md），或不写要求，换几种写法看看。"
        )
    made: list[Proposal] = []
    try:
        with laws_of(workspace.folder) as search:
            needed = requirements_with(search) if search else ()
            prepared = replace(prepared, context=replace(prepared.context, requirements=needed))
            listen = partial(model_writer, search=search, on_text=on_text, cancelled=cancelled, wish=wish)
            for label, write, style in _writers(chat, wish, alternatives, listen):
                new = rewrite_section(prepared, old, others, write, style=style, locked=held)
                if new.section.text and new.section.text not in (old.text, *(each.section.text for each in made)):
                    made.append(Proposal(new.section, based_on, label, new.facts))
                if len(made) == alternatives:
                    break
    finally:
        if chat:
            chat.close()
    save_proposals(workspace.engine, draft_id, key, made)
    return [_offer(workspace, draft, number, each) for number, each in enumerate(made, 1)]


def offers(workspace: Workspace, draft_id: str, key: str) -> list[Offer]:
    """The wordings of a section nobody has decided on yet, checked against the ledger as it is now."""
    draft, _ = find_section(workspace, draft_id, key)
    kept = load_proposals(workspace.engine, draft_id, key)
    return [_offer(workspace, draft, number, each) for number, each in enumerate(kept, 1)]


def accept(workspace: Workspace, draft_id: str, key: str, number: int, *, by: str = LOCAL.name) -> drafts.Revision:
    """Make an alternative the section's next revision for somebody; earlier ones, a person's too, stay as revisions.

    Raises `InputError` where there is no such alternative or the section is locked, `Conflict` where the
    section has been changed since the alternatives were written.
    """
    draft, old = find_section(workspace, draft_id, key)
    held = _locked_sentences(workspace, draft_id, old)
    offered = load_proposals(workspace.engine, draft_id, key)
    if not 0 < number <= len(offered):
        known = f"只有 {len(offered)} 种写法" if offered else "还没有别的写法"
        raise InputError(
            f"“{old.heading or key}”{known}，没有第 {number} 种。请先用 jushi redo {draft_id} {key} 写出来看看。"
        )
    chosen = offered[number - 1]
    if any(sentence in old.text and sentence not in chosen.section.text for sentence in held):
        raise InputError(f"第 {number} 种写法里没有后来锁定的句子，没有采用。请重新运行 jushi redo {draft_id} {key}。")
    facts = {
        fact.id: fact for fact in (*draft.facts, *facts_around(workspace, draft.period, town=draft.town), *chosen.facts)
    }
    revision = drafts.save_section(
        workspace.engine,
        draft_id,
        chosen.section,
        author=chosen.section.writer,
        why=f"重写：{chosen.label}" + (f"，{by}采用" if by != LOCAL.name else ""),
        based_on=chosen.based_on,
        facts=keep_facts(workspace.engine, tuple(facts.values())),
    )
    drafts.save_head(workspace.engine, replace(draft, facts=tuple(facts.values())), period_id(draft.period))
    save_proposals(workspace.engine, draft_id, key, ())
    return revision


def person_revision(workspace: Workspace, draft_id: str, key: str) -> int:
    """The number of a person's latest revision of a section; 0 where no person has changed it."""
    saved = drafts.revisions(workspace.engine, draft_id, key)
    return max((each.number for each in saved if each.author not in PROGRAM), default=0)


def lock_section(
    workspace: Workspace, draft_id: str, key: str, sentence: str = locks.WHOLE, *, by: str = LOCAL.name
) -> None:
    """Keep a section, or one sentence of it, from being written anew; raises `InputError` where it is not there."""
    _, section = find_section(workspace, draft_id, key)
    if sentence and sentence not in section.text:
        raise InputError(f"“{section.heading or key}”里没有“{sentence[:20]}”这句话。请照原文抄写整句。")
    locks.lock(workspace.engine, draft_id, key, sentence, by=by)


def unlock_section(workspace: Workspace, draft_id: str, key: str, *, by: str = LOCAL.name) -> int:
    """Take every lock off a section; returns how many there were."""
    find_section(workspace, draft_id, key)
    return locks.unlock(workspace.engine, draft_id, key, by=by)


def find_section(workspace: Workspace, draft_id: str, key: str) -> tuple[Draft, SectionText]:
    """A draft and one of its sections; raises `InputError` naming the sections there are."""
    draft = drafts.load_draft(workspace.engine, draft_id)
    section = next((each for each in draft.sections if each.key == key), None)
    if section is None:
        keys = "、".join(each.key for each in draft.sections)
        raise InputError(
            f"{draft_id} 里没有编号为“{key}”的一节，有的是：{keys}。可用 jushi report show {draft_id} 查看。"
        )
    return draft, section


def _locked_sentences(workspace: Workspace, draft_id: str, section: SectionText) -> tuple[str, ...]:
    """The section's locked sentences; raises `InputError` where the whole section is locked."""
    held = locks.locks_of(workspace.engine, draft_id).get(section.key, ())
    if locks.WHOLE in held:
        name = section.heading or section.key
        raise InputError(f"“{name}”已锁定，没有重写。要重写请先运行 jushi unlock {draft_id} {section.key}。")
    return held


def _prepared(workspace: Workspace, draft: Draft) -> Prepared:
    """What the draft's sections are written from, with the ledger as it is now."""
    from assistant.drafting.preparation import prepare
    from assistant.drafting.redo import Inputs

    kept = load_inputs(workspace.engine, draft.id)
    inputs = TypeAdapter(Inputs).validate_json(kept) if kept else Inputs()
    context = context_of(workspace, draft.kind, draft.period, inputs.past, targets=inputs.targets)
    context = replace(context, unit_name=draft.unit_name or context.unit_name)
    facts = facts_around(workspace, draft.period, town=draft.town)
    return prepare(draft.kind, draft.period, facts, inputs.past, context, outline=inputs.outline)


def _writers(
    chat: ChatModel | None, wish: str, alternatives: int, make: Callable[..., Writer]
) -> Iterator[tuple[str, Writer, Style | None]]:
    """The writers to try, in order, with what their wording is called."""
    if chat is None:
        from assistant.drafting.redo import OTHER_STYLES
        from assistant.drafting.rollforward import write_section

        for name, style in OTHER_STYLES:
            yield name, write_section, style
        return
    for variant in range(alternatives):
        yield wish or "换一种写法", make(chat, variant=variant if wish else variant + 1), None


def _offer(workspace: Workspace, draft: Draft, number: int, proposal: Proposal) -> Offer:
    section = proposal.section
    sections = tuple(section if each.key == section.key else each for each in draft.sections)
    changed = replace(draft, sections=sections)
    report, span = check_draft(workspace, changed), section_spans(changed)[section.key]
    return Offer(
        number,
        proposal.label,
        section,
        tuple(each for each in report.verdicts if span.start <= each.start and each.end <= span.end),
        tuple(each for each in report.findings if span.start <= each.start < each.end <= span.end),
        span.start,
    )
