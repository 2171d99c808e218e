"""Facts: totals, last states, rates, comparisons, zeros, places and months — each with its cells."""

import json
from decimal import Decimal

import pytest

from assistant.errors import InputError
from assistant.ledger.facts import facts_for, facts_of_towns, ranking
from assistant.ledger.importing import import_files
from assistant.ledger.problems import problems, sheets, sources, towns
from assistant.periods import parse_period
from assistant.records import Aggregation, Indicator, Severity
from assistant.registry.registry import registry_of, shipped_registry
from evals.ledger import Score, score_town
from evals.ledger_towns import make_town

REGISTRY = shipped_registry()
CHECKS = [["安全检查台账"], ["日期", "所在村", "检查家次（家次）", "发现隐患（处）", "已整改（处）"]]


def year(number, rows):
    return [*CHECKS, *[[f"{number}.{month}.8", *rest] for month, rest in rows]]


@pytest.fixture
def two_years(write, engine):
    now = write(
        "2024年.xlsx", 检查=year(2024, [(1, ("甲村", 8, 4, 3)), (5, ("乙村", 4, 0, 0)), (12, ("甲村", 6, 2, 2))])
    )
    before = write("2023年.xlsx", 检查=year(2023, [(2, ("甲村", 9, 3, 3)), (11, ("乙村", 6, 0, 0))]))
    import_files(engine, [now, before], REGISTRY)
    return {fact.id: fact for fact in facts_for(engine, parse_period("2024"), REGISTRY)}


def test_comparisons_carry_formula_inputs_and_cells(two_years):
    percent = two_years["inspection.enterprises@2024#yoy_percent"]
    assert (percent.value, percent.unit, percent.measure) == (Decimal(20), "%", "yoy_percent")
    assert percent.formula == "(18 − 15) ÷ 15 × 100%"
    assert percent.inputs == ("inspection.enterprises@2024", "inspection.enterprises@2023")
    assert {cell.file for cell in percent.evidence} == {"2024年.xlsx", "2023年.xlsx"}
    assert two_years["inspection.enterprises@2024#yoy_diff"].value == 3


def test_rates_compare_in_points_and_are_exact_to_six_decimals(two_years):
    assert two_years["hazard.rate@2024"].value == Decimal("83.333333")
    points = two_years["hazard.rate@2024#yoy_points"]
    assert (points.value, points.unit) == (Decimal("-16.666667"), "百分点")
    assert two_years["hazard.rate@2024"].formula == "5 ÷ 6 × 100%"


def test_no_percent_of_nothing_and_no_rate_of_nothing(two_years, engine):
    found = {fact.id for fact in facts_for(engine, parse_period("2024H1"), REGISTRY)}
    assert "hazard.found@2024H1#yoy_percent" in found
    second = {fact.id: fact for fact in facts_for(engine, parse_period("2024H2"), REGISTRY)}
    assert second["hazard.found@2024H2#yoy_diff"].value == 2
    assert "hazard.found@2024H2#yoy_percent" not in second
    quiet = {fact.id: fact for fact in facts_for(engine, parse_period("2024Q2"), REGISTRY)}
    assert quiet["hazard.found@2024Q2"].value == 0
    assert "hazard.rate@2024Q2" not in quiet


def test_a_ledger_kept_and_silent_is_zero_but_not_beyond_where_ledgers_have_got(two_years, engine):
    assert {fact.value for fact in facts_for(engine, parse_period("2024Q3"), REGISTRY, comparisons=False)} == {0}
    assert facts_for(engine, parse_period("2025"), REGISTRY) == []


def test_last_states_are_not_added(read):
    rows = [
        ["2024年自建房排查情况"],
        ["月份", "摸排自建房（栋）", "完成整治（栋）"],
        ["3月", 100, 2],
        ["6月", 120, 5],
        ["9月", 130, 9],
    ]
    ledger = read(rows, "自建房")
    assert ledger.values("2024")["house.surveyed"] == 130
    assert ledger.values("2024H1")["house.treated"] == 5
    [cell] = ledger.facts("2024H1")["house.treated"].evidence
    assert cell.cell == "C4"


def test_a_town_s_own_indicator_can_count_different_names(write, engine):
    own = Indicator("own.firms", "检查执法", "受检企业", "家", Aggregation.DISTINCT)
    rows = [["2024年安全检查台账"], ["检查日期", "受检企业", "出动人员（人次）"]]
    rows += [["2024.3.5", "砖厂", 2], ["2024.3.9", "砖 厂", 2], ["2024.5.5", "超市", 2], ["2024.6.1", "/", 2]]
    registry = registry_of([*REGISTRY, own])
    import_files(engine, [write("2024年.xlsx", 检查=rows)], registry)
    facts = {fact.indicator: fact for fact in facts_for(engine, parse_period("2024"), registry)}
    assert facts["own.firms"].value == 2
    assert [cell.cell for cell in facts["own.firms"].evidence] == ["B3:B5"]


def test_ranking_by_place_and_by_month(two_years, engine):
    by_place = ranking(engine, "inspection.enterprises", parse_period("2024"), REGISTRY)
    assert [(fact.place, fact.value) for fact in by_place] == [("甲村", 14), ("乙村", 4)]
    assert by_place[0].id == "inspection.enterprises@2024~甲村"
    assert [cell.cell for cell in by_place[0].evidence] == ["C3", "C5"]
    by_month = ranking(engine, "检查企业", parse_period("2024"), REGISTRY, "month")
    assert [(fact.id, fact.value) for fact in by_month] == [
        ("inspection.enterprises@2024-01", 8),
        ("inspection.enterprises@2024-05", 4),
        ("inspection.enterprises@2024-12", 6),
    ]
    [rate] = ranking(engine, "hazard.rate", parse_period("2024"), REGISTRY)
    assert (rate.place, rate.value) == ("甲村", Decimal("83.333333"))
    with pytest.raises(InputError, match="没有的"):
        ranking(engine, "没有的", parse_period("2024"), REGISTRY)


def test_towns_are_kept_apart_and_can_be_had_together(write, engine):
    path = write("2024年.xlsx", 检查=year(2024, [(1, ("甲村", 8, 4, 3))]))
    import_files(engine, [path], REGISTRY, town="甲镇")
    import_files(engine, [path], REGISTRY, town="乙镇")
    assert towns(engine) == ["乙镇", "甲镇"]
    [fact, *_] = facts_for(engine, parse_period("2024"), REGISTRY, town="甲镇")
    assert (fact.id, fact.town) == ("甲镇/inspection.times@2024", "甲镇")
    assert facts_for(engine, parse_period("2024"), REGISTRY) == []
    together = facts_of_towns(engine, parse_period("2024"), REGISTRY)
    assert set(together) == {"甲镇", "乙镇"}
    own = {f.id: f.value for f in facts_for(engine, parse_period("2024"), REGISTRY, town="甲镇") if f.value}
    assert {f.id: f.value for f in together["甲镇"]} == own


def test_what_was_understood_and_noticed_can_be_shown_later(two_years, engine):
    notes = sheets(engine)
    assert [(note.file, note.year, note.data_rows) for note in notes] == [
        ("2023年.xlsx", "2023", 2),
        ("2024年.xlsx", "2024", 3),
    ]
    assert [column.name for column in notes[1].columns] == [
        "开展安全检查",
        "",
        "检查企业",
        "排查安全隐患",
        "整改安全隐患",
    ]
    assert problems(engine) == []
    assert {source.indicator for source in sources(engine, REGISTRY)} >= {"hazard.found", "inspection.times"}


def test_the_example_town(shared, engine):
    folder = shared("towns/example")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    report = import_files(engine, [folder / "ledger_2024.xlsx", folder / "ledger_2023.csv"], REGISTRY)
    known = {}
    wrong = []
    for fact in truth["facts"]:
        period = fact["period"]
        if period not in known:
            facts = facts_for(engine, parse_period(period), REGISTRY, comparisons=False)
            known[period] = {found.indicator: found for found in facts}
        found = known[period].get(fact["indicator"])
        slack = Decimal("0.05") if fact.get("derived") else Decimal(0)
        right = found and found.unit == fact["unit"] and abs(found.value - Decimal(fact["value"])) <= slack
        if not right and not (found is None and fact.get("optional")):
            wrong.append((fact["indicator"], period, fact["value"], found and found.value))
    assert wrong == []
    told = {(notice.kind, notice.cell.sheet, int(notice.cell.cell[1:])) for notice in report.notices if notice.cell}
    assert {(w["kind"], w["sheet"], w["row"]) for w in truth["warnings"]} <= told
    assert not report.of(Severity.ERROR)


@pytest.mark.parametrize("number", [1, 113, 301, 325])
def test_made_up_towns(number):
    score = Score()
    score_town(make_town(number), REGISTRY, score)
    assert score.misses == []
    assert score.right == score.facts > 100
