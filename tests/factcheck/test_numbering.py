"""Heading numbers."""

import pytest

from assistant.alignment.layout import lay_out
from assistant.factcheck.numbering import find_numbering, read_ordinal

CASES = [
    ("一、加强领导\n\t （三）落实责任。", [("numbering_gap", "（三）")]),
    ("一、甲\n（一）甲\n（二）乙\n二、乙\n（一）丙", []),
    ("一、甲\n三、丙", [("numbering_gap", "三、")]),
    ("（一）甲\n（二）乙\n（四）丁", [("numbering_gap", "（四）")]),
    ("一、甲\n二、乙\n一、小项\n二、小项", [("numbering_restart", "一、")]),
    ("一、甲\n一、乙", [("numbering_restart", "一、")]),
    ("一、甲\n二、乙\n二、丙", [("numbering_repeat", "二、")]),
    ("1.甲\n2、乙", [("numbering_mixed", "2、")]),
    ("二、乙\n三、丙", [("numbering_gap", "二、")]),
    ("九、甲\n十、乙\n十一、丙", [("numbering_gap", "九、")]),
    ("措施如下：一是加强领导；二是抓好落实；四是强化督查。", [("numbering_gap", "四是")]),
    ("一是甲。二是乙。\n一、标题\n一是丙。二是丁。", []),
    ("、安全生产控制指标", [("numbering_lost", "、")]),
    ("2024年安全生产工作总结\n3.5公里护栏", []),
]


@pytest.mark.parametrize(("text", "due"), CASES)
def test_numbering(text: str, due: list[tuple[str, str]]) -> None:
    found = list(find_numbering(text, lay_out(text, []).lines))
    assert [(each.kind, each.surface) for each in found] == due
    assert all(text[each.start : each.end] == each.surface for each in found)


@pytest.mark.parametrize(
    ("written", "due"), [("一、", 1), ("（十）", 10), ("十二、", 12), ("二十一、", 21), ("3.", 3), ("⑤", 5), ("、", 0)]
)
def test_ordinals(written: str, due: int) -> None:
    assert read_ordinal(written) == due
