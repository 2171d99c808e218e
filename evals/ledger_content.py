"""A made-up town: what is true of it, and the columns its sheets are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from evals.ledger_sheets import DATE_STYLES, Column, Sheet, write_book, write_date

VILLAGES = ("石桥村", "柳林村", "清溪村", "白马社区", "东湾村", "高坪村", "集镇社区", "双河村")
REMARKS = ("", "", "附照片6张", "借用车辆1台", "2家复查", "投入3000元")
PERIODS = {
    "2024": (1, 12), "2024H1": (1, 6), "2024H2": (7, 12), "2024Q1": (1, 3), "2024Q2": (4, 6), "2024Q3": (7, 9), "2024Q4": (10, 12),
}  # fmt: skip
Options = Sequence[tuple[str, tuple[str, ...], str, int, str]]
"""Columns of figures: indicator ("" for a look-alike), header choices, unit, largest value, group."""


@dataclass
class Town:
    """A made-up town: its files, the facts that are true of it, and what an import must warn of."""

    number: int
    name: str
    truth: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    books: dict[str, list[Sheet]] = field(default_factory=dict)
    warnings: list[tuple[str, str, int]] = field(default_factory=list)
    home: dict[str, str] = field(default_factory=dict)  # indicator → sheet

    def write(self, folder: Path) -> list[Path]:
        """Write the town's files."""
        paths = []
        for name, sheets in self.books.items():
            write_book(folder / name, sheets)
            paths.append(folder / name)
        return paths

    def state(self, sheet: str, indicator: str, days: list[date] | None, amounts: list[Any]) -> None:
        """Set the truth of an indicator: dated amounts for every period, undated ones for the year."""
        self.home[indicator] = sheet
        if days is None:
            self.truth[indicator, "2024"] = Decimal(sum(amounts))
            return
        for period, (first, last) in PERIODS.items():
            inside = [amount for day, amount in zip(days, amounts, strict=True) if first <= day.month <= last]
            self.truth[indicator, period] = Decimal(sum(inside))


def days_of_year(random: Random, count: int) -> list[date]:
    """So many days of 2024, in order."""
    return sorted(date(2024, 1, 1) + timedelta(days=random.randrange(365)) for _ in range(count))


def date_column(random: Random, header: str, days: list[date]) -> Column:
    """A column of days in one style."""
    style = random.choice(DATE_STYLES)
    return Column(random.choice((header, "日期", "时间")), [write_date(style, day) for day in days])


def number_column(random: Random, count: int) -> list[Column]:
    """A column of running numbers, mostly."""
    return (
        [Column(random.choice(("序号", "序 号", "编号")), list(range(1, count + 1)))] if random.random() < 0.85 else []
    )


def remark_column(random: Random, count: int) -> list[Column]:
    """A column of remarks, mostly."""
    return [Column("备注", [random.choice(REMARKS) or None for _ in range(count)])] if random.random() < 0.8 else []


def measure_columns(
    random: Random,
    town: Town,
    sheet: str,
    days: list[date] | None,
    count: int,
    options: Options,
) -> list[Column]:
    """Columns of figures: (indicator or "" for a look-alike, header choices, unit, largest value, group)."""
    columns = []
    for indicator, headers, unit, most, group in options:
        amounts = [random.randrange(most + 1) if random.random() < 0.85 else 0 for _ in range(count)]
        columns.append(Column(random.choice(headers), amounts, unit, group, summed=True))
        if indicator:
            town.state(sheet, indicator, days, amounts)
    return columns
