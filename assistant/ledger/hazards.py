"""Hazard rows: found, major, rectified — from numbers where a column has them, else one hazard a row."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.ledger.columns import Column
from assistant.ledger.dates import read_day
from assistant.ledger.events import Shape
from assistant.ledger.grids import CellValue, cell_name
from assistant.ledger.headers import Role, wording
from assistant.ledger.readings import Observed, Reading, Source
from assistant.ledger.values import is_done, is_nothing, is_tick, plain, read_number, written
from assistant.records import Period, Severity

_IS_MAJOR = re.compile(r"是否(为|是|属|属于)?重大(事故|安全)*(隐患)?|重大(事故|安全)*隐患(与否|是否)")
_NUMBERED = re.compile(r"(?:^|[\s;；。,，、])[(（]?([1-9])(?:[、．)）]|\.(?!\d))")
FOUND, MAJOR, RECTIFIED = "hazard.found", "hazard.major_found", "hazard.rectified"


class HazardRows:
    """Takes what each row says of hazards beyond its columns of figures."""

    def __init__(self, reading: Reading, shape: Shape) -> None:
        self.reading, self.context = reading, reading.context
        columns = reading.columns
        self.count = next((column for column in columns if any(c.indicator == FOUND for c in column.measures)), None)
        self.one_a_row = shape.hazards and self.count is None
        self.grade = _first(columns, Role.GRADE) or self._worded_grade(columns)
        self.status = _first(columns, Role.STATUS)
        self.finish = _first(columns, Role.FINISH)
        self.ticked_major = _ticked(columns, ("重大", "重大隐患")) or _asking(columns, _IS_MAJOR)
        self.ticked_done = _ticked(columns, ("已整改", "已销号", "已完成", "是", "已治理", "整改完成", "完成"))
        self.measured = {candidate.indicator for column in columns for candidate in column.measures}
        self.active = self.one_a_row or (self.count is not None and "accident" not in self.context.subject)
        self.anchor = self._anchor(columns)
        self._note_sources()

    def _worded_grade(self, columns: list[Column]) -> Column | None:
        """A column called otherwise (类别, 性质) whose cells are 一般 and 重大."""
        for column in columns:
            if column.role is Role.CATEGORY:
                body = self.reading.table.body[:500]
                texts = {plain(self.reading.table.grid.at(row, column.index)) for row in body} - {""}
                if texts and texts <= {"一般", "重大", "较大", "一般隐患", "重大隐患", "较大隐患", "重点", "一般问题"}:
                    return column
        return None

    def _anchor(self, columns: list[Column]) -> int:
        for role in (Role.DETAIL, Role.DATE, Role.NAME):
            if column := _first(columns, role):
                return column.index
        return columns[0].index if columns else 0

    def _note_sources(self) -> None:
        if not self.active:
            return
        dated = (
            _first(self.reading.columns, Role.DATE) is not None or _first(self.reading.columns, Role.MONTH) is not None
        )
        add = self.reading.add_source
        if self.one_a_row:
            add(Source(FOUND, (self.anchor,), "rows", 96, "一行为一处隐患，按行计数", dated))
        if self._tells_grade and MAJOR not in self.measured:
            column = self.grade or self.ticked_major
            add(Source(MAJOR, (column.index if column else self.anchor,), "rows", 96, "按等级为重大的行计数", dated))
        if self._tells_status and RECTIFIED not in self.measured:
            column = self.status or self.ticked_done or self.finish
            add(Source(RECTIFIED, (column.index if column else self.anchor,), "status", 96, "按整改状态计数", dated))

    @property
    def _tells_grade(self) -> bool:
        return bool(self.grade or self.ticked_major)

    @property
    def _tells_status(self) -> bool:
        return bool(self.status or self.ticked_done or self.finish)

    def take(self, row: int, cells: list[CellValue], period: Period, place: str) -> None:
        """Count the row's hazards: one, or as many as its figure says."""
        if not self.active:
            return
        amount = Decimal(1)
        if self.count is not None:
            number = read_number(_at(cells, self.count))
            amount = number.value if number else Decimal(0)
        if amount <= 0:
            return
        if self.one_a_row:
            self._doubt_one(row, cells)
            self._observe(FOUND, row, self.anchor, cells, period, amount, place)
        if self._tells_grade and MAJOR not in self.measured and self._is_major(cells):
            self._observe(
                MAJOR,
                row,
                (self.grade or self.ticked_major or self.count or _none()).index,
                cells,
                period,
                amount,
                place,
            )
        if self._tells_status and RECTIFIED not in self.measured and self._is_rectified(row, cells, period):
            column = self.status or self.ticked_done or self.finish or _none()
            self._observe(RECTIFIED, row, column.index, cells, period, amount, place)

    def _doubt_one(self, row: int, cells: list[CellValue]) -> None:
        """Warn of a row whose description numbers several hazards, which no column counts."""
        column = _first(self.reading.columns, Role.DETAIL) or _first(self.reading.columns, Role.TOPIC)
        text = _at(cells, column)
        numbers = [int(found) for found in _NUMBERED.findall(text)] if isinstance(text, str) else []
        if column is not None and numbers[:2] == [1, 2]:
            self.context.say(
                Severity.WARNING,
                "several_hazards",
                f"第{row + 1}行像是写了{len(numbers)}处隐患，按一处计。如应分别计数，请分行填写，或加一列“隐患数”。",
                cell_name(row, column.index),
            )

    def _observe(
        self, indicator: str, row: int, column: int, cells: list[CellValue], period: Period, amount: Decimal, place: str
    ) -> None:
        text = written(cells[column] if column < len(cells) else None)
        self.reading.observed.append(Observed(indicator, period.start, period.end, amount, row, column, text, place))

    def _is_major(self, cells: list[CellValue]) -> bool:
        if self.grade is not None:
            text = plain(_at(cells, self.grade))
            return "重大" in text and not text.startswith(("非", "不"))
        return self.ticked_major is not None and is_tick(_at(cells, self.ticked_major))

    def _is_rectified(self, row: int, cells: list[CellValue], period: Period) -> bool:
        """Settled by the end of the year in which it was found; the status outweighs a date beside it."""
        finished = _at(cells, self.finish) if self.finish else None
        day = None if is_nothing(finished) else read_day(finished, period.start.year)
        if self.ticked_done is not None and self.status is None:
            done: bool | None = is_tick(_at(cells, self.ticked_done))
        else:
            done = is_done(_at(cells, self.status)) if self.status else None
        if done is None:
            done = day is not None
        if done and day is not None and not day.assumed_year and day.value.year > period.start.year:
            self._say(
                row,
                "rectified_later",
                f"第{row + 1}行的隐患到{day.value.year}年才整改完成，不计入{period.start.year}年的整改数。",
            )
            return False
        if done and day is not None and not day.assumed_year and day.value < period.start:
            self._say(row, "finished_before_found", f"第{row + 1}行的整改完成日期早于发现日期，请核对。")
        if done is False and day is not None:
            self._say(
                row,
                "status_conflict",
                f"第{row + 1}行写“{plain(_at(cells, self.status or self.ticked_done))}”却有完成日期，按未整改计，请核对。",
            )
        return bool(done)

    def _say(self, row: int, kind: str, message: str) -> None:
        column = (self.finish or self.status or self.ticked_done or _none()).index
        self.context.say(Severity.WARNING, kind, message, cell_name(row, column))


def _first(columns: list[Column], role: Role) -> Column | None:
    return next((column for column in columns if column.role is role), None)


def _ticked(columns: list[Column], words: tuple[str, ...]) -> Column | None:
    """A column of ticks under one of these words."""
    return next((column for column in columns if column.ticked and wording(column.path[-1]) in words), None)


def _asking(columns: list[Column], words: re.Pattern[str]) -> Column | None:
    """A column headed by a question (是否重大隐患) that cells answer."""
    return next((column for column in columns if words.fullmatch(wording(column.path[-1]))), None)


def _at(cells: list[CellValue], column: Column | None) -> CellValue:
    return cells[column.index] if column is not None and column.index < len(cells) else None


def _none() -> Column:
    raise AssertionError("a hazard is only counted through a column that tells it")
