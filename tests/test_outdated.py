"""The ledger changed after the report was written: what is outdated is pointed out, and brought up to date in its place."""

import pytest

from assistant.errors import InputError
from assistant.periods import year_of
from assistant.records import Draft, ReportKind, SectionText, VerdictKind
from assistant.revising import compare, keep_check, open_draft, outdated, save_text, update_figures
from assistant.settings import load_settings
from assistant.store import checks, locks
from assistant.store.contents import content_hash
from assistant.store.drafts import load_draft, save_head
from assistant.store.revisions import revisions, save_section
from assistant.store.states import keep_facts
from assistant.workflow import draft_text, import_ledger
from assistant.workspace import facts_around, open_workspace

NAME = "annual-2024-1"
HEADER = (
    "石桥镇{year}年安全生产检查统计表,,,,\n月份,检查企业（家次）,排查隐患（处）,整改隐患（处）,下发整改通知书（份）\n"
)
TEXT = "全年检查企业50家次，同比上升25%，排查隐患17处，整改16处，整改率94.1%。下发整改通知书五份，检查效果明显。"
OLDER, WRITTEN, CHANGED = ("40,10,9,3", "50,17,16,5", "30,20,16,3")


@pytest.fixture
def workspace(tmp_path):
    made = open_workspace(load_settings(tmp_path / "w"))
    save_head(made.engine, Draft(NAME, ReportKind.ANNUAL, year_of(2024), "石桥镇工作总结", "石桥镇", ()), "2024")
    ledger(made, 2023, OLDER)
    ledger(made, 2024, WRITTEN)
    write(made, TEXT)
    yield made
    made.close()


def ledger(workspace, year, row):
    file = workspace.folder.parent / f"{year}.csv"
    file.write_text(f"{HEADER.format(year=year)}1月,{row}\n", encoding="utf-8")
    import_ledger(workspace, [file])


def write(workspace, text):
    state = keep_facts(workspace.engine, facts_around(workspace, year_of(2024)))
    section = SectionText("01", "一、检查执法", 1, text, ("inspection.enterprises@2024",))
    save_section(workspace.engine, NAME, section, author="offline", why="起草", facts=state)


def edit(workspace, before, after):
    opened = open_draft(workspace, NAME)
    save_text(workspace, NAME, draft_text(opened.draft).replace(before, after), opened.base, author="张三")


def text_of(workspace):
    return load_draft(workspace.engine, NAME).sections[0].text


def surfaces(workspace):
    return [(each.surface, each.expected) for each in outdated(workspace, NAME)]


def test_nothing_is_outdated_while_the_ledger_stays(workspace):
    assert outdated(workspace, NAME) == []
    with pytest.raises(InputError, match="没有过时的数字"):
        update_figures(workspace, NAME, "01", author="张三")


def test_outdated_figures_are_pointed_out_in_their_place_with_both_values(workspace):
    ledger(workspace, 2024, CHANGED)
    found = outdated(workspace, NAME)
    assert [each.surface for each in found] == ["50家次", "25%", "17处", "94.1%", "五份"]
    assert all(text_of(workspace)[each.start : each.end] == each.surface for each in found)
    first = found[0]
    assert (first.then.value, first.now.value, first.expected, first.section) == (50, 30, "30家次", "01")
    assert first.now.evidence[0].file == "2024.csv" and "现在台账是30家次" in first.message


def test_figures_are_brought_up_to_date_and_every_other_word_stays(workspace):
    ledger(workspace, 2024, CHANGED)
    saved = update_figures(workspace, NAME, "01", author="张三")
    assert text_of(workspace) == (
        "全年检查企业30家次，同比下降25%，排查隐患20处，整改16处，整改率80%。下发整改通知书三份，检查效果明显。"
    )
    assert (saved.number, saved.author) == (2, "张三") and "50家次→30家次" in saved.why
    assert outdated(workspace, NAME) == []
    changed = [(each.before, each.after) for each in compare(workspace, NAME, "01", 1, 2) if not each.same]
    assert changed[-1] == ("五份", "三份")


def test_a_persons_own_sentences_are_seen_to_as_well(workspace):
    edit(workspace, "检查效果明显。", "检查效果明显。我镇坚持每季检查，累计检查企业50家次，受到群众好评。")
    ledger(workspace, 2024, CHANGED)
    assert surfaces(workspace).count(("50家次", "30家次")) == 2
    update_figures(workspace, NAME, "01", author="张三")
    assert text_of(workspace).endswith("我镇坚持每季检查，累计检查企业30家次，受到群众好评。")
    assert load_draft(workspace.engine, NAME).sections[0].writer == "person"


def test_a_figure_that_was_never_right_is_left_to_the_check(workspace):
    edit(workspace, "50家次", "99家次")
    ledger(workspace, 2024, CHANGED)
    assert "99家次" not in [surface for surface, _ in surfaces(workspace)]
    update_figures(workspace, NAME, "01", author="张三")
    assert "检查企业99家次" in text_of(workspace)


def test_a_figure_a_person_put_right_is_watched_from_then_on(workspace):
    ledger(workspace, 2024, CHANGED)
    edit(workspace, "50家次", "30家次")
    assert "30家次" not in [surface for surface, _ in surfaces(workspace)]
    ledger(workspace, 2024, "33,20,16,3")
    assert ("30家次", "33家次") in surfaces(workspace)


def test_what_the_ledger_no_longer_knows_is_said_and_stays(workspace):
    file = workspace.folder.parent / "2024.csv"
    file.write_text("石桥镇2024年统计表,\n月份,检查企业（家次）\n1月,50\n", encoding="utf-8")
    import_ledger(workspace, [file])
    found = {each.surface: each for each in outdated(workspace, NAME)}
    assert found["17处"].now is None and found["17处"].then.value == 17
    with pytest.raises(InputError, match="台账里现在没有对应的数"):
        update_figures(workspace, NAME, "01", author="张三")
    assert text_of(workspace) == TEXT


def test_locked_words_are_not_touched(workspace):
    ledger(workspace, 2024, CHANGED)
    locks.lock(workspace.engine, NAME, "01", "下发整改通知书五份，检查效果明显。")
    update_figures(workspace, NAME, "01", author="张三")
    assert "检查企业30家次" in text_of(workspace) and "整改通知书五份" in text_of(workspace)
    locks.lock(workspace.engine, NAME, "01")
    with pytest.raises(InputError, match="已锁定"):
        update_figures(workspace, NAME, "01", author="张三")


def test_an_unknown_section_is_an_error_for_people(workspace):
    with pytest.raises(InputError, match="没有编号为“99”的一节，有的是：01"):
        update_figures(workspace, NAME, "99", author="张三")


def test_a_report_of_the_first_version_is_judged_by_the_facts_in_its_head(workspace):
    facts = tuple(facts_around(workspace, year_of(2024)))
    head = Draft("annual-2024-2", ReportKind.ANNUAL, year_of(2024), "总结", "石桥镇", (), facts)
    save_head(workspace.engine, head, "2024")
    save_section(workspace.engine, head.id, SectionText("01", "一、检查", 1, TEXT), author="offline", why="起草")
    ledger(workspace, 2024, CHANGED)
    assert [each.surface for each in outdated(workspace, head.id)][:2] == ["50家次", "25%"]


def test_a_check_is_kept_with_the_words_it_was_about(workspace):
    kept, report = keep_check(workspace, NAME, author="张三")
    assert kept.content_hash == content_hash(load_draft(workspace.engine, NAME)) and kept.author == "张三"
    assert kept.counts[VerdictKind.SUPPORTED] == report.count(VerdictKind.SUPPORTED) == 6
    assert checks.load_report(workspace.engine, kept.id) == report
    assert keep_check(workspace, NAME, author="李四")[0] == kept
    edit(workspace, "50家次", "99家次")
    again, _ = keep_check(workspace, NAME, author="李四")
    assert [each.id for each in checks.checks_of(workspace.engine, NAME)] == [again.id, kept.id]
    assert again.counts[VerdictKind.CONTRADICTED] > 0 and len(revisions(workspace.engine, NAME, "01")) == 2
