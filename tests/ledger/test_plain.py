"""Facts from plain rows and from a CSV file of them."""

import json
from decimal import Decimal

import pytest

from assistant.errors import InputError, UnreadableFile
from assistant.ledger.facts import facts_from_csv, facts_from_rows
from assistant.records import Cell

ROW = {"topic": "综合检查", "indicator": "检查企业", "period": "2024", "value": 236, "unit": "家次"}


def test_known_alias_gets_the_registry_id_and_keeps_the_written_name_and_topic():
    [fact] = facts_from_rows([ROW])
    assert (fact.id, fact.indicator) == ("inspection.enterprises@2024", "inspection.enterprises")
    assert (fact.name, fact.topic, fact.value, fact.unit) == ("检查企业", "综合检查", Decimal(236), "家次")


def test_unknown_name_is_its_own_indicator():
    [fact] = facts_from_rows([{**ROW, "indicator": "检查商超", "period": "2024H1"}])
    assert (fact.id, fact.indicator, fact.name) == ("检查商超@2024H1", "检查商超", "检查商超")


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (97.8, "%", (Decimal("97.8"), "%")),
        ("1,274", "件", (Decimal(1274), "件")),
        ("３６", "处", (Decimal(36), "处")),
        (Decimal("4.2"), "万元", (Decimal(42000), "元")),
        (0, "起", (Decimal(0), "起")),
    ],
)
def test_values_are_exact_decimals_in_base_units(value, unit, expected):
    [fact] = facts_from_rows([{**ROW, "value": value, "unit": unit}])
    assert (fact.value, fact.unit) == expected


def test_same_indicator_twice_gets_two_ids():
    facts = facts_from_rows([ROW, {**ROW, "topic": "消防安全", "value": 5}, {**ROW, "value": 6}, {**ROW, "value": 7}])
    assert len({fact.id for fact in facts}) == 4


def test_every_bad_row_is_named_at_once():
    bad = [ROW, {**ROW, "value": "许多"}, {**ROW, "period": "去年"}, {**ROW, "indicator": ""}, {**ROW, "value": "NaN"}]
    with pytest.raises(InputError, match="第2行.*第3行.*第4行.*第5行"):
        facts_from_rows(bad)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_gives_facts_with_their_cells(tmp_path, encoding):
    path = tmp_path / "台账.csv"
    path.write_text("topic,indicator,period,value,unit\n综合检查,检查企业,2024,236,家次\n", encoding=encoding)
    [fact] = facts_from_csv(path)
    assert fact.value == 236
    assert fact.evidence == (Cell("台账.csv", "", "D2", "236"),)


def test_csv_without_the_columns_or_content_is_refused(tmp_path):
    path = tmp_path / "错.csv"
    path.write_text("指标,数值\n检查企业,236\n", encoding="utf-8")
    with pytest.raises(InputError, match="缺少列"):
        facts_from_csv(path)
    path.write_bytes(b"")
    with pytest.raises(UnreadableFile, match="空"):
        facts_from_csv(path)


def test_development_cases_all_become_facts(shared):
    for line in shared("devset/factcheck.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        facts = facts_from_rows(case["ledger"])
        assert [fact.name for fact in facts] == [row["indicator"] for row in case["ledger"]]
        assert len({fact.id for fact in facts}) == len(facts)
