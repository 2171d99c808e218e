"""The facts and warnings the sample ledger must give, worked out from the rows and not from the workbook.

Conventions: hazards rectified in a sub-period are those found in it and rectified by the time of filing; a row
pasted twice counts once; rows of another year are left out; a typed total never overrides the rows; a sheet
without dates gives facts of the whole year only; zeros of empty sub-periods are optional.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from making.layout import Row, Sheet, Town, number
from making.months import first_months
from making.workbook import Placement

REGISTRY = Path(__file__).resolve().parents[2] / "assistant" / "registry" / "indicators.csv"
PARTS = {"": (1, 12), "H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_HALVES = ("", "H1", "H2")


@dataclass(frozen=True)
class Count:
    """One number of the rows: how much of which indicator, when and where. No day: the year as a whole."""

    indicator: str
    year: int
    day: date | None
    value: Decimal
    place: str
    sheet: str


def read_registry() -> dict[str, Row]:
    """The registry's rows by id."""
    with REGISTRY.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def work_out(town: Town, placement: Placement) -> dict[str, Any]:
    """The truth about a town: facts, distribution by village, warnings."""
    registry = read_registry()
    counts = [count for sheet in town.sheets for count in _sheet_counts(sheet, town.year)]
    facts = _facts(counts, town.year, tuple(PARTS), registry)
    for table in town.months:
        facts += _facts(list(_month_counts(table)), table["year"], _HALVES, registry)
    facts.sort(key=lambda fact: (fact["indicator"], fact["period"]))
    return {
        "name": town.name,
        "county": town.county,
        "files": [town.workbook, *(table["file"] for table in town.months)],
        "sheets": [sheet.name for sheet in town.sheets],
        "n_facts": len(facts),
        "facts": facts,
        "by_place": _by_place(counts, registry),
        "warnings": list(_warnings(town, placement)),
    }


def _sheet_counts(sheet: Sheet, year: int) -> Iterator[Count]:
    for row in sheet.rows:
        day = sheet.day(row)
        if row["标记"] == "重复" or (day and day.year != year):
            continue
        place = row.get(sheet.place, "")
        if sheet.pairs and row["编号"]:
            yield from _pair_counts(sheet, row, year)
        for column in sheet.columns:
            if column.indicator:
                value = (number(row[column.source]) or Decimal(0)) * column.scale
                yield Count(column.indicator, year, day, value, place, sheet.name)
        for rule in sheet.counts:
            if rule.takes(row):
                value = Decimal(row[rule.of]) if rule.of else Decimal(1)
                yield Count(rule.indicator, year, day, value, place, sheet.name)


def _pair_counts(sheet: Sheet, row: Row, year: int) -> Iterator[Count]:
    for column in sheet.columns:
        value = number(row[column.source])
        if value is not None and (column.month or column.village or column.source == "数量"):
            day = date(year, column.month, 1) if column.month else None
            yield Count(row["编号"], year, day, value, column.village, sheet.name)


def _month_counts(table: dict[str, Any]) -> Iterator[Count]:
    year = table["year"]
    for row in table["rows"]:
        spans = [(number(row[name]), month) for name, month in first_months(row).items()]
        for value, month in spans:
            if value is not None:
                yield Count(row["编号"], year, date(year, month, 1), value, "", table["file"])
        if all(value is None for value, _ in spans):
            yield Count(row["编号"], year, None, Decimal(row["全年"]), "", table["file"])


def _facts(counts: list[Count], year: int, parts: tuple[str, ...], registry: dict[str, Row]) -> list[dict[str, Any]]:
    facts = []
    for part in parts:
        values = {}
        for indicator in dict.fromkeys(count.indicator for count in counts):
            mine = [count for count in counts if count.indicator == indicator]
            value = _value(mine, part, registry[indicator]["aggregation"])
            if value is None:
                continue
            values[indicator] = value
            fact = {"indicator": indicator, "period": f"{year}{part}", "value": _plain(value)}
            fact |= {"unit": registry[indicator]["unit"], "sheet": sorted({count.sheet for count in mine})}
            facts.append(fact | ({"optional": True} if part and not value else {}))
        facts += _rates(values, f"{year}{part}", registry)
    return facts


def _plain(value: Decimal) -> str:
    """The number without exponent or trailing zeros."""
    return f"{value.normalize() + 0:f}"


def _value(counts: list[Count], part: str, aggregation: str) -> Decimal | None:
    first, last = PARTS[part]
    if any(count.day is None for count in counts):
        return None if part else sum((count.value for count in counts), Decimal(0))
    inside = [count for count in counts if count.day and first <= count.day.month <= last]
    if aggregation == "last":
        latest = {count.place: count for count in sorted(inside, key=lambda count: count.day or date.min)}
        return sum((count.value for count in latest.values()), Decimal(0)) if inside else None
    return sum((count.value for count in inside), Decimal(0))


def _rates(values: dict[str, Decimal], period: str, registry: dict[str, Row]) -> Iterator[dict[str, Any]]:
    for indicator, entry in registry.items():
        if entry["aggregation"] != "ratio":
            continue
        upper, lower = (values.get(name.strip()) for name in entry["formula"].split("/"))
        if upper is None or not lower:
            continue
        rate = (upper / lower * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        fact = {"indicator": indicator, "period": period, "value": _plain(rate), "unit": "%"}
        yield fact | {"derived": True, "exact": f"{_plain(upper)}/{_plain(lower)}", "tolerance": "0.05"}


def _by_place(counts: list[Count], registry: dict[str, Row]) -> dict[str, dict[str, str]]:
    """For each indicator kept by village, the year's value of each village."""
    table: dict[str, dict[str, list[Count]]] = {}
    for count in counts:
        if count.place:
            table.setdefault(count.indicator, {}).setdefault(count.place, []).append(count)
    return {
        indicator: {
            place: _plain(_value(mine, "", registry[indicator]["aggregation"]) or Decimal(0))
            for place, mine in places.items()
        }
        for indicator, places in sorted(table.items())
    }


def _warnings(town: Town, placement: Placement) -> Iterator[dict[str, Any]]:
    for sheet in town.sheets:
        for index, row in enumerate(sheet.rows):
            where = {"sheet": sheet.name, "row": placement[sheet.name, index], "required": True}
            if row["标记"] == "重复":
                yield {"kind": "duplicate_row", **where, "also_row": placement[sheet.name, index - 1]}
            elif (day := sheet.day(row)) and day.year != town.year:
                yield {"kind": "other_year_row", **where}
        for column in sheet.columns:
            typed = sheet.typed.get(column.source)
            actual = sum(number(row[column.source]) or 0 for row in sheet.rows if row["标记"] != "重复")
            if column.summed and typed is not None and typed != actual:
                last = placement[sheet.name, len(sheet.rows) - 1]
                where = {"sheet": sheet.name, "row": last + 1, "required": True}
                yield {"kind": "sum_mismatch", **where, "typed": str(typed), "actual": str(actual)}
