"""Drafts begun at the same time, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from assistant.periods import parse_period
from assistant.records import ReportKind
from assistant.store import tables
from assistant.store.database import open_database
from assistant.store.inputs import begin_draft, load_inputs


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engines(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = [open_database(tmp_path, url) for _ in range(4)]
    tables.create_tables(opened[0])
    yield opened
    for engine in opened:
        engine.dispose()


def test_drafts_begun_at_the_same_time_get_numbers_of_their_own(engines):
    def begin(number: int) -> str:
        return begin_draft(
            engines[number], ReportKind.ANNUAL, parse_period("2024"), (), "none", f"digest {number}", f"body {number}"
        ).id

    with ThreadPoolExecutor(4) as pool:
        begun = list(pool.map(begin, range(4)))
    assert len(set(begun)) == 4
    assert sorted(load_inputs(engines[0], each) for each in begun) == [f"body {number}" for number in range(4)]
