"""Sentences for facts from each indicator's own phrasing."""

import pytest

from assistant.alignment.align import align
from assistant.drafting.context import Style
from assistant.drafting.phrases import facts_sentences
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.quantities.extract import extract
from tests.drafting.report_town import context, facts, sheet, shipped_registry


def said(*indicators: str, given: list | None = None, **options: object) -> str:
    on = sheet(about=context(**options), given=given)
    return on.slots.fill("".join(facts_sentences(indicators, on.book, on.context, on.slots)))[0]


def test_a_family_is_one_sentence_with_its_parts_inside() -> None:
    text = said("hazard.found", "hazard.major_found", "hazard.rectified", "hazard.rate")
    assert text == "全年排查安全隐患83处（其中重大隐患2处），完成整改81处，整改率97.6%。"


def test_the_period_is_said_once() -> None:
    assert said("inspection.enterprises", "hazard.found") == "全年共检查企业184家次。排查安全隐患83处。"


def test_a_rise_is_said_of_efforts_only_and_not_a_fall() -> None:
    assert said("publicity.leaflets", "publicity.banners") == "全年共发放宣传资料10910份，同比上升26.9%，悬挂横幅53条。"
    assert said("inspection.enterprises") == "全年共检查企业184家次。"


def test_comparisons_can_be_switched_off() -> None:
    assert "同比" not in said("publicity.leaflets", style=Style(comparisons=False))


def test_accidents_are_said_together() -> None:
    assert said("accident.count") == "全年发生生产安全事故1起，造成1人受伤，未发生人员死亡事故。"


def test_no_accidents_are_said_once() -> None:
    none = facts(accident__count=0, accident__injured=0)
    assert said("accident.count", "accident.deaths", given=none) == "全年未发生生产安全事故。"


def test_a_nought_is_not_mentioned() -> None:
    assert said("order.rectification", given=facts(order__rectification=0)) == ""


def test_an_unknown_indicator_is_said_by_its_name() -> None:
    own = facts_from_rows([{"topic": "消防安全", "indicator": "护林员", "period": "2024", "value": 12, "unit": "名"}])
    assert said("护林员", given=own) == "护林员共12名。"


@pytest.mark.parametrize("entry", [each for each in shipped_registry() if not each.formula], ids=lambda entry: entry.id)
def test_the_check_finds_the_fact_behind_each_phrase(entry) -> None:  # type: ignore[no-untyped-def]
    given = facts_from_rows([{"indicator": entry.id, "period": "2024", "value": 37, "unit": entry.unit}])
    on = sheet(given=given)
    text = on.slots.fill("".join(facts_sentences([entry.id], on.book, on.context, on.slots)))[0]
    if not text:
        assert entry.id == "pledge.due"  # only said inside the rate
        return
    everything = facts_from_rows(
        {"indicator": each.id, "period": "2024", "value": 37, "unit": each.unit} for each in shipped_registry()
    )
    matches = align(text, extract(text), everything, parse_period("2024"))
    assert entry.id in {match.fact.indicator for match in matches if match.fact}, text
