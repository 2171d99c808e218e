"""Last year's section on this year's facts: the sentences of a report, one rule at a time."""

import pytest

from assistant.drafting.context import Style
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import Role
from assistant.records import SectionText
from tests.drafting.report_town import context, facts, section, spec


def rolled(text: str, *must: str, heading: str = "", role: Role = Role.WORK, **changed: int | None) -> SectionText:
    return write_section(
        spec(*must, role=role), facts(**changed), section(*text.split("\n"), heading=heading), context()
    )


def test_figures_become_this_years() -> None:
    text = "全年检查企业205家次，出动检查人员192人次，下发整改通知书27份。"
    assert rolled(text).text == "全年检查企业184家次，出动检查人员176人次，下发整改通知书23份。"


def test_the_facts_used_are_named_in_order() -> None:
    written = rolled("全年检查企业205家次，下发整改通知书27份。")
    assert written.slots == ("inspection.enterprises@2024", "order.rectification@2024")


def test_an_approximate_figure_becomes_exact() -> None:
    assert rolled("发放宣传资料8600余份，悬挂横幅近50条。").text == "发放宣传资料10910份，悬挂横幅53条。"


def test_approximate_style_writes_round_figures_by_rule() -> None:
    about = context(style=Style(approximate=True))
    written = write_section(spec(), facts(), section("检查企业205家次，下发整改通知书27份，开展应急演练6场。"), about)
    assert written.text == "检查企业180余家次，下发整改通知书20余份，开展应急演练6场。"


def test_money_is_written_in_ten_thousands() -> None:
    assert rolled("投入资金4万多元添置救生设施。", heading="防溺水").text == "投入资金3.57万元添置救生设施。"


def test_the_texts_own_equal_classifier_is_kept() -> None:
    assert rolled("排查各类隐患50条。").text == "排查各类隐患83条。"


def test_a_redacted_figure_is_filled() -> None:
    assert rolled("召开防范重特大事故专题会议*次。").text == "召开防范重特大事故专题会议14次。"


def test_a_figure_without_a_fact_is_marked_with_the_reason() -> None:
    assert rolled("企业实施断电1家，下发整改通知书12份。").text == (
        "企业实施断电【待核实：实施断电，台账无数据】，下发整改通知书23份。"
    )


def test_figures_given_out_by_respectively_each_get_their_own() -> None:
    assert rolled("出动人员、车辆分别为320人次、58台次。").text == "出动人员、车辆分别为176人次、67台次。"


def test_a_unit_that_is_not_the_same_is_no_match() -> None:
    assert "176" not in rolled("全镇仅有专职检查员3名。").text


def test_rates_are_recomputed_and_rounded_once() -> None:
    assert rolled("整改完成93处，整改率为98.2%。", hazard__found=43, hazard__rectified=41).text == (
        "整改完成41处，整改率为95.3%。"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("检查企业205家次，同比上升9.6%。", "检查企业184家次，同比下降11.5%。"),
        ("检查企业205家次，较上年增加28家次。", "检查企业184家次，较上年减少24家次。"),
        ("查处交通违法120起，同比下降12.4%。", "查处交通违法133起，同比上升12.7%。"),
        ("发放宣传资料8600份，较上年增加200份。", "发放宣传资料10910份，较上年增加2310份。"),
        ("开展应急演练6场，同比上升20%。", "开展应急演练6场。"),  # last year's figure is not in the ledger
        ("整改率98.7%，较上年提高1.2个百分点。", "整改率97.6%，较上年提高0.7个百分点。"),
        ("检查企业由2022年的180家次增至205家次。", "检查企业由2023年的208家次降至184家次。"),
    ],
)
def test_comparisons_are_recomputed_with_their_direction_or_dropped(text: str, expected: str) -> None:
    assert rolled(text).text == expected


def test_no_change_is_level_with_last_year() -> None:
    level = rolled("检查企业205家次，较上年增加28家次。", inspection__enterprises=208)
    assert level.text == "检查企业208家次，与上年持平。"


def test_a_chain_of_comparisons_that_cannot_be_recomputed_goes_with_its_clause() -> None:
    text = "劝导交通违法2100人次，事故起数、死亡人数、受伤人数同比分别下降20%、50%、33%。"
    assert rolled(text).text == "劝导交通违法1341人次。"


def test_what_is_left_over_is_recomputed() -> None:
    assert rolled("排查隐患150处，整改148处，其余2处正在整改。", hazard__rectified=80).text == (
        "排查隐患83处，整改80处，其余3处正在整改。"
    )


def test_what_is_left_over_is_not_spoken_of_when_nothing_is() -> None:
    text = "整改完成93处，其余隐患已落实防范措施，正在抓紧整改。"
    assert rolled(text, hazard__rectified=83).text == "整改完成83处。"


def test_a_part_of_the_year_gets_the_fact_of_that_part() -> None:
    half = facts("2024") + [
        fact for fact in facts("2024H1", inspection__times=18) if fact.indicator == "inspection.times"
    ]
    written = write_section(spec(), half, section("组织安全检查38次，其中上半年20次；检查企业205家次。"), context())
    assert written.text == "组织安全检查34次，其中上半年18次；检查企业184家次。"


def test_no_accident_last_year_is_put_right_when_there_was_one() -> None:
    written = rolled("形势平稳，全年没有发生人员伤亡事故，完成了各项目标。", role=Role.OPENING)
    assert written.text == "形势平稳，全年发生生产安全事故1起，造成1人受伤，未发生人员死亡事故，完成了各项目标。"
    assert [notice.kind for notice in written.notices] == ["contradicted"]


def test_an_accident_last_year_is_not_told_when_there_was_none() -> None:
    text = "全年发生生产安全事故2起，造成1人受伤，未发生人员死亡事故；事故发生后，镇政府及时处置。"
    none = {"accident__count": 0, "accident__injured": 0}
    assert rolled(text, **none).text == "全年未发生生产安全事故。"


def test_a_graded_denial_is_not_contradicted_by_a_small_accident() -> None:
    assert rolled("全年未发生较大及以上生产安全事故。").text == "全年未发生较大及以上生产安全事故。"


def test_what_the_ledger_cannot_bear_out_is_marked() -> None:
    assert rolled("加强路检路查，确保了一年来无重特大交通事故的发生。").text == (
        "加强路检路查，【待核实：有无重特大交通事故，台账没有记录】。"
    )
    assert (
        rolled("签订防溺水承诺，实现了未成年人零溺亡。").text
        == "签订防溺水承诺，【待核实：有无溺亡情况，台账没有记录】。"
    )


@pytest.mark.parametrize(
    "text",
    ["签订责任书236份，做到应签尽签，签订率达100%。", "签订责任书236份，签订率达100%，实现了全覆盖。"],
)
def test_claims_that_all_is_done_go_when_the_rate_falls_short(text: str) -> None:
    assert rolled(text).text == "签订责任书239份，签订率达98.4%。"


def test_a_claim_that_all_of_a_figure_is_done_is_put_right() -> None:
    assert rolled("检查发现的96处隐患已全部整改到位。").text == "检查发现的83处隐患，完成整改81处。"
    assert (
        rolled("检查发现的96处隐患已全部整改到位。", hazard__rectified=83).text == "检查发现的83处隐患已全部整改到位。"
    )


def test_claims_that_all_is_done_stay_when_it_is() -> None:
    text = "签订责任书236份，做到应签尽签，签订率达100%。"
    assert rolled(text, pledge__signed=243).text == "签订责任书243份，做到应签尽签，签订率达100%。"


def test_a_trend_the_facts_do_not_bear_out_goes() -> None:
    assert rolled("检查企业205家次，查处的交通违法明显下降。").text == "检查企业184家次。"


def test_events_of_a_certain_day_are_left_out_and_reported() -> None:
    written = rolled("2023年3月在嘉和宾馆组织了消防演练，提高了应变能力。检查企业205家次。")
    assert written.text == "检查企业184家次。"
    assert [notice.kind for notice in written.notices] == ["event_left_out"]


def test_no_sentence_twice() -> None:
    once = "我镇高度重视安全生产工作，层层压实责任。"
    assert rolled(f"{once}{once}").text == once


def test_facts_no_sentence_speaks_of_join_their_family() -> None:
    written = rolled("检查企业205家次，排查隐患96处。", "inspection.vehicles", "hazard.major_found", "hazard.rate")
    assert written.text == "检查企业184家次，出动检查车辆67台次，排查隐患83处（其中重大隐患2处），整改率97.6%。"
    assert written.missing == ()


def test_a_name_that_stands_without_its_figure_gets_it() -> None:
    written = rolled("各村与企业层层签订了安全生产责任书，压实了责任。", "pledge.signed", "pledge.rate")
    assert written.text == "各村与企业层层签订了安全生产责任书239份，签订率98.4%，压实了责任。"


def test_a_section_without_past_text_is_written_from_phrases() -> None:
    written = write_section(spec("road.persuaded", "road.violations", topics=("道路交通",)), facts(), None, context())
    assert written.text.endswith("全年共劝导交通违法行为1341人次，查处交通违法行为133起。")


def test_a_section_with_neither_is_empty() -> None:
    assert write_section(spec("food.checked"), facts(), None, context()).text == ""


def test_figures_of_other_peoples_rules_stay_and_are_no_facts() -> None:
    text = "严格落实“一岗双责”和24小时值班制度。"
    assert rolled(text).text == text


def test_a_document_number_is_not_carried_over() -> None:
    assert "〔2023〕12号" not in rolled("根据县安委办〔2023〕12号文件要求，扎实开展检查。").text


def test_a_table_that_is_not_carried_over_is_not_pointed_to() -> None:
    assert rolled("全年检查企业205家次，具体情况见下表。").text == "全年检查企业184家次。"
