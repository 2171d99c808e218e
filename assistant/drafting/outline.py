"""The outline of a report: from the shipped data file, or learned from the town's own past summary."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.drafting.clauses import split_clauses
from assistant.drafting.context import Context
from assistant.drafting.families import family_of, outline_data
from assistant.drafting.figures import COUNTED, indicators_in
from assistant.drafting.homes import find_homes
from assistant.drafting.past import read_past
from assistant.drafting.sections import FOLLOW_UP, PastReport, PastSection, Role, SectionSpec
from assistant.drafting.timewords import move_on, next_name, shift_of
from assistant.periods import half_of, year_of
from assistant.quantities.extract import extract
from assistant.records import Document, Fact, Indicator, Period, ReportKind
from assistant.registry.registry import Registry

__all__ = ["SectionSpec", "default_outline", "learned_outline", "must_report", "outline_for"]

_FEWEST_PARTS = 4
_REST_HEADING = "其他重点工作"
NUMBERING = {0: "", 1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}


def outline_for(
    kind: ReportKind,
    period: Period,
    registry: Registry,
    past: Document | None = None,
    *,
    facts: Sequence[Fact] = (),
) -> list[SectionSpec]:
    """The sections of a report, in order, with the indicators each must and may report.

    With a past summary its own headings, order and numbering are kept; indicators go to the section
    whose past text speaks of them. `facts` (where known) say which topics need a section of their own
    that the past summary did not have.
    """
    report = read_past(past) if past is not None else None
    if report is None or not has_outline(report):
        return default_outline(kind, period, registry)
    return [spec for spec, _ in learned_outline(kind, period, registry, report, facts)]


def has_outline(report: PastReport) -> bool:
    """Whether a past summary is built in parts; a brief of a paragraph or two is not."""
    return any(section.level for section in report.sections) or len(report.sections) >= _FEWEST_PARTS


def default_outline(kind: ReportKind, period: Period, registry: Registry) -> list[SectionSpec]:
    """The shipped outline for this kind of report."""
    name = _next_name(kind, period)
    return [_spec(entry, registry, name) for entry in outline_data()["section"]]


def must_report(facts: Sequence[Fact], period: Period, registry: Registry) -> list[str]:
    """What a report of a half or a year has to mention of what the ledger knows; nothing for other periods."""
    kinds = {year_of(period.start.year): ReportKind.ANNUAL}
    kinds |= {half_of(period.start.year, half): ReportKind.HALF_YEAR for half in (1, 2)}
    sections = default_outline(kinds[period], period, registry) if period in kinds else []
    known = {fact.indicator for fact in facts if fact.period == period and fact.measure == "value"}
    return [name for section in sections for name in section.must if name in known]


def learned_outline(
    kind: ReportKind,
    period: Period,
    registry: Registry,
    report: PastReport,
    facts: Sequence[Fact] = (),
) -> list[tuple[SectionSpec, PastSection | None]]:
    """The past summary's own outline, each section with the past one it follows.

    Sections the past summary lacks are added from the shipped outline: for topics the facts speak of,
    and the problems and the plan part.
    """
    context = Context(kind, period, "", registry, past_period=report.period, past_kind=report.kind)
    homes = find_homes(report.sections, registry, _figures(report, registry))
    pairs = [
        (_learned(past, [entry for entry in registry if homes.get(entry.id) == index], context), past)
        for index, past in enumerate(report.sections)
    ]
    known = {fact.indicator for fact in facts}
    known |= {entry.id for entry in registry if registry.inputs(entry) and known.issuperset(registry.inputs(entry))}
    pairs = _following_up(pairs)
    homeless = {entry.id for entry in registry if entry.id not in homes and entry.id in known}
    return _numbered(_completed(pairs, homeless, default_outline(kind, period, registry)))


def _figures(report: PastReport, registry: Registry) -> dict[str, int]:
    """Indicator → the section of the work part where the past summary states its figure; the first one counts.

    A figure of the opening counts only where no section repeats it.
    """
    figures: dict[str, int] = {}
    for role in (Role.WORK, Role.OPENING):
        for index, section in enumerate(report.sections):
            if section.role is role:
                for indicator in indicators_in(section.text, section.heading, registry, report.period):
                    figures.setdefault(indicator, index)
    return figures


def _learned(past: PastSection, entries: Sequence[Indicator], context: Context) -> SectionSpec:
    return SectionSpec(
        key="",
        heading=move_on(heading_without_figures(past.heading), context, past.role),
        level=past.level,
        role=past.role,
        topics=tuple(dict.fromkeys(entry.topic for entry in entries)),
        must=tuple(entry.id for entry in entries),
        length=len(past.text),
        numbering=past.numbering,
    )


def heading_without_figures(heading: str) -> str:
    """A heading that has no figure of last year's: its clause goes, or the figure where there is but one clause."""
    figures = [
        each
        for each in extract(heading)
        if each.kind in COUNTED and (each.is_claim or re.search("[0-9]", each.surface))
    ]
    if not figures:
        return heading
    clauses = [clause for clause in split_clauses(heading) if not any(each.surface in clause.text for each in figures)]
    return "，".join(clause.text for clause in clauses) or _REST_HEADING


def _following_up(pairs: Sequence[tuple[SectionSpec, PastSection]]) -> list[tuple[SectionSpec, PastSection]]:
    """One plan section takes up this year's shortfalls: the one on hazards, else the last with text."""
    plans = [index for index, (spec, past) in enumerate(pairs) if spec.role is Role.PLAN and past.paragraphs]
    if not plans:
        return list(pairs)
    about = [index for index in plans if any(word in pairs[index][0].heading for word in ("隐患", "整改", "整治"))]
    chosen = (about or plans)[-1]
    spec, past = pairs[chosen]
    return [*pairs[:chosen], (replace(spec, topics=(*spec.topics, FOLLOW_UP)), past), *pairs[chosen + 1 :]]


def _completed(
    pairs: Sequence[tuple[SectionSpec, PastSection]], wanted: set[str], shipped: Sequence[SectionSpec]
) -> list[tuple[SectionSpec, PastSection | None]]:
    """The learned sections, with shipped ones put in for what has no place among them."""
    result: list[tuple[SectionSpec, PastSection | None]] = list(pairs)
    for spec in shipped:
        must = tuple(name for name in (*spec.must, *spec.may) if name in wanted)
        wanted = wanted.difference(must)
        if spec.role is Role.WORK and must:
            at, level = _after_work(result, spec)
            result.insert(at, (_fitted(replace(spec, must=must, may=()), level, result), None))
        elif spec.role in (Role.PROBLEMS, Role.PLAN) and all(known.role is not spec.role for known, _ in result):
            result.insert(_before_end(result, spec.role), (_fitted(spec, 1, result), None))
    if wanted:
        at, level = _after_work(result, shipped[0])
        rest = SectionSpec("", _REST_HEADING, level, Role.WORK, must=tuple(sorted(wanted)))
        result.insert(at, (_fitted(rest, level, result), None))
    return result


def _fitted(spec: SectionSpec, level: int, result: Sequence[tuple[SectionSpec, PastSection | None]]) -> SectionSpec:
    """A shipped section in the form of the others: numbered as they are, without heading where they have none."""
    if any(known.level for known, _ in result):
        return replace(spec, level=level, numbering=_style(result, level))
    marker = next((known.numbering for known, _ in result if known.numbering and known.role is spec.role), "")
    return replace(spec, level=0, heading="", numbering=marker)


def _after_work(result: Sequence[tuple[SectionSpec, PastSection | None]], spec: SectionSpec) -> tuple[int, int]:
    """Where an added work section stands: a （一） after the last of the fullest 一、, a 一、 after the work part."""
    work = [index for index, (known, _) in enumerate(result) if known.role is Role.WORK]
    if not work:
        return _before_end(result, Role.PROBLEMS), 1
    fields = _fields(result)
    if fields and (
        spec.level == 2 or not any(result[index][0].level == 1 and result[index][0].length for index in work)
    ):
        return fields[-1] + 1, 2
    return work[-1] + 1, 1


def _fields(result: Sequence[tuple[SectionSpec, PastSection | None]]) -> list[int]:
    """The sub-sections of that 一、 of the work part which has most of them."""
    groups: list[list[int]] = [[]]
    for index, (spec, _) in enumerate(result):
        if spec.level == 1:
            groups.append([])
        elif spec.level == 2 and spec.role is Role.WORK:
            groups[-1].append(index)
    return max(groups, key=len)


def _before_end(result: Sequence[tuple[SectionSpec, PastSection | None]], role: Role) -> int:
    later = (Role.PLAN, Role.CLOSING) if role is Role.PROBLEMS else (Role.CLOSING,)
    return next((index for index, (spec, _) in enumerate(result) if spec.role in later), len(result))


def _style(result: Sequence[tuple[SectionSpec, PastSection | None]], level: int) -> str:
    """The numbering the report uses at this level."""
    return next((spec.numbering for spec, _ in result if spec.level == level), NUMBERING[level])


def _numbered(pairs: Sequence[tuple[SectionSpec, PastSection | None]]) -> list[tuple[SectionSpec, PastSection | None]]:
    return list(zip(keyed([spec for spec, _ in pairs]), [past for _, past in pairs], strict=True))


def keyed(specs: Sequence[SectionSpec]) -> list[SectionSpec]:
    """The sections with keys in order: 00 for the opening, 01, 02, 02.01 …"""
    result: list[SectionSpec] = []
    top = sub = 0
    for spec in specs:
        if spec.role is Role.OPENING:
            key = "00"
        elif spec.level <= 1:
            top, sub = top + 1, 0
            key = f"{top:02}"
        else:
            sub += 1
            key = f"{top:02}.{sub:02}"
        result.append(replace(spec, key=key))
    return result


def _next_name(kind: ReportKind, period: Period) -> str:
    return next_name(shift_of(Context(kind, period, "")))


def _spec(entry: dict[str, Any], registry: Registry, following_name: str) -> SectionSpec:
    level = int(entry["level"])
    topics = tuple(entry.get("topics", ()))
    must = _ids(entry.get("must", ()), registry)
    own = tuple(own.id for own in registry if own.topic in topics and not family_of(own.id))
    may = _ids(entry.get("may", ()), registry) + own
    return SectionSpec(
        key=entry["key"],
        heading=str(entry.get("heading", "")).replace("{next}", following_name),
        level=level,
        role=Role(entry["role"]),
        topics=topics,
        must=must,
        may=tuple(dict.fromkeys(name for name in may if name not in must)),
        length=int(entry["length"]),
        numbering=NUMBERING[level],
    )


def _ids(families: Sequence[str], registry: Registry) -> tuple[str, ...]:
    return tuple(entry.id for entry in registry if family_of(entry.id) in families)
