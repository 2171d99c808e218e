"""The shapes of ``--json`` output, kept stable and described in docs/json.md."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.factcheck.report import as_json, finding_shape, verdict_shape
from assistant.periods import period_id
from assistant.records import Cell, CheckReport, Draft, Fact, Finding, Notice, Quantity, Verdict

if TYPE_CHECKING:
    from assistant.ledger.reports import ImportReport, SheetNote
    from assistant.workflow import Span

Shape = dict[str, Any]
Placed = TypeVar("Placed", Verdict, Finding)


def facts_shape(facts: Sequence[Fact]) -> list[Shape]:
    """Facts; a comparison's indicator carries its measure (``hazard.found#yoy_percent``), so that each
    indicator and period stands once."""
    return [
        {
            "id": fact.id,
            "indicator": fact.indicator if fact.measure == "value" else f"{fact.indicator}#{fact.measure}",
            "name": fact.name,
            "topic": fact.topic,
            "period": period_id(fact.period),
            "value": str(fact.value),
            "unit": fact.unit,
            "evidence": [cell_shape(cell) for cell in fact.evidence],
            "formula": fact.formula,
            "inputs": list(fact.inputs),
            "measure": fact.measure,
        }
        for fact in facts
    ]


def cell_shape(cell: Cell) -> Shape:
    """Where a figure stands."""
    return {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell}


def notice_shape(notice: Notice) -> Shape:
    """A notice with its place, if it has one."""
    return {
        "severity": str(notice.severity),
        "kind": notice.kind,
        "message": notice.message,
        "place": cell_shape(notice.cell) if notice.cell else None,
    }


def draft_shape(draft: Draft, report: CheckReport, spans: Mapping[str, Span]) -> Shape:
    """A draft with the verdicts and findings of each section; offsets are offsets into the section's text."""
    facts = {fact.id: fact for fact in draft.facts}
    return {
        "id": draft.id,
        "kind": str(draft.kind),
        "period": period_id(draft.period),
        "title": draft.title,
        "unit_name": draft.unit_name,
        "sections": [
            {
                "key": section.key,
                "heading": section.heading,
                "level": section.level,
                "text": section.text,
                "writer": section.writer,
                "slots": [_slot_shape(identity, facts.get(identity)) for identity in section.slots],
                "verdicts": [
                    verdict_shape(v, spans[section.key].start) for v in _inside(report.verdicts, spans[section.key])
                ],
                "findings": [
                    finding_shape(f, spans[section.key].start) for f in _inside(report.findings, spans[section.key])
                ],
                "missing": list(section.missing),
                "notices": [notice_shape(notice) for notice in section.notices],
                "model": section.model,
                "prompt_hash": section.prompt_hash,
                "tokens": section.tokens,
                "seconds": str(section.seconds),
            }
            for section in draft.sections
        ],
        "missing": sorted({name for section in draft.sections for name in section.missing}),
        "notices": [notice_shape(notice) for notice in draft.notices],
        "verdict_counts": as_json(report)["counts"],
        "tokens": sum(section.tokens for section in draft.sections),
        "seconds": str(sum(section.seconds for section in draft.sections)),
    }


def _slot_shape(identity: str, fact: Fact | None) -> Shape:
    if fact is None:
        return {"fact": identity}
    return {"fact": identity, "indicator": fact.indicator, "value": str(fact.value), "unit": fact.unit}


def _inside(items: Sequence[Placed], span: Span) -> list[Placed]:
    return [item for item in items if span.start <= item.start and item.end <= span.end]


def quantity_shape(quantity: Quantity) -> Shape:
    """A number mention as read."""
    return {
        "start": quantity.start,
        "end": quantity.end,
        "surface": quantity.surface,
        "value": _plain(quantity.value),
        "low": _plain(quantity.low),
        "high": _plain(quantity.high),
        "unit": quantity.unit,
        "approx": str(quantity.approx),
        "kind": str(quantity.kind),
        "claim": quantity.is_claim,
        "period": period_id(quantity.period) if quantity.period else None,
        "denies": quantity.denies,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def import_shape(report: ImportReport) -> Shape:
    """The outcome of an import."""
    return {
        "town": report.town,
        "files": list(report.files),
        "failed": list(report.failed),
        "observations": report.observations,
        "sheets": [sheet_shape(sheet) for sheet in report.sheets],
        "notices": [notice_shape(notice) for notice in report.notices],
    }


def sheet_shape(sheet: SheetNote) -> Shape:
    """A sheet as understood, with its columns."""
    return {**asdict(sheet), "columns": [asdict(column) for column in sheet.columns]}
