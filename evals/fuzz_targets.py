"""What is fuzzed, and what must hold whatever comes in: a result that is true to the input, or a `JushiError`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from assistant.errors import JushiError
from assistant.ledger.facts import facts_for
from assistant.ledger.grids import Grid
from assistant.ledger.importing import import_files
from assistant.ledger.storage import OBSERVATIONS, SOURCES, restored
from assistant.ledger.values import written
from assistant.ledger.workbooks import read_grids
from assistant.periods import parse_period
from assistant.qa.answer import Desk, answer
from assistant.quantities.extract import extract
from assistant.records import Document, Fact, Kind, Period, Quantity
from assistant.registry.registry import shipped_registry
from assistant.retrieval.intake import take_in
from assistant.retrieval.loaders import load_bytes
from assistant.workflow import check_document
from evals import fuzz_documents, fuzz_texts, fuzz_workbooks
from evals.fuzz_cases import Case

_PERIOD = "2023"
_HAN = re.compile("[一-龥]")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_SCALES = tuple(Decimal(each) for each in ("1", "10000", "100000000", "0.0001", "0.01"))


class Defect(AssertionError):
    """A result that is not true to its input."""


@dataclass(frozen=True)
class Target:
    """A way in: what handles a case, and where cases come from. `share` is of 1000."""

    name: str
    handle: Callable[[Case, Path], None]
    make: Callable[[Random], Case]
    share: int
    strategy: Callable[[], st.SearchStrategy[Case]] | None = None
    from_bytes: Callable[[bytes], Case] | None = None
    seeds: Callable[[], list[bytes]] = list
    instrument: tuple[str, ...] = field(default=())


def refused(error: JushiError) -> None:
    """A refusal must be a sentence for people."""
    said = str(error)
    _hold(len(_HAN.findall(said)) >= 4 and len(said) < 2_000, f"no sentence for people: {said[:200]!r}")


def _hold(truth: object, otherwise: str) -> None:
    if not truth:
        raise Defect(otherwise)


# --- Ledgers ----------------------------------------------------------------------------------


def handle_ledger(case: Case, folder: Path) -> None:
    """Import, compute, and hold every observation against the cell it names."""
    path = folder / case.name
    path.write_bytes(case.data)
    engine = create_engine("sqlite://")
    try:
        import_files(engine, [path], shipped_registry())
        facts = facts_for(engine, parse_period("2024"), shipped_registry())
        grids = {grid.sheet: grid for grid in read_grids(path)}
        with engine.connect() as connection:
            rows = connection.execute(
                select(OBSERVATIONS, SOURCES.c.sheet).join(SOURCES, SOURCES.c.id == OBSERVATIONS.c.source).limit(2_000)
            ).all()
        for row in rows:
            _hold_cell(grids[row.sheet], row.sheet_row, row.sheet_column, row.written, restored(row.millionths))
        for fact in facts:
            _hold(fact.formula or fact.evidence, f"a fact without evidence: {fact.id}")
            _hold(fact.value.is_finite(), f"no figure: {fact.id}")
    finally:
        engine.dispose()


def _hold_cell(grid: Grid, row: int, column: int, text: str, value: Decimal) -> None:
    places = [each for each in grid.merges if each.top <= row <= each.bottom and each.left <= column <= each.right]
    cells = [grid.at(row, column), *(grid.at(place.top, place.left) for place in places)]
    _hold(
        text in [written(cell) for cell in cells],
        f"{grid.sheet}!{row},{column}: {text!r} is not {[written(cell) for cell in cells]}",
    )
    line = [written(cell) for cell in grid.rows[row]] + [
        written(grid.at(other, column)) for other in range(max(0, row - 40), row + 40)
    ]
    possible = {Decimal(0), Decimal(1)} | set(_figures([text]))
    if value not in possible:  # a running total's share of a month is a difference; a row may stand for what it says
        around = list(_figures(line))
        _hold(value in around or any(value == one - other for one in possible for other in around), f"{grid.sheet}!{row},{column}: {value} is not in {text!r}")  # fmt: skip


def _figures(texts: Iterable[str]) -> Iterator[Decimal]:
    for text in texts:
        plain = unicodedata.normalize("NFKC", text).replace(",", "").replace("−", "-")
        signed = [Decimal(found) for found in _FIGURE.findall(plain)]
        for number in [
            *signed,
            *(Decimal(quantity.value) for quantity in extract(plain) if quantity.value is not None),
        ]:
            yield from (sign * number * scale for scale in _SCALES for sign in (1, -1))


# --- Texts ------------------------------------------------------------------------------------


def handle_quantities(case: Case, _folder: Path) -> None:
    """Extract: offsets, order, no overlap, the same twice."""
    text = case.data.decode("utf-8", "surrogatepass")
    found = extract(text, year=2024)
    end = 0
    for quantity in found:
        flaw = _flaw(quantity, text, end)
        _hold(not flaw, flaw and f"{flaw}: {quantity}")  # said only where there is one: a text can hold 100,000
        end = quantity.end
    _hold(len(text) > 20_000 or extract(text, year=2024) == found, "another result the second time")


def _flaw(quantity: Quantity, text: str, after: int) -> str:
    if text[quantity.start : quantity.end] != quantity.surface:
        return "offsets"
    if quantity.start < after or quantity.end <= quantity.start:
        return "overlaps"
    if quantity.kind is not Kind.PERIOD and quantity.low is not None and quantity.high is not None:
        return "low above high" if quantity.low > quantity.high else ""
    return ""


@cache
def sample_facts() -> tuple[Fact, ...]:
    """The sample town's facts of two years."""
    from evals.bench_check import sample

    return sample()[1]


def handle_check(case: Case, _folder: Path) -> None:
    """Check: a verdict for every claim and none besides, offsets, the same twice."""
    check_text(case.data.decode("utf-8", "surrogatepass"))


def check_text(text: str) -> None:
    """The same for a text."""
    document = Document("text", text, ())
    report = check_document(document, sample_facts(), parse_period(_PERIOD))
    claims = [quantity for quantity in report.quantities if quantity.is_claim]
    _hold([verdict.claim for verdict in report.verdicts] == claims, "claims and verdicts differ")
    places = [(each.start, each.end, each.surface) for each in report.quantities]
    places += [(each.start, each.end, each.surface) for each in report.verdicts]
    places += [(each.start, each.end, each.surface) for each in report.findings if each.start < each.end]
    for start, end, surface in places:
        _hold(0 <= start < end <= len(text), f"outside the text: {start}:{end} {surface}")
        _hold(text[start:end] == surface, f"offsets of {surface!r} at {start}:{end}")
    for verdict in report.verdicts:
        _hold(verdict.fact is None or verdict.fact in sample_facts(), f"a fact from nowhere: {verdict}")
    if len(text) < 5_000:
        _hold(
            check_document(document, sample_facts(), parse_period(_PERIOD)) == report, "another result the second time"
        )


def _unranked(indicator: str, period: Period, by: str) -> list[Fact]:
    """No village is told from another."""
    del indicator, period, by
    return []


@cache
def _desk() -> Desk:
    facts = sample_facts()
    return Desk(
        shipped_registry(),
        lambda period: [fact for fact in facts if fact.period == period],
        _unranked,
        (2023, 2022),
        date(2024, 1, 10),
        town="云溪镇",
        places=("东沟村",),
    )


def handle_question(case: Case, _folder: Path) -> None:
    """Answer: every figure said is a fact's; a declined one says so."""
    got = answer(case.data.decode("utf-8", "surrogatepass"), _desk())
    _hold(got.text.strip(), "an empty answer")
    _hold(got.declined or got.figures or got.citations, f"an answer that stands on nothing: {got.text[:200]}")
    _hold(all(fact in sample_facts() or fact.formula for fact in got.figures), "a figure from nowhere")


# --- Documents --------------------------------------------------------------------------------


def handle_document(case: Case, _folder: Path) -> None:
    """Load and check: blocks stand where they say, and what can be read can be checked."""
    document = load_bytes(case.name, case.data)
    _hold_blocks(document)
    check_text(document.text)


def _hold_blocks(document: Document) -> None:
    _hold(document.text.strip(), "an empty document was not refused")
    end = 0
    for block in document.blocks:
        _hold(document.text[block.start : block.start + len(block.text)] == block.text, f"offsets of {block}")
        _hold(block.start >= end, f"overlaps: {block}")
        end = block.start + len(block.text)


def handle_library(case: Case, folder: Path) -> None:
    """Take a file into the library: pieces stand where they say."""
    path = folder / case.name
    path.write_bytes(case.data)
    taken = take_in(path, case.name)
    for piece in taken.pieces:
        _hold(0 <= piece.start <= piece.end <= len(taken.text), f"outside the text: {piece}")


TARGETS = (
    Target("ledger .xlsx", handle_ledger, fuzz_workbooks.workbook_case, 240, None, fuzz_workbooks.sheet_of, fuzz_workbooks.sheet_seeds, ("assistant.ledger",)),
    Target("ledger .csv", handle_ledger, fuzz_workbooks.csv_case, 150, None, fuzz_workbooks.csv_of, fuzz_workbooks.csv_seeds, ("assistant.ledger",)),
    Target("ledger .xls .ods .htm", handle_ledger, fuzz_workbooks.other_case, 80),
    Target("document .docx", handle_document, fuzz_documents.word_case, 110, None, fuzz_documents.word_of, fuzz_documents.word_seeds, ("assistant.office", "assistant.retrieval")),
    Target("document .pdf", handle_document, fuzz_documents.pdf_case, 50),
    Target("library .html .md .txt", handle_library, fuzz_documents.page_case, 80),
    Target("quantities", handle_quantities, fuzz_texts.text_case, 120, fuzz_texts.text_strategy, fuzz_texts.text_of, fuzz_texts.text_seeds, ("assistant.quantities", "assistant.periods")),
    Target("check", handle_check, fuzz_texts.text_case, 120, fuzz_texts.text_strategy, fuzz_texts.text_of, fuzz_texts.text_seeds, ("assistant.alignment", "assistant.factcheck")),
    Target("questions", handle_question, fuzz_texts.question_case, 50),
)  # fmt: skip
