"""The plan part: last year's plan without its figures, this year's shortfalls, a person's targets."""

from decimal import Decimal

import pytest

from assistant.drafting.context import Bound, Context, Requirement, Target
from assistant.drafting.plan import write_plan
from assistant.drafting.sections import FOLLOW_UP, Role
from tests.drafting.report_town import context, section, sheet, spec
from tests.drafting.test_problems import sound


def plan(text: str = "", about: Context | None = None, follows_up: bool = False, **changed: int) -> str:
    on = sheet(Role.PLAN, about or context(), sound(**changed))
    past = section(*text.split("\n"), heading="2024年工作打算", role=Role.PLAN) if text else None
    wanted = spec(role=Role.PLAN, topics=(FOLLOW_UP,) if follows_up else ())
    return on.slots.fill("\n".join(write_plan(wanted, past, on)))[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一是压实责任；二是整改率达到98%以上；三是加强检查。", "一是压实责任；二是加强检查。"),
        ("2024年，检查企业不少于350家次，确保不发生亡人事故。", "2025年，确保不发生亡人事故。"),
        ("通过规范化我镇3家规模企业，以点带面。", "通过规范化我镇规模企业，以点带面。"),
        ("今年我镇将有4大民生项目，任务繁重。", "任务繁重。"),
        ("每半年至少组织一次综合演练。", "每半年至少组织一次综合演练。"),
        ("落实“一岗双责”，推进十五条措施。", "落实“一岗双责”，推进十五条措施。"),
        ("总之，明年我们将再接再厉。", "总之，明年我们将再接再厉。"),
    ],
)
def test_last_years_aims_lose_their_figures(text: str, expected: str) -> None:
    assert plan(text) == expected


def test_the_section_that_follows_up_takes_the_shortfalls() -> None:
    text = plan("一是压实责任；二是加强检查。", follows_up=True, house__treated=67)
    assert text.startswith("一是压实责任；二是加强检查；三是加快剩余危房整治")


def test_a_remedy_the_plan_has_is_not_said_again() -> None:
    old = "一是加快危房整治；二是加强检查。"
    assert plan(old, follows_up=True, house__treated=67) == old


def test_without_a_past_plan_there_are_aims_without_figures() -> None:
    text = plan(house__treated=67)
    assert text.startswith("2025年，重点抓好以下工作：一是压实安全责任")
    assert "加快剩余危房整治" in text
    assert "%" not in text


def test_targets_are_a_persons_and_stand_beside_this_years_result() -> None:
    targets = (
        Target("hazard.rate", Decimal(98), "%"),
        Target("accident.count", Decimal(1), "起", Bound.AT_MOST),
    )
    text = plan("一是压实责任。", context(targets=targets), follows_up=True, hazard__rectified=81)
    assert "2025年的主要目标是：隐患整改率不低于98%（2024年为97.6%）；生产安全事故不超过1起（2024年为0起）。" in text


def test_no_targets_are_made_up() -> None:
    assert "目标" not in plan("一是压实责任。", follows_up=True, hazard__rectified=81)


def test_what_a_regulation_asks_stands_with_its_source() -> None:
    asked = (Requirement("对重大事故隐患治理情况进行督办", "《安全生产法》第四十一条"),)
    text = plan("一是压实责任；二是加强检查。", context(requirements=asked), follows_up=True)
    assert text.endswith("三是落实《安全生产法》第四十一条要求，对重大事故隐患治理情况进行督办。")


def test_a_half_years_plan_is_for_the_second_half() -> None:
    about = context("2024H1")
    on = sheet(Role.PLAN, about, [])
    past = section("展望2023年，我镇将继续努力。", role=Role.PLAN)
    assert write_plan(spec(role=Role.PLAN), past, on) == ["展望2024年下半年，我镇将继续努力。"]
