"""Importing ledgers: files read and understood, then stored in one transaction."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Engine

from assistant.errors import InputError, UnreadableFile
from assistant.ledger.grids import Grid
from assistant.ledger.layouts import Layouts
from assistant.ledger.matching import Matcher
from assistant.ledger.noting import note_of
from assistant.ledger.readings import Reading
from assistant.ledger.reports import ImportReport, SheetNote
from assistant.ledger.saving import FileContent, save_files
from assistant.ledger.sharing import COUNTY, say_county, share_out
from assistant.ledger.storage import create_tables
from assistant.ledger.understanding import read_grid
from assistant.ledger.workbooks import SUFFIXES, read_grids
from assistant.records import ALL_TOWNS, Cell, Notice, Severity
from assistant.registry.registry import Registry


@dataclass(slots=True)
class _Read:
    """One file, read."""

    name: str
    digest: str
    readings: list[Reading] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def import_files(
    engine: Engine, paths: Sequence[Path], registry: Registry, *, town: str = "", layouts: Path | None = None
) -> ImportReport:
    """Read spreadsheets (files, or folders with all in them) into the observations of a town.

    Everything is read before anything is written, and written in one transaction. A file imported
    before is replaced by what it holds now; the files themselves are never touched. A file that
    cannot be read is reported and leaves what was stored of it as it was; where none can be read,
    `UnreadableFile` is raised with every reason. `layouts` is the folder of saved layouts: each
    layout met is saved there, and a saved one that a person corrected is followed. With `ALL_TOWNS` as the
    town the rows are shared out among the towns that a column of theirs names.
    """
    found = named_for(find_files(paths), town)
    if not found:
        raise InputError("没有找到可导入的台账文件。能读的有 .xlsx、.xls、.csv，请检查路径。")
    return import_named(engine, found, registry, town=town, layouts=layouts)


def import_named(
    engine: Engine, found: dict[str, Path], registry: Registry, *, town: str = "", layouts: Path | None = None
) -> ImportReport:
    """The same for spreadsheets by the names that evidence gives them.

    The rows of those whose names begin as a county's do are shared out among the towns they name.
    """
    with _few_collections():
        return _import(engine, found, registry, town, layouts)


@contextmanager
def _few_collections() -> Iterator[None]:
    """A large sheet is millions of objects that all live on: looking for garbage among them takes a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _import(
    engine: Engine, found: dict[str, Path], registry: Registry, town: str, layouts: Path | None
) -> ImportReport:
    known = Layouts(layouts, registry)
    matcher = Matcher(registry)
    read: list[_Read] = []
    failures: list[tuple[str, str]] = []
    for name, path in found.items():
        try:
            read.append(_read_file(path, name, matcher, known))
        except UnreadableFile as error:
            failures.append((name, str(error)))
    if not read:
        raise UnreadableFile("；".join(message for _, message in failures))
    known.save()
    create_tables(engine)
    shares: dict[str, list[FileContent]] = {town: []}
    for file in read:
        if file.name.startswith(COUNTY):
            for each, readings in share_out(file.readings).items():
                shares.setdefault(each, []).append(_content(file, readings, registry))
        else:
            say_county(file.readings)
            shares[town].append(_content(file, file.readings, registry))
    failed = [Notice(Severity.ERROR, "unreadable", message, Cell(name, "", "")) for name, message in failures]
    between = save_files(engine, shares, registry, town, failed, [file.name for file in read])
    sheets: list[SheetNote] = [note_of(reading, registry) for file in read for reading in file.readings]
    notices = [*failed, *(notice for file in read for notice in _all_notices(file, file.readings)), *between]
    return ImportReport(
        town,
        tuple(file.name for file in read),
        tuple(name for name, _ in failures),
        tuple(sheets),
        tuple(notices),
        sum(note.observations for note in sheets),
    )


def find_files(paths: Sequence[Path]) -> dict[str, Path]:
    """The spreadsheets among the paths and in the folders, by the name evidence will give them."""
    found: dict[str, Path] = {}
    for path in paths:
        if not path.is_dir():
            found[_free_name(found, path.name, path)] = path
            continue
        inside = (file for file in sorted(path.rglob("*")) if file.is_file() and file.suffix.lower() in SUFFIXES)
        for file in inside:
            if not file.name.startswith(("~$", ".")):
                name = file.relative_to(path).as_posix()
                found[_free_name(found, name, file)] = file
    return found


def named_for(found: dict[str, Path], town: str) -> dict[str, Path]:
    """The same files by the names they have in the ledger of this town, or of all towns of a county."""
    return {COUNTY + name: path for name, path in found.items()} if town == ALL_TOWNS else found


def _free_name(found: dict[str, Path], name: str, path: Path) -> str:
    if name not in found or found[name].resolve() == path.resolve():
        return name
    return f"{path.parent.name}/{name}"


def _read_file(path: Path, name: str, matcher: Matcher, layouts: Layouts) -> _Read:
    grids = read_grids(path, name)
    read = _Read(name, hashlib.sha256(path.read_bytes()).hexdigest())
    for grid in grids:
        read.notices += grid.notices
        if grid.hidden:
            read.notices.append(_notice(grid, Severity.WARNING, "hidden_sheet", "是隐藏的工作表，没有计入。"))
            continue
        readings = read_grid(grid, matcher, layouts)
        if not readings and grid.rows:
            read.notices.append(_notice(grid, Severity.WARNING, "no_table", "没有找到表格，没有读取。"))
        read.readings += readings
    return read


def _notice(grid: Grid, severity: Severity, kind: str, message: str) -> Notice:
    return Notice(severity, kind, f"{grid.file}“{grid.sheet}”{message}", Cell(grid.file, grid.sheet, "A1"))


def _content(file: _Read, readings: list[Reading], registry: Registry) -> FileContent:
    notes = [note_of(reading, registry) for reading in readings]
    return FileContent(file.name, file.digest, readings, notes, _all_notices(file, readings))


def _all_notices(file: _Read, readings: Sequence[Reading]) -> list[Notice]:
    return [*file.notices, *(notice for reading in readings for notice in reading.context.notices)]
