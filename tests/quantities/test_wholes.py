import pytest

from assistant.quantities.wholes import find_wholes


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("发现的418处隐患已全部整改完毕。", "全部整改"),
        ("隐患均已整改到位。", "均已整改"),
        ("实现重点场所检查全覆盖。", "全覆盖"),
        ("责任书全部签订。", "全部签订"),
        ("排查做到无一遗漏。", "无一遗漏"),
    ],
)
def test_words_of_the_whole(text: str, surface: str) -> None:
    (whole,) = find_wholes(text)
    assert (whole.value, whole.unit, whole.is_claim) == (100, "%", True)
    assert text[whole.start : whole.end] == whole.surface
    assert whole.surface.endswith(surface)


@pytest.mark.parametrize(
    "text", ["下一步，确保隐患全部整改。", "责令企业限期全部整改。", "2025年将实现检查全覆盖。", "力争年底前全部销号。"]
)
def test_demands_and_plans_are_no_claims(text: str) -> None:
    assert [whole.is_claim for whole in find_wholes(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "做到隐患动态清零、应改尽改。",
        "全年组织安全检查38次。",
        "举办安全培训9期。",
        "企业安全达标创建。",
        "开展安全整改，健全整改台账。",
        "全部门联动，全镇上下齐抓共管。",
    ],
)
def test_other_words_are_none(text: str) -> None:
    assert find_wholes(text) == []
