"""Period words that do not suit the report: 全年 in a half-year, last year's year in the plan, 展望 a year just ended."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.alignment.layout import Layout, Line
from assistant.periods import chinese_name, half_of, year_of
from assistant.records import Finding, Period, Severity

_WHOLE_YEAR = re.compile(
    r"(?<!去)(?<!上)(?:全年(?!度?(?:的?目标|的?任务|工作|计划|的?指标|预期|安全))|一年来|一年以来|本年度(?!的?(?:目标|任务|计划)))"
)
_TOWARDS = re.compile(r"(?:完成|实现|确保|为|达成|全力|力争|努力)[\u4e00-\u9fff]{0,4}$")
_YEAR = re.compile(r"(?P<year>20\d\d)年(?P<half>[上下]半年)?")
_OUTLOOK = re.compile(r"展望(?P<year>20\d\d)年(?P<half>下半年)?")
_NEXT = re.compile(r"打算|计划|思路|安排|目标|任务|展望")
_COMPARED = re.compile(r"(?:较|比|与|同|由|从|展望|到|至|对照)$")


def find_period_words(layout: Layout, report: Period) -> Iterator[Finding]:
    """The wrong period words of a report on `report`."""
    if report in (half_of(report.start.year, 1), half_of(report.start.year, 2)):
        yield from _find_whole_year(layout, report)
    yield from _find_outlook(layout, report)
    yield from _find_frame_years(layout, report)


def _find_whole_year(layout: Layout, report: Period) -> Iterator[Finding]:
    for line in layout.lines:
        if line.is_plan:
            continue
        for found in _WHOLE_YEAR.finditer(layout.text, line.start, line.end):
            if _TOWARDS.search(layout.text, max(line.start, found.start() - 8), found.start()):
                continue
            half = "上半年" if report.start.month == 1 else "下半年"
            yield _finding(
                found.start(),
                found.group(),
                f"这是{chinese_name(report)}的报告，却写了“{found.group()}”。",
                f"改为“{half}”",
            )


def _find_outlook(layout: Layout, report: Period) -> Iterator[Finding]:
    for found in _OUTLOOK.finditer(layout.text):
        year = int(found["year"])
        ahead = year > report.end.year or (found["half"] and report.end < year_of(year).end)
        if not ahead:
            message = f"“{found.group()}”：{found['year']}年已经是报告所述的年份，不是展望的对象。"
            whole = report == year_of(report.start.year)
            suggestion = f"改为“展望{report.end.year + 1}年”" if whole else f"改为“展望{report.end.year}年下半年”"
            yield _finding(found.start(), found.group(), message, suggestion)


def _find_frame_years(layout: Layout, report: Period) -> Iterator[Finding]:
    """Years in the title, the opening and the headings: those of the report, and in the plan those ahead."""
    opening = 0
    for line in layout.lines:
        raw = layout.text[line.start : line.end]
        if not raw.strip():
            continue
        opening += 1
        for found in _YEAR.finditer(raw[:60] if opening <= 2 else line.heading and raw[:40] or ""):
            if _is_wrong_frame(raw, found, line, report):
                year, plan = found["year"], line.is_plan
                message = f"“{found.group()}”与报告所述期间（{chinese_name(report)}）不符，疑为旧稿未改。"
                suggestion = f"改为{report.end.year + (1 if plan else 0)}年" if year else ""
                yield _finding(line.start + found.start(), found.group(), message, suggestion)
    yield from _find_plan_years(layout, report)


def _is_wrong_frame(raw: str, found: re.Match[str], line: Line, report: Period) -> bool:
    year = int(found["year"])
    inside_title = raw[: found.start()].count("《") > raw[: found.start()].count("》")
    if inside_title or _COMPARED.search(raw[: found.start()]) or raw[found.end() : found.end() + 1] in ("〕", "）"):
        return False
    if line.is_plan or _NEXT.search(raw[found.end() : found.end() + 12]):
        return year < report.start.year
    return not report.start.year <= year <= report.end.year


def _find_plan_years(layout: Layout, report: Period) -> Iterator[Finding]:
    """In the plan of a year's report, a sentence that begins with the year just ended."""
    if report != year_of(report.start.year):
        return
    for line in layout.lines:
        if not line.is_plan:
            continue
        own = re.match(
            rf"[^。]{{0,12}}?{report.start.year}年(?=工作|安全生产工作|的?(?:目标|任务|打算|计划|思路))",
            layout.text[line.start : line.end],
        )
        if own:
            start = line.start + own.end() - 5
            message = f"下一步打算中写的仍是{report.start.year}年。"
            yield _finding(start, layout.text[start : start + 5], message, f"改为{report.start.year + 1}年")


def _finding(start: int, surface: str, message: str, suggestion: str) -> Finding:
    return Finding("period_wording", Severity.WARNING, start, start + len(surface), surface, message, suggestion)
