"""A check as plain data and as a plain table.

The JSON has the shape::

    {"period": "2024", "length": 812,
     "claims": [{"start": 24, "end": 29, "surface": "4.2亿元", "verdict": "contradicted", "reason": "wrong_unit",
                 "indicator": "投入资金", "fact": "投入资金@2024", "expected": "42000元",
                 "evidence": [{"file": "2024.xlsx", "sheet": "检查", "cell": "D4", "text": "42000"}],
                 "message": "…"}],
     "findings": [{"kind": "numbering_gap", "severity": "warning", "start": 80, "end": 83, "surface": "（六）",
                   "message": "…", "suggestion": "…"}],
     "counts": {"supported": 12, "approx_ok": 2, "contradicted": 1, "unsupported": 3, "ambiguous": 0},
     "chance": {"claims": 18, "fit_by_value_alone": 11}}
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

from assistant.periods import chinese_name, period_id
from assistant.records import Cell, CheckReport, Finding, Verdict, VerdictKind

VERDICT_NAMES = {
    VerdictKind.SUPPORTED: "有据",
    VerdictKind.APPROX_OK: "约数相符",
    VerdictKind.CONTRADICTED: "不符",
    VerdictKind.UNSUPPORTED: "无据",
    VerdictKind.AMBIGUOUS: "待辨",
}

#: Every reason a verdict may have, as a reviewer reads it.
REASON_NAMES = {
    "exact": "数值一致",
    "rounded": "四舍五入后一致",
    "approx_good": "约数相符",
    "approx_edge": "正好是整数，不必写余",
    "derived_sum": "由台账相加得出",
    "derived_ratio": "由台账相除得出",
    "derived_difference": "由台账相减得出",
    "all_claim": "确为全部",
    "zero_by_grade": "未见该等级事故",
    "wrong_value": "数值不符",
    "wrong_unit": "单位不符",
    "stale": "沿用上年数",
    "wrong_period": "用了别的期间的数",
    "wrong_subject": "用了别的指标的数",
    "wrong_direction": "增减方向或倍数说法不对",
    "bad_approximation": "约数不当",
    "bad_sum": "合计不符",
    "bad_ratio": "比率不符",
    "zero_contradicted": "台账中有发生",
    "sources_disagree": "台账自身不一致",
    "no_row": "台账无此数据",
    "zero_no_row": "台账无此数据",
    "other_period_only": "台账只有别的期间",
    "unsure": "口径未必相同",
    "not_done": "计划或在办，未完成",
    "unreadable": "看不出数值",
}


def as_json(report: CheckReport) -> dict[str, object]:
    """The report as plain data; see the module's docstring for its shape."""
    return {
        "period": period_id(report.period),
        "length": len(report.text),
        "claims": [_claim(verdict) for verdict in report.verdicts],
        "findings": [_finding(finding) for finding in report.findings],
        "counts": {kind.value: report.count(kind) for kind in VerdictKind},
        "chance": {"claims": len(report.verdicts), "fit_by_value_alone": report.chance_matches},
    }


def _claim(verdict: Verdict) -> dict[str, object]:
    return {
        "start": verdict.start,
        "end": verdict.end,
        "surface": verdict.surface,
        "verdict": verdict.verdict.value,
        "reason": verdict.reason,
        "indicator": verdict.fact.name if verdict.fact else None,
        "fact": verdict.fact.id if verdict.fact else None,
        "expected": verdict.expected,
        "evidence": [_cell(cell) for cell in verdict.evidence],
        "message": verdict.message,
    }


def _cell(cell: Cell) -> dict[str, str]:
    return {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "text": cell.text}


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "surface": finding.surface,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def cell_name(cell: Cell) -> str:
    """A cell as a reviewer reads it: 2024.xlsx 检查台账 D4."""
    return " ".join(part for part in (cell.file, cell.sheet, cell.cell) if part)


def summary(report: CheckReport) -> str:
    """The outcome in one or two sentences; a text in which nothing could be read never passes as right."""
    if not report.verdicts:
        return f"没有读到可核对的数字，不能说明这份材料没有问题。另有{len(report.findings)}处其他问题。"
    counts = "，".join(f"{VERDICT_NAMES[kind]}{report.count(kind)}处" for kind in VerdictKind if report.count(kind))
    total = len(report.verdicts)
    return (
        f"{chinese_name(report.period)}，共{total}处数字：{counts}；其他问题{len(report.findings)}处。"
        f"仅看数值，{total}处中有{report.chance_matches}处能碰上台账里的某个数，因此本结果同时比对了文字、单位和期间。"
    )


def as_rows(report: CheckReport) -> list[tuple[str, str, str, str, str]]:
    """One row a claim: 文中写法, 结论, 台账指标, 应为, 依据."""
    return [
        (
            verdict.surface,
            VERDICT_NAMES[verdict.verdict],
            verdict.fact.name if verdict.fact else "",
            verdict.expected,
            "；".join(cell_name(cell) for cell in verdict.evidence[:3]),
        )
        for verdict in report.verdicts
    ]


def as_table(report: CheckReport) -> str:
    """The report as text for a terminal: the table of claims, what is wrong, the findings, the outcome."""
    rows = [("文中写法", "结论", "台账指标", "应为", "依据"), *as_rows(report)]
    widths = [max(_width(row[column]) for row in rows) for column in range(4)]
    lines = ["  ".join([*map(_pad, row[:4], widths), row[4]]).rstrip() for row in rows]
    return "\n".join([*lines, "", *_remarks(report), summary(report)])


def _remarks(report: CheckReport) -> Iterator[str]:
    for verdict in report.verdicts:
        if verdict.verdict in (VerdictKind.CONTRADICTED, VerdictKind.AMBIGUOUS):
            yield f"✗ {verdict.message}"
    for finding in report.findings:
        yield f"! {finding.message}" + (f"（{finding.suggestion}）" if finding.suggestion else "")


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
