from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.parts import apply_edit, changed_sections
from assistant.periods import parse_period
from assistant.records import Draft, ReportKind, SectionText
from assistant.workflow import draft_text

DRAFT = Draft(
    id="annual-2024-1",
    kind=ReportKind.ANNUAL,
    period=parse_period("2024"),
    title="石桥镇2024年安全生产工作总结",
    unit_name="石桥镇",
    sections=(
        SectionText("00", "", 0, "一年来，全镇安全形势平稳。现将情况总结如下："),
        SectionText("01", "一、隐患排查", 1, ""),
        SectionText("01.01", "（一）企业检查", 2, "检查企业184家次。\n下发整改通知书23份。", seconds=Decimal(1)),
        SectionText("02", "二、下一步打算", 1, "一是压实责任。"),
    ),
    signature="石桥镇人民政府",
    signed_on="2024年12月20日",
)
TEXT = draft_text(DRAFT)


def bodies(draft):
    return {section.key: section.text for section in draft.sections}


def test_an_untouched_text_changes_nothing():
    assert apply_edit(DRAFT, TEXT) == DRAFT
    assert changed_sections(DRAFT, apply_edit(DRAFT, TEXT)) == []


def test_a_changed_figure_changes_its_section_only():
    edited = apply_edit(DRAFT, TEXT.replace("184家次", "190家次"))
    changed = changed_sections(DRAFT, edited)
    assert [(section.key, section.writer) for section in changed] == [("01.01", "person")]
    assert changed[0].text == "检查企业190家次。\n下发整改通知书23份。"


def test_a_paragraph_written_under_an_empty_heading_becomes_its_body():
    edited = apply_edit(DRAFT, TEXT.replace("一、隐患排查\n", "一、隐患排查\n全年突出重点。\n"))
    assert bodies(edited)["01"] == "全年突出重点。"


def test_paragraphs_added_split_and_deleted_stay_in_their_section():
    text = TEXT.replace("184家次。\n", "184家次。\n其中工贸企业40家次。\n").replace(
        "一是压实责任。", "一是压实\n责任。"
    )
    edited = apply_edit(DRAFT, text)
    assert bodies(edited)["01.01"] == "检查企业184家次。\n其中工贸企业40家次。\n下发整改通知书23份。"
    assert bodies(edited)["02"] == "一是压实\n责任。"


def test_title_heading_and_date_can_be_rewritten():
    text = (
        TEXT.replace("工作总结", "工作报告").replace("（一）企业检查", "（一）执法检查").replace("12月20日", "12月25日")
    )
    edited = apply_edit(DRAFT, text)
    assert edited.title == "石桥镇2024年安全生产工作报告"
    assert edited.sections[2].heading == "（一）执法检查"
    assert edited.signed_on == "2024年12月25日"
    assert bodies(edited) == bodies(DRAFT)


def test_a_deleted_heading_leaves_the_text_below_it_where_it_was():
    edited = apply_edit(DRAFT, TEXT.replace("二、下一步打算\n一是压实责任。", "一是压实各方责任。"))
    assert edited.sections[3].heading == ""
    assert bodies(edited)["02"] == "一是压实各方责任。"


def test_everything_deleted_leaves_an_empty_draft():
    edited = apply_edit(DRAFT, "")
    assert draft_text(edited) == ""


LINE = st.sampled_from([*TEXT.split("\n"), "", "新写的一句话。", "三、其他", "2024年12月20日", "检查企业190家次。"])


@given(st.lists(LINE, max_size=14))
def test_whatever_is_written_every_line_is_kept_in_order(lines):
    kept = draft_text(apply_edit(DRAFT, "\n".join(lines))).split("\n")
    assert [line for line in kept if line] == [line for line in lines if line]
