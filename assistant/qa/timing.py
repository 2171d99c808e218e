"""The periods a question speaks of: 2024年, 今年上半年, 去年三季度, 前三季度, 5月份, 1至11月, 截至11月底, 到年底."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.periods import months_of, year_of
from assistant.records import Period

_DIGIT = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "十": 10,
    "两": 2,
}
_MONTH = r"(?<!\d)(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_QUARTER = r"[一二三四1-4]"
_YEAR = (
    r"(?:(?:20|19)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})\s*(?:年度?|(?=[HQ上下全年前第一二三四]))"
    r"|(?<!\d)[12]\d年(?!\d*级)"
    r"|(?:大前年度?|前年度?|去年度?|上一?年度?|今年度?|本年度?|当年|这一?年|年内|明年度?|下一年度?|后年|来年)"
)
_PART = (
    rf"(?P<half>[上下前后头]半年|H[12])"
    rf"|(?P<quarters>前(?:三|两|二|3|2)个?季度?|前三季)"
    rf"|(?:第?(?P<quarter>{_QUARTER})\s*季度?|(?P<last_quarter>首|末)季度?|Q(?P<q>[1-4]))(?!节)"
    rf"|(?P<first>{_MONTH})\s*月?份?\s*(?:至|到|—|–|-|~|～)\s*(?P<last>{_MONTH})\s*月份?(?:底|末)?"
    rf"|(?:截至|截止到?|到|至)\s*(?P<until>{_MONTH})\s*月(?:份)?(?:底|末|为止)"
    rf"|(?:前|头)(?P<leading>{_MONTH}|两)个月"
    rf"|(?P<month>{_MONTH})\s*月份?(?:\s*(?P<day>[0-3]?\d)\s*[日号])?(?!\s*(?:底|末)?为?止?是)"
    rf"|(?P<whole>全年度?|整年|整个年度|一整年|年底|年末|年终|一年)"
)
_TIME = re.compile(rf"(?:(?:截至|截止到?|到|至|在)?\s*(?:{_YEAR})(?:的|里|,|，)?\s*)?(?:{_PART})|{_YEAR}")
_NOTE = re.compile(r"[（(]([^（()）]*)[）)]")
_MEANT = re.compile(r"(?:今年|本年度?|年份)(?:就?是?指|即|为|是|按|算)的?\s*((?:20|19)\d{2})\s*年?")
_RELATIVE = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "明年": 1,
    "下一年": 1,
    "来年": 1,
    "后年": 2,
}
_LAST_SAME = re.compile(r"(?:去年|上年|上一年|前年)?(?:同期|同时期|同一时期|那时候?|这个时候)")


@dataclass(frozen=True, slots=True)
class When:
    """A period mentioned at `start:end` of a text; `year` is None where the year was not said with it."""

    start: int
    end: int
    year: int | None
    part: tuple[int, int] | None  # first and last month, None for the whole year
    day: int = 0
    part_said: bool = False

    def period(self, default: int) -> Period | None:
        """The period, in the year `default` where none was said; None for a day or month that is none."""
        year = self.year if self.year is not None else default
        if self.part is None:
            return year_of(year)
        first, last = self.part
        if self.day:
            whole = months_of(year, first, first)
            return (
                Period(whole.start.replace(day=self.day), whole.start.replace(day=self.day))
                if self.day <= whole.end.day
                else None
            )
        return months_of(year, first, last)


def number_of(text: str) -> int:
    """A number up to 99 in digits or Chinese."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return 10 * (_DIGIT[tens] if tens else 1) + (_DIGIT[ones] if ones else 0)
    return int("".join(str(_DIGIT[char]) for char in text))


def find_times(text: str, this_year: int) -> list[When]:
    """Every period mentioned, in order."""
    found = []
    for match in _TIME.finditer(text):
        groups = {name: value for name, value in match.groupdict().items() if value}
        if set(groups) == {"month"} and not _is_month(text, match):
            continue
        part = _part_of(groups)
        if part and set(groups) == {"month"} and _is_until(text, match):
            part = (1, part[1])
        found.append(
            When(
                match.start(),
                match.end(),
                _year_of(match, this_year),
                part,
                int(groups.get("day", 0)),
                "whole" in groups or part is not None,
            )
        )
    return found


def _is_until(text: str, match: re.Match[str]) -> bool:
    """截至2024年6月, 到2024年9月底: from the year's first day on."""
    led = re.search(r"(?:截至|截止到?|到|至)$", text[: match.start()]) or re.match(r"截至|截止到?|到|至", match[0])
    return led is not None and (led[0].startswith("截") or text[match.end() :].startswith(("底", "末", "为止")))


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Whether a month said alone is one, and no 安全生产月 (六月是安全生产月 has a month) nor 3个月."""
    return not text[match.end() :].startswith(("活动", "考核")) and text[
        max(0, match.start() - 1) : match.start()
    ] not in ("每", "第")


def _year_of(match: re.Match[str], this_year: int) -> int | None:
    text = match[0]
    if found := re.search(r"(?:20|19)\d{2}", text):
        return int(found[0])
    if found := re.search(r"二[〇零○][〇零○一二三四五六七八九]{2}", text):
        return number_of(found[0])
    if found := re.search(r"(?<!\d)([12]\d)年", text):
        return 2000 + int(found[1])
    if re.search(r"今年|本年|当年|这一?年|年内", text):
        return this_year
    for word in sorted(_RELATIVE, key=len, reverse=True):
        if word in text:
            return this_year + _RELATIVE[word]
    return None


def _part_of(groups: dict[str, str]) -> tuple[int, int] | None:
    """The first and last month that a part of a year covers; None for the whole year."""
    if "first" in groups:
        return number_of(groups["first"]), number_of(groups["last"])
    for name, months in _PARTS.items():
        if said := groups.get(name):
            return months(said)
    return None


_PARTS: dict[str, Callable[[str], tuple[int, int]]] = {
    "half": lambda said: (1, 6) if said[0] in "上前头" or said == "H1" else (7, 12),
    "quarters": lambda said: (1, 9) if "三" in said or "3" in said else (1, 6),
    "quarter": lambda said: (3 * number_of(said) - 2, 3 * number_of(said)),
    "q": lambda said: (3 * number_of(said) - 2, 3 * number_of(said)),
    "last_quarter": lambda said: (1, 3) if said == "首" else (10, 12),
    "until": lambda said: (1, number_of(said)),
    "leading": lambda said: (1, number_of(said)),
    "month": lambda said: (number_of(said), number_of(said)),
}


def meant_year(question: str) -> int | None:
    """The year a question says it means by 今年."""
    found = _MEANT.search(question)
    return int(found[1]) if found else None


def same_period_words(text: str) -> list[tuple[int, int]]:
    """Where a text says 同期, 去年同期."""
    return [(found.start(), found.end()) for found in _LAST_SAME.finditer(text)]


def notes_apart(question: str) -> tuple[str, str]:
    """The question without what stands in brackets, and what stood there."""
    return _NOTE.sub("", question).strip(), "，".join(_NOTE.findall(question))


def covered(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these spans blanked, every other character in its place."""
    characters = list(text)
    for start, end in spans:
        characters[start:end] = "\u3000" * (end - start)
    return "".join(characters)
