"""Which period a figure speaks of: the report's, last year's, a half's, a quarter's, a month's."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date

from assistant.periods import half_of, months_of, quarter_of, year_earlier, year_of
from assistant.records import Period

_HALF = r"(?P<half>[上下])半年"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度"
_MONTHS = r"(?P<first>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]|元)月?(?:份)?[-—–~至到](?P<last>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!间)"
_YEAR = r"(?P<year>20\d\d|２０[０-９]{2}|二[〇○零]二[〇○零一二三四五六七八九])(?:年度?|(?=上半年|下半年))"
_PART = f"(?:{_HALF}|{_QUARTER}|{_MONTHS}|{_MONTH})"
_MARKER = re.compile(
    rf"(?P<until>截至|截止|截止到|至)?(?:{_YEAR}|(?P<last_year>去年同期|上年同期|上年度?|去年)|(?P<this>今年以来|今年|本年度?|全年|一年来|年内|当年))?"
    rf"{_PART}?(?P<same>同期)?"
)
_STARTS = re.compile(r"[2２二去上今本全一年当截至第1-9十三四五六七八九元下]")
_COMPARES = re.compile(r"(?:较|比|与|跟|同|和|对比|相比|超过)$")
_COMPARED = re.compile(r"(?:同期)?(?:相比|比较|水平|的?[\d.一二三四五六七八九两]+倍|持平|基本持平)")
_SKIP = re.compile(r"《[^》\n]{0,60}》|〔[^〕\n]{0,10}〕|[（(](?:20\d\d|二[〇○零].{2})[)）]")
_DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"○": 0, "零": 0, "元": 1, "十": 10}
_DAY = re.compile(r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[日号]|初|上旬|中旬|下旬|中")


@dataclass(frozen=True, slots=True)
class Marker:
    """A period word in the text. `compares` marks 较上年, which names a base and not the figures' own period."""

    start: int
    end: int
    period: Period | None
    compares: bool = False
    partial: bool = False  # one day or part of a month, or 截至11月: narrower than any fact is likely to be
    word: str = ""


def find_markers(text: str, report: Period) -> list[Marker]:
    """The period words of `text` in order, resolved against the period of the report."""
    skipped = [found.span() for found in _SKIP.finditer(text)]
    markers: list[Marker] = []
    pos = 0
    while found := _STARTS.search(text, pos):
        match = _MARKER.match(text, found.start())
        marker = _marker(text, match, report) if match and match.end() > match.start() else None
        if marker is None or any(start <= marker.start < end for start, end in skipped):
            pos = found.start() + 1
            continue
        markers.append(marker)
        pos = marker.end
    return markers


def _marker(text: str, match: re.Match[str], report: Period) -> Marker | None:
    part = {name: value for name, value in match.groupdict().items() if value}
    if not part or set(part) <= {"until", "same"}:
        return None
    if "month" in part and not _is_month(text, match, part):
        return None
    year = _year(part, report)
    period = _resolve(part, year, report)
    if period is None:
        return None
    day = _DAY.match(text, match.end()) if "month" in part else None
    until = "until" in part and "month" in part
    if until:
        period = Period(date(year, 1, 1), period.end)
    compares = bool(_COMPARES.search(text, max(0, match.start() - 2), match.start())) or bool(
        _COMPARED.match(text, match.end())
    )
    end = day.end() if day else match.end()
    return Marker(match.start(), end, period, compares, partial=bool(day) and not until, word=match.group())


def _is_month(text: str, match: re.Match[str], part: dict[str, str]) -> bool:
    """Not the 十月 of a name, nor 安全生产月, nor a count of months (3个月 has 个 between)."""
    before = text[match.start() - 1 : match.start()] if match.start() else ""
    return not (before.isdigit() or before in "第每“" and before and "year" not in part)


def _year(part: dict[str, str], report: Period) -> int:
    if "year" in part:
        digits = [_DIGITS[char] if char in _DIGITS else int(char) for char in part["year"]]
        return int("".join(map(str, digits)))
    return report.start.year - (1 if "last_year" in part else 0)


def _resolve(part: dict[str, str], year: int, report: Period) -> Period | None:
    if "month" in part:
        month = _number(part["month"])
        return months_of(year, month, month)
    if "first" in part:
        first, last = _number(part["first"]), _number(part["last"])
        return months_of(year, first, last) if first <= last else None
    if "half" in part:
        return half_of(year, 1 if part["half"] == "上" else 2)
    return quarter_of(year, _number(part["quarter"])) if "quarter" in part else _bare(part, year, report)


def _bare(part: dict[str, str], year: int, report: Period) -> Period:
    """A year named without a part of it."""
    return report if "this" in part else _whole(year, report)


def _whole(year: int, report: Period) -> Period:
    """2024年 in a report on the first half of 2024 means the report's period; so does 2023年 that of last year."""
    if year == report.start.year == report.end.year:
        return report
    if year == report.start.year - 1 and report.start.year == report.end.year:
        return year_earlier(report)
    return year_of(year)


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    if len(written) == 2:
        return 10 + _DIGITS[written[1]]
    return _DIGITS[written]


class Timing:
    """The markers of a text, to be asked for the period that holds at a place."""

    def __init__(self, text: str, report: Period) -> None:
        """Find the markers of `text` for a report on the period `report`."""
        self.text = text
        self.report = report
        self.markers = find_markers(text, report)
        self._starts = [marker.start for marker in self.markers]

    def within(self, start: int, end: int) -> list[Marker]:
        """The markers that start in ``[start, end)``."""
        return self.markers[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def holding(self, offset: int, floor: int, spent: frozenset[int] | set[int] = frozenset()) -> Marker | None:
        """The last marker before `offset`, not before `floor`, that is no base of a comparison.

        `spent` are starts of markers that named the base of an earlier figure: 由上年的198家次增加到236家次.
        """
        return next(iter(reversed(self.framing(offset, floor, spent))), None)

    def framing(self, offset: int, floor: int, spent: frozenset[int] | set[int] = frozenset()) -> list[Marker]:
        """All markers before `offset`, not before `floor`, that are no bases of comparisons."""
        return [each for each in self.within(floor, offset) if not each.compares and each.start not in spent]
