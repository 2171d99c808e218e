"""A check as plain data, and in a sentence.

The JSON has the shape::

    {"period": "2024", "length": 812,
     "verdicts": [{"start": 24, "end": 29, "surface": "4.2亿元", "verdict": "contradicted", "reason": "wrong_unit",
                   "indicator": "投入资金", "fact": "投入资金@2024", "expected": "42000元",
                   "evidence": [{"file": "2024.xlsx", "sheet": "检查", "cell": "D4", "text": "42000"}],
                   "message": "…"}],
     "findings": [{"kind": "numbering_gap", "severity": "warning", "start": 80, "end": 83, "surface": "（六）",
                   "message": "…", "suggestion": "…"}],
     "counts": {"supported": 12, "approx_ok": 2, "contradicted": 1, "unsupported": 3, "ambiguous": 0},
     "chance": {"claims": 18, "fit_by_value_alone": 11}}
"""

from __future__ import annotations

from dataclasses import asdict

from assistant.periods import chinese_name, period_id
from assistant.records import CheckReport, Finding, Verdict, VerdictKind

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
        "verdicts": [verdict_shape(verdict) for verdict in report.verdicts],
        "findings": [finding_shape(finding) for finding in report.findings],
        "counts": {kind.value: report.count(kind) for kind in VerdictKind},
        "chance": {"claims": len(report.verdicts), "fit_by_value_alone": report.chance_matches},
    }


def verdict_shape(verdict: Verdict, origin: int = 0) -> dict[str, object]:
    """A verdict as plain data, its offsets counted from `origin`."""
    return {
        "start": verdict.start - origin,
        "end": verdict.end - origin,
        "surface": verdict.surface,
        "verdict": verdict.verdict.value,
        "reason": verdict.reason,
        "indicator": verdict.fact.name if verdict.fact else None,
        "fact": verdict.fact.id if verdict.fact else None,
        "expected": verdict.expected,
        "evidence": [asdict(cell) for cell in verdict.evidence],
        "message": verdict.message,
    }


def finding_shape(finding: Finding, origin: int = 0) -> dict[str, object]:
    """A finding as plain data, its offsets counted from `origin`."""
    return {
        "kind": finding.kind,
        "severity": finding.severity.value,
        "start": finding.start - origin,
        "end": finding.end - origin,
        "surface": finding.surface,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }


def summary(report: CheckReport) -> str:
    """The outcome in one or two sentences; a text in which nothing could be read never passes as right."""
    if not report.verdicts:
        return f"没有读到可核对的数字，不能说明这份材料没有问题。另有 {len(report.findings)} 处其他问题。"
    counts = "，".join(f"{kind.label} {report.count(kind)}" for kind in VerdictKind if report.count(kind))
    total = len(report.verdicts)
    return (
        f"{chinese_name(report.period)}，共 {total} 个数字：{counts}；其他问题 {len(report.findings)} 处。"
        f"（仅看数值，{total} 个中有 {report.chance_matches} 个能碰上台账里的某个数，因此同时比对了文字、单位和期间。）"
    )
