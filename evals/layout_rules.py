"""The layout's requirements on a rendered report, one by one: what was found, and whether it will do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant.export.style import Style
from evals.layout import LayoutMeasure, Line, PageMeasure, measure, read_pages

TOLERANCE_MM = 0.5
_POINTS_PER_MM = 72 / 25.4
_WIDE = re.compile("[\u2e80-\u9fff\uff01-\uff60\u3001-\u3017]+")
_NOT_FIRST = "，。；：、！？”’》）〕】…—％%"  # may not begin a line, so what stands before them comes along
_NOT_LAST = "“‘《（〔【"
_FAMILIES = {  # the stand-ins of the tests' fonts.conf, and the fonts themselves
    "标题": ("Serif", "XiaoBiaoSong", "FZXBS"),
    "正文": ("Bousung", "FangSong", "Serif"),
    "一、": ("Sans", "SimHei", "Hei"),
    "（一）": ("Kai",),
    "1.": ("Bousung", "FangSong", "Serif"),
    "（1）": ("Bousung", "FangSong", "Serif"),
}


@dataclass(frozen=True)
class Requirement:
    """One requirement: what was measured, in words, and whether it is met."""

    name: str
    found: str
    met: bool


def requirements(pdf: Path, style: Style | None = None) -> list[Requirement]:
    """What the standard asks of the pages of a report and of its annex."""
    style = style or Style()
    pages, result = read_pages(pdf), measure(pdf, style)
    first_annex = next(
        (n for n, lines in enumerate(pages) if lines and re.fullmatch(r"附件\d*", lines[0].text)), len(pages)
    )
    text = pages[:first_annex]
    return [
        *_lines(text, style),
        *_characters(text, style),
        *_margins(result.pages[:first_annex], text, style),
        *_page_numbers(result),
        *(_fonts(result) if text else ()),
        *_annex(pages[first_annex:], result.pages[first_annex:], style),
    ]


def _body(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not re.fullmatch(r"—\s*\d+\s*—", line.text)]


def _lines(pages: Sequence[Sequence[Line]], style: Style) -> Iterator[Requirement]:
    """22 lines a page, blank ones counted: where the last line of a full page stands."""
    wanted = 22
    top = style.top_mm * _POINTS_PER_MM
    pitch = median(
        two.bottom - one.bottom for lines in pages for one, two in zip(_body(lines), _body(lines)[1:], strict=False)
    )
    slots = [round((max(line.bottom for line in _body(lines)) - top) / pitch) for lines in pages]
    full = slots[:-1]
    said = "、".join(map(str, slots))
    yield Requirement(
        "满页 22 行",
        f"各页到第 {said} 行，行距 {pitch:.2f} 磅",
        all(count == wanted for count in full) and slots[-1] <= wanted,
    )


def _characters(pages: Sequence[Sequence[Line]], style: Style) -> Iterator[Requirement]:
    """28 characters on every full line of full-width characters that line-breaking rules did not cut short."""
    flat = [line for lines in pages for line in _body(lines)]
    counted: list[int] = []
    for line, following in zip(flat, flat[1:], strict=False):
        edge = (210 - style.right_mm) * _POINTS_PER_MM
        if edge - line.right > style.body_size_pt * 0.6 or not _WIDE.fullmatch(line.text) or _short(line, following):
            continue
        indent = round((line.left / _POINTS_PER_MM - style.left_mm) * _POINTS_PER_MM / style.body_size_pt)
        counted.append(len(line.text) + indent)
    wrong = sorted(set(counted) - {28})
    yield Requirement(
        "满行 28 字", f"{len(counted)} 个满行，其中不是 28 字的 {wrong or '没有'}", bool(counted) and not wrong
    )


def _short(line: Line, following: Line) -> bool:
    """Whether rules of line breaking took a character or a figure to the next line."""
    after = following.text
    return after[1:2] in _NOT_FIRST or after[:1].isascii() or line.text[-1] in _NOT_LAST or after[:1] in _NOT_LAST


def _margins(pages: Sequence[PageMeasure], lines: Sequence[Sequence[Line]], style: Style) -> Iterator[Requirement]:
    edge = (210 - style.right_mm) * _POINTS_PER_MM
    full = pages[1:-1] or pages[:1]  # the first begins with the title's larger lines, the last is not full
    found = {
        "天头": (max((abs(page.top_mm - style.top_mm) for page in full), default=0.0)),
        "下白边": max((abs(page.bottom_mm - style.bottom_mm) for page in full), default=0.0),
        "订口": max(abs(page.left_mm - style.left_mm) for page in pages),
        "右边": max((abs(page.right_mm - style.right_mm) for page in full), default=0.0),
    }
    beyond = max((line.right - edge) / _POINTS_PER_MM for page in lines for line in _body(page))
    for name, off in found.items():
        yield Requirement(f"{name}误差不超过 0.5 毫米", f"最大 {off:.2f} 毫米", off <= TOLERANCE_MM)
    yield Requirement("没有字出版心", f"最右超出 {max(beyond, 0.0):.2f} 毫米", beyond <= TOLERANCE_MM)


def _page_numbers(result: LayoutMeasure) -> Iterator[Requirement]:
    wrong = [
        page.number
        for page in result.pages
        if page.page_number.replace(" ", "") != f"—{page.number}—"
        or page.side != ("right" if page.number % 2 else "left")
        or abs(page.inset_characters - 1) > 0.1
    ]
    yield Requirement("页码单右双左、空一字", f"不对的页 {wrong or '没有'}", not wrong)
    dash = result.dash_mm
    said = f"{dash:.2f} 毫米" if dash is not None else "没有量到"
    yield Requirement("一字线距版心 7 毫米", said, dash is not None and abs(dash - 7) <= TOLERANCE_MM)


def _fonts(result: LayoutMeasure) -> Iterator[Requirement]:
    """The font of each level, where the machine has the font or the tests' stand-ins."""
    for level, families in _FAMILIES.items():
        if level in result.fonts:
            main = result.fonts[level].most_common(1)[0][0]
            yield Requirement(f"{level} 的字体", main, any(name in main for name in families))


def _annex(lines: Sequence[Sequence[Line]], pages: Sequence[PageMeasure], style: Style) -> Iterator[Requirement]:
    """The annex: its heading on the first line, its title on the third, inside the type area, no empty page."""
    if not lines:
        return
    empty = [page.number for page, each in zip(pages, lines, strict=True) if not _body(each)]
    yield Requirement("附件没有空白页", f"空白的 {empty or '没有'}", not empty)
    head, title = lines[0][0], lines[0][1]
    middle = (title.left + title.right) / 2 / _POINTS_PER_MM
    centre = style.left_mm + (210 - style.left_mm - style.right_mm) / 2
    yield Requirement(
        "附件二字顶格",
        f"左 {head.left / _POINTS_PER_MM:.2f} 毫米",
        abs(head.left / _POINTS_PER_MM - style.left_mm) < 0.5,
    )
    yield Requirement("附件标题居中", f"偏 {abs(middle - centre):.2f} 毫米", abs(middle - centre) < 1)
    inside = all(
        style.left_mm - 0.5 <= line.left / _POINTS_PER_MM and line.right / _POINTS_PER_MM <= 210 - style.right_mm + 0.5
        and line.bottom / _POINTS_PER_MM <= 297 - style.bottom_mm + 0.5
        for each in lines for line in _body(each)
    )  # fmt: skip
    yield Requirement("附件在版心之内", "是" if inside else "否", inside)


def print_requirements(name: str, found: Sequence[Requirement]) -> bool:
    """Print them; whether all are met."""
    print(f"\n== {name}")
    for each in found:
        print(f"{'达标' if each.met else '不达标'}　{each.name}：{each.found}")
    return all(each.met for each in found)
