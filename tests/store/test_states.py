"""The facts a revision was written on are kept as they were, each state once."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import func, select

from assistant.periods import year_of
from assistant.records import Cell, Fact
from assistant.store.database import open_database
from assistant.store.states import STATES, keep_facts, load_facts
from assistant.store.tables import create_tables

FACTS = [
    Fact(
        f"f{n}@2024", f"f{n}", "检查企业", "检查执法", year_of(2024), Decimal(n), "家次", (Cell("a.xlsx", "表", "D4"),)
    )
    for n in (2, 1)
]


@pytest.fixture
def engines(tmp_path):
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        made.append(open_database(tmp_path / name))
        create_tables(made[-1])
    yield made
    for each in made:
        each.dispose()


def test_facts_come_back_as_they_were(engines):
    digest = keep_facts(engines[0], FACTS)
    assert load_facts(engines[0], digest) == (FACTS[1], FACTS[0])
    assert load_facts(engines[0], "no such digest") == ()


def test_the_same_facts_in_any_order_are_kept_once(engines):
    digests = {keep_facts(engines[0], each) for each in (FACTS, FACTS[::-1], [replace(each) for each in FACTS])}
    assert len(digests) == 1
    with engines[0].connect() as connection:
        assert connection.scalar(select(func.count()).select_from(STATES)) == 1


def test_another_value_is_another_state_and_both_stay(engines):
    first = keep_facts(engines[0], FACTS)
    second = keep_facts(engines[0], [replace(FACTS[0], value=Decimal(9)), FACTS[1]])
    assert first != second and load_facts(engines[0], first) == (FACTS[1], FACTS[0])


def test_facts_kept_in_one_database_are_kept_in_another_too(engines):
    digest = keep_facts(engines[0], FACTS)
    assert keep_facts(engines[1], FACTS) == digest and load_facts(engines[1], digest)
