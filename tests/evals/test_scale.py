"""The measurements of county scale, small: the engines agree, the endpoint measures itself, a run prints its table."""

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from evals.county import make_county, town_names
from evals.loopback import loopback_endpoint, stats_of
from evals.scale import main, measure_endpoint
from evals.scale_facts import compare_engines, measure


def test_engines_give_the_same_digits():
    found = [measure(engine, 3_000, 4) for engine in ("sqlite", "duckdb")]
    assert found[0]["rows"] == found[1]["rows"] == 3_000
    assert found[0]["facts"] == found[1]["facts"] > 200
    assert found[0]["digits"] == found[1]["digits"]
    assert measure("sqlite", 3_001, 4)["digits"] != found[0]["digits"]


@pytest.mark.postgres
def test_postgresql_gives_them_too(postgres_url, monkeypatch):  # noqa: F811
    monkeypatch.setenv("JUSHI_BENCH_POSTGRESQL", postgres_url)
    assert measure("postgresql", 3_000, 4)["digits"] == measure("sqlite", 3_000, 4)["digits"]


def test_an_engine_that_is_missing_is_told_and_not_passed_over(capsys):
    assert compare_engines([100], 1, ["sqlite", "oracle"]) is True
    assert "oracle | 没有测" in capsys.readouterr().out


def test_towns_have_different_names_and_always_the_same_files(tmp_path):
    names = town_names(300)
    assert len(set(names)) == 300
    towns = list(make_county(tmp_path, 3, late=1))
    assert [path.name for path in sorted(tmp_path.iterdir())] == sorted(names[:3])
    assert [town.name for town in towns] == names[:2]
    assert not list((tmp_path / names[2]).iterdir())


def test_an_endpoint_of_known_latency_is_where_the_time_goes(capsys):
    share = measure_endpoint(towns=2, concurrency=2, latency=0.2)
    printed = capsys.readouterr().out
    assert "完成 2/2 个镇" in printed
    assert "contradicted 0" in printed
    assert 0 < share <= 1


def test_towns_are_drafted_and_counted(capsys):
    results = main(["towns", "--towns", "3", "--workers", "1", "--step", "1"])
    assert [result.status.value for result in results] == ["done"] * 3
    assert capsys.readouterr().out.count("| 3 |") == 1


def test_the_endpoint_counts_only_what_it_answered():
    with loopback_endpoint(0.0) as address:
        assert stats_of(address)["requests"] == 0
