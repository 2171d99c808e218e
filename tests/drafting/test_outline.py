"""Outlines: the shipped one, and the town's own as its past summary shows it."""

from assistant.drafting.outline import default_outline, heading_without_figures, outline_for
from assistant.drafting.sections import FOLLOW_UP, Role
from assistant.periods import parse_period
from assistant.records import ReportKind
from tests.drafting.report_town import document, facts, shipped_registry

YEAR, HALF = parse_period("2024"), parse_period("2024H1")
PAST = """云岭镇2023年安全生产工作总结
2023年，云岭镇扎实开展工作，全年未发生生产安全事故。
一、压实责任
召开安委会会议12次，与各村签订责任书236份。
二、狠抓整治
（一）企业安全
检查企业205家次，排查隐患96处，整改93处。
（二）道路交通
劝导交通违法1520人次。
三、存在问题
一是力量不足；二是意识不强。
四、2024年工作打算
一是压实责任；二是加强检查。"""


def learned(text: str = PAST, kind: ReportKind = ReportKind.ANNUAL) -> list:
    period = YEAR if kind is ReportKind.ANNUAL else HALF
    current = [fact for fact in facts() if fact.period == YEAR]
    return outline_for(kind, period, shipped_registry(), document(text), facts=current)


def home_of(indicator: str, specs: list) -> str:
    return next((spec.heading for spec in specs if indicator in spec.must), "")


def test_every_shipped_indicator_has_one_place_in_the_shipped_outline() -> None:
    specs = default_outline(ReportKind.ANNUAL, YEAR, shipped_registry())
    for entry in shipped_registry():
        assert sum(entry.id in (*spec.must, *spec.may) for spec in specs) == 1, entry.id


def test_the_shipped_plan_part_is_named_for_the_next_period() -> None:
    def plan(kind: ReportKind, period: object) -> str:
        return next(s.heading for s in default_outline(kind, period, shipped_registry()) if s.role is Role.PLAN)

    assert plan(ReportKind.ANNUAL, YEAR) == "2025年工作打算"
    assert plan(ReportKind.HALF_YEAR, HALF) == "下半年工作打算"


def test_a_learned_outline_keeps_headings_order_and_numbering() -> None:
    specs = [spec for spec in learned() if spec.heading and spec.role is not Role.WORK]
    assert [(spec.numbering, spec.heading) for spec in specs] == [("一、", "存在问题"), ("一、", "2025年工作打算")]
    assert [spec.heading for spec in learned()][1:4] == ["压实责任", "狠抓整治", "企业安全"]


def test_indicators_go_where_their_figure_stood() -> None:
    specs = learned()
    assert home_of("meeting.safety_committee", specs) == "压实责任"
    assert home_of("hazard.found", specs) == "企业安全"
    assert home_of("road.persuaded", specs) == "道路交通"


def test_the_rest_of_a_family_follows_it() -> None:
    specs = learned()
    assert home_of("pledge.rate", specs) == "压实责任"
    assert home_of("inspection.vehicles", specs) == "企业安全"


def test_accidents_go_to_the_opening_where_it_spoke_of_them() -> None:
    opening = next(spec for spec in learned() if spec.role is Role.OPENING)
    assert "accident.count" in opening.must


def test_topics_the_past_summary_lacks_get_a_section_among_their_like() -> None:
    specs = learned()
    headings = [spec.heading for spec in specs]
    added = headings.index("自建房安全")
    assert headings.index("道路交通") < added < headings.index("存在问题")
    assert (specs[added].level, specs[added].numbering) == (2, "（一）")


def test_problems_and_plan_are_added_where_the_past_summary_has_none() -> None:
    roles = [spec.role for spec in learned("云岭镇2023年安全生产工作总结\n一、压实责任\n开会12次。")]
    assert roles[-2:] == [Role.PROBLEMS, Role.PLAN]


def test_keys_are_in_order_and_differ() -> None:
    keys = [spec.key for spec in learned()]
    assert keys == sorted(set(keys))


def test_one_plan_section_takes_up_the_shortfalls() -> None:
    assert sum(FOLLOW_UP in spec.topics for spec in learned()) == 1


def test_a_brief_of_one_paragraph_gives_no_outline() -> None:
    brief = document("截至11月底，云岭镇共检查企业176家次，排查隐患77处。")
    specs = outline_for(ReportKind.ANNUAL, YEAR, shipped_registry(), brief)
    assert specs == default_outline(ReportKind.ANNUAL, YEAR, shipped_registry())


def test_a_heading_over_sub_sections_has_nothing_to_report() -> None:
    parent = next(spec for spec in learned() if spec.heading == "狠抓整治")
    assert (parent.must, parent.length) == ((), 0)


def test_a_heading_keeps_no_figure_of_last_years() -> None:
    assert heading_without_figures("狠抓隐患排查，整改96处") == "狠抓隐患排查"
    assert heading_without_figures("落实“一岗双责”") == "落实“一岗双责”"
