from dataclasses import replace

import pytest

from assistant.errors import Conflict
from assistant.periods import parse_period
from assistant.records import Draft, ReportKind, SectionText
from assistant.store.database import open_database
from assistant.store.drafts import create_tables, load_draft, revisions, save_head, save_section
from assistant.workflow import draft_text
from ui.saving import AUTHOR, revision_numbers, save_text

FIRST = SectionText("01", "一、隐患排查", 1, "检查企业184家次。")
SECOND = SectionText("02", "二、下一步打算", 1, "一是压实责任。")


@pytest.fixture
def engine(tmp_path):
    opened = open_database(tmp_path)
    create_tables(opened)
    head = Draft("annual-2024-1", ReportKind.ANNUAL, parse_period("2024"), "石桥镇工作总结", "石桥镇", ())
    save_head(opened, head, "2024")
    for section in (FIRST, SECOND):
        save_section(opened, head.id, section, author="offline", why="起草")
    yield opened
    opened.dispose()


def opened(engine):
    draft = load_draft(engine, "annual-2024-1")
    return draft_text(draft), revision_numbers(engine, draft)


def test_only_what_was_changed_becomes_a_revision_of_the_person(engine):
    text, base = opened(engine)
    saved = save_text(engine, "annual-2024-1", text.replace("184", "190"), base)
    assert saved.draft.sections[0].text == "检查企业190家次。"
    assert saved.base == {"01": 2, "02": 1}
    assert [state.author for state in revisions(engine, "annual-2024-1", "01")] == ["offline", AUTHOR]
    assert len(revisions(engine, "annual-2024-1", "02")) == 1


def test_saving_goes_on_from_what_was_saved(engine):
    text, base = opened(engine)
    once = save_text(engine, "annual-2024-1", text.replace("184", "190"), base)
    twice = save_text(engine, "annual-2024-1", text.replace("184", "191"), once.base)
    assert twice.draft.sections[0].text == "检查企业191家次。" and twice.base["01"] == 3


def test_a_new_title_is_kept(engine):
    text, base = opened(engine)
    saved = save_text(engine, "annual-2024-1", text.replace("工作总结", "工作报告"), base)
    assert saved.draft.title == "石桥镇工作报告" and saved.draft.sections == (FIRST, SECOND)


def test_what_somebody_else_changed_is_never_written_over(engine):
    text, base = opened(engine)
    other = replace(FIRST, text="检查企业188家次。")
    save_section(engine, "annual-2024-1", other, author="王", why="编辑", based_on=1)
    with pytest.raises(Conflict, match="隐患排查"):
        save_text(engine, "annual-2024-1", text.replace("184", "190"), base)
    assert load_draft(engine, "annual-2024-1").sections[0] == other


def test_a_text_in_conflict_is_not_saved_by_halves(engine):
    text, base = opened(engine)
    save_section(engine, "annual-2024-1", replace(SECOND, text="一是抓好整治。"), author="王", why="编辑", based_on=1)
    edited = text.replace("184", "190").replace("一是压实责任", "一是压紧责任")
    with pytest.raises(Conflict, match="下一步打算"):
        save_text(engine, "annual-2024-1", edited, base)
    assert len(revisions(engine, "annual-2024-1", "01")) == 1


def test_what_somebody_else_changed_elsewhere_stays_beside_ones_own_change(engine):
    text, base = opened(engine)
    other = replace(SECOND, text="一是抓好整治。")
    save_section(engine, "annual-2024-1", other, author="王", why="编辑", based_on=1)
    saved = save_text(engine, "annual-2024-1", text.replace("184", "190"), base)
    assert [section.text for section in saved.draft.sections] == ["检查企业190家次。", "一是抓好整治。"]


def test_sections_written_since_the_text_was_opened_stay(engine):
    text, base = opened(engine)
    third = SectionText("03", "三、其他", 1, "新写的一节。")
    save_section(engine, "annual-2024-1", third, author="offline", why="起草")
    saved = save_text(engine, "annual-2024-1", text.replace("一是压实", "一是继续压实"), base)
    assert [section.text for section in saved.draft.sections] == [
        "检查企业184家次。",
        "一是继续压实责任。",
        "新写的一节。",
    ]
