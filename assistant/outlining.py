"""What a person settles before anything is written: the outline of a report, and the targets of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.drafting import outline_file
from assistant.drafting.context import Bound, Target
from assistant.drafting.factbook import book_of, wording
from assistant.drafting.outline_file import ABSENT, FOLLOWS, HEADING, LENGTH, LEVEL, MAY, MUST, NUMBER, ROLE, Missing
from assistant.drafting.preparation import Prepared, prepare
from assistant.drafting.redo import Inputs
from assistant.drafting.sections import FOLLOW_UP, SectionSpec
from assistant.drafting.targets import own_targets, read_targets, targets_from
from assistant.errors import InputError
from assistant.periods import period_id
from assistant.quantities.render import plain
from assistant.records import Document, Period, ReportKind
from assistant.registry.registry import Registry
from assistant.store import drafts
from assistant.store.inputs import load_inputs
from assistant.workflow import context_of
from assistant.workspace import NO_MODEL, Workspace, compute_facts, facts_around

OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class Row:
    """A section of an outline in the words of people, as a table shows it and takes it back."""

    heading: str
    role: str  # 开头 工作 问题 打算 结尾
    level: int
    numbering: str
    must: tuple[str, ...]  # names of indicators
    may: tuple[str, ...]
    length: int
    follows: str  # 第3节 道路交通, or 无
    absent: tuple[str, ...] = ()  # of `must`, what the ledger lacks


@dataclass(frozen=True, slots=True)
class Aim:
    """A target for the next period as a table shows it: an indicator, its bound and value, what was reached."""

    indicator: str  # its name
    bound: Bound
    value: str  # as typed; empty where nobody has set one
    unit: str
    reached: str  # 97.6%; empty where the ledger has nothing


@dataclass(frozen=True, slots=True)
class Proposal:
    """The outline proposed for a report: its file's text, its sections, what the ledger lacks, the targets set."""

    text: str
    sections: tuple[SectionSpec, ...]
    missing: tuple[Missing, ...]
    rows: tuple[Row, ...] = ()
    indicators: tuple[str, ...] = ()  # names of those a section can be asked to report
    aims: tuple[Aim, ...] = ()  # the targets set so far
    reached: tuple[Aim, ...] = ()  # what a target can be set for, with this period's results


@dataclass(frozen=True, slots=True)
class CutOff:
    """A draft whose writing was cut off, with all that is needed to go on with it."""

    id: str
    kind: ReportKind
    period: Period
    sections: int  # written so far
    past: tuple[Document, ...]
    outline: tuple[SectionSpec, ...] | None
    targets: tuple[Target, ...]
    unit_name: str
    model: str


def propose_outline(workspace: Workspace, kind: ReportKind, period: Period, past: Sequence[Document] = ()) -> Proposal:
    """The outline learned from the past summary, or the shipped one, for a person to confirm or edit."""
    prepared = _prepared(workspace, kind, period, past)
    facts = [fact for fact in prepared.facts if fact.period == period]
    registry = prepared.context.registry
    text = outline_file.outline_text(kind, period, prepared.pairs, prepared.report, facts, registry)
    missing = outline_file.missing_data(prepared.pairs, facts, registry)
    entries = outline_file.outline_entries(prepared.pairs, prepared.report, facts, registry)
    reached = _reached(prepared, period)
    known = {each.indicator: each for each in reached}
    set_so_far = own_targets(workspace.folder, workspace.registry)
    return Proposal(
        text,
        tuple(spec for spec, _ in prepared.pairs),
        tuple(missing),
        tuple(_row(entry) for entry in entries),
        tuple(entry.name for entry in registry if entry.name),
        tuple(_aim(target, known, registry) for target in set_so_far),
        tuple(reached),
    )


def settle_outline(
    workspace: Workspace, kind: ReportKind, period: Period, past: Sequence[Document], rows: Sequence[Row]
) -> list[SectionSpec]:
    """The outline a person left in the table, for `write_draft`; raises `InputError` naming what is wrong with it."""
    if not rows:
        raise InputError("提纲里一节也没有。请至少留一节，再开始起草。")
    prepared = _prepared(workspace, kind, period, past)
    registry = prepared.context.registry
    specs = outline_file.read_entries([_entry(row) for row in rows], "提纲", prepared.report, registry)
    current = [fact for fact in prepared.facts if fact.period == period]
    entries = outline_file.outline_entries(prepared.pairs, prepared.report, current, registry)
    proposed = {_row(entry): spec for entry, (spec, _) in zip(entries, prepared.pairs, strict=True)}
    return [_as_proposed(spec, proposed.get(row)) for spec, row in zip(specs, rows, strict=True)]


def settle_targets(workspace: Workspace, aims: Sequence[Aim]) -> tuple[Target, ...]:
    """The targets a person set in the table; a line without a value is none. Raises `InputError` naming the line."""
    entries = [
        {"indicator": aim.indicator, "value": aim.value, "bound": str(aim.bound)}
        for aim in aims
        if aim.indicator.strip() and aim.value.strip()
    ]
    return targets_from(entries, "目标", workspace.registry)


def cut_off_draft(workspace: Workspace) -> CutOff | None:
    """The newest draft, where its writing was cut off and what it was begun from is known."""
    newest = next(iter(drafts.list_drafts(workspace.engine)), None)
    if newest is None:
        return None
    draft = drafts.load_draft(workspace.engine, newest.id)
    kept = load_inputs(workspace.engine, newest.id)
    if draft.extra.get("state") != "writing" or not kept:
        return None
    inputs = TypeAdapter(Inputs).validate_json(kept)
    return CutOff(
        draft.id,
        draft.kind,
        draft.period,
        len(draft.sections),
        inputs.past,
        inputs.outline,
        inputs.targets,
        inputs.unit_name,
        draft.extra.get("model", NO_MODEL),
    )


def save_outline(workspace: Workspace, kind: ReportKind, period: Period, text: str, out: Path | None = None) -> Path:
    """Write the outline where it is wanted, else into the workspace; a file that is there already is not written over.

    Raises `InputError` where the file exists: it may hold a person's changes.
    """
    path = out or workspace.folder / OUTLINES / f"{kind}-{period_id(period)}.yaml"
    if path.exists():
        raise InputError(f"{path} 已经有了，可能改过，没有覆盖。请先改名或删除，或用 --out 另存一份。")
    if out is None:
        path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def load_outline(
    workspace: Workspace, path: Path, kind: ReportKind, period: Period, past: Sequence[Document] = ()
) -> list[SectionSpec]:
    """The outline as a person left it, for `write_draft`; raises `InputError` naming what is wrong with it."""
    prepared = _prepared(workspace, kind, period, past)
    return outline_file.read_outline(path, prepared.report, prepared.context.registry)


def load_targets(workspace: Workspace, path: Path) -> tuple[Target, ...]:
    """The targets a person set in a file, for `write_draft`; raises `InputError` naming what is wrong with it."""
    return read_targets(path, workspace.registry)


def _reached(prepared: Prepared, period: Period) -> list[Aim]:
    """What the period has reached, by indicator: ratios first, for they are what targets are set for most."""
    registry = prepared.context.registry
    book = book_of(prepared.facts, period, registry)
    found = [(entry, fact) for entry in registry if (fact := book.fact(entry.id)) is not None]
    found.sort(key=lambda pair: not pair[0].formula)
    return [Aim(entry.name, Bound.AT_LEAST, "", entry.unit, wording(fact)) for entry, fact in found]


def _as_proposed(spec: SectionSpec, proposed: SectionSpec | None) -> SectionSpec:
    """A section nobody changed keeps the topics it was proposed with; which one follows up is settled anew."""
    if proposed is None:
        return spec
    topics = [topic for topic in proposed.topics if topic != FOLLOW_UP or topic in spec.topics]
    return replace(spec, topics=tuple(dict.fromkeys((*topics, *(each for each in spec.topics if each == FOLLOW_UP)))))


def _aim(target: Target, known: dict[str, Aim], registry: Registry) -> Aim:
    entry = registry.find(target.indicator)
    name = entry.name if entry else target.indicator
    return Aim(name, target.bound, plain(target.value), target.unit, known[name].reached if name in known else "")


def _row(entry: dict[str, Any]) -> Row:
    return Row(
        entry[HEADING],
        entry[ROLE],
        entry[LEVEL],
        entry.get(NUMBER, ""),
        tuple(entry[MUST]),
        tuple(entry[MAY]),
        entry[LENGTH],
        entry[FOLLOWS],
        tuple(entry.get(ABSENT, ())),
    )


def _entry(row: Row) -> dict[str, Any]:
    return {
        HEADING: row.heading,
        ROLE: row.role,
        LEVEL: row.level,
        NUMBER: row.numbering,
        MUST: list(row.must),
        MAY: list(row.may),
        LENGTH: row.length,
        FOLLOWS: row.follows,
    }


def _prepared(workspace: Workspace, kind: ReportKind, period: Period, past: Sequence[Document]) -> Prepared:
    compute_facts(workspace, period)  # raises where there is nothing to write from
    context = context_of(workspace, kind, period, past)
    return prepare(kind, period, facts_around(workspace, period), past, context)
