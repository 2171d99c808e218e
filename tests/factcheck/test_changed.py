"""Which figures a change of the ledger touches."""

from dataclasses import replace
from decimal import Decimal

from assistant.factcheck.changed import find_touched
from assistant.ledger.facts import facts_from_rows

FACTS = facts_from_rows(
    {"topic": topic, "indicator": name, "period": period, "value": value, "unit": unit}
    for topic, name, period, value, unit in (
        ("检查", "排查隐患", "2024", 80, "处"),
        ("检查", "整改隐患", "2024", 72, "处"),
        ("检查", "排查隐患", "2023", 100, "处"),
        ("应急", "演练", "2024", 8, "场"),
        ("宣传", "宣传活动", "2024", 18, "场"),
        ("责任", "党委会研究安全生产", "2024", 8, "次"),
    )
)
TEXT = "排查隐患80处，同比下降20%，完成整改72处，整改率90%。组织演练8场、宣传活动18场，党委会研究安全生产8次。"


def touched(index: int, value: int) -> list[str]:
    after = [replace(fact, value=Decimal(value)) if at == index else fact for at, fact in enumerate(FACTS)]
    return [each.after.surface for each in find_touched(TEXT, FACTS, after, "2024")]


def test_a_fact_touches_its_figure_and_what_is_made_of_it() -> None:
    assert touched(0, 90) == ["80处", "20%", "90%"]


def test_look_alikes_are_not_touched() -> None:
    assert touched(3, 9) == ["8场"]


def test_nothing_changes_nothing() -> None:
    assert touched(3, 8) == []
