"""A small fictional town that the tests of drafting write about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.drafting.context import Context, Style, Target
from assistant.drafting.factbook import book_of
from assistant.drafting.sections import PastSection, Role, SectionSpec
from assistant.drafting.sheet import Sheet
from assistant.drafting.slots import Slots
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.records import Block, Document, Fact, ReportKind
from assistant.registry.registry import shipped_registry

THIS_YEAR = {
    "meeting.party_committee": 5,
    "meeting.safety_committee": 14,
    "pledge.signed": 239,
    "pledge.due": 243,
    "inspection.times": 34,
    "inspection.enterprises": 184,
    "inspection.people": 176,
    "inspection.vehicles": 67,
    "hazard.found": 83,
    "hazard.major_found": 2,
    "hazard.rectified": 81,
    "order.rectification": 23,
    "road.persuaded": 1341,
    "road.violations": 133,
    "house.surveyed": 6951,
    "house.dangerous": 72,
    "house.treated": 67,
    "drown.waters": 62,
    "drown.fund": 35700,
    "publicity.leaflets": 10910,
    "publicity.banners": 53,
    "training.sessions": 9,
    "training.people": 646,
    "emergency.drills": 6,
    "emergency.drill_people": 699,
    "accident.count": 1,
    "accident.deaths": 0,
    "accident.injured": 1,
}
LAST_YEAR = {
    "inspection.enterprises": 208,
    "hazard.found": 96,
    "hazard.rectified": 93,
    "road.violations": 118,
    "accident.count": 2,
    "publicity.leaflets": 8600,
}


def facts(period: str = "2024", **changed: int | None) -> list[Fact]:
    """The town's facts of a period and of the year before; keywords change or (None) remove one, dots as __."""
    now = {**THIS_YEAR, **{name.replace("__", "."): value for name, value in changed.items()}}
    before = str(int(period[:4]) - 1) + period[4:]
    rows = [{"indicator": name, "period": period, "value": value} for name, value in now.items() if value is not None]
    rows += [{"indicator": name, "period": before, "value": value} for name, value in LAST_YEAR.items()]
    return facts_from_rows(rows + ratios(now, period) + ratios(LAST_YEAR, before))


def ratios(values: Mapping[str, int | None], period: str) -> list[dict[str, object]]:
    """The ratios of the registry, as the ledger gives them."""
    rows: list[dict[str, object]] = []
    for entry in shipped_registry():
        part, whole = (values.get(name) for name in shipped_registry().inputs(entry)) if entry.formula else (None, None)
        if part is not None and whole:
            value = (Decimal(part) / whole * 100).quantize(Decimal("0.000001"))
            rows.append({"indicator": entry.id, "period": period, "value": value})
    return rows


def context(period: str = "2024", **changed: object) -> Context:
    """A report on this period that rolls the same period of the year before forward."""
    values: dict[str, object] = {
        "kind": ReportKind.HALF_YEAR if "H" in period else ReportKind.ANNUAL,
        "period": parse_period(period),
        "unit_name": "云岭镇",
        "past_period": parse_period(str(int(period[:4]) - 1) + period[4:]),
        "past_kind": ReportKind.HALF_YEAR if "H" in period else ReportKind.ANNUAL,
        "past_unit": "云岭镇",
        **changed,
    }
    return Context(**values)  # type: ignore[arg-type]


def sheet(role: Role = Role.WORK, about: Context | None = None, given: Sequence[Fact] | None = None) -> Sheet:
    """A sheet to write a section on."""
    about = about or context()
    book = book_of(facts() if given is None else given, about.period, about.registry)
    return Sheet(book, about, role, Slots())


def section(*paragraphs: str, heading: str = "", role: Role = Role.WORK) -> PastSection:
    """A section of a past summary."""
    return PastSection(heading, 1 if heading else 0, "一、", role, paragraphs)


def spec(*must: str, role: Role = Role.WORK, topics: tuple[str, ...] = ()) -> SectionSpec:
    """A section to be written."""
    return SectionSpec("01", "一节", 1, role, topics, must, length=200, numbering="一、")


def document(text: str, file: str = "去年总结.docx") -> Document:
    """A document whose lines are its paragraphs."""
    blocks, start = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        blocks.append(Block(line, start, source=f"第{number}段"))
        start += len(line) + 1
    return Document(file, text, tuple(blocks))


__all__ = ["Style", "Target", "context", "document", "facts", "section", "sheet", "shipped_registry", "spec"]
