"""Rows of a ledger into observations: what counts, what does not, and why."""

from __future__ import annotations

from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.events import Shape, classify, shape_of
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.hazards import HazardRows
from assistant.ledger.headers import Role
from assistant.ledger.measures import read_measure
from assistant.ledger.periods_of_rows import RowPeriods
from assistant.ledger.readings import Observed, Reading, Source
from assistant.ledger.sifting import Sieve
from assistant.ledger.sums import Sums
from assistant.ledger.values import is_nothing, written
from assistant.records import Period, Severity
from assistant.registry.registry import Registry


def read_rows(reading: Reading, registry: Registry) -> None:
    """Fill a reading with the observations of its table's rows, and its notices."""
    RowReader(reading, registry).read()


class RowReader:
    """Reads the rows of one table in order."""

    def __init__(self, reading: Reading, registry: Registry) -> None:
        self.reading, self.registry = reading, registry
        self.columns, self.context = reading.columns, reading.context
        self.shape: Shape = shape_of(self.columns, self.context)
        self.periods = RowPeriods(self.columns, self.context)
        self.sieve = Sieve(reading, self.periods)
        self.hazards = HazardRows(reading, self.shape)
        self.measures = [column for column in self.columns if column.measures]
        self.places = [column.index for column in self.columns if column.role is Role.PLACE][:1]
        self.names = [column.index for column in self.columns if column.role is Role.NAME][:1]
        self.anchor = next(
            (column.index for column in self.columns if column.role in (Role.DATE, Role.MONTH)),
            self.columns[0].index if self.columns else 0,
        )
        self.sums = Sums(reading, [column.index for column in self.measures])

    def read(self) -> None:
        """Read every row."""
        self._note_sources()
        for row in self.reading.table.body:
            cells = self.sieve.spread(row)
            if self.sums.take_total(row, cells):
                continue
            if not self.sieve.lets_pass(row, cells):
                continue
            period = self.periods.read(row, cells)
            if period is None:
                self._refuse_year(row)
            elif self.sieve.in_year(row, period, self.anchor):
                self._take(row, cells, period)
        self.sums.finish()

    def _refuse_year(self, row: int) -> None:
        self.reading.left_out += 1
        self.context.say(
            Severity.WARNING,
            "no_year",
            f"第{row + 1}行说不清是哪一年，没有计入。请在标题中写明年份。",
            cell_name(row, self.anchor),
        )

    def _take(self, row: int, cells: list[CellValue], period: Period) -> None:
        place = self._label(cells, self.places)
        event = classify(self.shape, cells)
        if self.shape.events:
            if event is None:
                self.context.say(
                    Severity.WARNING,
                    "unclassified_row",
                    f"第{row + 1}行分不清属于哪一类，没有计入次数。请核对类别。",
                    cell_name(row, self.anchor),
                )
            elif event.counts not in self.sums.measured:
                self._count(event.counts, row, cells, period, place)
        for column in self.measures:
            indicator = column.measures[0].indicator
            if self.shape.people and indicator in self.shape.people | {"training.people", "emergency.drill_people"}:
                if event is None or not event.people:
                    continue
                if len([other for other in self.measures if other.measures[0].indicator in self.shape.people]) == 1:
                    indicator = event.people
            self._measure(column, indicator, row, cells, period, place)
        self.hazards.take(row, cells, period, place)

    def _count(self, indicator: str, row: int, cells: list[CellValue], period: Period, place: str) -> None:
        text = written(cells[self.anchor] if self.anchor < len(cells) else None)
        self.reading.observed.append(
            Observed(indicator, period.start, period.end, Decimal(1), row, self.anchor, text, place)
        )

    def _measure(
        self, column: Column, indicator: str, row: int, cells: list[CellValue], period: Period, place: str
    ) -> None:
        value = cells[column.index] if column.index < len(cells) else None
        if is_nothing(value):
            return
        amount = read_measure(value, column, self.registry.find(indicator), self.context, row)
        if amount is None:
            return
        self.sums.add(column.index, amount)
        inner = column.period
        if inner is not None and inner in period:
            period = inner
        for candidate in [*column.measures[1:]]:
            self._observe(candidate.indicator, row, column, value, amount, period, place)
        self._observe(indicator, row, column, value, amount, period, place)

    def _observe(
        self, indicator: str, row: int, column: Column, value: CellValue, amount: Decimal, period: Period, place: str
    ) -> None:
        self.reading.observed.append(
            Observed(
                indicator,
                period.start,
                period.end,
                amount,
                row,
                column.index,
                written(value),
                column.place or place,
            )
        )

    def _label(self, cells: list[CellValue], columns: list[int]) -> str:
        if not columns or columns[0] >= len(cells):
            return ""
        value = cells[columns[0]]
        return "" if is_nothing(value) else " ".join(str(value).split())

    def _note_sources(self) -> None:
        dated = self.periods.dated
        for column in self.measures:
            for candidate in column.measures:
                self.reading.add_source(
                    Source(
                        candidate.indicator,
                        (column.index,),
                        "column",
                        candidate.score,
                        candidate.why,
                        dated or column.period is not None,
                    )
                )
        for event in self.shape.events:
            if event.counts not in self.sums.measured:
                self.reading.add_source(Source(event.counts, (self.anchor,), "rows", 95, "一行为一次，按行计数", dated))
            if event.people and any(self.shape.people & {c.measures[0].indicator} for c in self.measures):
                column = next(c for c in self.measures if self.shape.people & {c.measures[0].indicator})
                self.reading.add_source(Source(event.people, (column.index,), "column", 90, "按每行的类别归入", dated))
