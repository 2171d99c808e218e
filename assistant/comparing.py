"""What to check a report against where it is not the workspace's ledger: files given beside the report, imported nowhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, func, select

from assistant.errors import InputError
from assistant.ledger.decoding import read_text
from assistant.ledger.facts import facts_from_csv
from assistant.ledger.importing import import_files
from assistant.ledger.storage import SOURCES
from assistant.periods import chinese_name
from assistant.records import Fact, Period
from assistant.workspace import Workspace, facts_around

_FACT_COLUMNS = {"indicator", "period", "value"}


def facts_of_files(workspace: Workspace, files: Sequence[Path], period: Period) -> list[Fact]:
    """The facts a report of this period may speak of, of a ledger's spreadsheets or of one table of facts.

    Read by the workspace's dictionary; nothing of them is kept. Raises `InputError` where the files say
    nothing of the period.
    """
    if is_fact_table(files):
        return facts_from_csv(files[0], workspace.registry)
    with _ledger_of(workspace, files) as given:
        facts = facts_around(given, period)
    if not facts:
        names = "、".join(path.name for path in files)
        raise InputError(
            f"给出的台账（{names}）里没有{chinese_name(period)}的数据，无从核对。请换一个期间，或换一份台账。"
        )
    return facts


def years_of_files(workspace: Workspace, files: Sequence[Path]) -> list[int]:
    """The years a ledger's spreadsheets speak of, newest first; none for a table of facts."""
    if is_fact_table(files):
        return []
    with _ledger_of(workspace, files) as given, given.engine.connect() as connection:
        first, last = connection.execute(select(func.min(SOURCES.c.first), func.max(SOURCES.c.last))).one()
    return list(range(last // 10_000, first // 10_000 - 1, -1)) if first is not None else []


def is_fact_table(files: Sequence[Path]) -> bool:
    """Whether this is one CSV file with the columns of a table of facts."""
    if len(files) != 1 or files[0].suffix.lower() != ".csv":
        return False
    header = next(csv.reader(io.StringIO(read_text(files[0]), newline="")), [])
    return {name.strip() for name in header} >= _FACT_COLUMNS


@contextmanager
def _ledger_of(workspace: Workspace, files: Sequence[Path]) -> Iterator[Workspace]:
    """A workspace in memory with only these files in its ledger."""
    engine = create_engine("sqlite://")
    try:
        import_files(engine, files, workspace.registry)
        yield replace(workspace, settings=workspace.settings.model_copy(update={"town": ""}), engine=engine)
    finally:
        engine.dispose()
