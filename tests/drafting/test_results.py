"""Statements of a result: a model may make those the ledger proves, and no others."""

import pytest

from assistant.drafting.factbook import book_of
from assistant.drafting.results import unproven_results
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry

PERIOD = parse_period("2024")


def book(**values):
    rows = []
    for name, value in values.items():
        year, _, indicator = name.rpartition("__")
        rows.append(
            {"indicator": indicator.replace("_", ".", 1), "period": year.strip("y") or "2024", "value": str(value)}
        )
    return book_of(facts_from_rows(rows), PERIOD, shipped_registry())


CLEAN = {"accident_count": 0, "accident_deaths": 0, "accident_injured": 0}
ALL_FIXED = {"hazard_found": 50, "hazard_rectified": 50}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("全年未发生生产安全事故。", CLEAN),
        ("未发生较大及以上生产安全事故。", {"accident_count": 1, "accident_deaths": 1}),
        ("隐患全部整改到位。", ALL_FIXED),
        ("责任书全部签订。", {"pledge_signed": 9, "pledge_due": 9}),
        ("事故起数有所下降。", {"accident_count": 1, "y2023__accident_count": 3}),
        ("确保不发生安全事故，坚决防止溺水。", {}),
        ("有效防范事故发生，及时消除安全隐患。", {}),
        ("开展安全检查，加强安全培训。", {}),
        ("劝导交通违法{{f1}}、同比下降{{f2}}，交通违法行为同比上升12.7%。", {}),
        ("坚持零容忍，开展零距离宣传。", {}),
        ("对学校附近年久失修的房屋逐户登记。", {}),
        ("事故发生后，镇政府按规定时限上报。", {"accident_count": 1}),
    ],
)
def test_what_is_proved_or_only_aimed_at_stands(text, values):
    assert unproven_results(text, book(**values)) == []


@pytest.mark.parametrize(
    ("text", "values", "surface"),
    [
        ("全年未发生生产安全事故。", {}, "未发生"),
        ("全年未发生生产安全事故。", {"accident_count": 1}, "未发生"),
        ("全年未发生重特大交通事故。", CLEAN, "未发生"),
        ("实现了零死亡。", {"accident_deaths": 1}, "零死亡"),
        ("实现了零溺亡。", CLEAN, "零溺亡"),
        ("隐患全部整改到位。", {"hazard_found": 50, "hazard_rectified": 49}, "全部整改"),
        ("隐患全部整改到位。", {}, "全部整改"),
        ("实现重点场所全覆盖。", ALL_FIXED, "全覆盖"),
        ("事故起数明显下降。", {"accident_count": 3, "y2023__accident_count": 1}, "下降"),
        ("事故起数明显下降。", {}, "下降"),
        ("安全隐患得到全面消除。", {}, "消除"),
        ("企业均已恢复生产。", {}, "恢复生产"),
        ("我镇被评为先进单位，名列全县前茅。", {}, "被评为"),
        ("安全状况得到了显著改善。", {}, "改善"),
        ("收缴烟花爆竹{{f1}}，有效预防了各类事故的发生。", CLEAN, "有效预防了"),
        ("近年来，我们聚焦燃气安全，{{f1}}。", {}, "近年来"),
        ("事故发生后，乡政府当天组织企业接受教育。", CLEAN, "事故发生后，乡政府当天组织企业接受教育"),
        ("督促企业整改。涉事企业已停产，逐家加装防护装置。", CLEAN, "涉事企业已停产，逐家加装防护装置"),
        ("事故发生在竹制品加工环节，{{f1}}。", {"accident_count": 1}, "事故发生在竹制品加工环节"),
    ],
)
def test_what_nothing_proves_is_found(text, values, surface):
    found = unproven_results(text, book(**values))
    assert found and any(surface in result.surface or result.surface in surface for result in found)
    assert all(text[result.start : result.end] for result in found)


def test_a_plan_is_not_held_to_results():
    assert unproven_results("实现零事故，隐患全部整改到位，事故起数下降。", book(), plan=True) == []
