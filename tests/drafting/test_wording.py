"""Words that do not belong in a section: labels, the heading said again, padding, advice to others."""

import pytest

from assistant.drafting.factbook import book_of
from assistant.drafting.flaws import Flaw, Rules
from assistant.drafting.validation import cut_problems, find_problems
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry


def rules(**changes):
    book = book_of([], parse_period("2024"), shipped_registry())
    return Rules(
        **{"slots": ("f1", "f2"), "must": (), "book": book, "heading": "道路交通安全", "done": True, **changes}
    )


def flaws(text, **changes):
    return [problem.flaw for problem in find_problems(text, rules(**changes))]


@pytest.mark.parametrize(
    "advice",
    [
        "各级教育部门和学校要加强对校园安全的监管，开展定期检查。",
        "企业应当建立健全管理制度。",
        "各单位必须落实专人值守。",
        "要进一步压实责任，加强巡查。",
        "同时，村（社区）应加强日常巡查。",
    ],
)
def test_what_others_should_do_is_no_work_done(advice):
    assert flaws(f"全年{{{{f1}}}}。{advice}{{{{f2}}}}。") == [Flaw.ADVICE]
    assert cut_problems(f"全年{{{{f1}}}}。{advice}{{{{f2}}}}。", rules())[0] == "全年{{f1}}。{{f2}}。"
    assert flaws(advice, done=False) == []  # a plan says so
    assert flaws(advice, material=advice) == []  # the town's own words


@pytest.mark.parametrize(
    "told",
    [
        "与企业主要负责人逐一谈话，要求学校补充灭火器材。",
        "对企业重要岗位和村级要道开展检查，督促单位应改尽改。",
        "坚持管行业必须管安全，修订村级应急预案。",
        "对群众需要帮扶的房屋逐户上门。",
        "向企业宣讲应知应会知识，发放安全须知。",
    ],
)
def test_what_the_town_asked_and_did_is_told(told):
    assert flaws(told) == []


def test_a_label_before_a_colon_is_taken_off_and_its_words_stay():
    text = "高温汛期：抓好道路整治；秋冬防火：加强巡查。"
    assert flaws(text) == [Flaw.HEADING, Flaw.HEADING]
    assert cut_problems(text, rules())[0] == "抓好道路整治；加强巡查。"
    assert flaws(text, material=text) == []
    assert flaws("对全乡【待核实：重点水域，台账无数据】水域逐处管理。", slots=()) == []
    assert flaws("主要做法如下：一是加强巡查；二是重点抓好以下工作：逐户上门。") == []


@pytest.mark.parametrize("again", ["确保群众饮食安全得到维护", "群众饮食安全得到维护"])
def test_a_clause_that_says_the_heading_again_goes(again):
    heading = "抓实食品监管，群众饮食安全得到维护"
    assert flaws(f"全年{{{{f1}}}}，{again}。", heading=heading) == [Flaw.REPETITION]
    assert cut_problems(f"全年{{{{f1}}}}，{again}。", rules(heading=heading))[0] == "全年{{f1}}。"
    assert flaws("坚持抓实食品监管各项要求，全年{{f1}}。", heading=heading) == []


def test_what_the_figures_say_themselves_is_not_said_without_them():
    text = "重点检查人员密集场所，排查火灾隐患，逐处登记。全年{{f1}}，{{f2}}。"
    names = frozenset({"检查人员密集场所", "排查火灾隐患"})
    assert flaws(text, names=names) == [Flaw.REPEATED_SLOT, Flaw.REPEATED_SLOT]
    assert cut_problems(text, rules(names=names))[0] == "逐处登记。全年{{f1}}，{{f2}}。"


def test_padding_is_not_said_in_two_sections():
    earlier = ("同时，定期开展安全生产检查，发现隐患及时处置。",)
    text = "全年{{f1}}。同时，定期开展安全生产检查，对问题逐项整改。"
    assert flaws(text, earlier=earlier) == [Flaw.REPETITION]
    assert cut_problems(text, rules(earlier=earlier))[0] == "全年{{f1}}。同时，对问题逐项整改。"
    assert flaws("{{f1}}，成效明显。", earlier=("全年发生生产安全事故{{f1}}。",)) == []
    assert flaws(text, earlier=earlier, material="定期开展安全生产检查") == []


def test_a_repeated_clause_leaves_the_figures_of_its_sentence():
    text = "每周上门查看，全年{{f1}}。每周上门查看，{{f2}}，成效明显。严格落实值班值守，{{f7}}。"
    assert cut_problems(text, rules())[0] == "每周上门查看，全年{{f1}}。{{f2}}，成效明显。严格落实值班值守。"
    assert cut_problems("全年{{f1}}，每周上门查看。{{f2}}，每周上门查看。", rules())[0].endswith("{{f2}}。")


def test_a_sentence_of_which_only_its_connective_is_left_goes_too():
    earlier = ("同时，定期开展安全生产检查。",)
    text = "全年{{f1}}。同时，定期开展安全生产检查。{{f2}}。"
    left, _ = cut_problems(text, rules(earlier=earlier))
    assert left == "全年{{f1}}。{{f2}}。"
    assert (
        cut_problems("每周上门查看，{{f1}}。同时，每周上门查看。{{f2}}。", rules())[0]
        == "每周上门查看，{{f1}}。{{f2}}。"
    )
