"""Spreadsheets in, and how a kind of them is read put right: shown, corrected, read again, and what that changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from assistant.errors import InputError, JushiError
from assistant.ledger import facts as ledger_facts
from assistant.ledger.corrections import Correction, SavedLayout, correct_layout, read_layout, restore_layout
from assistant.ledger.importing import import_named
from assistant.ledger.originals import kept_in, original
from assistant.ledger.pictures import Picture, picture
from assistant.ledger.problems import sheets
from assistant.ledger.reports import ImportReport
from assistant.ledger.storage import SOURCES
from assistant.periods import year_of
from assistant.permissions import Actor, Operation, require
from assistant.records import Fact
from assistant.store import audit
from assistant.workflow import import_ledger
from assistant.workspace import LAYOUTS, ORIGINALS, Workspace

_MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class Change:
    """A year's fact that is another since the correction; None on the side where there is none."""

    before: Fact | None
    after: Fact | None

    @property
    def fact(self) -> Fact:
        """Either of the two, for its name and period."""
        fact = self.after or self.before
        assert fact is not None
        return fact


@dataclass(frozen=True, slots=True)
class Remapped:
    """What became of a correction."""

    report: ImportReport
    changes: tuple[Change, ...]


def sheet_picture(workspace: Workspace, file: str, sheet: str, wanted: Collection[int] = ()) -> Picture | None:
    """The sheet as it was imported, the rows `wanted` in sight; None where no copy of the file was kept."""
    path = _original(workspace, file)
    return picture(path, file, sheet, wanted) if path else None


def saved_layout(workspace: Workspace, signature: str) -> SavedLayout | None:
    """What is saved of a kind of sheet."""
    return read_layout(workspace.folder / LAYOUTS, signature)


def correct_mapping(workspace: Workspace, signature: str, correction: Correction, actor: Actor) -> Remapped:
    """Save a correction, read every file with this kind of sheet again, and tell which facts changed.

    Raises `Forbidden` where the actor may not, `InputError` where the correction cannot be followed or
    no copy of the files was kept; nothing is changed then.
    """
    require(actor, Operation.CORRECT_MAPPING)
    town = workspace.town
    names = {note.file for note in sheets(workspace.engine, town=town) if note.layout == signature}
    found = {name: path for name in sorted(names) if (path := _original(workspace, name))}
    if not found:
        raise InputError("这份台账的原文件没有留存，没法重新读取。请到上面把它再导入一次，然后更正。")
    before = _yearly(workspace)
    folder = workspace.folder / LAYOUTS
    replaced = correct_layout(folder, signature, correction, workspace.registry)
    try:
        report = import_named(workspace.engine, found, workspace.registry, town=town, layouts=folder)
    except JushiError:
        restore_layout(folder, signature, replaced)
        raise
    told = Remapped(report, _changes(before, _yearly(workspace)))
    audit.record(workspace.engine, actor.name, audit.Action.CORRECT_MAPPING, "、".join(found))
    return told


def take_in(workspace: Workspace, paths: Sequence[Path], actor: Actor) -> ImportReport:
    """Import spreadsheets for somebody, who stands in the log with their names. Raises as `import_ledger`, and `Forbidden`."""
    require(actor, Operation.IMPORT_LEDGER)
    return import_ledger(workspace, paths, by=actor.name)


def read_again(workspace: Workspace, actor: Actor) -> tuple[Change, ...]:
    """Read every spreadsheet kept once more, as after a change of the dictionary; tells which facts changed."""
    require(actor, Operation.CORRECT_MAPPING)
    names = {note.file for note in sheets(workspace.engine, town=workspace.town)}
    found = {name: path for name in sorted(names) if (path := _original(workspace, name))}
    before = _yearly(workspace)
    if found:
        layouts = workspace.folder / LAYOUTS
        import_named(workspace.engine, found, workspace.registry, town=workspace.town, layouts=layouts)
    return _changes(before, _yearly(workspace))


def _original(workspace: Workspace, name: str) -> Path | None:
    return original(kept_in(workspace.folder / ORIGINALS, workspace.town, name), name)


def _yearly(workspace: Workspace) -> dict[str, Fact]:
    """The facts of every year the ledger speaks of, by id."""
    town = workspace.town
    span = select(func.min(SOURCES.c.first), func.max(SOURCES.c.last)).where(SOURCES.c.town == town)
    with workspace.engine.connect() as connection:
        first, last = connection.execute(span).one()
    if first is None:
        return {}
    newest = last // 10_000
    years = range(newest, max(first // 10_000, newest - _MOST_YEARS) - 1, -1)
    return {
        fact.id: fact
        for year in years
        for fact in ledger_facts.facts_for(
            workspace.engine, year_of(year), workspace.registry, town=town, comparisons=False
        )
    }


def _changes(before: dict[str, Fact], after: dict[str, Fact]) -> tuple[Change, ...]:
    ids = dict.fromkeys([*before, *after])
    pairs = [Change(before.get(each), after.get(each)) for each in ids]
    return tuple(
        pair for pair in pairs if pair.before is None or pair.after is None or pair.before.value != pair.after.value
    )
