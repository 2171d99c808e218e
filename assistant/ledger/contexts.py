"""What surrounds a table's cells: its subject, its year, and the period it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from assistant.ledger.dates import as_of, period_in_title, read_day, read_period, years_in
from assistant.ledger.headers import Role, default_unit, role_of
from assistant.ledger.tables import Table
from assistant.ledger.values import plain
from assistant.periods import year_of
from assistant.records import Cell, Notice, Period, Severity
from assistant.registry.vocabulary import subjects_of

_ENOUGH = 3  # dated rows from which the rows outweigh a typed year


@dataclass(slots=True)
class Context:
    """What the lines around a table say of it. `notices` collects what is said of the table to a person."""

    file: str
    sheet: str
    title: str
    subject: tuple[str, ...]
    year: int | None
    year_from: str
    period: Period | None
    snapshot: date | None
    money: str
    notices: list[Notice]

    def cell(self, name: str, text: str = "") -> Cell:
        """A cell of this table's sheet."""
        return Cell(self.file, self.sheet, name, text)

    def say(self, severity: Severity, kind: str, message: str, cell: str = "") -> None:
        """Add a notice about the table, or about one of its cells."""
        place = f"{self.file}“{self.sheet}”" if self.sheet else self.file
        self.notices.append(Notice(severity, kind, f"{place}{message}", self.cell(cell) if cell else None))

    def warner(self, kind: str) -> Callable[[str, str], None]:
        """A function that adds a warning of this kind: message, cell."""
        return lambda message, cell: self.say(Severity.WARNING, kind, message, cell)


def read_context(table: Table, stated_period: Period | None = None) -> Context:
    """The context of a table, from its title, its sheet's and file's names, and its dated rows."""
    grid = table.grid
    stem = grid.file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    title, sheet = plain(table.title), plain(grid.sheet)
    headers = "".join(plain(text) for path in table.paths.values() for text in path)
    context = Context(
        file=grid.file,
        sheet=grid.sheet,
        title=table.title,
        subject=subjects_of(title, sheet, plain(stem), headers),
        year=None,
        year_from="",
        period=None,
        snapshot=None,
        money=next((unit for line in table.notes if (unit := default_unit(line))), ""),
        notices=[],
    )
    _settle_year(table, context, (("标题", table.title), ("工作表名", grid.sheet), ("文件名", stem)))
    _settle_period(table, context, stated_period)
    return context


def _settle_year(table: Table, context: Context, names: tuple[tuple[str, str], ...]) -> None:
    stated = [(where, years[0]) for where, text in names if (years := years_in(text))]
    dated = _dated_years(table)
    usual, count = dated.most_common(1)[0] if dated else (0, 0)
    total = sum(dated.values())
    if stated:
        context.year_from, context.year = stated[0]
    differing = [(where, year) for where, year in stated if year != context.year]
    if count >= _ENOUGH and count * 2 > total and usual != context.year:
        if stated:
            context.say(
                Severity.WARNING,
                "title_year",
                f"{context.year_from}写的是{context.year}年，但{total}行中有{count}行是{usual}年，按行内日期计。",
            )
        context.year, context.year_from = usual, "行内日期"
    elif not stated and usual:
        context.year, context.year_from = usual, "行内日期"
    elif differing and not total:
        context.say(
            Severity.WARNING,
            "guessed_year",
            f"{context.year_from}写{context.year}年，{differing[0][0]}写{differing[0][1]}年，按前者计，请核对。",
        )


def _dated_years(table: Table) -> Counter[int]:
    """How many rows state which year in their date column."""
    dates = [column for column in table.columns if role_of(table.paths[column][-1]) is Role.DATE]
    found: Counter[int] = Counter()
    for column in dates[:1]:
        for row in table.body:
            day = read_day(table.grid.at(row, column), None)
            if day:
                found[day.value.year] += 1
    return found


def _settle_period(table: Table, context: Context, stated: Period | None) -> None:
    texts = (table.title, *table.notes, context.sheet, context.file.rsplit("/", 1)[-1])
    context.snapshot = next((day for text in texts[:-1] if (day := as_of(text, context.year))), None)
    if context.year is None and context.snapshot:
        context.year, context.year_from = context.snapshot.year, "截至日期"
    if context.year is None:
        return
    if context.snapshot and context.snapshot.year == context.year:
        context.period = Period(date(context.year, 1, 1), context.snapshot)
        return
    whole = year_of(context.year)
    named = (period_in_title(table.title, context.year), read_period(context.sheet, context.year))
    context.period = stated or next((period for period in named if period and period != whole), whole)
