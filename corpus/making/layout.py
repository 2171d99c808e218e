"""A town's ledger as its authors keep it: the rows (CSV) and how the workbook lays them out (YAML)."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column of a sheet: which CSV column it shows, its header, and what it counts."""

    source: str
    head: str
    width: int = 12
    group: str = ""
    unit: str = ""
    indicator: str = ""
    scale: int = 1
    summed: bool = False  # stands in the total row
    merge: bool = False  # equal neighbours become one merged cell
    text: bool = False  # numbers are stored as text
    month: int = 0  # in a table of indicators: the month (1–12) this column is of
    village: str = ""  # … or the village


@dataclass(frozen=True)
class Counting:
    """Rows that count: every row, or those whose cells have these words; `of` adds a column instead of ones."""

    indicator: str
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    of: str = ""

    def takes(self, row: Row) -> bool:
        """Whether this row is counted."""
        return all(row[name] in words for name, words in self.where.items())


@dataclass(frozen=True)
class Sheet:
    """One sheet: title, columns, rows, totals and what stands below the table."""

    name: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    counts: tuple[Counting, ...] = ()
    date_column: str = ""
    date_style: str = ""
    more_dates: tuple[str, ...] = ()
    place: str = ""
    subtitle: str = ""
    units: bool = False
    pairs: bool = False  # one indicator a row, its figures in 数量 or in columns of months or villages
    subtotal_by: str = ""
    subtotal_labels: tuple[str, ...] = ()
    total: str = ""
    typed: dict[str, Any] = field(default_factory=dict)  # totals as typed by hand
    signature: str = ""
    above: int = 0  # empty rows above the title

    def day(self, row: Row) -> date | None:
        """The row's date; the first of the month where only the month is given."""
        text = row.get(self.date_column, "")
        return date.fromisoformat(text if len(text) > 7 else text + "-01") if text else None


@dataclass(frozen=True)
class Town:
    """A town: its sheets and its monthly tables."""

    name: str
    county: str
    year: int
    workbook: str
    sheets: tuple[Sheet, ...]
    months: tuple[dict[str, Any], ...]


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def read_town(folder: Path) -> Town:
    """The town described by `layout.yaml` and the CSV files beside it."""
    plan = yaml.safe_load((folder / "layout.yaml").read_text(encoding="utf-8"))
    months = tuple({**table, "rows": read_rows(folder / table["rows"])} for table in plan.get("months", ()))
    sheets = tuple(_sheet(entry, read_rows(folder / entry["rows"])) for entry in plan["sheets"])
    return Town(plan["town"], plan["county"], plan["year"], plan["workbook"], sheets, months)


def number(text: str) -> Decimal | None:
    """The number a cell of the rows holds; None for '/', words and empty cells."""
    cleaned = text.strip()
    if not cleaned or not cleaned.replace(".", "", 1).isdigit():
        return None
    return Decimal(cleaned)


def _sheet(entry: dict[str, Any], rows: tuple[Row, ...]) -> Sheet:
    when, subtotals = entry.get("date", {}), entry.get("subtotals", {})
    return Sheet(
        name=entry["name"],
        title=entry["title"],
        rows=rows,
        columns=tuple(_column(column) for column in entry["columns"]),
        counts=tuple(_counting(count) for count in entry.get("count", ())),
        date_column=when.get("from", ""),
        date_style=when.get("style", ""),
        more_dates=tuple(entry.get("dates", ())),
        place=entry.get("place", ""),
        subtitle=entry.get("subtitle", ""),
        units=entry.get("units", False),
        pairs=entry.get("pairs", False),
        subtotal_by=subtotals.get("by", ""),
        subtotal_labels=tuple(subtotals.get("label", ())),
        total=entry.get("total", ""),
        typed=entry.get("typed", {}),
        signature=entry.get("signature", ""),
        above=entry.get("above", 0),
    )


def _column(entry: dict[str, Any]) -> Column:
    return Column(
        source=entry["from"],
        head=entry["head"],
        width=entry.get("width", 12),
        group=entry.get("group", ""),
        unit=entry.get("unit", ""),
        indicator=entry.get("indicator", ""),
        scale=entry.get("scale", 1),
        summed=entry.get("sum", bool(entry.get("indicator"))),
        merge=entry.get("merge", False),
        text=entry.get("text", False),
        month=entry.get("month", 0),
        village=entry.get("village", ""),
    )


def _counting(entry: dict[str, Any]) -> Counting:
    where = {name: tuple(words.split("|")) for name, words in entry.get("where", {}).items()}
    return Counting(entry["indicator"], where, entry.get("of", ""))
