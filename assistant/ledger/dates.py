"""Dates and periods as ledgers write them: 2024.3.5, 2024年3月5日, 3月5日, 20240305, 3月, 一季度, 1—6月."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from assistant.ledger.grids import CellValue
from assistant.ledger.values import plain
from assistant.periods import half_of, months_of, quarter_of, year_of
from assistant.records import Period

_DAY = re.compile(r"(?:(\d{4}|\d{2})[年./\-])?(\d{1,2})[月./\-](\d{1,2})[日号]?(?![\d月])")
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})")
_MONTH = re.compile(r"(?:(\d{4}|\d{2})[年./\-])?(1[0-2]|0?[1-9])月(?:份|度)?(?:[上中下]旬|底|初|末|中旬)?")
_COMPACT_MONTH = re.compile(r"(20\d{2})(0[1-9]|1[0-2])")
_TIME = re.compile(r"(?<=\d)[\sT]+\d{1,2}[::时点].*$", re.DOTALL)
_YEAR_MONTH = re.compile(r"(\d{4})[./\-](1[0-2]|0?[1-9])")
_WHOLE_YEAR = re.compile(r"(?:全年|年度|本年度?|当年|全年度)(?:数|累计数?)?")
_YEAR = re.compile(r"(20\d{2})(?:年度?)?(?:全年)?")
_SPAN = re.compile(
    r"(?:(\d{4})年?)?(1[0-2]|[1-9])月?(?:份)?[—–~至到-]+(1[0-2]|[1-9])月(?:份|底|末)?(?:累计|合计|小计)?"
)
_QUARTER = re.compile(r"(?:(\d{4})年?)?第?([一二三四1-4])季度?(?:合计|小计|累计)?")
_HALF = re.compile(r"(?:(\d{4})年?)?([上下])半年(?:合计|小计|累计)?")
_CHINESE_MONTH = re.compile(r"(十[一二]?|[一二三四五六七八九元])月份?")
_MONTHS = {
    name: number
    for number, name in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
} | {"元": 1}
_EPOCH = date(1899, 12, 30)
_SERIALS = range(36_526, 55_153)  # 2000 to 2050 as Excel counts days
_HEADED_DAY = re.compile(r"20\d{2}[年./-]\d{1,2}[月./-]\d{1,2}日?|\d{1,2}月\d{1,2}[日号]")
_YEAR_ANYWHERE = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_CHINESE_YEAR = re.compile(r"二〇[〇一二三四五六七八九]{2}(?=年)")
_AS_OF = re.compile(r"截[至止]\D{0,4}(?:(20\d{2})年)?(\d{1,2})月(?:(\d{1,2})日)?")
_IN_TITLE = re.compile(
    r"(1[0-2]|[1-9])月?[—–~至到-]+(1[0-2]|[1-9])月|第?[一二三四]季度|[上下]半年|(?<!\d)(?:1[0-2]|[1-9])月(?!\d)"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day read from a cell. `assumed_year`: the cell names none; `doubtful`: it can be read otherwise."""

    value: date
    assumed_year: bool = False
    doubtful: bool = False


def read_day(value: CellValue, year: int | None) -> Day | None:
    """The day a date cell states (the first one of a range), `year` standing in for a year not written."""
    if isinstance(value, date):
        return Day(value)
    if isinstance(value, int):
        return _numeric_day(value)
    if isinstance(value, Decimal):
        return _decimal_day(value, year)
    return _text_day(value, year) if isinstance(value, str) else None


@lru_cache(maxsize=65_536)
def _text_day(value: str, year: int | None) -> Day | None:
    text = plain(_TIME.sub("", value))
    compact = _COMPACT.match(text)
    if compact:
        return _day(int(compact[1]), int(compact[2]), int(compact[3]))
    if text.isdigit():
        return _numeric_day(int(text))
    found = _DAY.match(text)
    if not found:
        return None
    stated = _full_year(found[1])
    if stated is None and year is None:
        return None
    return _day(stated or year or 0, int(found[2]), int(found[3]), assumed=stated is None)


def read_day_of_month(value: CellValue, month: Period) -> Day | None:
    """The day a cell states that names only the day (15日, 15), in a sheet kept for one month."""
    found = re.fullmatch(r"(\d{1,2})[日号]?", plain(value)) if isinstance(value, str | int) else None
    return _day(month.start.year, month.start.month, int(found[1])) if found else None


def _numeric_day(value: int) -> Day | None:
    if value in _SERIALS:
        return Day(_EPOCH + timedelta(days=value))
    if 20_000_101 <= value <= 20_501_231:
        return _day(value // 10_000, value // 100 % 100, value % 100)
    return None


def _decimal_day(value: Decimal, year: int | None) -> Day | None:
    """3.15 typed as a number is 15 March; 3.1 may have been 3.10 and is doubtful."""
    if int(value) in _SERIALS:
        return Day(_EPOCH + timedelta(days=int(value)))
    month, _, day = format(value, "f").partition(".")
    if year is None or not day or len(day) > 2 or not 1 <= int(month) <= 12:
        return None
    found = _day(year, int(month), int(day), assumed=True)
    return Day(found.value, True, len(day) == 1 and int(day) <= 3) if found else None


def _full_year(text: str | None) -> int | None:
    return None if not text else int(text) + (2_000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int, *, assumed: bool = False) -> Day | None:
    try:
        return Day(date(year, month, day), assumed)
    except ValueError:
        return None


def looks_dated(value: CellValue) -> bool:
    """Whether the cell is a day or a text that begins like one, possible or not (2月30日)."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    text = plain(_TIME.sub("", value))
    return bool(_DAY.match(text) or _COMPACT.fullmatch(text))


def read_period(value: CellValue, year: int | None) -> Period | None:
    """The month, quarter, half, year or span of months a label states; None for a day or anything else."""
    if isinstance(value, int):
        return year_of(value) if 2000 <= value <= 2050 else _text_period(str(value), year) if value > 200_000 else None
    return _text_period(plain(value), year) if isinstance(value, str) else None


def read_header(text: str, year: int | None) -> Period | None:
    """The period a column's header states: as `read_period`, or a single day (1月5日, 2024-01-05)."""
    period = read_period(text, year)
    if period is None and (day := headed_day(text, year)):
        return Period(day, day)
    return period


def headed_day(text: str, year: int | None) -> date | None:
    """The day a header is, where it is one and nothing else."""
    bare = plain(_TIME.sub("", text))
    day = read_day(bare, year) if _HEADED_DAY.fullmatch(bare) else None
    return day.value if day else None


@lru_cache(maxsize=16_384)
def _text_period(text: str, year: int | None) -> Period | None:
    if found := _YEAR.fullmatch(text):
        return year_of(int(found[1]))
    if year and _WHOLE_YEAR.fullmatch(text):
        return year_of(year)
    if found := (_MONTH.fullmatch(text) or _YEAR_MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)):
        stated = _full_year(found[1]) or year
        return months_of(stated, int(found[2]), int(found[2])) if stated else None
    if found := _CHINESE_MONTH.fullmatch(text):
        return months_of(year, _MONTHS[found[1]], _MONTHS[found[1]]) if year else None
    found = _SPAN.fullmatch(text) or _QUARTER.fullmatch(text) or _HALF.fullmatch(text)
    stated = (int(found[1]) if found[1] else year) if found else None
    return _part_of_year(found.re, found[2], found[found.re.groups], stated) if found and stated else None


def _part_of_year(form: re.Pattern[str], first: str, last: str, year: int) -> Period | None:
    if form is _QUARTER:
        return quarter_of(year, "一二三四1234".index(first) % 4 + 1)
    if form is _HALF:
        return half_of(year, "上下".index(first) + 1)
    return months_of(year, int(first), int(last)) if int(first) <= int(last) else None


def years_in(text: str) -> list[int]:
    """The years a title, sheet or file name mentions, in order."""
    arabic = _CHINESE_YEAR.sub(
        lambda found: "".join(str("〇一二三四五六七八九".index(c)) for c in found[0]),
        plain(text).replace("零", "〇").replace("○", "〇"),
    )
    return [int(found[1]) for found in _YEAR_ANYWHERE.finditer(arabic)]


def as_of(text: str, year: int | None) -> date | None:
    """The day up to which a table says it counts (截至2024年6月底), the month's last where no day is given."""
    found = _AS_OF.search(plain(text))
    stated = int(found[1]) if found and found[1] else year
    if not found or not stated or not 1 <= int(found[2]) <= 12:
        return None
    month = int(found[2])
    last = monthrange(stated, month)[1]
    return date(stated, month, min(int(found[3] or last), last))


def period_in_title(text: str, year: int | None) -> Period | None:
    """The period a title names inside its wording (2024年1—6月, 上半年, 一季度), the year where it names only that."""
    if year is None:
        return None
    compact = re.sub(r"(20\d{2})年?度?", "", plain(text))
    found = _IN_TITLE.search(compact)
    inner = read_period(found[0], year) if found else None
    return inner or year_of(year)
