"""Period words that do not suit the report."""

import pytest

from assistant.factcheck.check import check

CASES = [
    ("2024H1", "全年检查企业112家次。", ["全年"]),
    ("2024H1", "为完成全年目标任务打下基础。", []),
    ("2024H1", "上半年检查企业112家次。", []),
    ("2024", "全年检查企业236家次。", []),
    ("2023H1", "二、下半年工作思路\n展望2023年，我镇将继续努力。", ["展望2023年"]),
    ("2023", "展望2024年，我镇将继续努力。", []),
    ("2023", "展望2023年，我镇将继续努力。", ["展望2023年"]),
    ("2024", "某镇2023年安全生产工作总结", ["2023年"]),
    ("2024", "某镇2024年安全生产工作总结及2025年工作打算", []),
    ("2024", "总结\n一、工作情况\n二、2024年工作打算", ["2024年"]),
    ("2024", "总结\n一、工作情况\n二、2025年工作打算", []),
    ("2024", "总结\n一、工作情况\n较2023年增加26家次。", []),
]


@pytest.mark.parametrize(("period", "text", "due"), CASES)
def test_period_words(period: str, text: str, due: list[str]) -> None:
    found = [each for each in check(text, [], period).findings if each.kind == "period_wording"]
    assert [each.surface for each in found] == due
    assert all(text[each.start : each.end] == each.surface and each.suggestion for each in found)
