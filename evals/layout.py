"""The Word layout, measured after rendering: ``python -m evals.layout [FILE.pdf]``.

Without a file, a sample report is exported, rendered by LibreOffice with the stand-in fonts of the tests, and
measured: lines a page, characters a line, margins, page numbers and their sides, the font of each level.
Needs poppler's command line tools.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree import ElementTree  # nosec B405  # reads what our own tools printed

from assistant.export.pdf import to_pdf
from assistant.export.report import export_docx
from assistant.export.style import Style
from assistant.office.headings import heading_level
from assistant.records import Draft, Period, ReportKind, SectionText

FONTS = Path(__file__).resolve().parent.parent / "tests" / "data" / "fonts.conf"
_PAGE_NUMBER = re.compile(r"—\s*(\d+)\s*—")
_FULL_WIDTH = re.compile("[\u2e80-\u9fff\uff01-\uff60\u3001-\u3017]")
_POINTS_PER_MM = 72 / 25.4
_DPI = 300
_LEVELS = {-1: "标题", 0: "正文", 1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


@dataclass(frozen=True)
class Line:
    """A rendered line in points from the page's upper left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    font: str
    size: float


@dataclass(frozen=True)
class Styled:
    """A piece of rendered text: where, how wide, in which size and font."""

    top: float
    width: float
    size: float
    family: str


@dataclass(frozen=True)
class PageMeasure:
    """One page. Margins in millimetres; `characters` counts each wholly full-width line that reaches the right edge."""

    number: int
    lines: int
    characters: Counter[int]
    left_mm: float
    right_mm: float
    top_mm: float
    bottom_mm: float
    page_number: str = ""
    side: str = ""
    inset_characters: float = 0.0


@dataclass(frozen=True)
class LayoutMeasure:
    """A whole document: pages, the fonts each level is set in, and how far below the type area the dashes stand."""

    pages: tuple[PageMeasure, ...]
    fonts: dict[str, Counter[str]]
    dash_mm: float | None = None


def measure(pdf: Path, style: Style | None = None) -> LayoutMeasure:
    """Measure a rendered report against a style's type area."""
    style = style or Style()
    pages: list[PageMeasure] = []
    fonts: dict[str, Counter[str]] = {}
    for number, lines in enumerate(read_pages(pdf), 1):
        body = [line for line in lines if not _PAGE_NUMBER.fullmatch(line.text)]
        pages.append(_measure_page(number, body, next((line for line in lines if line not in body), None), style))
        for line in body:
            level = -1 if line.size > style.body_size_pt + 2 else heading_level(line.text)
            fonts.setdefault(_LEVELS[level], Counter())[line.font] += 1
    return LayoutMeasure(tuple(pages), fonts, _dash_below(pdf, style))


def _measure_page(number: int, body: list[Line], foot: Line | None, style: Style) -> PageMeasure:
    edge = _page_points(210 - style.right_mm)
    full = [line for line in body if edge - line.right < style.body_size_pt * 0.6]
    wide = [line for line in full if all(_FULL_WIDTH.match(character) for character in line.text)]
    at_left = [line.left for line in body if line.size < style.body_size_pt + 2]
    side, inset = _page_number_place(foot, edge, style)
    return PageMeasure(
        number,
        len(body),
        Counter(len(line.text) for line in wide),
        min(at_left, default=0.0) / _POINTS_PER_MM,
        210 - max((line.right for line in full), default=0.0) / _POINTS_PER_MM,
        (min(line.bottom for line in body) - style.line_pitch_pt) / _POINTS_PER_MM if body else 0.0,
        297 - max((line.bottom for line in body), default=0.0) / _POINTS_PER_MM,
        foot.text if foot else "",
        side,
        inset,
    )


def _page_number_place(foot: Line | None, edge: float, style: Style) -> tuple[str, float]:
    """The side a page number stands on and its distance from the type area's edge, in its own characters."""
    if foot is None:
        return "", 0.0
    if (foot.left + foot.right) / 2 < _page_points(105):
        return "left", (foot.left - _page_points(style.left_mm)) / style.page_number_size_pt
    return "right", (edge - foot.right) / style.page_number_size_pt


def _page_points(mm: float) -> float:
    return mm * _POINTS_PER_MM


def read_pages(pdf: Path) -> list[list[Line]]:
    """The lines of each page: exact boxes from pdftotext, fonts from pdftohtml."""
    boxes = _run("pdftotext", "-bbox", str(pdf), "-")
    root = ElementTree.fromstring(re.sub(r' xmlns="[^"]+"', "", boxes[boxes.index("<html") :]))  # nosec B314
    styled = _fonts_by_page(pdf)
    return [_lines(page, styled[number]) for number, page in enumerate(root.iter("page"))]


def _lines(page: ElementTree.Element, fonts: list[Styled]) -> list[Line]:
    rows: dict[int, list[ElementTree.Element]] = {}
    for word in page.iter("word"):
        middle = (float(word.get("yMin", 0)) + float(word.get("yMax", 0))) / 2
        near = next((row for row in rows if abs(row - middle) < 8), round(middle))
        rows.setdefault(near, []).append(word)
    lines = []
    for row in sorted(rows):
        words = sorted(rows[row], key=lambda word: float(word.get("xMin", 0)))
        left, top = float(words[0].get("xMin", 0)), min(float(word.get("yMin", 0)) for word in words)
        size, font = _font_at(fonts, top)
        edges = (max(float(word.get(name, 0)) for word in words) for name in ("xMax", "yMax"))
        lines.append(Line("".join(word.text or "" for word in words), left, next(edges), top, next(edges), font, size))
    return lines


def _font_at(fonts: list[Styled], top: float) -> tuple[float, str]:
    """Size and family of the font that takes most room on a line."""
    room: Counter[tuple[float, str]] = Counter()
    for entry in fonts:
        if abs(entry.top - top) < 8:
            room[entry.size, entry.family] += round(entry.width)
    return max(room, key=lambda font: room[font], default=(0.0, ""))


def _fonts_by_page(pdf: Path) -> list[list[Styled]]:
    root = ElementTree.fromstring(_run("pdftohtml", "-xml", "-i", "-stdout", "-fontfullname", "-zoom", "1", str(pdf)))  # nosec B314
    known: dict[str, tuple[float, str]] = {}
    pages = []
    for page in root.iter("page"):
        for spec in page.iter("fontspec"):
            family = spec.get("family", "").partition("+")[2] or spec.get("family", "")
            known[spec.get("id", "")] = float(spec.get("size", 0)), family
        texts = [(text, known.get(text.get("font", ""), (0.0, ""))) for text in page.iter("text")]
        pages.append([Styled(float(text.get("top", 0)), float(text.get("width", 0)), *font) for text, font in texts])
    return pages


def _dash_below(pdf: Path, style: Style) -> float | None:
    """How many millimetres below the type area the first page's dashes are drawn, from its picture."""
    with tempfile.TemporaryDirectory() as folder:
        _run("pdftoppm", "-r", str(_DPI), "-gray", "-f", "1", "-l", "1", "-singlefile", str(pdf), f"{folder}/page")
        data = (Path(folder) / "page.pgm").read_bytes()
    header = re.match(rb"P5\s+(\d+)\s+(\d+)\s+\d+\s", data)
    if header is None:
        return None
    columns = int(header[1])
    pixels = data[header.end() :]
    first = round((297 - style.bottom_mm + 1) / 25.4 * _DPI)
    for row in range(first, int(header[2])):
        longest = max(
            (len(run) for run in re.findall(rb"[\x00-\x60]+", pixels[row * columns : (row + 1) * columns])), default=0
        )
        if longest > style.page_number_size_pt / 72 * _DPI * 0.4:
            return row / _DPI * 25.4 - (297 - style.bottom_mm)
    return None


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, check=True, text=True, timeout=120).stdout


def sample_draft(pages: int = 4) -> Draft:
    """A report without half-width characters in its body, so that full lines can be counted."""
    sentence = "坚持日常巡查与专项检查相结合，紧盯重点行业领域和薄弱环节，对发现的问题现场交办、限期整改、跟踪问效。"
    sections = [SectionText("00", "", 0, sentence * 2)]
    for number, heading in zip(
        "一二三四五六七八"[: pages * 2], ("压实责任", "排查隐患", "广泛宣传", "强化应急") * 2, strict=True
    ):
        sections.append(SectionText(number, f"{number}、{heading}", 1, ""))
        text = f"{sentence * 5}\n1.开展专题培训\n{sentence * 3}\n（1）组织集中学习\n{sentence * 2}"
        sections.append(SectionText(f"{number}.1", "（一）企业和场所安全", 2, text))
    return Draft(
        "layout",
        ReportKind.ANNUAL,
        Period(date(2024, 1, 1), date(2024, 12, 31)),
        "清河镇2024年安全生产工作总结及2025年工作打算",
        "清河镇",
        tuple(sections),
        addressee="县安全生产委员会",
        signature="清河镇安全生产委员会办公室",
        signed_on="2025-01-06",
    )


def render_sample(folder: Path, style: Style | None = None) -> Path:
    """Export the sample report and render it; the PDF."""
    os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
    export_docx(sample_draft(), folder / "layout.docx", style=style)
    to_pdf(folder / "layout.docx", folder / "layout.pdf")
    return folder / "layout.pdf"


def render_town(folder: Path) -> list[tuple[str, Path]]:
    """The sample town's annual report as PDF, without and with its annex."""
    from assistant.wordfiles import export_word
    from evals.roundtrip import sample_town

    os.environ.setdefault("FONTCONFIG_FILE", str(FONTS))
    workspace, draft = sample_town(folder)
    made = [("样例镇年度总结", folder / "plain.pdf", False), ("样例镇年度总结附核数表", folder / "annex.pdf", True)]
    for _, path, annex in made:
        export_word(workspace, draft.id, path, annex=annex)
    workspace.close()
    return [(name, path) for name, path, _ in made]


def main(arguments: list[str] | None = None) -> None:
    """Measure a PDF, or a sample of full-width characters and the sample town's report with and without annex."""
    from evals.layout_rules import print_requirements, requirements

    given = arguments if arguments is not None else sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        if given and given[0].endswith(".pdf"):
            print_measure(measure(Path(given[0])))
            return
        sample = render_sample(Path(folder))
        print_measure(measure(sample))
        met = [
            print_requirements(name, requirements(pdf))
            for name, pdf in [("排版样张", sample), *render_town(Path(folder))]
        ]
    if not all(met):
        sys.exit(1)


def print_measure(result: LayoutMeasure) -> None:
    """Page by page, then the fonts."""
    for page in result.pages:
        characters = "、".join(f"{count}字×{lines}行" for count, lines in sorted(page.characters.items()))
        print(
            f"第{page.number}页：{page.lines} 行；满行 {characters or '无'}；上 {page.top_mm:.2f} 下 {page.bottom_mm:.2f} "
            f"左 {page.left_mm:.2f} 右 {page.right_mm:.2f} 毫米；页码 {page.page_number} 在{page.side}，空 {page.inset_characters:.2f} 字"
        )
    for level, fonts in result.fonts.items():
        print(f"{level}：" + "、".join(f"{font}（{count}）" for font, count in fonts.most_common()))
    if result.dash_mm is not None:
        print(f"页码一字线在版心下 {result.dash_mm:.2f} 毫米")


if __name__ == "__main__":
    main()
