"""Tables whose rows are indicators: one column of names, and columns of months, villages or plain figures."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.cumulative import are_cumulative, left_over, say_left_over
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.headers import Role, bare_unit, unit_in
from assistant.ledger.matching import Candidate, Matcher
from assistant.ledger.measures import read_measure
from assistant.ledger.readings import Observed, Reading, Source
from assistant.ledger.values import is_nothing, is_void, plain, read_number, written
from assistant.periods import year_of
from assistant.records import Aggregation, Indicator, Period, Severity
from assistant.registry.vocabulary import subjects_of

_ABOUT_IT = re.compile(
    r"目标|计划|任务|应完成|上年|去年|同期|同比|环比|增减|增长|增幅|排名|单价|标准|上月|上期|分值|得分"
)
_SHOWN = 30  # letters of a text in a notice
_MAPPED_SHARE = 2  # at least one name in two must be an indicator's


def name_column(reading: Reading, matcher: Matcher) -> Column | None:
    """The column whose cells name indicators; None where the rows are something else."""
    if any(column.role is Role.DATE and column.content.dates for column in reading.columns):
        return None
    if not any(_holds_figures(column) and column.content.numbers for column in reading.columns):
        return None
    for column in reading.columns:
        if column.role not in (Role.INDICATOR, Role.TOPIC, Role.CATEGORY, Role.NAME, Role.TEXT):
            continue
        names = [plain(reading.table.grid.at(row, column.index)) for row in reading.table.body[:300]]
        names = [name for name in names if name]
        found = [name for name in names if matcher.match((name,), unit_in(name), reading.context.subject)]
        if (
            len(names) >= 2
            and len(set(found)) * 2 > len(found)
            and len(found) >= 2
            and len(found) * _MAPPED_SHARE >= len(names)
        ):
            return column
    return None


def _holds_figures(column: Column) -> bool:
    """Whether a column's cells are figures; some may be in words where its header says that they are figures."""
    return column.numeric or (column.role is Role.VALUE and column.content.numbers * 2 >= column.content.filled)


def _figures(columns: list[Column], names: Column) -> list[Column]:
    """The columns whose cells are figures of the line's indicator: of periods, of places, or plain values.

    Where no header says so, the one column of numbers that does not call itself something else.
    """
    passive = (Role.SEQUENCE, Role.REMARK, Role.RATE, Role.UNIT)
    numeric = [
        column
        for column in columns
        if column is not names
        and _holds_figures(column)
        and column.role not in passive
        and not _ABOUT_IT.search(column.header)
    ]
    told = [column for column in numeric if column.period or column.place or column.role is Role.VALUE]
    if told:
        return told + [column for column in numeric if column.is_total and column not in told]
    return [column for column in numeric if column.content.numbers][:1]


class MatrixReader:
    """Reads the lines of a table of indicators."""

    def __init__(self, reading: Reading, matcher: Matcher, names: Column, corrected: dict[str, str]) -> None:
        self.corrected = corrected
        self.reading, self.context, self.matcher, self.names = reading, reading.context, matcher, names
        columns = reading.columns
        self.units = next((column for column in columns if column.role is Role.UNIT), None)
        self.fields = [
            column for column in columns if column.role is Role.CATEGORY and column is not names and not column.numeric
        ]
        self.figures = _figures(columns, names)
        self.above: dict[int, str] = {}
        self.taken: dict[str, int] = {}

    def read(self) -> None:
        """Read every line."""
        for column in self.figures:
            column.measures = []
            column.role = Role.VALUE
        for row in self.reading.table.body:
            cells = self.reading.table.grid.rows[row]
            name = _at(cells, self.names)
            if is_nothing(name):
                continue
            if not any(read_number(_at(cells, column)) for column in self.figures):
                self._say_worded(row, cells, " ".join(str(name).split()))
                continue
            if any(is_void(value) for value in cells):
                self._say("void_row", row, f"第{row + 1}行标明作废，没有计入。")
                continue
            self._line(row, cells, " ".join(str(name).split()))

    def _line(self, row: int, cells: list[CellValue], name: str) -> None:
        unit = bare_unit(plain(_at(cells, self.units))) if self.units else unit_in(name)
        field = "".join(self._field(cells, column) for column in self.fields)
        subject = subjects_of(field) or self.context.subject
        candidates = self._candidates(name, unit, subject)
        self.reading.lines.setdefault(name, candidates[0].indicator if candidates else "")
        if not candidates:
            if not self.matcher.is_ratio(name):
                self._say("unknown_line", row, f"第{row + 1}行“{name}”不是字典中的指标，没有计入。", Severity.INFO)
            return
        best = candidates[0]
        entry = self.matcher.registry.find(best.indicator)
        if entry is None or not self._is_first(row, name, best):
            return
        observed = self._observations(row, cells, entry, unit)
        self.reading.observed += observed
        columns = tuple(dict.fromkeys(item.column for item in observed))
        dated = any(column.period for column in self.figures if column.index in columns)
        self.reading.add_source(Source(best.indicator, columns, "line", best.score, best.why, dated))

    def _say_worded(self, row: int, cells: list[CellValue], name: str) -> None:
        """Point out the line of an indicator whose figures stand in words (8场次，320人次)."""
        texts = [value for column in self.figures if isinstance(value := _at(cells, column), str)]
        worded = next((text for text in texts if any(letter.isdigit() for letter in text)), None)
        if worded and self._candidates(name, unit_in(name), self.context.subject):
            said = " ".join(worded.split())[:_SHOWN]
            self._say(
                "unread_line", row, f"第{row + 1}行“{name}”写的是“{said}”，不是一个数，没有计入。请一行只填一个数。"
            )

    def _field(self, cells: list[CellValue], column: Column) -> str:
        """The field a line belongs to: written once for several lines below it."""
        text = plain(_at(cells, column))
        self.above[column.index] = text or self.above.get(column.index, "")
        return self.above[column.index]

    def _candidates(self, name: str, unit: str, subject: tuple[str, ...]) -> list[Candidate]:
        if name in self.corrected:
            chosen = self.corrected[name]
            return [Candidate(chosen, 100, "按保存的读法")] if chosen else []
        return [candidate for candidate in self.matcher.match((name,), unit, subject) if not candidate.part]

    def _is_first(self, row: int, name: str, best: Candidate) -> bool:
        first = self.taken.setdefault(best.indicator, row)
        if first != row:
            self._say("second_line", row, f"第{row + 1}行“{name}”与第{first + 1}行像是同一指标，只取前一行，请核对。")
        return first == row

    def _observations(self, row: int, cells: list[CellValue], entry: Indicator, unit: str) -> list[Observed]:
        amounts: list[tuple[Column, Period, Decimal]] = []
        for column in self.figures:
            value = _at(cells, column)
            period = column.period or self.context.period
            if is_nothing(value) or period is None:
                continue
            if column.is_total and not column.period and self.context.year:
                period = self.context.period or year_of(self.context.year)
            column.unit, kept = unit or column.unit, column.unit
            amount = read_measure(value, column, entry.unit, self.context, row)
            column.unit = kept
            if amount is not None:
                amounts.append((column, period, amount))
        kept_amounts = self._without_totals(row, amounts, entry)
        return [
            Observed(
                entry.id, period.start, period.end, amount, row, column.index, written(_at(cells, column)), column.place
            )
            for column, period, amount in kept_amounts
        ]

    def _without_totals(
        self, row: int, amounts: list[tuple[Column, Period, Decimal]], entry: Indicator
    ) -> list[tuple[Column, Period, Decimal]]:
        """The figures that are not sums of others in the line; sums that do not match are told."""
        if are_cumulative([period for _, period, _ in amounts]):
            return amounts
        kept = []
        for column, period, amount in amounts:
            inner = [other for other in amounts if _is_inside(other, (column, period, amount))]
            leaves = [other for other in inner if not any(_is_inside(third, other) for third in inner)]
            if not inner:
                kept.append((column, period, amount))
                continue
            added = sum((other[2] for other in leaves), Decimal(0))
            rest = left_over(period, [other[1] for other in leaves]) if column.period else None
            if rest and entry.aggregation is Aggregation.LAST:  # how things stood at its end
                kept.append((column, rest, amount))
            elif rest and entry.aggregation is Aggregation.SUM and amount > added:
                kept.append((column, rest, amount - added))
                say_left_over(self.context, cell_name(row, column.index), amount, added, rest)
            elif added != amount and entry.aggregation is not Aggregation.LAST:
                cell = cell_name(row, column.index)
                self.context.say(
                    Severity.WARNING,
                    "sum_mismatch",
                    f"{cell}“{column.header}”写的是{amount:f}，各列相加是{added:f}，按各列相加计。",
                    cell,
                )
        return kept

    def _say(self, kind: str, row: int, message: str, severity: Severity = Severity.WARNING) -> None:
        self.context.say(severity, kind, message, cell_name(row, self.names.index))


def _is_inside(inner: tuple[Column, Period, Decimal], outer: tuple[Column, Period, Decimal]) -> bool:
    """Whether a figure is part of what another one sums: a shorter period, or one place of all."""
    if inner[0] is outer[0]:
        return False
    if inner[0].place != outer[0].place:
        return bool(inner[0].place) and not outer[0].place and inner[1] in outer[1]
    if inner[1] == outer[1]:
        return outer[0].is_total and not inner[0].is_total
    return inner[1] in outer[1]


def _at(cells: list[CellValue], column: Column | None) -> CellValue:
    return cells[column.index] if column is not None and column.index < len(cells) else None
