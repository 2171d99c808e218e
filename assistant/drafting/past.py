"""A past summary, split into sections and cleaned of what a web page left in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.drafting.headings import Line, item_marker, read_lines, without_marker
from assistant.drafting.misprints import mend
from assistant.drafting.scraps import cut_scraps
from assistant.drafting.sections import PastReport, PastSection, Role
from assistant.periods import half_of, year_of
from assistant.records import Document, Notice, Period, ReportKind, Severity

_ADDRESSEE = re.compile(r"[^，。；\d]{2,28}(?:委员会?|办公?室?|局|厅|府|部|组|领导|同志们?|各位[^，。]{1,8})[：:]")
_TABLE = re.compile(r"表\d+")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_TITLE = re.compile(
    r"[^。；]{4,50}(?:总结|小结|汇报|报告|打算|计划|安排|工作情况|要点)(?:的?报告)?(?:[（(].{1,12}[）)])?"
)
_SIGNATURE = re.compile(
    r"(?P<unit>[\u4e00-\u9fa5X×*]{2,16}?)(?:人民政府|办事处|党委|委员会|安委会|安委办|应急管理.{1,3})"
)
_SIGNED_ON = re.compile(
    r"[\d〇○零一二三四五六七八九十X×*]{2,4}年[\d一二三四五六七八九十X×*]{1,3}月[\d一二三四五六七八九十X×*]{1,3}日"
)
_UNIT = re.compile(r"(?P<unit>[\u4e00-\u9fa5]{2,4}?(?:镇|乡|街道))")
_COMMON = re.compile(
    r"[我全本各该村乡小城集古重老建市名]镇|[我全本各该城下]乡|[我全本各该]街道|[我全本各该市].{0,2}(?:镇|乡|街道)"
)
_PROBLEMS = re.compile(r"问题|不足|困难|短板")
_PLAN = re.compile(r"打算|计划|思路|下一步|下一阶段|下半年|安排|展望|工作目标|今后")
_RUN_IN_PROBLEMS = re.compile(
    r"(?:突出|主要|集中)表现[在为]|(?:存在|还有).{0,12}(?:问题|不足|短板)[^。]{0,12}(?:[：:]|一是)"
)
_RUN_IN_PLAN = re.compile(r"(?:下一步|下一阶段|下半年|明年|今后|20\d{2}年)，?(?:我|全|镇|将|要|继续)")
_CLOSING = re.compile(r"总之|综上|总的来说|以上(?:是|就是)|新的一年")


def read_past(document: Document) -> PastReport:
    """The past summary: its kind, period and unit as it says itself, and its sections in order.

    Web remains are cut and reported in `notices`; a numbering gap or a missing title is no hindrance.
    Where the text does not say its year the period is None, where it does not say its unit (or
    redacts it as XX镇) the unit is empty.
    """
    texts, styles, notices = _cleaned(document)
    title, texts, styles = _take_title(document.title, texts, styles)
    addressee, texts, styles = _take_addressee(texts, styles)
    signature, signed_on, texts, styles = _take_signature(texts, styles)
    sections = _sections([line for line in read_lines(texts, styles) if line.level or line.text])
    kind = _kind(title, sections)
    return PastReport(
        file=document.file,
        title=title,
        kind=kind,
        period=_period(kind, title, sections, signed_on),
        unit_name=_unit(title, signature, "\n".join(texts)),
        sections=tuple(sections),
        notices=tuple(notices),
        addressee=addressee,
    )


def _cleaned(document: Document) -> tuple[list[str], list[int], list[Notice]]:
    texts: list[str] = []
    styles: list[int] = []
    notices: list[Notice] = []
    tables = dict.fromkeys(found.group() for block in document.blocks if (found := _TABLE.match(block.source)))
    if tables:
        message = f"往年总结中的表格（{'、'.join(tables)}）没有沿用，今年如仍需要，请按台账另列。"
        notices.append(Notice(Severity.INFO, "table_left_out", message))
    for block in document.blocks:
        if _TABLE.match(block.source):
            continue
        text, cut = cut_scraps(block.text, block.source)
        text, mended = mend(text, block.source)
        notices += [*cut, *mended]
        if text:
            texts.append(text)
            styles.append(block.level)
    return texts, styles, notices


def _take_title(known: str, texts: list[str], styles: list[int]) -> tuple[str, list[str], list[int]]:
    """The title: what the document says it is, or a first line that reads like one."""
    known = cut_scraps(known, "")[0]
    if texts and (styles[0] == -1 or texts[0] == known or _TITLE.fullmatch(texts[0])):
        return texts[0], texts[1:], styles[1:]
    return known if _TITLE.fullmatch(known) else "", texts, styles


def _take_addressee(texts: list[str], styles: list[int]) -> tuple[str, list[str], list[int]]:
    if texts and _ADDRESSEE.fullmatch(texts[0]):
        return texts[0].rstrip("：:"), texts[1:], styles[1:]
    return "", texts, styles


def _take_signature(texts: list[str], styles: list[int]) -> tuple[str, str, list[str], list[int]]:
    """Who signed and when, taken off the end."""
    unit = signed_on = ""
    end = len(texts)
    while end > 0 and end > len(texts) - 4 and len(texts[end - 1]) <= 24:
        line = texts[end - 1].replace(" ", "")
        found = _SIGNATURE.fullmatch(line)
        if found:
            unit = found["unit"]
        elif _SIGNED_ON.fullmatch(line):
            signed_on = line
        else:
            break
        end -= 1
    return unit, signed_on, texts[:end], styles[:end]


def _sections(lines: Sequence[Line]) -> list[PastSection]:
    """Headings and the paragraphs under them; roles come from the headings, and go down to sub-sections."""
    top = min((line.level for line in lines if line.level), default=0)
    if not top:
        return _paragraph_sections([line.text for line in lines])
    sections = [PastSection("", 0, "", Role.OPENING)]
    for line in lines:
        if line.level:
            level = line.level - top + 1  # a report numbered 1、2、3、 throughout has its first level there
            role = _role(line.heading, level, sections)
            paragraphs = (line.text,) if line.text else ()
            sections.append(PastSection(line.heading, level, line.numbering, role, paragraphs))
        else:
            last = sections[-1]
            sections[-1] = replace(last, paragraphs=(*last.paragraphs, line.text))
    if not sections[0].paragraphs:
        del sections[0]
    return _split_off(sections)


def _paragraph_sections(paragraphs: Sequence[str]) -> list[PastSection]:
    """A report without headings: every paragraph is a section, 一是抓责任。… its numbering."""
    sections: list[PastSection] = []
    for index, paragraph in enumerate(paragraphs):
        first = index == 0 and len(paragraphs) > 2 and not item_marker(paragraph)
        role = Role.OPENING if first else _run_in_role(paragraph, Role.WORK, set()) or Role.WORK
        marker = item_marker(paragraph) if role is Role.WORK else ""
        text = without_marker(paragraph) if marker else paragraph
        sections.append(PastSection("", 0, marker, role, (text,)))
    return sections


def _role(heading: str, level: int, before: Sequence[PastSection]) -> Role:
    for parent in reversed(before):
        if 0 < parent.level < level and parent.role in (Role.PROBLEMS, Role.PLAN):
            return parent.role
        if parent.level == 1:
            break
    if _PROBLEMS.search(heading) and not re.search(r"问题整改|整改问题", heading):
        return Role.PLAN if re.search(r"打算|下一步", heading) and not re.search("存在", heading) else Role.PROBLEMS
    return Role.PLAN if level == 1 and _PLAN.search(heading) else Role.WORK


def _split_off(sections: Sequence[PastSection]) -> list[PastSection]:
    """Problems, plans and closings that run in at the end of a section become sections without heading."""
    result: list[PastSection] = []
    titled = {section.role for section in sections if section.heading}
    for section in sections:
        kept: list[str] = []
        after: list[PastSection] = []
        for paragraph in section.paragraphs:
            role = _run_in_role(paragraph, section.role, titled) if section.role is not Role.OPENING else None
            if role:
                after.append(PastSection("", 0, "", role, (paragraph,)))
            else:
                kept.append(paragraph)
        result += [replace(section, paragraphs=tuple(kept)), *after]
    return result


def _run_in_role(paragraph: str, role: Role, titled: set[Role]) -> Role | None:
    if _CLOSING.match(paragraph):
        return Role.CLOSING
    if role is Role.WORK and Role.PROBLEMS not in titled and _RUN_IN_PROBLEMS.search(paragraph):
        return Role.PROBLEMS
    if role is not Role.PLAN and Role.PLAN not in titled and _RUN_IN_PLAN.match(paragraph):
        return Role.PLAN
    return None


def _kind(title: str, sections: Sequence[PastSection]) -> ReportKind:
    """Half-year where the title says so; without a title, where a heading of the work part does."""
    if title:
        return ReportKind.HALF_YEAR if "半年" in title else ReportKind.ANNUAL
    headings = [section.heading for section in sections if section.level == 1]
    half = any("上半年" in heading or "下半年" in heading for heading in headings)
    return ReportKind.HALF_YEAR if half else ReportKind.ANNUAL


def _period(kind: ReportKind, title: str, sections: Sequence[PastSection], signed_on: str) -> Period | None:
    texts = [title]
    texts += [section.heading for section in sections if section.role is Role.WORK and section.level == 1]
    texts += [section.text for section in sections if section.role is Role.OPENING]
    found = next((match for text in texts for match in [_YEAR.search(text)] if match), None)
    if found:
        year = int(found.group(1))
    else:
        signed = _YEAR.search(signed_on)
        if not signed:
            return None
        year = int(signed.group(1)) - (1 if kind is ReportKind.ANNUAL and re.search(r"年0?[1-3]月", signed_on) else 0)
    return half_of(year, 1) if kind is ReportKind.HALF_YEAR else year_of(year)


def _unit(title: str, signature: str, text: str) -> str:
    """The town's name, from the title or the signature; otherwise the one the text keeps naming."""
    for source in (title.removeprefix("关于"), signature):
        found = _UNIT.search(re.sub(r"^.{2,8}?(?:省|市|县|自治州|区)(?=.{2,})", "", source)) if source else None
        if found and not _COMMON.search(found["unit"]):
            return found["unit"]
    counted = Counter(name for name in _UNIT.findall(text) if not _COMMON.search(name))
    name, times = counted.most_common(1)[0] if counted else ("", 0)
    return name if times >= 2 else ""
