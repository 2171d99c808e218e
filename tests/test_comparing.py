"""A report is checked against files given beside it; nothing of them is kept."""

from pathlib import Path

import pytest

from assistant.comparing import facts_of_files, is_fact_table, years_of_files
from assistant.errors import InputError
from assistant.ledger.problems import sheets
from assistant.periods import year_of
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace

LEDGER = Path(__file__).resolve().parents[1] / "corpus" / "ledger"


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path / "workspace"))
    yield opened
    opened.close()


def values(facts, year):
    return {fact.indicator: fact.value for fact in facts if fact.period == year_of(year) and fact.measure == "value"}


def test_a_ledger_given_beside_the_report_counts_as_if_imported_and_is_not(workspace):
    given = facts_of_files(workspace, [LEDGER / "2023.csv", LEDGER / "2022.csv"], year_of(2023))
    assert sheets(workspace.engine) == []
    assert not (workspace.folder / "ledger").exists() and not (workspace.folder / "layouts").exists()
    import_ledger(workspace, [LEDGER / "2023.csv", LEDGER / "2022.csv"])
    from assistant.workspace import facts_around

    assert values(given, 2023) == values(facts_around(workspace, year_of(2023)), 2023)


def test_the_periods_to_choose_from_are_those_of_the_files(workspace):
    assert years_of_files(workspace, [LEDGER / "2022.csv", LEDGER / "2023.csv"]) == [2023, 2022]


def test_a_table_of_facts_is_told_from_a_ledger_by_its_header(workspace, tmp_path):
    table = tmp_path / "事实.csv"
    table.write_text("topic,indicator,period,value,unit\n检查,检查企业,2024,184,家次\n", encoding="utf-8")
    assert is_fact_table([table]) and not is_fact_table([LEDGER / "2023.csv"])
    [fact] = facts_of_files(workspace, [table], year_of(2024))
    assert fact.value == 184
    assert years_of_files(workspace, [table]) == []


def test_a_ledger_of_another_year_says_so(workspace):
    with pytest.raises(InputError, match="没有2019年的数据"):
        facts_of_files(workspace, [LEDGER / "2023.csv"], year_of(2019))
