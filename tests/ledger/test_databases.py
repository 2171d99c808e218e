"""The same facts, to the digit, from every database."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from assistant.ledger.facts import facts_for, ranking
from assistant.ledger.importing import import_files
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry
from evals import spark_ledger
from evals.ledger_towns import make_town

PERIODS = ("2024", "2024H1", "2024Q3", "2024-05", "2024-01..2024-11")


def _everything(url: str, paths: list[Path]) -> str:
    engine = create_engine(url)
    try:
        import_files(engine, paths, shipped_registry(), town="青岩镇")
        import_files(engine, paths, shipped_registry(), town="青岩镇")
        found = [facts_for(engine, parse_period(period), shipped_registry(), town="青岩镇") for period in PERIODS]
        found.append(
            ranking(engine, "inspection.enterprises", parse_period("2024"), shipped_registry(), "month", "青岩镇")
        )
    finally:
        engine.dispose()
    return json.dumps([[repr(fact) for fact in facts] for facts in found], ensure_ascii=False)


@pytest.fixture(scope="module")
def paths(tmp_path_factory) -> list[Path]:
    return make_town(100).write(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="module")
def expected(paths) -> str:
    return _everything("sqlite://", paths)


def test_sqlite_gives_facts_at_all(expected):
    assert expected.count("Fact(") > 100


def test_duckdb_gives_the_same(paths, expected, tmp_path):
    assert _everything(f"duckdb:///{tmp_path}/w.duckdb", paths) == expected


@pytest.mark.postgres
def test_postgresql_gives_the_same(paths, expected, postgres_url):
    assert _everything(postgres_url, paths) == expected


def test_values_are_exact_where_binary_fractions_would_not_be(read):
    rows = [["2024年事故台账"], ["序号", "时间", "死亡（人）", "直接经济损失（万元）"]]
    rows += [[n, f"2024.{n}.1", 0, 0.1] for n in range(1, 11)]
    assert read(rows).values()["accident.loss"] == Decimal(10_000)


def test_where_there_is_no_spark_its_comparison_says_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert spark_ledger.main()
    assert "pip install pyspark" in capsys.readouterr().out
