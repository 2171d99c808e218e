"""The same sheet saved as the formats of older programs gives the same figures from the same cells."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.office.soffice import convert, find_soffice
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry

LEDGER = Path(__file__).resolve().parents[2] / "corpus" / "ledger"
BOOKS = [path for path in sorted(LEDGER.glob("*.xlsx")) if "2024" in path.name][:3]


def figures(paths):
    engine = create_engine("sqlite://")
    import_files(engine, paths, shipped_registry())
    facts = facts_for(engine, parse_period("2024"), shipped_registry(), comparisons=False)
    return {
        fact.indicator: (fact.value, [(Path(cell.file).stem, cell.sheet, cell.cell) for cell in fact.evidence])
        for fact in facts
    }


@pytest.mark.office
@pytest.mark.skipif(find_soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("form", ["xls", "ods"])
def test_a_sheet_saved_in_another_format_gives_the_same_figures_from_the_same_cells(tmp_path, form):
    saved = []
    for book in BOOKS:
        saved.append(tmp_path / f"{book.stem}.{form}")
        saved[-1].write_bytes(convert(book.name, book.read_bytes(), form))
    assert figures(saved) == figures(BOOKS) != {}
