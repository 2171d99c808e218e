"""What a report is written from: the past summary to follow, the context, the outline with what each section follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.context import Context
from assistant.drafting.factbook import book_of
from assistant.drafting.outline import default_outline, has_outline, learned_outline
from assistant.drafting.past import read_past
from assistant.drafting.places import settle_places
from assistant.drafting.sections import PastReport, PastSection, Role, SectionSpec
from assistant.drafting.widening import widened
from assistant.records import Document, Fact, Period, ReportKind, SectionText
from assistant.registry.registry import Registry

_NO_UNIT = "本镇"
Pair = tuple[SectionSpec, PastSection | None]


def context_for(
    kind: ReportKind, period: Period, registry: Registry, past: Sequence[Document], *, unit_name: str = ""
) -> Context:
    """The context of a report that rolls the first of the past summaries forward.

    Without a unit name in the settings the past summary's own is taken, and 本镇 where it has none.
    """
    report = best_past(past, kind)
    known = report.unit_name if report else ""
    return Context(
        kind=kind,
        period=period,
        unit_name=unit_name or known or _NO_UNIT,
        registry=registry,
        past_period=report.period if report else None,
        past_kind=report.kind if report else None,
        past_unit=known,
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that the sections of a report are written from."""

    context: Context
    report: PastReport | None  # the past summary that is rolled forward
    facts: tuple[Fact, ...]
    pairs: tuple[Pair, ...]


def prepare(
    kind: ReportKind,
    period: Period,
    facts: Sequence[Fact],
    past: Sequence[Document],
    context: Context,
    *,
    outline: Sequence[SectionSpec] | None = None,
    rankings: Sequence[Fact] | None = None,
) -> Prepared:
    """The context completed by the past summary and the facts, and each section with the past one it follows."""
    report = best_past(past, kind)
    context = filled_context(context, report, facts, rankings)
    pairs = outline_pairs(kind, period, context, report, facts, outline)
    return Prepared(context, report, tuple(facts), tuple(pairs))


def best_past(past: Sequence[Document], kind: ReportKind) -> PastReport | None:
    """The past summary to roll forward: of the same kind, then the latest, then the first given."""
    reports = [read_past(document) for document in past]
    if not reports:
        return None

    def rank(report: PastReport) -> tuple[bool, int, int]:
        year = report.period.start.year if report.period else 0
        return report.kind is kind, year, -reports.index(report)

    return max(reports, key=rank)


def filled_context(
    context: Context, report: PastReport | None, facts: Sequence[Fact], rankings: Sequence[Fact] | None
) -> Context:
    """The context with what the past summary says of itself, and a registry that knows every fact."""
    return replace(
        context,
        registry=widened(context.registry, facts),
        rankings=tuple(rankings) if rankings is not None else context.rankings,
        past_period=report.period if report else None,
        past_kind=report.kind if report else None,
        past_unit=report.unit_name if report else "",
        past_plan="\n".join(part.text for part in report.sections if part.role is Role.PLAN) if report else "",
    )


def outline_pairs(
    kind: ReportKind,
    period: Period,
    context: Context,
    report: PastReport | None,
    facts: Sequence[Fact],
    outline: Sequence[SectionSpec] | None,
) -> list[Pair]:
    """The outline with the past section that each of its sections follows."""
    current = [fact for fact in facts if fact.period == period]
    learned: list[Pair]
    if report is None or not has_outline(report):
        learned = [(spec, None) for spec in default_outline(kind, period, context.registry)]
    else:
        pairs = learned_outline(kind, period, context.registry, report, current)
        learned = [(_named(spec, context), past) for spec, past in pairs]
    if outline is None:
        return learned
    by_key = {spec.key: past for spec, past in learned}
    by_heading = {spec.heading: past for spec, past in learned if spec.heading}
    sections = report.sections if report else ()

    def followed(spec: SectionSpec) -> PastSection | None:
        if spec.follows is None:
            return by_heading.get(spec.heading) or by_key.get(spec.key)
        return sections[spec.follows - 1] if 0 < spec.follows <= len(sections) else None

    return [(spec, followed(spec)) for spec in outline]


def worked_out(sections: Sequence[SectionText], facts: Sequence[Fact], context: Context) -> list[Fact]:
    """The facts the sections use that drafting derived itself: ratios, comparisons, remainders."""
    book = book_of(facts, context.period, context.registry)
    used = dict.fromkeys(fact_id for section in sections for fact_id in section.slots if fact_id not in book.by_id)
    return [fact for fact_id in used if (fact := book.derived(fact_id)) is not None]


def _named(spec: SectionSpec, context: Context) -> SectionSpec:
    """The section with the town's own name in its heading, where the old one's stood."""
    settled = settle_places(spec.heading, context).text.rstrip("。") if spec.heading else ""
    return replace(spec, heading=settled or spec.heading.partition("，")[0])
