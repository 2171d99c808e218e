"""Statements without a figure that the ledger can deny."""

import pytest

from assistant.drafting.factbook import FactBook, book_of
from assistant.drafting.outcomes import (
    Standing,
    completeness_of,
    denied_trend,
    has_no_remainder,
    judge_zero,
    tells_of_accident,
    zero_word,
)
from assistant.periods import parse_period
from tests.drafting.report_town import facts, shipped_registry


def book(**changed: int | None) -> FactBook:
    return book_of(facts(**changed), parse_period("2024"), shipped_registry())


@pytest.mark.parametrize(
    ("denied", "changed", "standing"),
    [
        ("人员死亡事故", {}, Standing.HOLDS),
        ("人员死亡事故", {"accident__deaths": 1}, Standing.DENIED),
        ("人员死亡事故", {"accident__deaths": None}, Standing.UNKNOWN),
        ("人员伤亡事故", {}, Standing.DENIED),
        ("人员伤亡事故", {"accident__injured": 0}, Standing.HOLDS),
        ("人员伤亡事故", {"accident__injured": None}, Standing.UNKNOWN),
        ("生产安全事故", {}, Standing.DENIED),
        ("生产安全事故", {"accident__count": 0}, Standing.HOLDS),
        ("较大及以上生产安全事故", {}, Standing.HOLDS),
        ("较大及以上生产安全事故", {"accident__deaths": 3}, Standing.DENIED),
        ("重特大事故", {"accident__deaths": 3}, Standing.HOLDS),
        ("重特大交通事故", {}, Standing.UNKNOWN),
        ("溺水事故", {"accident__count": 0}, Standing.UNKNOWN),
        ("群体性事件", {}, Standing.UNKNOWN),
    ],
)
def test_what_did_not_happen(denied: str, changed: dict[str, int | None], standing: Standing) -> None:
    assert judge_zero(denied, book(**changed)).standing is standing


@pytest.mark.parametrize(
    ("clause", "indicator"),
    [
        ("做到应签尽签", "pledge.rate"),
        ("隐患全部整改到位", "hazard.rate"),
        ("现已全部整改完毕", "hazard.rate"),
        ("实现了隐患动态清零", "hazard.rate"),
        ("要求限期全部整改到位", ""),
        ("不能立即整改的落实责任人", ""),
        ("扎实开展检查", ""),
    ],
)
def test_what_is_said_to_be_whole(clause: str, indicator: str) -> None:
    assert completeness_of(clause) == indicator


@pytest.mark.parametrize(
    ("clause", "denied"),
    [
        ("事故起数明显下降", False),  # 2 → 1
        ("查处的交通违法持续下降", True),  # 118 → 133
        ("受伤人数双双下降", True),  # the ledger has no figure for last year
        ("群众意识明显提高", False),  # nothing the ledger measures
    ],
)
def test_trends(clause: str, denied: bool) -> None:
    assert denied_trend(clause, book()) is denied


def test_remainders() -> None:
    assert not has_no_remainder("其余隐患正在整改", book())
    assert has_no_remainder("其余隐患正在整改", book(hazard__rectified=83))
    assert has_no_remainder("其余危房已张贴警示标识", book(house__treated=72))


def test_words() -> None:
    assert zero_word("实现了未成年人零溺亡") == "溺亡"
    assert zero_word("对违法行为零容忍") == ""
    assert tells_of_accident("事故发生后，镇政府及时处置")
    assert not tells_of_accident("有效防范事故发生")
