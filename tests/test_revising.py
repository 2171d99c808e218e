from dataclasses import replace

import pytest

from assistant.errors import Conflict
from assistant.periods import parse_period
from assistant.records import Draft, ReportKind, SectionText
from assistant.revising import opened_at, save_text
from assistant.settings import load_settings
from assistant.store import audit
from assistant.store.drafts import load_draft, revisions, save_head, save_section
from assistant.workflow import draft_text
from assistant.workspace import open_workspace

FIRST = SectionText("01", "一、隐患排查", 1, "检查企业184家次。")
SECOND = SectionText("02", "二、下一步打算", 1, "一是压实责任。")


DRAFT = "annual-2024-1"


@pytest.fixture
def workspace(tmp_path):
    made = open_workspace(load_settings(tmp_path))
    opened = made.engine
    head = Draft(DRAFT, ReportKind.ANNUAL, parse_period("2024"), "石桥镇工作总结", "石桥镇", ())
    save_head(opened, head, "2024")
    for section in (FIRST, SECOND):
        save_section(opened, head.id, section, author="offline", why="起草")
    yield made
    made.close()


@pytest.fixture
def engine(workspace):
    return workspace.engine


def opened(workspace):
    return draft_text(load_draft(workspace.engine, DRAFT)), opened_at(workspace, DRAFT)


def save(workspace, text, base, author="李四"):
    return save_text(workspace, DRAFT, text, base, author=author)


def test_only_what_was_changed_becomes_a_revision_of_the_person(workspace, engine):
    text, base = opened(workspace)
    saved = save(workspace, text.replace("184", "190"), base)
    assert saved.draft.sections[0].text == "检查企业190家次。"
    assert saved.base == {"": 1, "01": 2, "02": 1}
    assert [state.author for state in revisions(engine, DRAFT, "01")] == ["offline", "李四"]
    assert len(revisions(engine, DRAFT, "02")) == 1


def test_saving_goes_on_from_what_was_saved(workspace, engine):
    text, base = opened(workspace)
    once = save(workspace, text.replace("184", "190"), base)
    twice = save(workspace, text.replace("184", "191"), once.base)
    assert twice.draft.sections[0].text == "检查企业191家次。" and twice.base["01"] == 3


def test_a_new_title_is_kept(workspace, engine):
    text, base = opened(workspace)
    saved = save(workspace, text.replace("工作总结", "工作报告"), base)
    assert saved.draft.title == "石桥镇工作报告" and saved.draft.sections == (FIRST, SECOND)


def test_what_somebody_else_changed_is_never_written_over(workspace, engine):
    text, base = opened(workspace)
    other = replace(FIRST, text="检查企业188家次。")
    save_section(engine, DRAFT, other, author="王", why="编辑", based_on=1)
    with pytest.raises(Conflict, match="隐患排查"):
        save(workspace, text.replace("184", "190"), base)
    assert load_draft(engine, DRAFT).sections[0] == other


def test_a_text_in_conflict_is_not_saved_by_halves(workspace, engine):
    text, base = opened(workspace)
    save_section(engine, DRAFT, replace(SECOND, text="一是抓好整治。"), author="王", why="编辑", based_on=1)
    edited = text.replace("184", "190").replace("一是压实责任", "一是压紧责任")
    with pytest.raises(Conflict, match="下一步打算"):
        save(workspace, edited, base)
    assert len(revisions(engine, DRAFT, "01")) == 1


def test_what_somebody_else_changed_elsewhere_stays_beside_ones_own_change(workspace, engine):
    text, base = opened(workspace)
    other = replace(SECOND, text="一是抓好整治。")
    save_section(engine, DRAFT, other, author="王", why="编辑", based_on=1)
    saved = save(workspace, text.replace("184", "190"), base)
    assert [section.text for section in saved.draft.sections] == ["检查企业190家次。", "一是抓好整治。"]


def test_sections_written_since_the_text_was_opened_stay(workspace, engine):
    text, base = opened(workspace)
    third = SectionText("03", "三、其他", 1, "新写的一节。")
    save_section(engine, DRAFT, third, author="offline", why="起草")
    saved = save(workspace, text.replace("一是压实", "一是继续压实"), base)
    assert [section.text for section in saved.draft.sections] == [
        "检查企业184家次。",
        "一是继续压实责任。",
        "新写的一节。",
    ]


def test_the_second_writer_is_shown_who_was_first_and_both_texts(workspace, engine):
    text, base = opened(workspace)
    other = replace(FIRST, text="检查企业188家次。")
    save_section(engine, DRAFT, other, author="王五", why="编辑", based_on=1)
    with pytest.raises(Conflict, match="“一、隐患排查”由王五于.*改过") as refused:
        save(workspace, text.replace("184", "190"), base)
    [theirs] = refused.value.others
    assert (theirs.key, theirs.number, theirs.author) == ("01", 2, "王五")
    assert (theirs.text, theirs.mine) == ("检查企业188家次。", "检查企业190家次。")


def test_two_titles_at_once_are_a_conflict_too(workspace):
    text, base = opened(workspace)
    save(workspace, text.replace("工作总结", "工作报告"), base, author="王五")
    with pytest.raises(Conflict, match="标题和落款") as refused:
        save(workspace, text.replace("工作总结", "年度总结"), base)
    assert (refused.value.others[0].text, refused.value.others[0].mine) == ("石桥镇工作报告", "石桥镇年度总结")


def test_a_title_somebody_else_changed_stays_beside_ones_own_change(workspace):
    text, base = opened(workspace)
    save(workspace, text.replace("工作总结", "工作报告"), base, author="王五")
    saved = save(workspace, text.replace("184", "190"), base)
    assert (saved.draft.title, saved.draft.sections[0].text) == ("石桥镇工作报告", "检查企业190家次。")


def test_a_save_without_a_change_makes_no_revision(workspace, engine):
    text, base = opened(workspace)
    assert save(workspace, text, base).base == base
    assert len(revisions(engine, DRAFT, "01")) == 1


def test_what_is_saved_while_typing_is_kept_and_marked(workspace, engine):
    text, base = opened(workspace)
    once = save_text(workspace, DRAFT, text.replace("184", "19"), base, author="李四", automatic=True)
    save_text(workspace, DRAFT, text.replace("184", "190"), once.base, author="李四", automatic=True)
    assert [(each.automatic, each.why) for each in revisions(engine, DRAFT, "01")] == [
        (False, "起草"),
        (True, "自动保存"),
        (True, "自动保存"),
    ]


def test_what_was_saved_is_what_is_loaded(workspace, engine):
    text, base = opened(workspace)
    edited = text.replace("184", "190").replace("工作总结", "工作报告")
    assert save(workspace, edited, base).draft == load_draft(engine, DRAFT)


def test_a_save_is_in_the_log(workspace, engine):
    text, base = opened(workspace)
    save(workspace, text.replace("184", "190"), base)
    newest = audit.entries(engine)[0]
    assert (newest.actor, newest.action, newest.subject) == ("李四", "save_section", DRAFT)
    assert "一、隐患排查 第 2 稿 编辑" in newest.detail and audit.verify(engine) == []
