"""What an import tells: every sheet as it was understood, and every notice."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from assistant.records import Notice, Severity

SURE = 90  # points from which nobody is asked


@dataclass(frozen=True, slots=True)
class ColumnNote:
    """How one column was understood. `indicator` is empty where it fits none; `total` is its sum as written."""

    column: str  # letters
    header: str
    unit: str
    role: str
    indicator: str = ""
    name: str = ""
    score: int = 0
    why: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class SheetNote:
    """How one table of a sheet was understood."""

    file: str
    sheet: str
    title: str
    subject: str
    header_rows: str  # "2-3"
    data_rows: int
    left_out: int
    year: str
    year_from: str
    period: str
    layout: str  # the layout's signature: the name of its YAML file
    columns: tuple[ColumnNote, ...]
    observations: int
    hidden: bool = False

    def dump(self) -> str:
        """As JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False)


def load_note(text: str) -> SheetNote:
    """A note from its JSON text."""
    fields = json.loads(text)
    fields["columns"] = tuple(ColumnNote(**column) for column in fields["columns"])
    return SheetNote(**fields)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of one import: the files read, the sheets as understood, and all that is to be said."""

    town: str
    files: tuple[str, ...]
    failed: tuple[str, ...]
    sheets: tuple[SheetNote, ...]
    notices: tuple[Notice, ...]
    observations: int

    def of(self, severity: Severity) -> tuple[Notice, ...]:
        """The notices of one severity."""
        return tuple(notice for notice in self.notices if notice.severity is severity)
