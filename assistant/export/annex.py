"""The annex 核数表: every figure of a report with its indicator, verdict, formula and cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.export.style import Style
from assistant.export.tables import plain_paragraph, table
from assistant.office.elements import ANNEX_END, ANNEX_START
from assistant.office.ooxml import Element, make, w
from assistant.records import Cell, CheckReport, Draft, Fact, Finding, Verdict, VerdictKind

PASSED = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)
_MOST_CELLS = 8  # in one row of the annex; the workbook has them all
_CHECKED_WIDTHS = (7, 14, 18, 12, 13, 36)  # percent of the type area
_FINDING_WIDTHS = (7, 9, 28, 56)
_LONGEST_QUOTE = 60
_DRAFT_WIDTHS = (7, 16, 23, 20, 34)


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of the annex, every field as it is shown. `passed` is False where the figure needs a person."""

    figure: str
    indicator: str
    verdict: str
    expected: str
    formula: str
    evidence: tuple[Cell, ...]
    message: str = ""
    passed: bool = True


def rows_of_report(report: CheckReport) -> list[FigureRow]:
    """A row for every verdict of a check, in the order of the text."""
    return [_row_of(verdict) for verdict in sorted(report.verdicts, key=lambda verdict: (verdict.start, verdict.end))]


def _row_of(verdict: Verdict) -> FigureRow:
    fact = verdict.fact
    return FigureRow(
        figure=verdict.surface,
        indicator=fact.name if fact else "",
        verdict=verdict.verdict.label,
        expected=verdict.expected,
        formula=fact.formula if fact else "",
        evidence=verdict.evidence or (fact.evidence if fact else ()),
        message=verdict.message,
        passed=verdict.verdict in PASSED,
    )


def rows_of_draft(draft: Draft) -> list[FigureRow]:
    """A row for every fact rendered into the draft, in the order of the text."""
    facts = {fact.id: fact for fact in draft.facts}
    used = [facts[slot] for section in draft.sections for slot in section.slots if slot in facts]
    return [
        FigureRow(f"{_rounded(fact.value)}{fact.unit}", fact.name, "", "", fact.formula, cells_behind(fact, facts))
        for fact in used
    ]


def _rounded(value: Decimal) -> str:
    """A value with two decimals at most, none that say nothing."""
    text = f"{round(value, 2):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cells_behind(fact: Fact, facts: Mapping[str, Fact]) -> tuple[Cell, ...]:
    """The fact's own cells, and for a derived one those of the facts it uses."""
    cells = [*fact.evidence]
    for identity in fact.inputs:
        if identity in facts and identity != fact.id:
            cells += facts[identity].evidence
    return tuple(dict.fromkeys(cells))


def describe_cells(cells: Iterable[Cell], most: int = _MOST_CELLS, *, narrow: bool = False) -> str:
    """The cells as a person looks them up: file, sheet, addresses; "" for none. `narrow`: with blanks to break lines at."""
    cells = tuple(cells)
    places: dict[tuple[str, str], list[str]] = {}
    for cell in cells[:most]:
        places.setdefault((cell.file, cell.sheet), []).append(cell.cell)
    blank, comma = (" ", ", ") if narrow else ("", "、")
    said = [
        f"{file}〔{sheet}〕{blank}{comma.join(found)}" if sheet else f"{file} {comma.join(found)}"
        for (file, sheet), found in places.items()
    ]
    rest = f"，等共 {len(cells)} 处" if len(cells) > most else ""
    return "；".join(said) + rest


def annex_blocks(
    rows: list[FigureRow],
    width: int,
    style: Style,
    *,
    checked: bool,
    findings: Sequence[Finding] = (),
    bookmark: int = 0,
    number: int = 0,
) -> list[Element]:
    """The annex on a page of its own (7.3.7), bookmarked so that it is known again when the file is read.

    `width` is that of the type area in twips, `bookmark` the first of two ids no bookmark of the document has, `number` the
    annex's where there are several.
    """
    heading = plain_paragraph(f"附件{number or ''}", style.level_1_font, style.level_1_font, 32, "left", new_page=True)
    _bookmark(heading, bookmark, ANNEX_START)
    title = plain_paragraph("核数表", style.title_font, style.title_font, 44, "center")
    gaps = [plain_paragraph("", style.body_font, style.latin_font, 32, "left") for _ in range(2)]
    shares = _CHECKED_WIDTHS if checked else _DRAFT_WIDTHS
    widths = [width * share // 100 for share in shares]
    cells = [_head(checked), *(_cells(number, row, checked) for number, row in enumerate(rows, 1))]
    marked = frozenset(number for number, row in enumerate(rows, 1) if not row.passed)
    foot = plain_paragraph("", style.body_font, style.latin_font, 2, "left")
    for spacing in foot.iter(w("spacing")):
        if spacing.get(w("line")):
            spacing.set(w("line"), "1")  # or a page that is just full pushes it onto an empty one
    _bookmark(foot, bookmark + 1, ANNEX_END)
    figures = table(cells, widths, style, marked=marked)
    return [heading, gaps[0], title, gaps[1], figures, *_findings(findings, width, style), foot]


def _findings(findings: Sequence[Finding], width: int, style: Style) -> list[Element]:
    """The defects that are no one figure's, in a table of their own."""
    if not findings:
        return []
    rows = [["序号", "程度", "原文", "说明和建议"]]
    for number, finding in enumerate(findings, 1):
        said = f"{finding.message.rstrip('。')}。建议：{finding.suggestion}" if finding.suggestion else finding.message
        rows.append([str(number), finding.severity.label, finding.surface[:_LONGEST_QUOTE] or "—", said])
    caption = plain_paragraph("其他问题", style.level_1_font, style.level_1_font, 28, "left")
    gap = plain_paragraph("", style.body_font, style.latin_font, 20, "left")
    return [gap, caption, table(rows, [width * share // 100 for share in _FINDING_WIDTHS], style)]


def _bookmark(paragraph: Element, identity: int, name: str) -> None:
    """A bookmark on a point at the paragraph's start."""
    paragraph.insert(1, make("bookmarkEnd", id=identity))
    paragraph.insert(1, make("bookmarkStart", id=identity, name=name))


def _head(checked: bool) -> list[str]:
    if checked:
        return ["序号", "文中数字", "指标", "核对结果", "台账数", "计算方法和台账单元格"]
    return ["序号", "文中数字", "指标", "计算方法", "台账单元格"]


def _cells(number: int, row: FigureRow, checked: bool) -> list[str]:
    evidence = describe_cells(row.evidence, narrow=True)
    if not checked:
        return [str(number), row.figure, row.indicator or "—", row.formula or "—", evidence or "—"]
    proof = "；".join(part for part in (row.formula, evidence) if part)
    if not row.passed and not proof:
        proof = row.message
    return [str(number), row.figure, row.indicator or "—", row.verdict, row.expected or "—", proof or "—"]
