"""What was understood of a table: records shared by the readers of rows and of matrices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from assistant.ledger.columns import Column
from assistant.ledger.contexts import Context
from assistant.ledger.tables import Table


class Observed(NamedTuple):
    """One figure of a table: what it counts, when, where, and the cell it came from (counted from 0)."""

    indicator: str
    first: date
    last: date
    value: Decimal
    row: int
    column: int
    text: str
    place: str = ""
    key: str = ""


@dataclass(slots=True)
class Source:
    """How a table gives one indicator: from which columns, read how, how surely."""

    indicator: str
    columns: tuple[int, ...]
    method: str  # column | rows | status | line
    score: int
    why: str
    dated: bool  # its observations carry their own dates, so that a part of the year can be told


@dataclass(slots=True)
class Reading:
    """A table, read."""

    table: Table
    context: Context
    columns: list[Column]
    observed: list[Observed] = field(default_factory=list)
    sources: dict[str, Source] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)  # names of lines → indicators, "" where none fits
    towns: dict[int, str] = field(default_factory=dict)  # of a county's sheet: row → its town
    left_out: int = 0  # rows not counted, each with its notice

    def add_source(self, source: Source) -> None:
        """Note a source; the first one of an indicator stays, later ones add their columns."""
        known = self.sources.get(source.indicator)
        if known is None:
            self.sources[source.indicator] = source
        elif not set(source.columns) <= set(known.columns):
            known.columns = (*known.columns, *source.columns)
