"""Required indicators never mentioned, and targets below what was reached."""

from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows

FACTS = facts_from_rows(
    [
        {"indicator": "inspection.enterprises", "period": "2024", "value": 236, "unit": "家次"},
        {"indicator": "emergency.drills", "period": "2024", "value": 6, "unit": "场"},
        {"indicator": "hazard.rate", "period": "2024", "value": "98.2", "unit": "%"},
    ]
)
REPORT = "一、工作情况\n全年检查企业236家次。\n二、2025年工作打算\n"


def kinds(text: str, *must: str) -> list[tuple[str, str]]:
    found = check(text, FACTS, "2024", must_report=must).findings
    return [(each.kind, each.surface or each.message) for each in found if each.kind in ("omission", "low_target")]


def test_an_indicator_that_is_stated_is_no_omission() -> None:
    assert kinds(REPORT, "inspection.enterprises") == []


def test_a_wrong_figure_is_still_a_mention() -> None:
    assert kinds("全年检查企业263家次。", "inspection.enterprises") == []


def test_an_omission_names_the_ledgers_value() -> None:
    ((kind, message),) = kinds(REPORT, "emergency.drills")
    assert kind == "omission"
    assert "6场" in message


def test_an_omission_without_a_fact_is_told_as_well() -> None:
    ((_, message),) = kinds(REPORT, "fire.extinguishers")
    assert "配备更换灭火器" in message


def test_a_target_below_what_was_reached() -> None:
    assert kinds(REPORT + "力争隐患整改率达到95%以上，开展应急演练不少于8场。") == [("low_target", "95%以上")]


def test_fewer_accidents_are_no_low_target() -> None:
    facts = facts_from_rows([{"indicator": "accident.count", "period": "2024", "value": 2, "unit": "起"}])
    text = REPORT + "力争生产安全事故控制在1起以内。"
    assert [each.kind for each in check(text, facts, "2024").findings if each.kind == "low_target"] == []
