"""What a person settles before anything is written: the outline of a report, and the targets of its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.drafting import outline_file
from assistant.drafting.context import Target
from assistant.drafting.outline_file import Missing
from assistant.drafting.preparation import Prepared, prepare
from assistant.drafting.sections import SectionSpec
from assistant.drafting.targets import read_targets
from assistant.errors import InputError
from assistant.periods import period_id
from assistant.records import Document, Period, ReportKind
from assistant.workflow import Workspace, compute_facts, context_of, facts_around

OUTLINES = "outlines"


@dataclass(frozen=True, slots=True)
class Proposal:
    """The outline proposed for a report: its file's text, its sections, and what the ledger lacks for it."""

    text: str
    sections: tuple[SectionSpec, ...]
    missing: tuple[Missing, ...]


def propose_outline(workspace: Workspace, kind: ReportKind, period: Period, past: Sequence[Document] = ()) -> Proposal:
    """The outline learned from the past summary, or the shipped one, for a person to confirm or edit."""
    prepared = _prepared(workspace, kind, period, past)
    facts = [fact for fact in prepared.facts if fact.period == period]
    registry = prepared.context.registry
    text = outline_file.outline_text(kind, period, prepared.pairs, prepared.report, facts, registry)
    missing = outline_file.missing_data(prepared.pairs, facts, registry)
    return Proposal(text, tuple(spec for spec, _ in prepared.pairs), tuple(missing))


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


def _prepared(workspace: Workspace, kind: ReportKind, period: Period, past: Sequence[Document]) -> Prepared:
    compute_facts(workspace, period)  # raises where there is nothing to write from
    context = context_of(workspace, kind, period, past)
    return prepare(kind, period, facts_around(workspace, period), past, context)
