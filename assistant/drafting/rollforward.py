"""The offline writer: last year's section read, and written again on this year's facts."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.drafting.additions import add_facts
from assistant.drafting.clauses import Span, split_sentences, without_repeats
from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook, book_of
from assistant.drafting.figures import Figure, read_figures
from assistant.drafting.places import settle_kind
from assistant.drafting.plan import write_plan
from assistant.drafting.problems import write_problems
from assistant.drafting.rewriting import rewrite
from assistant.drafting.sections import PastSection, Role, SectionSpec
from assistant.drafting.sheet import Sheet
from assistant.drafting.slots import Slots
from assistant.drafting.timewords import late_seasons, shift_of
from assistant.periods import chinese_name
from assistant.records import Fact, SectionText, Severity


def write_section(
    spec: SectionSpec, facts: Sequence[Fact], past_section: PastSection | None, context: Context
) -> SectionText:
    """The section, every figure of which is a fact's; needs no model.

    Last year's sentences are kept with this year's figures, years and names; a figure without a fact
    becomes 【待核实：…】; facts that no sentence speaks of get one. What was left out is in `notices`.
    """
    sheet = Sheet(book_of(facts, context.period, context.registry), context, spec.role, Slots())
    if spec.role is Role.PROBLEMS:
        paragraphs = write_problems(past_section, sheet)
    elif spec.role is Role.PLAN:
        paragraphs = write_plan(spec, past_section, sheet)
    else:
        paragraphs = add_facts(_rolled(past_section, sheet), spec, sheet)
    text, used = sheet.slots.fill("\n".join(paragraphs))
    _note_seasons(text, sheet)
    return SectionText(
        key=spec.key,
        heading=spec.heading,
        level=spec.level,
        text=settle_kind(text, context.unit_name),
        slots=used,
        missing=_missing(spec, sheet.book, sheet),
        notices=tuple(sheet.notices),
    )


def _note_seasons(text: str, sheet: Sheet) -> None:
    """In a first half's report, made from a whole year's, what belongs to the second half is pointed out."""
    seasons = late_seasons(text) if shift_of(sheet.context).to_half and sheet.role is Role.WORK else ()
    if seasons:
        said = "、".join(f"“{season}”" for season in seasons)
        sheet.note("season", f"上半年的总结里写到{said}，是去年全年总结的文字，请核对。")


def _rolled(past: PastSection | None, sheet: Sheet) -> list[list[str]]:
    """Last year's paragraphs, sentence by sentence, on this year's facts; none said twice."""
    if past is None:
        return []
    text = past.text
    figures = read_figures(text, past.heading, sheet.book, sheet.context.past_period)
    seen: set[str] = set()
    paragraphs: list[list[str]] = []
    for start, end in _paragraph_bounds(text):
        sentences = [span for span in split_sentences(text) if start <= span.start < end]
        rewritten = [rewrite(span, _within(figures, span), sheet) for span in sentences]
        kept = without_repeats((sentence for sentence in rewritten if sentence), seen)
        if kept:
            paragraphs.append(kept)
    return paragraphs


def _within(figures: Sequence[Figure], span: Span) -> list[Figure]:
    return [figure for figure in figures if span.start <= figure.claim.start < span.end]


def _paragraph_bounds(text: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        bounds.append((start, start + len(line)))
        start += len(line) + 1
    return bounds


def _missing(spec: SectionSpec, book: FactBook, sheet: Sheet) -> tuple[str, ...]:
    """Must-report indicators without a sentence, and those of last year's text without a fact."""
    missing: list[str] = []
    for indicator in spec.must:
        fact = book.fact(indicator)
        if fact is not None and fact.value != 0 and indicator not in sheet.slots.said and not _is_base(indicator, book):
            missing.append(indicator)
            sheet.note("not_reported", f"“{fact.name}”应在本节写明，但没有写入。", Severity.WARNING)
    if sheet.unanswered:
        entries = (book.registry.find(indicator) for indicator in sheet.unanswered)
        names = "、".join(entry.name for entry in entries if entry)
        period = chinese_name(sheet.context.period)
        sheet.note(
            "no_fact",
            f"去年写了{names}，台账没有{period}的数据，文中已标【待核实】，请补录台账或改写。",
            Severity.WARNING,
        )
    return (*missing, *sheet.unanswered)


def _is_base(indicator: str, book: FactBook) -> bool:
    """Whether the indicator is only the base of a ratio, such as 应签订责任书."""
    return indicator.endswith(".due") or book.registry.find(indicator) is None
