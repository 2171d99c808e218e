"""The problems part: measured words about what the facts show, and last year's wording."""

from dataclasses import replace

from assistant.drafting.problems import write_problems
from assistant.drafting.sections import Role
from assistant.drafting.sheet import Sheet
from assistant.records import Fact
from tests.drafting.report_town import context, facts, section, sheet

OLD = section(
    "一是监管力量不足；二是部分隐患整改进度偏慢；三是群众意识不强。", heading="存在的问题", role=Role.PROBLEMS
)


def problems(on: Sheet, past: object = OLD) -> str:
    paragraphs = write_problems(past, on)  # type: ignore[arg-type]
    return on.slots.fill("\n".join(paragraphs))[0]


def sound(**changed: int) -> list[Fact]:
    """A year in which nothing fell short."""
    return facts(
        **{
            "pledge__signed": 243,
            "hazard__major_found": 0,
            "hazard__rectified": 83,
            "house__treated": 72,
            "accident__count": 0,
            "accident__injured": 0,
            "inspection__enterprises": 210,
            "road__violations": 118,
            **changed,
        }
    )


def test_last_years_wording_stays_when_nothing_fell_short() -> None:
    assert problems(sheet(Role.PROBLEMS, given=sound())) == OLD.text


def test_nothing_is_invented_without_past_text_and_without_shortfalls() -> None:
    assert problems(sheet(Role.PROBLEMS, given=sound()), None) == ""


def test_a_shortfall_joins_the_item_on_the_same_matter() -> None:
    text = problems(sheet(Role.PROBLEMS, given=sound(hazard__rectified=81)))
    assert "二是部分隐患整改进度偏慢，隐患整改率为97.6%，仍有少数隐患未整改到位；三是群众意识不强。" in text


def test_a_new_shortfall_becomes_an_item() -> None:
    text = problems(sheet(Role.PROBLEMS, given=sound(house__treated=67)))
    assert text.endswith("四是危房整治还有差距，危房整治率为93.1%，尚有部分危房未完成整治。")


def test_a_fall_by_a_tenth_is_said_and_a_smaller_one_is_not() -> None:
    assert "同比下降" not in problems(sheet(Role.PROBLEMS, given=sound(inspection__enterprises=200)))
    text = problems(sheet(Role.PROBLEMS, given=sound(inspection__enterprises=150)))
    assert "检查企业150家次、同比下降27.9%" in text


def test_fewer_accidents_are_no_increase() -> None:
    text = problems(sheet(Role.PROBLEMS, given=sound(accident__count=1)))
    assert "发生生产安全事故1起" in text
    assert "增加" not in text


def test_places_are_named_where_most_hazards_are() -> None:
    whole = facts()[8]
    ranked = tuple(
        replace(whole, id=f"r{n}", place=place) for n, place in enumerate(("清河村", "大塘村", "柳林村", "东山村"))
    )
    text = problems(sheet(Role.PROBLEMS, about=context(rankings=ranked), given=sound()))
    assert "隐患主要集中在清河村、大塘村、柳林村等地" in text


def test_a_list_set_off_by_semicolons_stays_one() -> None:
    old = section("部分企业投入不足；监管力量跟不上；群众意识不强。", heading="存在不足", role=Role.PROBLEMS)
    text = problems(sheet(Role.PROBLEMS, given=sound(house__treated=67)), old)
    assert text.startswith("部分企业投入不足；监管力量跟不上；群众意识不强；危房整治还有差距")


def test_last_years_figures_do_not_stay() -> None:
    old = section("一是隐患整改率只有91.2%，进度偏慢；二是全年发生事故3起。", heading="存在的问题", role=Role.PROBLEMS)
    text = problems(sheet(Role.PROBLEMS), old)
    assert "91.2" not in text
    assert "3起" not in text
