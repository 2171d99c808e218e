"""Years and period words moved on from the past summary's period to the new report's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.drafting.context import Context
from assistant.drafting.sections import Role
from assistant.periods import chinese_name, short_name
from assistant.records import Period, ReportKind

_YEAR = re.compile(
    r"(?P<before>较|比|与|同|由|从)?(?<!\d)(?P<year>20\d{2})\s*(?:年(?P<half>上半年|下半年)?|(?P<bare>(?=上半年|下半年))(?P<half2>上半年|下半年))"
    r"(?P<tail>度|初|末|底|以来|\d{1,2}月)?"
)
_HALF_TO_YEAR = (
    (re.compile(r"(?:今年)?(?:上半年|1\s*[-—~至]\s*6月份?|一至六月份?)以?来"), "一年来"),
    (re.compile(r"(?<![上下])半年以?来"), "一年来"),
    (re.compile(r"(?:今年)?上半年(?=，)"), "一年来"),
    (re.compile(r"(?:今年)?(?:上半年|1\s*[-—~至]\s*6月份?|一至六月份?)"), "全年"),
    (re.compile(r"6月底"), "12月底"),
)
_YEAR_TO_HALF = (
    (re.compile(r"(?:全年|一年|今年)以?来"), "上半年"),
    (re.compile(r"(?<=现将)(?:一年|全年)(?=的?工作)"), "上半年"),
    (re.compile(r"(?<=[较比])(上年|去年)(?!同期|末|底|全年)"), r"\1同期"),
    (re.compile(r"全年(?!龄|.{0,4}(?:目标|任务))"), "上半年"),
    (re.compile(r"本年度(?!安全生产责任)"), "上半年"),
    (re.compile(r"1[0-2]月底|年底(?=，(?:全镇|我镇|共))"), "6月底"),
)
_UNTIL = re.compile(
    r"截[至止到]{1,2}(?P<year>今年|本年|20\d{2}年)?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份|底|末|\d{1,2}日|中旬|下旬)?"
)
_BLANK_YEAR = re.compile(r"20\d?[X×xＸ*＊_○]{1,2}年")
_PLANNED = re.compile(r"(?:(?:今年)?下半年|明年)(?=(?:的|重点|主要|安全生产)?(?:工作)?(?:打算|安排|思路|计划))")
_LATE = re.compile(r"暑期|暑假|秋[收冬季]|冬季|119消防|国庆|中秋|年底|年终|岁末")
_CITED = re.compile(r"《[^》]*》|〔20\d{2}〕\s*\d*号?|\[20\d{2}\]\s*\d+号")


@dataclass(frozen=True, slots=True)
class Shift:
    """From which period to which the words are moved."""

    past: Period | None
    past_kind: ReportKind
    period: Period
    kind: ReportKind
    after: Period

    @property
    def to_half(self) -> bool:
        """Whether an annual summary becomes a half-year one."""
        return self.past_kind is ReportKind.ANNUAL and self.kind is ReportKind.HALF_YEAR

    @property
    def to_year(self) -> bool:
        """Whether a half-year summary becomes an annual one."""
        return self.past_kind is ReportKind.HALF_YEAR and self.kind is ReportKind.ANNUAL


def shift_of(context: Context) -> Shift:
    """The shift from the context's past summary to its own period."""
    past_kind = context.past_kind or context.kind
    return Shift(context.past_period, past_kind, context.period, context.kind, context.next_period)


def move_on(text: str, context: Context, role: Role) -> str:
    """The text with years, 上半年/全年 and 明年/下半年 moved on.

    Years inside the names of laws and document numbers stay, but for 年度: 《2023年度责任书》 is
    this year's too. In the plan part (and the closing) the words mean the next period.
    """
    shift = shift_of(context)
    pieces: list[str] = []
    last = 0
    for cited in _CITED.finditer(text):
        pieces += [_move(text[last : cited.start()], shift, role), _cited_year(cited.group(), shift)]
        last = cited.end()
    pieces.append(_move(text[last:], shift, role))
    return "".join(pieces)


def late_seasons(text: str) -> tuple[str, ...]:
    """The words of a text that belong to the second half of a year."""
    return tuple(dict.fromkeys(_LATE.findall(text)))


def next_name(shift: Shift) -> str:
    """How the plan part names its period: 2025年; 下半年 within the same year."""
    if shift.after.start.year == shift.period.start.year:
        return short_name(shift.after)
    return f"{shift.after.start.year}年"


def _until(found: re.Match[str], period: Period) -> str:
    year = found["year"] or ""
    return f"截至{f'{period.end.year}年' if year.startswith('20') else year}{period.end.month}月底"


def _cited_year(cited: str, shift: Shift) -> str:
    if shift.past is None:
        return cited
    return cited.replace(f"{shift.past.start.year}年度", f"{shift.period.start.year}年度")


def _move(text: str, shift: Shift, role: Role) -> str:
    ahead = role in (Role.PLAN, Role.CLOSING)
    text = _YEAR.sub(lambda found: _year(found, shift, role), text)
    text = _BLANK_YEAR.sub(f"{(shift.after if ahead else shift.period).start.year}年", text)
    if ahead:
        return _move_ahead(text, shift)
    text = _UNTIL.sub(lambda found: _until(found, shift.period), text)
    text = _PLANNED.sub(next_name(shift), text) if shift.to_year or shift.to_half else text
    half = shift.kind is ReportKind.HALF_YEAR  # whatever the old one was: 全年 in a half-year text is a known slip
    rules = _HALF_TO_YEAR if shift.to_year else _YEAR_TO_HALF if half else ()
    for pattern, word in rules:
        text = pattern.sub(word, text)
    return re.sub(r"(20\d{2}年)(?:全年|一年来)", r"\1", re.sub(r"(20\d{2}年)?上半年上半年", r"\1上半年", text))


def _move_ahead(text: str, shift: Shift) -> str:
    name = next_name(shift)
    if shift.to_half:
        return re.sub(r"明年|来年|新的一年里?", name, text)
    if shift.to_year:
        text = re.sub(r"(?:今年)?下半年", name, text)
        return text.replace("今年", "明年")
    return text


def _year(found: re.Match[str], shift: Shift, role: Role) -> str:
    if shift.past is None:
        return found.group()
    before, tail = found["before"] or "", found["tail"] or ""
    half = found["half"] or found["half2"] or ""
    offset = int(found["year"]) - shift.past.start.year
    year = shift.period.start.year
    if offset == -1:
        return f"{before}{year - 1}年{half}{tail}" if before else found.group()
    if offset == 1 or (offset == 0 and (half == "下半年" or role in (Role.PLAN, Role.CLOSING) and not tail)):
        return before + _ahead(shift, tail)
    if offset != 0:
        return found.group()
    return before + _present(shift, half, tail)


def _ahead(shift: Shift, tail: str) -> str:
    after = shift.after
    if tail:
        return f"{after.start.year}年{tail}"
    return chinese_name(after)


def _present(shift: Shift, half: str, tail: str) -> str:
    year = f"{shift.period.start.year}年"
    if tail:
        return year + tail
    return chinese_name(shift.period) if shift.kind is ReportKind.HALF_YEAR or (half and not shift.to_year) else year
