"""What was understood and what was noticed at the last import, without reading any file again."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from assistant.ledger.reports import SheetNote, load_note
from assistant.ledger.storage import FILES, NOTICES, SHEETS, SOURCES, create_tables
from assistant.records import Cell, Notice, Severity
from assistant.registry.registry import Registry

_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where an indicator's figures are read from, and whether they count or are only compared."""

    indicator: str
    name: str
    file: str
    sheet: str
    cells: str
    counted: bool


def problems(engine: Engine, *, town: str = "") -> list[Notice]:
    """Every notice of a town's imports, the gravest first."""
    create_tables(engine)
    query = select(NOTICES).where(NOTICES.c.town == town).order_by(NOTICES.c.file, NOTICES.c.id)
    with engine.connect() as connection:
        found = [
            Notice(
                Severity(row.severity),
                row.kind,
                row.message,
                Cell(row.file_name, row.sheet, row.cell, row.written) if row.file_name else None,
            )
            for row in connection.execute(query)
        ]
    return sorted(found, key=lambda notice: _ORDER[notice.severity])


def sheets(engine: Engine, *, town: str = "") -> list[SheetNote]:
    """How every table of a town's files was understood."""
    create_tables(engine)
    query = (
        select(SHEETS.c.understood)
        .join(FILES, FILES.c.id == SHEETS.c.file)
        .where(FILES.c.town == town)
        .order_by(FILES.c.name, SHEETS.c.position)
    )
    with engine.connect() as connection:
        return [load_note(text) for text in connection.scalars(query)]


def sources(engine: Engine, registry: Registry, *, town: str = "") -> list[SourceNote]:
    """Every place an indicator of a town is read from."""
    create_tables(engine)
    query = (
        select(SOURCES.c.indicator, FILES.c.name, SOURCES.c.sheet, SOURCES.c.reach, SOURCES.c.counted)
        .join(FILES, FILES.c.id == SOURCES.c.file)
        .where(SOURCES.c.town == town)
        .order_by(SOURCES.c.indicator, SOURCES.c.counted.desc(), SOURCES.c.id)
    )
    with engine.connect() as connection:
        rows = list(connection.execute(query))
    found = []
    for indicator, file, sheet, reach, counted in rows:
        entry = registry.find(indicator)
        found.append(SourceNote(indicator, entry.name if entry else indicator, file, sheet, reach, bool(counted)))
    return found


def towns(engine: Engine) -> list[str]:
    """The towns with observations."""
    create_tables(engine)
    with engine.connect() as connection:
        return sorted(connection.scalars(select(FILES.c.town).distinct()))
