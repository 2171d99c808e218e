"""What the ledger's tests build on: sheets written on the spot, read in one call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from postgres import postgres_server, postgres_url
from sqlalchemy import Engine, create_engine

from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.ledger.reports import ImportReport
from assistant.periods import parse_period
from assistant.records import Fact
from assistant.registry.registry import shipped_registry

__all__ = ["postgres_server", "postgres_url"]

Rows = Sequence[Sequence[Any]]


@dataclass
class Ledger:
    """An imported ledger: the report, and its facts by indicator."""

    engine: Engine
    report: ImportReport

    def facts(self, period: str = "2024") -> dict[str, Fact]:
        """The plain facts and rates of a period."""
        found = facts_for(self.engine, parse_period(period), shipped_registry(), comparisons=False)
        return {fact.indicator: fact for fact in found}

    def values(self, period: str = "2024") -> dict[str, Decimal]:
        """Their values."""
        return {indicator: fact.value for indicator, fact in self.facts(period).items()}

    @property
    def kinds(self) -> list[str]:
        """The kinds of all notices."""
        return [notice.kind for notice in self.report.notices]

    def message(self, kind: str) -> str:
        """The message of the one notice of a kind."""
        [message] = [notice.message for notice in self.report.notices if notice.kind == kind]
        return message


@pytest.fixture
def engine() -> Engine:
    """An empty workspace database in memory."""
    return create_engine("sqlite://")


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write sheets (name → rows) as an .xlsx; merges are A1 ranges of the first sheet."""

    def write_book(name: str = "2024年台账.xlsx", merges: Sequence[str] = (), **sheets: Rows) -> Path:
        from openpyxl import Workbook

        book = Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            page = book.create_sheet(title)
            for row in rows:
                page.append(list(row))
        for merge in merges:
            book.worksheets[0].merge_cells(merge)
        path = tmp_path / name
        book.save(path)
        return path

    return write_book


@pytest.fixture
def read(engine: Engine, write: Callable[..., Path]) -> Callable[..., Ledger]:
    """Write one sheet and import it: ``read(rows, sheet="检查台账", merges=[…])``."""

    def read_rows(
        rows: Rows, sheet: str = "台账", merges: Sequence[str] = (), name: str = "2024年台账.xlsx", **more: Rows
    ) -> Ledger:
        path = write(name, merges, **{sheet: rows}, **more)
        return Ledger(engine, import_files(engine, [path], shipped_registry()))

    return read_rows
