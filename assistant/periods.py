"""Periods of a report or a fact: their ids, their Chinese names, and how they relate.

Ids: ``2024``, ``2024H1``, ``2024Q3``, ``2024-05``, ``2024-05-06``, or a range ``2024-01..2024-11`` of any
two of these. Halves and quarters are those of the calendar year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from assistant.errors import UnknownPeriod
from assistant.records import Period

_ID = re.compile(r"(?P<year>\d{4})(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def year_of(year: int) -> Period:
    """The calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


def half_of(year: int, half: int) -> Period:
    """The first (1) or second (2) half of a year."""
    return months_of(year, 6 * half - 5, 6 * half)


def quarter_of(year: int, quarter: int) -> Period:
    """Quarter 1–4 of a year."""
    return months_of(year, 3 * quarter - 2, 3 * quarter)


def months_of(year: int, first: int, last: int) -> Period:
    """Whole months `first` to `last` of a year."""
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def parse_period(text: str) -> Period:
    """The period with this id; raises `UnknownPeriod` saying which ids there are."""
    first, separator, last = text.strip().partition("..")
    start, end = _parse_simple(first), _parse_simple(last) if separator else None
    if start is None or (separator and end is None) or (end and end.end < start.start):
        raise UnknownPeriod(
            f"看不懂期间“{text}”。可写：2024（全年）、2024H1（上半年）、2024H2（下半年）、2024Q3（三季度）、"
            "2024-05（5月）、2024-01..2024-11（1至11月）。"
        )
    return Period(start.start, end.end) if end else start


def _parse_simple(text: str) -> Period | None:
    found = _ID.fullmatch(text)
    if not found:
        return None
    try:
        return _from_parts({name: int(value) for name, value in found.groupdict().items() if value})
    except ValueError:  # a 13th month, a 31 April
        return None


def _from_parts(part: dict[str, int]) -> Period:
    year = part["year"]
    if "half" in part:
        return half_of(year, part["half"])
    if "quarter" in part:
        return quarter_of(year, part["quarter"])
    if "day" in part:
        day = date(year, part["month"], part["day"])
        return Period(day, day)
    if "month" in part:
        return months_of(year, part["month"], part["month"])
    return year_of(year)


def period_id(period: Period) -> str:
    """The shortest id of a period; ``parse_period(period_id(p)) == p``."""
    simple = _simple_id(period)
    if simple:
        return simple
    return f"{_edge_id(period.start, first=True)}..{_edge_id(period.end, first=False)}"


def _simple_id(period: Period) -> str:
    year = period.start.year
    if period == year_of(year):
        return f"{year}"
    for half in (1, 2):
        if period == half_of(year, half):
            return f"{year}H{half}"
    for quarter in (1, 2, 3, 4):
        if period == quarter_of(year, quarter):
            return f"{year}Q{quarter}"
    if period == months_of(year, period.start.month, period.start.month):
        return f"{year}-{period.start.month:02}"
    return period.start.isoformat() if period.start == period.end else ""


def _edge_id(day: date, *, first: bool) -> str:
    """A month id where the day is the month's first (or last) one, the day's own id otherwise."""
    edge = 1 if first else monthrange(day.year, day.month)[1]
    return f"{day.year}-{day.month:02}" if day.day == edge else day.isoformat()


def chinese_name(period: Period) -> str:
    """How a report names the period: 2024年, 2024年上半年, 2024年三季度, 2024年5月, 2024年1至11月."""
    year, identity = period.start.year, _simple_id(period)
    if not identity:
        return _range_name(period)
    if "H" in identity:
        return f"{year}年{'上' if identity.endswith('1') else '下'}半年"
    if "Q" in identity:
        return f"{year}年{_QUARTERS[int(identity[-1]) - 1]}"
    month = f"{period.start.month}月" if "-" in identity else ""
    day = f"{period.start.day}日" if identity.count("-") == 2 else ""
    return f"{year}年{month}{day}"


def _range_name(period: Period) -> str:
    year = period.start.year
    whole = _edge_id(period.start, first=True).count("-") == 1 and _edge_id(period.end, first=False).count("-") == 1
    last_year = "" if period.end.year == year else f"{period.end.year}年"
    if whole:
        return f"{year}年{period.start.month}{'月' if last_year else ''}至{last_year}{period.end.month}月"
    return f"{year}年{period.start.month}月{period.start.day}日至{last_year}{period.end.month}月{period.end.day}日"


def short_name(period: Period) -> str:
    """The name within its own year: 全年, 上半年, 三季度, 5月."""
    name = chinese_name(period)
    return "全年" if _simple_id(period) == f"{period.start.year}" else name.partition("年")[2]


def year_earlier(period: Period) -> Period:
    """The same period last year (去年同期); 29 February becomes 28 February."""
    return Period(_shift(period.start, -1), _shift(period.end, -1))


def _shift(day: date, years: int) -> date:
    year = day.year + years
    last = monthrange(year, day.month)[1]
    whole_month = day.day == monthrange(day.year, day.month)[1]
    return date(year, day.month, last if whole_month else min(day.day, last))


def preceding(period: Period) -> Period:
    """The period of the same length just before (环比): the quarter before a quarter, the month before a month."""
    months = _whole_months(period)
    if not months:
        length = period.end - period.start
        end = period.start - timedelta(days=1)
        return Period(end - length, end)
    index = period.start.year * 12 + period.start.month - 1 - months
    end = period.start - timedelta(days=1)
    return Period(date(index // 12, index % 12 + 1, 1), end)


def following(period: Period) -> Period:
    """The period a report's plan is for: the next half after a half-year, the next year after a year."""
    months = _whole_months(period)
    start = period.end + timedelta(days=1)
    if not months:
        return Period(start, start + (period.end - period.start))
    index = start.year * 12 + start.month - 1 + months - 1
    year, month = index // 12, index % 12 + 1
    return Period(start, date(year, month, monthrange(year, month)[1]))


def periods_around(period: Period) -> list[Period]:
    """What a report of this period may speak of: the period, its year with its parts, and the year before."""
    year = period.start.year
    halves = [half_of(year, half) for half in (1, 2)]
    quarters = [quarter_of(year, quarter) for quarter in (1, 2, 3, 4)]
    months = [months_of(year, month, month) for month in range(1, 13)]
    around = [period, year_of(year), *halves, *quarters, *months, year_earlier(period), year_of(year - 1)]
    return list(dict.fromkeys(around))


def _whole_months(period: Period) -> int:
    """How many whole months the period is, 0 where it is not whole months."""
    if period.start.day != 1 or period.end.day != monthrange(period.end.year, period.end.month)[1]:
        return 0
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
