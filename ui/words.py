"""The words the page uses for verdicts, severities and kinds, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from assistant.records import Cell, CheckReport, Fact, ReportKind, VerdictKind

GRAVEST_FIRST = (
    VerdictKind.CONTRADICTED,
    VerdictKind.UNSUPPORTED,
    VerdictKind.AMBIGUOUS,
    VerdictKind.APPROX_OK,
    VerdictKind.SUPPORTED,
)
FINDING = "finding"
OMISSION = "omission"
KIND_NAMES = {ReportKind.ANNUAL: "全年总结", ReportKind.HALF_YEAR: "半年总结"}

_SHOWN_CELLS = 5
_HUNDREDTH = Decimal("0.01")


def stated(fact: Fact) -> str:
    """A fact's value and unit, as a person reads it: 184家次, 97.59%."""
    value = fact.value
    places = value.as_tuple().exponent
    if isinstance(places, int) and places < -2:
        value = value.quantize(_HUNDREDTH, ROUND_HALF_UP)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + fact.unit


def cells_named(cells: Sequence[Cell], limit: int = _SHOWN_CELLS) -> list[str]:
    """Where figures stand, one line a sheet: 2024.xlsx · 检查台账：D4（12）、D5（7）等 8 处."""
    sheets: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        sheets.setdefault((cell.file, cell.sheet), []).append(cell)
    return [_sheet_named(place, held, limit) for place, held in sheets.items()]


def _sheet_named(place: tuple[str, str], cells: Sequence[Cell], limit: int) -> str:
    shown = "、".join(_cell_named(cell) for cell in cells[:limit] if cell.cell)
    rest = f"等 {len(cells)} 处" if len(cells) > limit else ""
    where = " · ".join(part for part in place if part)
    return f"{where}：{shown}{rest}" if shown else where


def _cell_named(cell: Cell) -> str:
    written = cell.text if len(cell.text) <= 16 else cell.text[:15] + "…"
    return f"{cell.cell}（{written}）" if written else cell.cell


def open_count(report: CheckReport) -> int:
    """How many places of the text a person has to look at."""
    unsettled = (VerdictKind.CONTRADICTED, VerdictKind.UNSUPPORTED, VerdictKind.AMBIGUOUS)
    return sum(map(report.count, unsettled)) + len(report.findings)


def summary_of(report: CheckReport) -> str:
    """The check in one sentence."""
    if not report.verdicts:
        return "没有读到需要核对的数字。"
    left = open_count(report)
    return f"{len(report.verdicts)} 个数字，" + (f"{left} 处要看。" if left else "都与台账相符。")
