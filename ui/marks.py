"""A check report in the shape the editor paints: one item a verdict or finding, with what its card says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from assistant.periods import chinese_name, year_earlier
from assistant.records import CheckReport, Fact, Finding, Kind, Period, Verdict, VerdictKind
from ui.words import FINDING, OMISSION, cells_named, stated, summary_of

Item = dict[str, Any]
_NUMBER = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿]")
_LASTING = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)


class _Known:
    """The facts a card may speak of, found by their id or as the same thing a year before."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        self.by_id = {fact.id: fact for fact in facts}
        self._same = {_what(fact, fact.period): fact for fact in facts}

    def year_before(self, fact: Fact) -> Fact | None:
        return self._same.get(_what(fact, year_earlier(fact.period)))


def _what(fact: Fact, period: Period) -> tuple[object, ...]:
    return (fact.indicator, fact.measure, fact.place, fact.topic, period)


def marks_of(report: CheckReport, facts: Sequence[Fact]) -> dict[str, Any]:
    """The report as the editor takes it. Offsets count UTF-16 units, as browsers do."""
    known = _Known(facts)
    items = [_verdict_item(verdict, known) for verdict in report.verdicts]
    items += [_finding_item(finding) for finding in report.findings]
    items.sort(key=lambda item: (item["start"], item["end"]))
    to_utf16(report.text, items)
    return {"items": items, "summary": summary_of(report)}


def _verdict_item(verdict: Verdict, known: _Known) -> Item:
    return {
        "start": verdict.start,
        "end": verdict.end,
        "surface": verdict.surface,
        "kind": str(verdict.verdict),
        "label": verdict.verdict.label,
        "message": verdict.message,
        "rows": _proof(verdict, known),
        "use": _replacement(verdict),
    }


def _proof(verdict: Verdict, known: _Known) -> list[list[str]]:
    fact = verdict.fact
    rows: list[list[str]] = []
    if verdict.expected and verdict.verdict not in _LASTING:
        rows.append(["台账为", verdict.expected])
    if fact:
        rows.append(["指标", f"{fact.name}（{fact.topic}）" if fact.topic else fact.name])
        rows.append(["期间", chinese_name(fact.period)])
        rows += [["台账数", stated(fact)]] if stated(fact) != verdict.expected else []
        rows += [["算法", fact.formula]] if fact.formula else []
        rows += [["其中用到", _stated_whole(known.by_id[each])] for each in fact.inputs if each in known.by_id]
        before = known.year_before(fact)
        rows += [["去年同期", stated(before)]] if before else []
    rows += [["" if place else "出处", line] for place, line in enumerate(cells_named(verdict.evidence))]
    return rows


def _stated_whole(fact: Fact) -> str:
    return f"{chinese_name(fact.period)}{fact.name} {stated(fact)}"


def _replacement(verdict: Verdict) -> str:
    """What can be put in a wrong figure's place; empty where a number alone would not make it right.

    A statement of nothing, or a wrong 上升, takes more than another number. Where the text gives the
    unit once for several figures, the number goes in without it.
    """
    claim, expected = verdict.claim, verdict.expected
    if verdict.verdict is not VerdictKind.CONTRADICTED or claim.kind is Kind.ZERO or not _NUMBER.match(expected):
        return ""
    unit = verdict.fact.unit if verdict.fact else ""
    shared = bool(unit) and (not claim.surface.endswith(claim.unit) if claim.unit else claim.surface[-1:].isdigit())
    fitting = expected.removesuffix(unit) if shared else expected
    return "" if fitting == claim.surface else fitting


def _finding_item(finding: Finding) -> Item:
    return {
        "start": finding.start,
        "end": finding.end,
        "surface": finding.surface if finding.end > finding.start else "",
        "kind": OMISSION if finding.about else FINDING,
        "label": "没有写到" if finding.about else finding.severity.label,
        "message": finding.message,
        "rows": [["建议", finding.suggestion]] if finding.suggestion else [],
        "use": "",
        "about": finding.about,
    }


def to_utf16(text: str, items: Sequence[Item]) -> None:
    """Move offsets past characters that browsers count as two."""
    wide = [place for place, char in enumerate(text) if ord(char) > 0xFFFF]
    if not wide:
        return
    for item in items:
        for edge in ("start", "end"):
            item[edge] += sum(1 for place in wide if place < item[edge])
