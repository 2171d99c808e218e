"""Past summaries as read: sections, kind, period, unit, and what a web page left in them."""

from dataclasses import replace

from assistant.drafting.past import read_past
from assistant.drafting.sections import Role
from assistant.periods import parse_period
from assistant.records import ReportKind
from tests.drafting.report_town import document

TEXT = """云岭镇2023年安全生产工作总结及2024年工作打算
县安全生产委员会办公室：
2023年，云岭镇认真落实上级部署。现将工作情况报告如下：
一、责任落实情况
召开安委会会议12次，签订责任书236份。
二、专项整治情况
（一）道路交通方面：全年劝导交通违法1520人次，查处交通违法118起。
（三）房屋安全方面：摸排自建房6120栋，完成整治49栋，其余持续推进。
三、存在的问题
一是监管力量不足；二是群众意识不强。
四、2024年工作打算
一、继续压实安全生产责任，加大检查力度。
二、继续开展隐患排查治理工作。
总之，我们将再接再厉。
云岭镇人民政府
2024年1月8日"""


def test_the_sections_have_headings_levels_and_roles() -> None:
    report = read_past(document(TEXT))
    assert [(part.level, part.heading, part.role) for part in report.sections] == [
        (0, "", Role.OPENING),
        (1, "责任落实情况", Role.WORK),
        (1, "专项整治情况", Role.WORK),
        (2, "道路交通方面", Role.WORK),
        (2, "房屋安全方面", Role.WORK),
        (1, "存在的问题", Role.PROBLEMS),
        (1, "2024年工作打算", Role.PLAN),
        (0, "", Role.CLOSING),
    ]


def test_it_says_whose_it_is_of_which_period_and_to_whom() -> None:
    report = read_past(document(TEXT))
    assert (report.unit_name, report.kind, report.period) == ("云岭镇", ReportKind.ANNUAL, parse_period("2023"))
    assert report.addressee == "县安全生产委员会办公室"


def test_numbers_that_start_again_inside_a_part_are_its_items() -> None:
    plan = next(part for part in read_past(document(TEXT)).sections if part.role is Role.PLAN)
    assert plan.paragraphs == (
        "一是继续压实安全生产责任，加大检查力度。",
        "二是继续开展隐患排查治理工作。",
    )


def test_signature_and_date_are_no_part_of_it() -> None:
    assert "2024年1月8日" not in "".join(part.text for part in read_past(document(TEXT)).sections)


def test_web_remains_are_cut_and_reported() -> None:
    report = read_past(
        document("云岭镇2023年安全生产工作总结\n##paidbegin##一、抓责任\n开会12次，压实责任。\n浏览次数：1234次")
    )
    assert "paid" not in "".join(part.heading + part.text for part in report.sections)
    assert [notice.kind for notice in report.notices] == ["scraps_cut", "scraps_cut"]


def test_a_half_year_summary_without_a_title_is_known_by_its_headings() -> None:
    text = "2023年，我镇扎实开展工作。\n一、2023上半年工作情况\n检查15次。\n二、2023年下半年工作思路\n继续加强监管。"
    report = read_past(document(text))
    assert (report.kind, report.period) == (ReportKind.HALF_YEAR, parse_period("2023H1"))


def test_a_redacted_unit_is_no_name() -> None:
    assert read_past(document("XX镇2023年安全生产工作总结\n一、抓责任\n我镇扎实开展工作。")).unit_name == ""


def test_without_a_year_the_period_is_unknown() -> None:
    assert read_past(document("安全生产工作总结\n一、抓责任\n扎实开展工作。")).period is None


def test_problems_in_the_last_paragraph_of_the_work_part_become_a_part_of_their_own() -> None:
    text = (
        "云岭镇2023年安全生产工作总结\n一、工作情况\n检查15次。\n形势依然严峻，突出表现在：一是力量不足；二是意识不强。"
    )
    assert read_past(document(text)).sections[-1].role is Role.PROBLEMS


def test_a_report_numbered_one_to_nine_throughout_has_its_first_level_there() -> None:
    parts = read_past(
        document("云岭镇2023年安全生产工作总结\n1、责任落实\n开会12次。\n2、隐患排查\n检查15次。")
    ).sections
    assert [(part.level, part.numbering) for part in parts] == [(1, "1、"), (1, "1、")]


def test_paragraphs_that_begin_with_markers_are_parts_without_heading() -> None:
    text = "云岭镇2023年上半年工作小结\n上半年，扎实开展工作。\n一是抓责任。开会6次。\n二是抓排查。检查8次。\n存在的问题：一是力量不足。\n下半年，我们将继续努力。"
    parts = read_past(document(text)).sections
    assert [part.role for part in parts] == [Role.OPENING, Role.WORK, Role.WORK, Role.PROBLEMS, Role.PLAN]
    assert [part.numbering for part in parts[1:3]] == ["一是", "一是"]
    assert parts[1].text == "抓责任。开会6次。"


def test_known_misprints_are_put_right_and_reported() -> None:
    report = read_past(document("云岭镇2023年安全生产工作总结\n一、抓整治\n效果比效明显，健全管理台帐。"))
    assert report.sections[-1].text == "效果比较明显，健全管理台账。"
    assert [notice.kind for notice in report.notices] == ["misprint", "misprint"]


def test_an_opening_that_ends_in_a_colon_is_no_addressee() -> None:
    report = read_past(
        document("云岭镇2023年安全生产工作总结\n2023年，我镇扎实工作，现总结如下：\n一、抓责任\n开会12次。")
    )
    assert report.addressee == ""
    assert report.sections[0].role is Role.OPENING


def test_cells_of_a_table_are_no_sentences() -> None:
    plain = document("云岭镇2023年安全生产工作总结\n一、抓检查\n检查情况如下。\n检查企业\n205")
    cells = tuple(
        replace(block, source="表1 A1") if block.text in ("检查企业", "205") else block for block in plain.blocks
    )
    report = read_past(replace(plain, blocks=cells))
    assert report.sections[-1].paragraphs == ("检查情况如下。",)
    assert [notice.kind for notice in report.notices] == ["table_left_out"]
