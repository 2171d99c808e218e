"""Rows of a ledger into observations: what counts, what does not, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.events import Shape, classify, shape_of, summed
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.hazards import HazardRows
from assistant.ledger.headers import Role
from assistant.ledger.measures import read_measure
from assistant.ledger.periods_of_rows import RowPeriods
from assistant.ledger.readings import Observed, Reading, Source
from assistant.ledger.sifting import Sieve
from assistant.ledger.sums import Sums
from assistant.ledger.towns import town_of
from assistant.ledger.values import is_nothing, plain, written
from assistant.records import Period, Severity
from assistant.registry.registry import Registry

_VISITED = {
    "inspection": "inspection.enterprises", "fire": "fire.places", "food": "food.checked", "chem": "chem.checked",
    "firework": "firework.shops", "school": "school.checked",
}  # fmt: skip
_SEVERAL = re.compile(r"等(?:共)?(\d{1,3})(?:家|户|处|个|所)")
_VISITS = ("检查", "巡查", "督查", "执法")
_ATTENDANCE = frozenset(("training.people", "emergency.drill_people"))


def read_rows(reading: Reading, registry: Registry) -> None:
    """Fill a reading with the observations of its table's rows, and its notices."""
    RowReader(reading, registry).read()


@dataclass(frozen=True, slots=True)
class _Figure:
    """A column of figures, and what is needed of it in every row."""

    column: Column
    indicator: str
    further: tuple[str, ...]
    unit: str
    by_event: bool  # attendance, which belongs to what the row stands for


class RowReader:
    """Reads the rows of one table in order."""

    def __init__(self, reading: Reading, registry: Registry) -> None:
        self.reading, self.registry = reading, registry
        self.columns, self.context = reading.columns, reading.context
        self.shape: Shape = shape_of(self.columns, self.context)
        self.periods = RowPeriods(self.columns, self.context)
        self.sieve = Sieve(reading, self.periods)
        self.hazards = HazardRows(reading, self.shape)
        self.figures = [self._figure(column) for column in self.columns if column.measures]
        self.listed = [column for column in self.columns if column.names]
        self.sums = Sums(reading, [figure.column.index for figure in self.figures])
        self.visits = self._visits()
        self.one_attendance = sum(figure.indicator in self.shape.people for figure in self.figures) == 1
        self.towns = [column.index for column in self.columns if column.role is Role.TOWN][:1]
        self.places = [column.index for column in self.columns if column.role is Role.PLACE][:1] or self.towns
        self.anchor = next(
            (column.index for column in self.columns if column.role in (Role.DATE, Role.MONTH)),
            self.columns[0].index if self.columns else 0,
        )

    def _visits(self) -> tuple[str, Column] | None:
        """What a list of inspections counts that has a row for each place inspected, and the column naming it."""
        subject = self.context.subject[0] if self.context.subject else ""
        indicator = _VISITED.get(subject, "")
        name = next((column for column in self.columns if column.role is Role.NAME and column.content.texts), None)
        words = f"{self.context.title}{self.context.sheet}"
        listed = any(column.role is Role.DATE for column in self.columns) and any(word in words for word in _VISITS)
        if not indicator or name is None or not listed or self.hazards.one_a_row or indicator in self.sums.measured:
            return None
        return indicator, name

    def _figure(self, column: Column) -> _Figure:
        indicator, *further = (candidate.indicator for candidate in column.measures)
        entry = self.registry.find(indicator)
        by_event = bool(self.shape.people) and indicator in self.shape.people | _ATTENDANCE
        return _Figure(column, indicator, tuple(further), entry.unit if entry else "", by_event)

    def read(self) -> None:
        """Read every row."""
        self._note_sources()
        for row in self.reading.table.body:
            cells = self.sieve.spread(row)
            if town := town_of(self._label(cells, self.towns)):
                self.reading.towns[row] = town
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
        if self.shape.sums:
            self._take_sums(row, cells, period, place)
            return
        event = classify(self.shape, cells)
        if event is not None:
            if event.counts not in self.sums.measured:
                self._count(event.counts, row, cells, period, place)
        elif self.shape.events:
            self.context.say(
                Severity.WARNING,
                "unclassified_row",
                f"第{row + 1}行分不清属于哪一类，没有计入次数。请核对类别。",
                cell_name(row, self.anchor),
            )
        for figure in self.figures:
            if not figure.by_event:
                self._measure(figure, figure.indicator, row, cells, period, place)
            elif event is not None and event.people:
                indicator = event.people if self.one_attendance else figure.indicator
                self._measure(figure, indicator, row, cells, period, place)
        if self.visits is not None and not is_nothing(_at(cells, self.visits[1].index)):
            self._visit(self.visits[0], self.visits[1].index, row, cells, period, place)
        for column in self.listed:
            self._list(column, row, cells, period, place)
        self.hazards.take(row, cells, period, place)

    def _take_sums(self, row: int, cells: list[CellValue], period: Period, place: str) -> None:
        """A row of sums of one category: of the event the category names, else of what its columns say."""
        event = summed(self.shape, cells)
        for figure in self.figures:
            indicator = figure.indicator
            if event and indicator in self.shape.counts:
                indicator = event.counts
            elif event and indicator in self.shape.people | _ATTENDANCE:
                indicator = event.people
            why = "按每行的类别归入"
            self.reading.add_source(Source(indicator, (figure.column.index,), "column", 90, why, self.periods.dated))
            self._measure(figure, indicator, row, cells, period, place)

    def _visit(self, indicator: str, column: int, row: int, cells: list[CellValue], period: Period, place: str) -> None:
        """Count the place a row names, or as many as it says it stands for (甲厂、乙厂等3家)."""
        found = _SEVERAL.search(plain(_at(cells, column)))
        if found is None:
            self._count(indicator, row, cells, period, place, column)
            return
        text = written(_at(cells, column))
        amount = Decimal(int(found[1]))
        self.reading.observed.append(Observed(indicator, period.start, period.end, amount, row, column, text, place))

    def _list(self, column: Column, row: int, cells: list[CellValue], period: Period, place: str) -> None:
        """Note a name that an indicator of different names counts."""
        value = _at(cells, column.index)
        if not is_nothing(value):
            spot = (row, column.index, written(value), place, plain(value))
            self.reading.observed.append(Observed(column.names, period.start, period.end, Decimal(1), *spot))

    def _count(
        self, indicator: str, row: int, cells: list[CellValue], period: Period, place: str, column: int | None = None
    ) -> None:
        column = self.anchor if column is None else column
        text = written(_at(cells, column))
        self.reading.observed.append(
            Observed(indicator, period.start, period.end, Decimal(1), row, column, text, place)
        )

    def _measure(
        self, figure: _Figure, indicator: str, row: int, cells: list[CellValue], period: Period, place: str
    ) -> None:
        column = figure.column
        value = _at(cells, column.index)
        if is_nothing(value):
            return
        amount = read_measure(value, column, figure.unit, self.context, row)
        if amount is None:
            return
        self.sums.add(column.index, amount)
        if column.period is not None:
            period = self.periods.under(column.period, period)
        first, last, text, where = period.start, period.end, written(value), column.place or place
        add = self.reading.observed.append
        add(Observed(indicator, first, last, amount, row, column.index, text, where))
        for further in figure.further:
            add(Observed(further, first, last, amount, row, column.index, text, where))

    def _label(self, cells: list[CellValue], columns: list[int]) -> str:
        if not columns or columns[0] >= len(cells):
            return ""
        value = cells[columns[0]]
        return "" if is_nothing(value) else " ".join(str(value).split())

    def _note_sources(self) -> None:
        dated = self.periods.dated
        add = self.reading.add_source
        for figure in self.figures:
            column = figure.column
            for candidate in () if self.shape.sums else column.measures:
                own_dates = dated or column.period is not None
                add(Source(candidate.indicator, (column.index,), "column", candidate.score, candidate.why, own_dates))
        for column in self.listed:
            add(Source(column.names, (column.index,), "names", 100, "名称一致，计不同的名称", dated))
        if self.visits is not None:
            add(Source(self.visits[0], (self.visits[1].index,), "visits", 85, "一行为一家次，按行计数", dated))
        attendance = next((figure.column.index for figure in self.figures if figure.by_event), None)
        for event in self.shape.events:
            if event.counts not in self.sums.measured:
                add(Source(event.counts, (self.anchor,), "rows", 95, "一行为一次，按行计数", dated))
            if event.people and attendance is not None:
                add(Source(event.people, (attendance,), "column", 90, "按每行的类别归入", dated))


def _at(cells: list[CellValue], column: int) -> CellValue:
    return cells[column] if column < len(cells) else None
