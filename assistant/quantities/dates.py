"""Dates and periods as written (2023年, 11月底, 3月1日至4月15日, 1—6月, 2024年上半年, 第三季度, 去年同期)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant import periods
from assistant.quantities.numerals import parse_numeral
from assistant.records import Kind, Period

DASH = r"[ ]?(?:[-－—–─~～〜]{1,5}|至|到)[ ]?"
_D = "0-9０-９"
_MONTH = r"(?:1[0-2]|0?[1-9]|１[０-２]|[１-９]|十[一二]?|[一二三四五六七八九元正])"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|[１２３]?[０-９]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])"
_YEAR = r"(?:(?:19|20)[0-9]{2}|[１２][０９][０-９]{2}|二[〇零○0][一二三四五六七八九〇零○]{2})"
_PART = r"(?:年初|年底|年末|底|初|末|上旬|中旬|下旬|中(?!旬|心|队|学|型|国|央))"
_POINT = (
    r"(?:(?P<y§>" + _YEAR + r")[ ]?(?:年(?:度)?|(?=全年|[上下]半年|第?[一二三四1-4]季度))[ ]?)?"
    r"(?:(?P<half§>[上下])半年|第?(?P<q§>[一二三四1-4])季度|前(?P<until§>[一二三四五六七八九十]{1,2}|[0-9]{1,2})个?(?P<what§>月|季度)|"
    r"(?P<m§>" + _MONTH + r")[ ]?月(?:份)?(?:[ ]?(?P<d§>" + _DAY + r")[ ]?[日号])?)?"
    r"(?P<part§>" + _PART + r")?"
)
_FIRST = re.compile(_POINT.replace("§", "1"))
_SECOND = re.compile(DASH + _POINT.replace("§", "2"))
_OPEN = re.compile(rf"(?P<n>{_YEAR}|{_MONTH})(?P<half>月)?{DASH}" + _POINT.replace("§", "2"))  # 2021—2023年, 1—6月
_DAYS = re.compile(rf"(?P<d1>{_DAY})[日号]?(?:{DASH}(?P<d2>{_DAY}))?[ ]?日(?!常|趋|益|均|前内|内)")
_UNTIL_DAY = re.compile(rf"{DASH}(?P<d>{_DAY})[ ]?日")
_ISO = re.compile(rf"(?<![{_D}.．/-])(20[0-9]{{2}})([-./])(0?[1-9]|1[0-2])\2(3[01]|[12][0-9]|0?[1-9])(?![{_D}])")
_CLOCK = re.compile(
    r"(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9](?:[:：][0-5][0-9])?|时(?![间段候期长效])(?:[0-5]?[0-9]分)?|点(?![位多检])(?:[0-5]?[0-9]分|[半整钟])?)"
)
_RELATIVE = re.compile(
    r"(?P<year>去年|上年|今年|本年|明年|前年|全年|当年)(?P<rest>上半年|下半年|同期|以来|度|底|初|第?[一二三四]季度|"
    rf"{_MONTH}月(?:份)?(?:{_DAY}日|底|初)?)?"
)
_HALF = re.compile(r"[上下]半年")
_UNTIL = re.compile(r"(?:截至|截止|截止到|截至到|截止至|截至目前|止)[ ]?$")
_SHIFT = {"去年": -1, "上年": -1, "前年": -2, "明年": 1}


@dataclass(frozen=True, slots=True)
class DateReading:
    """A date or period found at a place: its end, its written value or bounds, and the days it names."""

    end: int
    kind: Kind
    value: Decimal | None
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    period: Period | None = None


def read_date(text: str, pos: int, year: int | None) -> DateReading | None:
    """The date or period that starts at `pos`; `year` is the report's, for dates written without one."""
    return (
        _read_figures(text, pos) or _read_open(text, pos, year) or _read_words(text, pos, year) or _read_days(text, pos)
    )


def _read_figures(text: str, pos: int) -> DateReading | None:
    """2024-05-06, 15:30, 9时30分."""
    iso = _ISO.match(text, pos)
    if iso:
        parts = [int(iso[n]) for n in (1, 3, 4)]
        return DateReading(iso.end(), Kind.DATE, Decimal("{}{:02}{:02}".format(*parts)), "日", period=_days(*parts))
    clock = _CLOCK.match(text, pos)
    return DateReading(clock.end(), Kind.DATE, None, "时") if clock else None


def _read_open(text: str, pos: int, year: int | None) -> DateReading | None:
    """2021—2023年, 1—6月: the first number has its unit from the second."""
    found = _OPEN.match(text, pos)
    if not found:
        return None
    of_years = len(found["n"]) == 4
    if not (found["y2"] if of_years else found["m2"] and not found["y2"]):
        return None
    first: dict[str, str | None] = {
        "y": found["n"] if of_years else None,
        "m": None if of_years else found["n"],
        "d": None,
    }
    return _range(found.end(), first, {key: found[f"{key}2"] for key in ("y", "m", "d")}, year)


def _read_words(text: str, pos: int, year: int | None) -> DateReading | None:
    """2023年, 2024年上半年, 前三季度, 11月底, 3月1日至4月15日."""
    first = _FIRST.match(text, pos)
    if not first:
        return None
    found = {key[:-1]: value for key, value in first.groupdict().items()}
    if not any(found[key] for key in ("y", "m", "q", "half", "until")):
        return None
    return _range_or_point(text, first.end(), found, year)


def _read_days(text: str, pos: int) -> DateReading | None:
    """9日, 3日至5日."""
    days = _DAYS.match(text, pos)
    if not days:
        return None
    low, high = _number(days["d1"]), _number(days["d2"])
    if high is None:
        return DateReading(days.end(), Kind.DATE, low, "日")
    return DateReading(days.end(), Kind.PERIOD, None, "日", low, high)


def read_relative(text: str, pos: int, year: int | None) -> DateReading | None:
    """The period in words that starts at `pos`: 去年同期, 全年, 上半年."""
    half = _HALF.match(text, pos)
    if half:
        return _half_year(half.end(), text[pos], year)
    found = _RELATIVE.match(text, pos)
    if not found:
        return None
    base = year + _SHIFT.get(found["year"], 0) if year else None
    rest = found["rest"] or ""
    start = found.start("rest")
    if rest[:1] in "上下" and rest:
        return _half_year(found.end(), rest[0], base)
    inner = read_date(text, start, base) if rest and rest not in ("同期", "以来", "度", "底", "初") else None
    if inner:
        return inner
    if rest in ("底", "初"):
        return DateReading(found.end(), Kind.DATE, None, "年")
    # Which part of last year 去年同期 is, only the report's own period tells.
    known = base if rest != "同期" else None
    return DateReading(found.end(), Kind.PERIOD, None, "年", period=periods.year_of(known) if known else None)


def _half_year(end: int, which: str, year: int | None) -> DateReading:
    low, high = (1, 6) if which == "上" else (7, 12)
    period = periods.months_of(year, low, high) if year else None
    return DateReading(end, Kind.PERIOD, None, "月", Decimal(low), Decimal(high), period)


def _range_or_point(text: str, end: int, found: dict[str, str | None], year: int | None) -> DateReading:
    second = _SECOND.match(text, end)
    last = {key[:-1]: value for key, value in second.groupdict().items()} if second else {}
    if second and (last["m"] or (last["y"] and not found["m"])):
        return _range(second.end(), found, last, year)
    if found["d"]:
        day = _UNTIL_DAY.match(text, end)
        if day:
            return _range(day.end(), found, {**found, "y": None, "d": day["d"]}, year)
    return _point(end, found, year)


def _point(end: int, found: dict[str, str | None], year: int | None) -> DateReading:
    own = _year(found["y"])
    base = own or year
    if found["half"]:
        reading = _half_year(end, found["half"], base)
        if own and reading.low and reading.high:
            return DateReading(
                end, Kind.PERIOD, None, "月", own * 100 + reading.low, own * 100 + reading.high, reading.period
            )
        return reading
    if found["q"]:
        quarter = int(_number(found["q"]) or 1)
        period = periods.quarter_of(base, quarter) if base else None
        return DateReading(end, Kind.ORDINAL, Decimal(quarter), "季度", period=period)
    if found["until"]:
        months = int(_number(found["until"]) or 1) * (3 if found["what"] == "季度" else 1)
        months = min(months, 12)
        period = periods.months_of(base, 1, months) if base else None
        return DateReading(end, Kind.PERIOD, None, "月", Decimal(1), Decimal(months), period)
    month, day = _number(found["m"]), _number(found["d"])
    if month is None:
        return DateReading(end, Kind.DATE, Decimal(own or 0), "年", period=periods.year_of(own) if own else None)
    value = month if day is None else month * 100 + day
    if own:
        value += Decimal(own) * (100 if day is None else 10000)
    period = _days(base, int(month), int(day) if day is not None else None) if base else None
    return DateReading(end, Kind.DATE, value, "月" if day is None else "日", period=period)


def _range(end: int, first: dict[str, str | None], last: dict[str, str | None], year: int | None) -> DateReading:
    own = _year(first["y"])
    from_year, to_year = own or year, _year(last["y"]) or own or year
    low, high = _written(own, first), _written(_year(last["y"]) or own, last)
    period = None
    if from_year and to_year:
        start = _days(from_year, int(_number(first["m"]) or 1), _int(first["d"]))
        finish = _days(to_year, int(_number(last["m"]) or 12), _int(last["d"]))
        if start and finish and start.start <= finish.end:
            period = Period(start.start, finish.end)
    unit = "日" if last["d"] else "月" if last["m"] else "年"
    return DateReading(end, Kind.PERIOD, None, unit, low, high, period)


def _written(year: int | None, point: dict[str, str | None]) -> Decimal:
    month, day = _number(point["m"]), _number(point["d"])
    if month is None:
        return Decimal(year or 0)
    value = month if day is None else month * 100 + day
    return value + Decimal(year) * (100 if day is None else 10000) if year else value


def _days(year: int, month: int, day: int | None) -> Period | None:
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return (
        periods.months_of(year, month, month) if day is None else Period(date(year, month, day), date(year, month, day))
    )


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    return Decimal(1) if text in "元正" else parse_numeral(text)


def _int(text: str | None) -> int | None:
    number = _number(text)
    return None if number is None else int(number)


def _year(text: str | None) -> int | None:
    return _int(text)


def since_january(text: str, pos: int, period: Period) -> Period:
    """The period written at `pos`, from 1 January where the text says that it counts up to then (截至11月底)."""
    if _UNTIL.search(text, max(0, pos - 5), pos):
        return Period(date(period.end.year, 1, 1), period.end)
    return period
