"""What each figure of a past text counts: the words decide, never the value."""

import pytest

from assistant.drafting.factbook import book_of
from assistant.drafting.figures import Relation, indicators_in, read_figures
from assistant.periods import parse_period
from tests.drafting.report_town import facts, shipped_registry

PAST, BOOK = parse_period("2023"), book_of(facts(), parse_period("2024"), shipped_registry())


def read(text: str, heading: str = "") -> list[tuple[str, str, Relation]]:
    figures = read_figures(text, heading, BOOK, PAST)
    return [(each.claim.surface, each.indicator, each.relation) for each in figures if each.claim.unit]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("参演人员438人次", "emergency.drill_people"),
        ("造成1人受伤", "accident.injured"),
        ("企业实施断电1家", "penalty.power_cut"),
        ("各中小学和7家幼儿园", "school.kindergartens"),
        ("明确了17个村（居）委会的责任", "town.villages"),
        ("召开党委会*次", "meeting.party_committee"),
    ],
)
def test_a_name_beside_the_figure_tells(text: str, indicator: str) -> None:
    assert read(text)[0][1] == indicator


def test_two_figures_of_a_sentence_are_not_given_the_same_indicator() -> None:
    assert [each[1] for each in read("应签订责任书312份，实际签订306份。")] == ["pledge.due", "pledge.signed"]


def test_money_for_anything_is_not_money_against_drowning() -> None:
    assert read("多方筹措，共投入资金30万元。")[0][1] == ""
    assert read("投入资金3.6万元添置救生圈。", "防溺水工作")[0][1] == "drown.fund"


def test_people_are_not_visits() -> None:
    assert read("全镇仅有专职检查员3名。")[0][1] == ""


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("检查企业205家次，同比上升9.6%。", Relation.CHANGE),
        ("排查隐患96处，整改93处，其余3处正在整改。", Relation.REST),
        ("检查企业由180家次增至205家次。", Relation.LAST),
        ("重大隐患占隐患总数的5%。", Relation.OTHER),
    ],
)
def test_relations(text: str, relation: Relation) -> None:
    assert relation in {each[2] for each in read(text)}


def test_figures_of_a_dated_event_say_nothing_about_the_section() -> None:
    text = "5月12日，查处违规动火作业1起。全年检查企业205家次。"
    assert indicators_in(text, "", shipped_registry(), PAST) == ("inspection.enterprises",)
