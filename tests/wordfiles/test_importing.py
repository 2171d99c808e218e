"""A report edited in Word comes back as proposals; an untouched one as none."""

import copy

import pytest
from docx import Document as open_docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.records import VerdictKind
from assistant.store import drafts
from assistant.store.audit import Action, entries
from assistant.wordfiles import ChangeKind, Part, accept_proposals, export_word, import_word
from assistant.workflow import draft_text
from tests.wordfiles.parts import find, retype

MEETING = "全年召开专题会议"
DUTY = "落实党政同责"
GRID = "建立健全网格化"


def told(returned):
    return [(each.kind, each.part, each.section) for each in returned.proposals]


@pytest.mark.parametrize("options", [{}, {"annex": True}, {"annex": True, "comments": True}])
def test_an_untouched_file_gives_no_proposals(edited, options):
    returned = edited(lambda _document: None, **options)
    assert returned.proposals == ()
    assert returned.remarks == ()
    assert returned.draft_id == "annual-2024-1"


def test_a_figure_changed_by_hand_is_checked_at_once(edited):
    returned = edited(lambda d: retype(find(d, "全年检查"), "全年检查企业125家次，排查安全隐患60处，整改60处。"))
    (proposal,) = returned.proposals
    assert (proposal.kind, proposal.part, proposal.section) == (ChangeKind.CHANGED, Part.TEXT, "01.02")
    assert [(each.surface, each.verdict) for each in proposal.wrong] == [("125家次", VerdictKind.CONTRADICTED)]
    assert proposal.wrong[0].expected == "120家次"
    for verdict in proposal.verdicts:
        assert proposal.after[verdict.start : verdict.end] == verdict.surface


def test_a_paragraph_added_removed_and_moved(edited):
    def edit(document):
        duty = find(document, DUTY)._element
        find(document, "二是深化")._element.addnext(duty)
        gone = find(document, "基层监管")._element
        gone.getparent().remove(gone)
        find(document, "（二）排查").insert_paragraph_before("镇安委会每月调度一次。")

    assert told(edited(edit)) == [
        (ChangeKind.ADDED, Part.TEXT, "01.01"),
        (ChangeKind.REMOVED, Part.TEXT, "02"),
        (ChangeKind.MOVED, Part.TEXT, "01.01"),
    ]


def test_moved_and_changed_is_one_proposal(edited):
    def edit(document):
        duty = find(document, DUTY)
        retype(duty, "落实党政同责、一岗双责，把责任压到村组、压到企业、压到岗位。")
        find(document, "二是深化")._element.addnext(duty._element)

    (proposal,) = edited(edit).proposals
    assert proposal.kind is ChangeKind.MOVED
    assert proposal.label == "移动并改动·正文"
    assert proposal.place.startswith("二是深化")


def test_split_and_joined_paragraphs_are_told_apart_from_added_and_removed(edited):
    def edit(document):
        grid = find(document, GRID)
        rest = copy.deepcopy(grid._element)
        grid._element.addnext(rest)
        words = grid.text
        retype(grid, words[:12])
        retype(find(document, words[:12]).__class__(rest, grid._parent), words[12:])
        one = find(document, "二是深化")
        retype(one, one.text + find(document, "三是加强").text)
        gone = find(document, "三是加强")._element
        gone.getparent().remove(gone)

    returned = edited(edit)
    assert [each.kind for each in returned.proposals] == [ChangeKind.SPLIT, ChangeKind.JOINED]
    assert returned.proposals[0].after.replace("\n", "") == returned.proposals[0].before


def test_head_lines_are_their_own_parts(edited):
    def edit(document):
        retype(find(document, "青梧镇2024年"), "青梧镇2024年度安全生产工作报告")
        retype(find(document, "县安全生产委员会"), "县安委会、县应急管理局：")
        retype(find(document, "青梧镇人民政府"), "青梧镇安全生产委员会办公室")
        retype(find(document, "2025年1月6日"), "2025年2月18日")

    returned = edited(edit)
    assert [each.part for each in returned.proposals] == [Part.TITLE, Part.ADDRESSEE, Part.SIGNATURE, Part.DATE]
    assert {each.kind for each in returned.proposals} == {ChangeKind.CHANGED}


def test_accepting_head_lines_keeps_what_was_not_accepted(edited, town):
    def edit(document):
        retype(find(document, "青梧镇2024年"), "青梧镇2024年度安全生产工作报告")
        retype(find(document, "2025年1月6日"), "2025年2月18日")

    returned = edited(edit)
    accept_proposals(town, returned, [2], author="张文秘")
    draft = drafts.load_draft(town.engine, "annual-2024-1")
    assert draft.signed_on == "2025年2月18日"
    assert draft.title == "青梧镇2024年安全生产工作总结及2025年工作打算"
    assert draft.addressee == "县安全生产委员会"


def test_tracked_changes_count_as_made_and_are_told(edited):
    def edit(document):
        paragraph = find(document, DUTY)
        inserted = OxmlElement("w:ins")
        inserted.set(qn("w:id"), "7")
        inserted.set(qn("w:author"), "王主任")
        run = copy.deepcopy(paragraph.runs[0]._element)
        run.find(qn("w:t")).text = "切实做到守土有责。"
        inserted.append(run)
        paragraph._element.append(inserted)
        deleted = OxmlElement("w:del")
        deleted.set(qn("w:id"), "8")
        deleted.set(qn("w:author"), "王主任")
        meeting = find(document, MEETING)
        old = meeting.runs[0]._element
        old.find(qn("w:t")).tag = qn("w:delText")
        old.addprevious(deleted)
        deleted.append(old)

    returned = edited(edit)
    assert [each.kind for each in returned.proposals] == [ChangeKind.REMOVED, ChangeKind.CHANGED]
    assert returned.proposals[1].tracked == ("王主任",)
    assert "修订" in "".join(notice.message for notice in returned.notices)


def test_comments_of_people_are_remarks_not_text(edited):
    def edit(document):
        paragraph = find(document, "全年检查")
        document.add_comment(paragraph.runs, text="请核实家次", author="王主任", initials="王")

    returned = edited(edit, annex=True)
    assert returned.proposals == ()
    (remark,) = returned.remarks
    assert (remark.author, remark.text) == ("王主任", "请核实家次")
    assert remark.quote.startswith("全年检查企业120家次")


def test_looks_and_blank_lines_are_no_changes(edited):
    def edit(document):
        for paragraph in document.paragraphs:
            for run in paragraph.runs:
                run.font.bold, run.font.size = True, 228600
        find(document, GRID).insert_paragraph_before("")
        duty = find(document, DUTY)
        retype(duty, "\u3000\u3000" + duty.text + " ")

    assert edited(edit).proposals == ()


def test_accepting_everything_gives_the_files_text(edited, town):
    def edit(document):
        retype(find(document, "（二）排查"), "（二）深入排查治理隐患")
        find(document, "三、下一步").insert_paragraph_before("三是宣传教育形式单一。")
        duty = find(document, DUTY)._element
        duty.getparent().remove(duty)

    returned = edited(edit)
    accept_proposals(town, returned, [each.number for each in returned.proposals], author="张文秘")
    text = draft_text(drafts.load_draft(town.engine, "annual-2024-1"))
    assert "（二）深入排查治理隐患\n" in text
    assert "基层监管力量薄弱，专业人员缺乏。\n三是宣传教育形式单一。\n三、下一步工作打算" in text
    assert DUTY not in text
    saved = drafts.revisions(town.engine, "annual-2024-1", "02")[-1]
    assert (saved.author, saved.section.writer) == ("张文秘", "person")
    assert "改稿.docx" in saved.why
    assert len(drafts.revisions(town.engine, "annual-2024-1", "03")) == 1


def test_refused_proposals_change_nothing(edited, town):
    def edit(document):
        retype(find(document, DUTY), "落实党政同责、一岗双责。")
        retype(find(document, GRID), "建立健全网格化监管机制，各村配备专职安全员。")

    returned = edited(edit)
    assert accept_proposals(town, returned, [], author="张文秘") == []
    (changed,) = accept_proposals(town, returned, [1], author="张文秘")
    assert "落实党政同责、一岗双责。\n" in changed.text
    assert "做到日日有巡查" in changed.text


def test_a_section_moved_as_a_whole_is_one_proposal_and_keeps_its_words(edited, town):
    def edit(document):
        block = [find(document, start)._element for start in ("二、存在的问题", "个别企业", "基层监管")]
        for element in block:
            find(document, "特此报告")._element.addprevious(element)

    (proposal,) = edited(edit).proposals
    assert (proposal.kind, proposal.part) == (ChangeKind.MOVED, Part.HEADING)


def test_a_new_heading_begins_a_section_of_its_own(edited, town):
    def edit(document):
        find(document, "特此报告").insert_paragraph_before("四、有关建议")
        find(document, "特此报告").insert_paragraph_before("建议上级加大投入。")

    returned = edited(edit)
    accept_proposals(town, returned, [1, 2], author="张文秘")
    draft = drafts.load_draft(town.engine, "annual-2024-1")
    (new,) = (each for each in draft.sections if each.heading == "四、有关建议")
    assert (new.level, new.text) == (1, "建议上级加大投入。")
    assert [each.key for each in draft.sections] == sorted(each.key for each in draft.sections)
    assert draft_text(draft).endswith("建议上级加大投入。\n特此报告。\n青梧镇人民政府\n2025年1月6日")


def test_a_line_under_the_signature_is_said_to_go_to_the_end_of_the_text(edited, town):
    def edit(document):
        date = find(document, "2025年1月6日")
        line = copy.deepcopy(date._element)
        date._element.addnext(line)
        retype(date.__class__(line, date._parent), "（此件公开发布）")

    returned = edited(edit)
    (proposal,) = returned.proposals
    assert proposal.kind is ChangeKind.ADDED
    assert "正文末尾" in proposal.note
    accept_proposals(town, returned, [1], author="张文秘")
    text = draft_text(drafts.load_draft(town.engine, "annual-2024-1"))
    assert text.endswith("特此报告。\n（此件公开发布）\n青梧镇人民政府\n2025年1月6日")


def test_what_was_accepted_is_kept_with_its_facts_and_in_the_log(edited, town):
    returned = edited(lambda d: retype(find(d, DUTY), "落实党政同责。"))
    accept_proposals(town, returned, [1], author="张文秘")
    assert drafts.revisions(town.engine, "annual-2024-1", "01.01")[-1].facts
    (entry,) = entries(town.engine, action=Action.IMPORT_WORD)
    assert (entry.actor, entry.subject) == ("张文秘", "annual-2024-1")


def test_the_text_of_an_offices_template_is_no_change(town, tmp_path):
    template = open_docx()
    for line in ("青梧镇安全生产委员会办公室文件", "{{正文}}", "印发：各村"):
        template.add_paragraph(line)
    template.save(str(tmp_path / "模板.docx"))
    export_word(town, "annual-2024-1", tmp_path / "总结.docx", base=tmp_path / "模板.docx", annex=True)
    assert import_word(town, tmp_path / "总结.docx").proposals == ()
