"""Who changed what, when and why; any two states compared, any state restored, nothing lost by it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assistant.diffs import Piece
from assistant.errors import InputError
from assistant.periods import year_of
from assistant.records import Draft, Fact, ReportKind, SectionText
from assistant.revising import HEAD, compare, facts_used, history, open_draft, restore, save_text, text_at
from assistant.settings import load_settings
from assistant.store import audit
from assistant.store.drafts import load_draft, save_head
from assistant.store.revisions import Edit, revisions, save_edits
from assistant.store.states import keep_facts
from assistant.workflow import draft_text
from assistant.workspace import open_workspace

NAME = "annual-2024-1"
FIRST = SectionText("01", "一、检查执法", 1, "检查企业184家次。", ("f@2024",), "model", prompt_hash="abc", model="qwen")
FACT = Fact("f@2024", "f", "检查企业", "检查执法", year_of(2024), Decimal(184), "家次")
NOON = datetime(2024, 12, 20, 4, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path):
    made = open_workspace(load_settings(tmp_path))
    save_head(made.engine, Draft(NAME, ReportKind.ANNUAL, year_of(2024), "石桥镇工作总结", "石桥镇", ()), "2024")
    yield made
    made.close()


def put(workspace, text, minutes=0, author="张三", why="编辑", automatic=False, facts=""):
    section = replace(FIRST, text=text, writer="model" if author == "model" else "person")
    at = NOON + timedelta(minutes=minutes)
    edits = [Edit(section)]
    [saved] = save_edits(
        workspace.engine, NAME, edits, author=author, why=why, automatic=automatic, facts=facts, clock=lambda: at
    )
    return saved


def of_section(workspace):
    return [change for change in history(workspace, NAME) if change.section == "01"]


def test_a_change_says_who_when_why_and_with_which_model(workspace):
    put(workspace, FIRST.text, author="model", why="起草")
    put(workspace, "检查企业190家次。", 5)
    newest, oldest = of_section(workspace)
    assert (newest.author, newest.why, newest.number, newest.current, newest.model) == ("张三", "编辑", 2, True, "")
    assert newest.when == NOON + timedelta(minutes=5)
    assert (oldest.author, oldest.model, oldest.prompt_hash, oldest.current) == ("model", "qwen", "abc", False)


def test_what_was_saved_while_one_person_typed_is_one_change_and_every_state_is_kept(workspace):
    put(workspace, "零", author="model", why="起草")
    for minute, text in enumerate(("一", "一二", "一二三"), 1):
        put(workspace, text, minute, why="自动保存", automatic=True)
    put(workspace, "一二三四", 4)
    put(workspace, "一二三四五", 5)
    assert [(each.first, each.number, each.why) for each in of_section(workspace)] == [
        (6, 6, "编辑"),
        (2, 5, "编辑"),
        (1, 1, "起草"),
    ]
    assert [each.section.text for each in revisions(workspace.engine, NAME, "01")][2] == "一二"
    assert text_at(workspace, NAME, "01", 3) == "一、检查执法\n一二"


@pytest.mark.parametrize(("author", "minutes"), [("李四", 1), ("张三", 30)])
def test_another_person_or_another_sitting_is_another_change(workspace, author, minutes):
    put(workspace, "一", 0, why="自动保存", automatic=True)
    put(workspace, "一二", minutes, author=author, why="自动保存", automatic=True)
    assert len(of_section(workspace)) == 2


def test_two_states_are_compared_by_character(workspace):
    put(workspace, "检查企业184家次。")
    put(workspace, "检查企业205家次。", 1)
    assert [piece for piece in compare(workspace, NAME, "01", 1, 2) if not piece.same] == [Piece("184家次", "205家次")]


def test_a_state_is_restored_as_a_new_one_and_logged(workspace):
    put(workspace, "原来的。", facts=keep_facts(workspace.engine, [FACT]))
    put(workspace, "改过的。", 1)
    saved = restore(workspace, NAME, "01", 1, author="李四")
    assert (saved.number, saved.author, saved.why) == (3, "李四", "恢复第 1 稿")
    assert load_draft(workspace.engine, NAME).sections[0].text == "原来的。"
    assert [each.section.text for each in revisions(workspace.engine, NAME, "01")] == [
        "原来的。",
        "改过的。",
        "原来的。",
    ]
    assert facts_used(workspace, NAME, "01", 3) == (FACT,)
    newest = audit.entries(workspace.engine)[0]
    assert (newest.actor, newest.action, newest.subject) == ("李四", "restore", NAME)
    assert audit.verify(workspace.engine) == []


def test_title_and_signature_have_a_history_too(workspace):
    opened = open_draft(workspace, NAME)
    text = draft_text(opened.draft).replace("工作总结", "工作报告")
    save_text(workspace, NAME, text, opened.base, author="张三")
    newest, oldest = (change for change in history(workspace, NAME) if change.section == HEAD)
    assert (newest.author, newest.heading, newest.number, oldest.why) == ("张三", "标题和落款", 2, "起草")
    assert [piece for piece in compare(workspace, NAME, HEAD, 1, 2) if not piece.same] == [Piece("总结", "报告")]
    restore(workspace, NAME, HEAD, 1, author="张三")
    assert load_draft(workspace.engine, NAME).title == "石桥镇工作总结"


@pytest.mark.parametrize(("section", "number", "said"), [("01", 9, "只有第 1 到第 1 稿"), ("99", 1, "没有这一节"), (HEAD, 4, "标题和落款没有第 4 稿")])  # fmt: skip
def test_a_state_that_is_not_there_is_an_error_for_people(workspace, section, number, said):
    put(workspace, "一")
    with pytest.raises(InputError, match=said):
        restore(workspace, NAME, section, number, author="张三")


def test_restoring_what_stands_there_is_refused(workspace):
    put(workspace, "一")
    with pytest.raises(InputError, match="不用恢复"):
        restore(workspace, NAME, "01", 1, author="张三")


def test_the_facts_of_a_revision_keep_the_values_they_had_then(workspace):
    put(workspace, "检查企业184家次。", author="model", why="起草", facts=keep_facts(workspace.engine, [FACT]))
    put(workspace, "共检查企业184家次。", 1, why="自动保存", automatic=True)
    later = replace(FACT, value=Decimal(205))
    put(workspace, "检查企业205家次。", 2, facts=keep_facts(workspace.engine, [later]))
    assert [facts_used(workspace, NAME, "01", number) for number in (1, 2, 3)] == [(FACT,), (FACT,), (later,)]
