import pytest

from assistant.quantities.sections import plan_sections


@pytest.mark.parametrize(
    ("text", "plans"),
    [
        ("一、成效\n好。\n二、下一步打算\n检查。\n", ["二、下一步打算\n检查。\n"]),
        ("一、2025年工作计划\n检查。\n二、有关建议\n增编。\n", ["一、2025年工作计划\n检查。\n"]),
        (
            "四、2025年工作打算\n一、检查。\n二、演练。\n三、培训。\n",
            ["四、2025年工作打算\n一、检查。\n二、演练。\n三、培训。\n"],
        ),
        ("（三）下半年安排\n检查。\n1.演练。\n（四）成效\n好。", ["（三）下半年安排\n检查。\n1.演练。\n"]),
        ("下一步工作打算\n一、检查\n演练。", ["下一步工作打算\n一、检查\n演练。"]),
        ("### 下半年工作思路\n检查。", ["### 下半年工作思路\n检查。"]),
    ],
)
def test_plans_are_found_by_their_headings(text: str, plans: list[str]) -> None:
    assert [text[start:end] for start, end in plan_sections(text)] == plans


@pytest.mark.parametrize(
    "text",
    [
        "桐山镇2023年工作总结及2024年工作打算\n全年平稳。",
        "桐山镇2023年安全生产工作总结\n及2024年工作打算\n全年平稳。",
        "（一）明确目标任务\n签订责任书。",
        "二、制定工作计划，强化部署\n召开会议。",
        "三、存在问题及下一步打算\n经费不足。",
        "今年以来，我镇按照年度计划开展检查，为下一步工作打下基础，成效明显，群众满意，各项指标平稳。",
        "",
    ],
)
def test_other_headings_open_no_plan(text: str) -> None:
    assert plan_sections(text) == []
