"""Names of places: our own town's where the old one's stood, and nobody else's."""

import pytest

from assistant.drafting.places import settle_kind, settle_places, short_name
from tests.drafting.report_town import context

OURS = context()
FOREIGN = context(past_unit="石桥镇")
UNKNOWN = context(past_unit="")


def test_the_units_name_stands_where_the_old_ones_stood() -> None:
    assert settle_places("石桥镇扎实开展工作。", FOREIGN).text == "云岭镇扎实开展工作。"
    assert settle_places("XX镇人多、地大。", UNKNOWN).text == "云岭镇人多、地大。"
    assert settle_places("编制了**镇应急预案。", UNKNOWN).text == "编制了云岭镇应急预案。"
    assert settle_places("共同创建“平安XX”。", UNKNOWN).text == "共同创建“平安云岭”。"


def test_masked_roads_lose_their_mask() -> None:
    assert settle_places("抓好XXX国道、省道的监管。", UNKNOWN).text == "抓好国道、省道的监管。"


def test_clauses_about_places_of_another_town_are_taken_out() -> None:
    placed = settle_places("深入宣传法律法规，尤其是在清河、大塘、**三个市场集中宣传，形成良好氛围。", UNKNOWN)
    assert placed.text == "深入宣传法律法规，形成良好氛围。"
    assert len(placed.cut) == 1


def test_places_that_only_share_the_old_units_name_are_not_renamed() -> None:
    assert settle_places("加强巡查，在石桥大桥安装减速带。", FOREIGN).text == "加强巡查。"


def test_another_provinces_regulations_leave_the_list() -> None:
    text = "宣传《安全生产法》《湖南省安全生产条例》等法律法规。"
    assert settle_places(text, FOREIGN).text == "宣传《安全生产法》等法律法规。"


def test_our_own_places_stay() -> None:
    text = "在清河村、大塘村开展了排查。"
    assert settle_places(text, OURS).text == text


def test_general_places_stay() -> None:
    text = "对辖区内小超市、酒店、学校进行检查，在路口设卡，对全镇各村进行排查。"
    assert settle_places(text, UNKNOWN).text == text


def test_a_blank_for_a_name_takes_its_clause_with_it() -> None:
    assert settle_places("在[领导姓名]的带领下，我镇扎实工作。", UNKNOWN).text == "我镇扎实工作。"


def test_short_names() -> None:
    assert [short_name(name) for name in ("云岭镇", "东街街道", "高乡")] == ["云岭", "东街", "高乡"]


def test_a_township_of_another_kind_is_called_by_ours() -> None:
    about = context(past_unit="高岭乡")
    assert settle_places("全乡上下齐心，乡政府与各村乡镇企业签订责任书，振兴乡村。", about).text == (
        "全镇上下齐心，镇政府与各村乡镇企业签订责任书，振兴乡村。"
    )


def test_slogans_about_villages_and_schools_stay() -> None:
    text = "推动安全宣传进企业、进农村、进社区、进学校、进家庭。"
    assert settle_places(text, FOREIGN).text == text


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("禾丰镇", "全镇有村（社区）8个，镇党委会专题研究5次，镇政府约谈。"),
        ("霜桥乡", "全乡有村（社区）8个，乡党委会专题研究5次，乡政府约谈。"),
        ("城东街道", "全街道有村（社区）8个，街道党工委专题研究5次，街道办事处约谈。"),
        ("城东街道办事处", "全街道有村（社区）8个，街道党工委专题研究5次，街道办事处约谈。"),
        ("安澜县", "全镇有村（社区）8个，镇党委会专题研究5次，镇政府约谈。"),
    ],
)
def test_our_own_phrases_call_the_unit_what_it_is(unit: str, said: str) -> None:
    assert settle_kind("全镇有村（社区）8个，镇党委会专题研究5次，镇政府约谈。", unit) == said
    assert settle_kind("与青梧镇政府联合检查集镇。", unit) == "与青梧镇政府联合检查集镇。"
