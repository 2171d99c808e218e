"""Nothing acknowledged is lost, nothing is overwritten."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.errors import Conflict, InputError
from assistant.periods import year_of
from assistant.records import Cell, Draft, Fact, Notice, ReportKind, SectionText, Severity
from assistant.store.database import open_database
from assistant.store.drafts import list_drafts, load_draft, revisions, save_head, save_section
from assistant.store.tables import create_tables

FACT = Fact("f@2024", "f", "检查企业", "检查执法", year_of(2024), Decimal("184"), "家次", (Cell("a.xlsx", "表", "D4"),))
SECTION = SectionText("01", "一、工作", 1, "检查企业184家次。", ("f@2024",), seconds=Decimal("0.25"))
DRAFT = Draft(
    "d1", ReportKind.ANNUAL, year_of(2024), "青梧镇总结", "青梧镇", (), (FACT,), (Notice(Severity.INFO, "k", "说明"),)
)


@pytest.fixture
def engine(tmp_path):
    engine = open_database(tmp_path)
    create_tables(engine)
    save_head(engine, DRAFT, "2024")
    yield engine
    engine.dispose()


def test_a_draft_comes_back_as_it_was_saved(engine):
    save_section(engine, "d1", SECTION, author="offline", why="起草")
    assert load_draft(engine, "d1") == replace(DRAFT, sections=(SECTION,))
    assert load_draft(engine, "d1").facts[0].period.start == date(2024, 1, 1)


def test_every_saved_state_is_kept(engine):
    save_section(engine, "d1", SECTION, author="offline", why="起草")
    edited = replace(SECTION, text="检查企业184家次、学校9所次。", writer="person")
    save_section(engine, "d1", edited, author="张三", why="补充")
    assert [(r.number, r.author, r.section.text) for r in revisions(engine, "d1", "01")] == [
        (1, "offline", SECTION.text),
        (2, "张三", edited.text),
    ]
    assert load_draft(engine, "d1").sections == (edited,)


def test_a_stale_edit_is_refused_and_nothing_is_written(engine):
    save_section(engine, "d1", SECTION, author="offline", why="起草")
    save_section(engine, "d1", replace(SECTION, text="甲"), author="甲", why="改", based_on=1)
    with pytest.raises(Conflict, match="一、工作"):
        save_section(engine, "d1", replace(SECTION, text="乙"), author="乙", why="改", based_on=1)
    assert load_draft(engine, "d1").sections[0].text == "甲"


def test_sections_come_in_order_and_drafts_are_listed(engine):
    for key in ("03", "01", "02"):
        save_section(engine, "d1", replace(SECTION, key=key), author="offline", why="起草")
    assert [section.key for section in load_draft(engine, "d1").sections] == ["01", "02", "03"]
    assert [(item.id, item.title) for item in list_drafts(engine)] == [("d1", "青梧镇总结")]


def test_saving_the_head_again_replaces_it(engine):
    save_head(engine, replace(DRAFT, title="新标题"), "2024")
    assert load_draft(engine, "d1").title == "新标题"


def test_an_unknown_draft_is_an_error_for_people(engine):
    with pytest.raises(InputError, match="没有编号为“x”的稿子"):
        load_draft(engine, "x")
