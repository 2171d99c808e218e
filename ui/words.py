"""The words the page uses for verdicts, severities and kinds, in one place."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.records import Cell, CheckReport, ReportKind, Severity, VerdictKind

VERDICT_NAMES = {
    VerdictKind.CONTRADICTED: "与台账不符",
    VerdictKind.UNSUPPORTED: "查无依据",
    VerdictKind.AMBIGUOUS: "无法判定",
    VerdictKind.APPROX_OK: "约数相符",
    VerdictKind.SUPPORTED: "属实",
}
FINDING = "finding"
FINDING_NAMES = {Severity.ERROR: "错误", Severity.WARNING: "注意", Severity.INFO: "提示"}
KIND_NAMES = {ReportKind.ANNUAL: "全年总结", ReportKind.HALF_YEAR: "半年总结"}
WRITER_NAMES = {"offline": "按往年滚动", "model": "模型", "person": "人工"}

_SHOWN_CELLS = 5


def cells_named(cells: Sequence[Cell], limit: int = _SHOWN_CELLS) -> list[str]:
    """Where figures stand, one line a cell, the rest counted: 2024.xlsx · 检查台账 · D4（写着“12”）."""
    lines = [_cell_named(cell) for cell in cells[:limit]]
    if len(cells) > limit:
        lines.append(f"……共 {len(cells)} 处")
    return lines


def _cell_named(cell: Cell) -> str:
    place = " · ".join(part for part in (cell.file, cell.sheet, cell.cell) if part)
    written = cell.text if len(cell.text) <= 20 else cell.text[:19] + "…"
    return f"{place}（写着“{written}”）" if written else place


def summary_of(report: CheckReport) -> str:
    """The check in one sentence."""
    if not report.verdicts:
        return "没有读到需要核对的数字。"
    wrong = report.count(VerdictKind.CONTRADICTED)
    doubtful = report.count(VerdictKind.UNSUPPORTED) + report.count(VerdictKind.AMBIGUOUS)
    fine = len(report.verdicts) - wrong - doubtful
    parts = [f"{fine} 个属实"]
    parts += [f"{wrong} 个与台账不符"] if wrong else []
    parts += [f"{doubtful} 个查无依据或无法判定"] if doubtful else []
    return f"共核对 {len(report.verdicts)} 个数字：" + "，".join(parts) + "。"
