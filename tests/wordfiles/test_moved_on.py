"""The draft has been worked on since the file was exported: what both sides changed is a conflict, shown with both."""

from dataclasses import replace

import pytest
from docx import Document as open_docx

from assistant.errors import Conflict, InputError
from assistant.store import drafts
from assistant.wordfiles import accept_proposals, export_word, import_word
from tests.wordfiles.parts import find, retype

DRAFT = "annual-2024-1"
DUTY = "落实党政同责、一岗双责，把责任压到村、压到企业、压到岗位。"


@pytest.fixture
def returned(town, tmp_path):
    """`returned(edit, now)`: exported, the draft's section 01.01 changed by `now`, the file by `edit`, imported."""

    def run(edit, now):
        path = tmp_path / "改稿.docx"
        export_word(town, DRAFT, path)
        section = next(each for each in drafts.load_draft(town.engine, DRAFT).sections if each.key == "01.01")
        drafts.save_section(town.engine, DRAFT, replace(section, text=now(section.text)), author="李四", why="编辑")
        document = open_docx(str(path))
        edit(document)
        document.save(str(path))
        return import_word(town, path)

    return run


def text_of(town, key="01.01"):
    return next(each.text for each in drafts.load_draft(town.engine, DRAFT).sections if each.key == key)


def test_what_others_changed_is_not_proposed_back(returned):
    found = returned(lambda _document: None, lambda text: text.replace("各村配备", "各村都配备"))
    assert found.proposals == ()
    assert [notice.kind for notice in found.notices] == ["moved_on"]


def test_changes_of_different_paragraphs_stand_side_by_side(returned, town):
    def edit(document):
        retype(find(document, "落实党政"), "落实党政同责、一岗双责。")

    found = returned(edit, lambda text: text.replace("各村配备", "各村都配备"))
    (proposal,) = found.proposals
    assert not proposal.conflict
    accept_proposals(town, found, [1], author="张文秘")
    assert "落实党政同责、一岗双责。\n" in text_of(town)
    assert "各村都配备" in text_of(town)


def test_changes_of_different_words_of_one_paragraph_are_brought_together(returned, town):
    def edit(document):
        retype(find(document, "落实党政"), DUTY.replace("压到岗位", "压到每个岗位"))

    found = returned(edit, lambda text: text.replace("落实党政同责", "严格落实党政同责"))
    (proposal,) = found.proposals
    assert not proposal.conflict
    assert proposal.now.startswith("严格落实")
    accept_proposals(town, found, [1], author="张文秘")
    assert "严格落实党政同责、一岗双责，把责任压到村、压到企业、压到每个岗位。" in text_of(town)


def test_the_same_words_changed_twice_are_a_conflict_with_both_shown(returned, town):
    def edit(document):
        retype(find(document, "落实党政"), DUTY.replace("压到岗位", "压到每个岗位"))

    found = returned(edit, lambda text: text.replace("压到岗位", "压到班组"))
    (proposal,) = found.proposals
    assert proposal.conflict
    assert "压到岗位" in proposal.before
    assert "压到班组" in proposal.now
    assert "压到每个岗位" in proposal.after
    accept_proposals(town, found, [1], author="张文秘")
    assert "压到每个岗位" in text_of(town)
    assert "压到班组" not in text_of(town)


def test_two_hands_on_one_figure_never_make_a_third_figure(town, tmp_path):
    path = tmp_path / "改稿.docx"
    export_word(town, DRAFT, path)
    section = next(each for each in drafts.load_draft(town.engine, DRAFT).sections if each.key == "01.02")
    drafts.save_section(
        town.engine, DRAFT, replace(section, text=section.text.replace("120家次", "220家次")), author="李四", why="编辑"
    )
    document = open_docx(str(path))
    line = find(document, "全年检查")
    retype(line, line.text.replace("120家次", "125家次"))
    document.save(str(path))
    (proposal,) = import_word(town, path).proposals
    assert proposal.conflict
    assert "225" not in proposal.after


def test_a_paragraph_removed_here_and_changed_there_is_a_conflict(returned):
    def edit(document):
        retype(find(document, "落实党政"), DUTY.replace("压到岗位", "压到每个岗位"))

    found = returned(edit, lambda text: text.replace(DUTY + "\n", ""))
    (proposal,) = found.proposals
    assert proposal.conflict
    assert proposal.now == ""


def test_what_both_removed_or_added_alike_is_no_proposal(returned):
    def edit(document):
        gone = find(document, "落实党政")._element
        gone.getparent().remove(gone)
        find(document, "（二）排查").insert_paragraph_before("每月调度一次。")

    found = returned(edit, lambda text: text.replace(DUTY + "\n", "") + "\n每月调度一次。")
    assert found.proposals == ()


def test_a_draft_changed_after_the_proposals_were_made_is_not_overwritten(returned, town):
    def edit(document):
        retype(find(document, "落实党政"), "落实党政同责、一岗双责。")

    found = returned(edit, lambda text: text)
    section = next(each for each in drafts.load_draft(town.engine, DRAFT).sections if each.key == "02")
    drafts.save_section(town.engine, DRAFT, replace(section, text="另写。"), author="李四", why="编辑")
    with pytest.raises(Conflict, match="重新导入"):
        accept_proposals(town, found, [1], author="张文秘")
    assert DUTY in text_of(town)


def test_numbers_that_are_not_there_are_refused(returned, town):
    found = returned(lambda _document: None, lambda text: text)
    with pytest.raises(InputError, match="没有第 3 处改动"):
        accept_proposals(town, found, [3], author="张文秘")
