"""What the ledger has and the text has not: required indicators never mentioned, targets below what was reached."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from assistant.alignment.readings import Alignment, read_claims
from assistant.alignment.units import UnitFit
from assistant.quantities.render import render
from assistant.records import Approx, Finding, Kind, Quantity, Severity, Verdict
from assistant.registry.registry import Registry

_NOT_AIMED_UP = (
    "accident",
    "death",
    "injury",
    "loss",
    "fire",
    "drown",
    "hazard",
    "dangerhouse",
    "case",
    "fine",
    "violation",
)
_KINDS = frozenset((Kind.COUNT, Kind.PERCENT, Kind.MONEY))


def find_omissions(
    alignment: Alignment, verdicts: Sequence[Verdict], must_report: Sequence[str], registry: Registry
) -> Iterator[Finding]:
    """The indicators of `must_report` that no figure of the text states."""
    stated = {verdict.fact.indicator for verdict in verdicts if verdict.fact}
    stated |= {each.subject.indicator for each in alignment.aligned if each.subject}
    for identity in must_report:
        if identity in stated:
            continue
        entry = registry.find(identity)
        subject = alignment.index.of_indicator(entry.id if entry else identity)
        known = subject.known_at(alignment.report) if subject else None
        name = entry.name if entry else identity
        told = f"，台账为{render(known.value, known.unit)}" if known else ""
        message = f"没有写“{name}”{told}。"
        suggestion = "补写这项数据" if known else "台账中也没有这项数据，请补充"
        yield Finding(
            "omission", Severity.WARNING, 0, 0, "", message, suggestion, about=entry.id if entry else identity
        )


def find_low_targets(alignment: Alignment, quantities: Sequence[Quantity]) -> Iterator[Finding]:
    """Targets of the plan that are lower than what the period just ended has reached."""
    targets = [
        replace(each, is_claim=True)
        for each in quantities
        if not each.is_claim and each.kind in _KINDS and each.value and _is_planned(each, alignment)
    ]
    if not targets:
        return
    planned = read_claims(alignment.frame, targets, by_value=False)
    for each in planned.aligned:
        score = each.chosen
        if score is None or not score.is_firm or score.unit < UnitFit.EQUAL or each.claim.approx is Approx.LESS_THAN:
            continue
        if score.subject.known & set(_NOT_AIMED_UP) and not score.subject.is_rate:
            continue
        known = score.subject.known_at(alignment.report)
        if known is not None and Fraction(each.claim.value or 0) < Fraction(known.value):
            reached = render(known.value, known.unit)
            message = f"目标“{each.claim.surface}”低于已经达到的{reached}（{score.subject.name}）。"
            yield Finding(
                "low_target",
                Severity.INFO,
                each.claim.start,
                each.claim.end,
                each.claim.surface,
                message,
                "核对目标是否沿用旧稿",
            )


def _is_planned(each: Quantity, alignment: Alignment) -> bool:
    """Whether a figure that is no claim stands in the plan part, or in a sentence on a time to come."""
    sentence = alignment.layout.sentence_at(each.start)
    if sentence.line.is_plan:
        return True
    marker = alignment.frame.timing.holding(each.start, sentence.full_start)
    ahead = marker is not None and marker.period is not None and marker.period.start > alignment.report.end
    before = alignment.layout.text[sentence.full_start : each.start]
    return ahead or any(word in before for word in ("下一步", "明年", "计划", "力争", "下一年"))
