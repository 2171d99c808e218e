"""`jushi ledger …` and `jushi facts` on the sample town."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from assistant.shipped import shipped

SAMPLE = shipped("corpus/ledger")


@pytest.fixture
def imported(jushi):
    result = jushi("ledger", "import", SAMPLE)
    assert result.status == 0, result.err
    return jushi


def test_import_says_what_was_read_and_what_was_left_out(jushi):
    result = jushi("ledger", "import", SAMPLE)
    assert result.status == 0, result.err
    assert "2024.xlsx" in result.out
    assert "完全相同" in result.out


def test_import_changes_neither_the_files_nor_anything_on_a_second_run(imported, tmp_path):
    before = {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in SAMPLE.rglob("*") if path.is_file()}
    first = imported("facts", "--period", "2024", "--json").out
    assert imported("ledger", "import", SAMPLE).status == 0
    assert imported("facts", "--period", "2024", "--json").out == first
    assert before == {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in before}


def test_facts_have_evidence_or_a_formula_and_each_indicator_stands_once(imported):
    facts = json.loads(imported("facts", "--period", "2024", "--json").out)
    assert len(facts) > 60
    for fact in facts:
        assert fact["evidence"] or fact["formula"], fact
        assert all(cell["file"] and cell["cell"] for cell in fact["evidence"])
    keys = [(fact["indicator"], fact["period"]) for fact in facts]
    assert len(keys) == len(set(keys))
    assert any(fact["indicator"].endswith("#yoy_percent") for fact in facts)
    assert any(fact["indicator"] == "hazard.rate" and fact["unit"] == "%" for fact in facts)


def test_half_year_facts_are_those_of_the_half_year(imported):
    whole = {fact["indicator"]: fact["value"] for fact in json.loads(imported("facts", "-p", "2024", "--json").out)}
    half = {fact["indicator"]: fact["value"] for fact in json.loads(imported("facts", "-p", "2024H1", "--json").out)}
    assert 0 < int(half["inspection.times"]) < int(whole["inspection.times"])


def test_show_map_and_problems_tell_what_was_understood(imported):
    shown = imported("ledger", "show")
    assert shown.status == 0
    assert "2024.xlsx" in shown.out
    assert "检查企业" in imported("ledger", "map").out
    problems = json.loads(imported("ledger", "problems", "--json").out)
    assert {"severity", "kind", "message", "place"} <= set(problems[0])


def test_the_files_that_map_names_can_be_edited(imported):
    named = re.findall(r"\S+\.yaml", imported("ledger", "map").out)
    assert len(named) > 10
    assert all(Path(name).is_file() for name in named)


@pytest.mark.parametrize(
    "command", [["facts", "-p", "2024"], ["ledger", "show"], ["ledger", "map"], ["ledger", "problems"]]
)
def test_without_a_workspace_the_next_step_is_named(jushi, tmp_path, command):
    result = jushi(*command)
    assert result.status == 2
    assert "jushi ledger import" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_period_the_ledger_does_not_have_is_no_data_not_zero(imported):
    result = imported("facts", "--period", "2031")
    assert result.status == 2
    assert "没有 2031 的数据" in result.err


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.xlsx", b""), ("letter.xlsx", b"Dear all,"), ("missing.xlsx", None), ("picture.png", b"\x89PNG")],
)
def test_what_is_no_spreadsheet_is_refused_in_one_sentence(jushi, tmp_path, name, content):
    if content is not None:
        Path(name).write_bytes(content)
    result = jushi("ledger", "import", name)
    assert result.status == 2
    assert name in result.err
    assert len(result.err.strip().splitlines()) == 1
    assert not (tmp_path / "jushi-data").exists()
