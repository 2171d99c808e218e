"""The report that rolls up a county's towns: a draft like any other, checked and exported like any other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from assistant.county.sections import Material, sections_of
from assistant.drafting.context import Context
from assistant.drafting.frame import date_of, signing_date
from assistant.errors import InputError
from assistant.ledger.facts import county_rollup
from assistant.ledger.rollup import ROSTER, Rollup, compared, read_roster, roster_facts
from assistant.periods import chinese_name, period_id, year_earlier
from assistant.records import ALL_TOWNS, CheckReport, Draft, Fact, Indicator, Notice, Period, ReportKind, Severity
from assistant.registry.registry import Registry
from assistant.store import drafts
from assistant.store.inputs import begin_draft, finished_draft
from assistant.workflow import check_draft, export_draft
from assistant.workspace import NO_MODEL, Workspace

TABLE_NAME = "各乡镇（街道）主要指标汇总表"
TABLE_COLUMNS = (
    "inspection.times", "inspection.enterprises", "hazard.found", "hazard.rectified", "hazard.rate", "order.rectification",
    "penalty.cases", "house.dangerous", "house.treated", "house.treated_rate", "publicity.leaflets", "training.people",
    "emergency.drills", "accident.count", "accident.deaths", "accident.injured",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountyReport:
    """The draft of a county's report, what its figures come from, and its check."""

    draft: Draft
    towns: Rollup
    missing: tuple[str, ...]  # towns that have not reported
    check: CheckReport


def of_county(workspace: Workspace) -> Workspace:
    """The workspace seen as a whole: all towns together."""
    return replace(workspace, settings=workspace.settings.model_copy(update={"town": ALL_TOWNS}))


def write_county_report(
    workspace: Workspace, kind: ReportKind, period: Period, *, county: str = "", today: date | None = None
) -> CountyReport:
    """Write the county's report from what the towns in the workspace's database have reported, and check it.

    Offline: code writes every sentence. Raises `InputError` where no town has anything in the period.
    """
    engine, registry = workspace.engine, workspace.registry
    now = county_rollup(engine, period, registry)
    if not now.towns:
        raise InputError(
            f"没有一个乡镇报送了 {period_id(period)} 的台账，无从汇总。请先用 jushi batch 导入各乡镇的台账。"
        )
    before = county_rollup(engine, year_earlier(period), registry)
    due = read_roster(workspace.folder / ROSTER)
    missing = tuple(town for town in due if town not in now.towns)
    facts = [*roster_facts(due, now, period), *now.totals, *compared(now, before, registry)]
    name = county or workspace.settings.unit_name or "全县"
    context = Context(kind, period, name, registry)
    material = Material(context, facts, now, before, missing)
    sections = sections_of(material)
    kept = {fact.id: fact for fact in (*facts, *material.used.values())}
    draft = Draft(
        id="",
        kind=kind,
        period=period,
        title=f"{name}{chinese_name(period)}安全生产工作情况汇总",
        unit_name=name,
        sections=tuple(sections),
        facts=tuple(kept.values()),
        notices=tuple(_about_missing(missing)),
        signed_on=date_of(signing_date(period, today or date.today())),
    )
    saved = _save(workspace, draft)
    return CountyReport(saved, now, missing, check_draft(of_county(workspace), saved))


def _save(workspace: Workspace, draft: Draft) -> Draft:
    """Keep the report among the drafts, every section a revision; one that says the same is kept as it is."""
    engine, span = workspace.engine, period_id(draft.period)
    parts = [str(draft.kind), span, *(f"{fact.id}={fact.value}" for fact in draft.facts)]
    parts += [section.text for section in draft.sections]
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
    if kept := finished_draft(engine, draft.kind, draft.period, digest, town=ALL_TOWNS):
        return kept
    head = begin_draft(engine, draft.kind, draft.period, draft.facts, NO_MODEL, digest, "", town=ALL_TOWNS)
    saved = replace(draft, id=head.id, extra={**head.extra, "state": "finished", "attachments": TABLE_NAME})
    done = {section.key: section for section in head.sections}
    for section in saved.sections:
        if done.get(section.key) != section:
            drafts.save_section(engine, saved.id, section, author=section.writer, why="汇总")
    drafts.save_head(engine, saved, span)
    return saved


def _about_missing(missing: Sequence[str]) -> list[Notice]:
    if not missing:
        return []
    names = "、".join(missing)
    return [Notice(Severity.WARNING, "not_reported", f"{names}没有报送这一期的台账，各项数字不含这些乡镇（街道）。")]


def export_county_report(report: CountyReport, out: Path, registry: Registry) -> None:
    """Write the report as .docx or .md, and beside it the table of the towns with every figure's cells as .xlsx."""
    from assistant.export.workbook import export_county_xlsx

    export_draft(report.draft, out)
    export_county_xlsx(_table(report, registry), report.towns.places, out.with_suffix(".xlsx"))


def _table(report: CountyReport, registry: Registry) -> tuple[list[str], list[list[str | int | Decimal]]]:
    """Head and rows of the table: the whole county, every town, those that have not reported."""
    known = {fact.indicator for fact in report.towns.totals}
    entries = [entry for name in TABLE_COLUMNS if name in known and (entry := registry.find(name))]
    head = ["乡镇（街道）", *(f"{entry.name}（{entry.unit}）" for entry in entries)]
    rows = [_row("合计", report.towns.totals, entries)]
    rows += [_row(town, facts, entries) for town, facts in report.towns.towns.items()]
    rows += [[town, *["未报送"] * len(entries)] for town in report.missing]
    return head, rows


def _row(name: str, facts: Sequence[Fact], entries: Sequence[Indicator]) -> list[str | int | Decimal]:
    values = {fact.indicator: fact.value for fact in facts if fact.measure == "value"}
    return [name, *(_shown(values.get(entry.id), entry) for entry in entries)]


def _shown(value: Decimal | None, entry: Indicator) -> str | int | Decimal:
    if value is None:
        return ""
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP) if entry.unit == "%" else value
