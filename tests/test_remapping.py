"""A person corrects how a sheet is read: saved, read again, compared; and nothing is lost where that cannot be."""

import openpyxl
import pytest

from assistant.errors import Forbidden, InputError
from assistant.ledger.corrections import Correction, correct_layout
from assistant.ledger.facts import facts_for
from assistant.ledger.problems import sheets
from assistant.periods import parse_period
from assistant.permissions import LOCAL, Actor, Role
from assistant.remapping import correct_mapping, saved_layout, sheet_picture
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace

ROWS = [
    ["2024年安全检查台账"],
    ["序号", "检查日期", "检查单位数（家次）", "邀请专家（人次）", "备注"],
    [1, "2024.3.5", 8, 4, None],
    [2, "2024.4.5", 7, 5, "2家复查"],
]
EXPERTS = "邀请专家（人次）"


def write(folder, name="2024年台账.xlsx", rows=ROWS):
    book = openpyxl.Workbook()
    book.active.title = "检查"
    for row in rows:
        book.active.append(row)
    folder.mkdir(exist_ok=True)
    book.save(folder / name)
    return folder / name


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path / "workspace"))
    import_ledger(opened, [write(tmp_path / "given")])
    yield opened
    opened.close()


def layout(workspace):
    return sheets(workspace.engine)[0].layout


def values(workspace):
    facts = facts_for(workspace.engine, parse_period("2024"), workspace.registry, comparisons=False)
    return {fact.indicator: int(fact.value) for fact in facts}


def test_a_column_given_to_an_indicator_changes_the_facts_and_says_which(workspace):
    before = values(workspace)
    told = correct_mapping(workspace, layout(workspace), Correction(columns={EXPERTS: "出动检查人员"}), LOCAL)
    assert [(change.before, int(change.after.value)) for change in told.changes] == [(None, 9)]
    assert values(workspace) == {**before, "inspection.people": 9}
    saved = saved_layout(workspace, layout(workspace))
    assert saved.corrected
    assert {each.name: each.chosen for each in saved.columns}[EXPERTS] == "inspection.people"


def test_a_column_not_used_takes_its_figure_away_and_going_back_brings_it_again(workspace):
    before = values(workspace)
    unused = Correction(columns={"检查单位数（家次）": ""})
    told = correct_mapping(workspace, layout(workspace), unused, LOCAL)
    assert [change.after for change in told.changes] == [None]
    assert "inspection.enterprises" not in values(workspace)
    correct_mapping(workspace, layout(workspace), Correction(anew=True), LOCAL)
    assert values(workspace) == before
    assert not saved_layout(workspace, layout(workspace)).corrected


def test_rows_counted_can_be_switched_off_and_a_table_left_unread(workspace):
    [counted] = saved_layout(workspace, layout(workspace)).rows
    correct_mapping(workspace, layout(workspace), Correction(rows={counted.found: False}), LOCAL)
    assert counted.found not in values(workspace)
    correct_mapping(workspace, layout(workspace), Correction(ignored=True), LOCAL)
    assert values(workspace) == {}


def test_the_users_own_file_need_not_be_there_any_more(workspace, tmp_path):
    (tmp_path / "given" / "2024年台账.xlsx").unlink()
    correct_mapping(workspace, layout(workspace), Correction(columns={EXPERTS: "inspection.people"}), LOCAL)
    assert values(workspace)["inspection.people"] == 9


def test_what_is_not_in_the_dictionary_changes_nothing(workspace):
    before, saved = values(workspace), saved_layout(workspace, layout(workspace))
    with pytest.raises(InputError, match="没有的指标"):
        correct_mapping(workspace, layout(workspace), Correction(columns={EXPERTS: "没有的指标"}), LOCAL)
    with pytest.raises(InputError, match="不认识的"):
        correct_mapping(workspace, layout(workspace), Correction(roles={EXPERTS: "不认识的"}), LOCAL)
    with pytest.raises(InputError, match="还没有保存过读法"):
        correct_layout(workspace.folder / "layouts", "0" * 12, Correction(anew=True), workspace.registry)
    assert (values(workspace), saved_layout(workspace, layout(workspace))) == (before, saved)


def test_without_a_copy_of_the_file_it_says_so_and_keeps_the_layout(workspace):
    (workspace.folder / "ledger" / "2024年台账.xlsx").unlink()
    saved = saved_layout(workspace, layout(workspace))
    with pytest.raises(InputError, match="原文件没有留存.*再导入一次"):
        correct_mapping(workspace, layout(workspace), Correction(columns={EXPERTS: "inspection.people"}), LOCAL)
    assert saved_layout(workspace, layout(workspace)) == saved
    assert sheet_picture(workspace, "2024年台账.xlsx", "检查") is None


def test_a_file_that_can_no_longer_be_read_leaves_layout_and_facts(workspace):
    before, saved = values(workspace), saved_layout(workspace, layout(workspace))
    (workspace.folder / "ledger" / "2024年台账.xlsx").write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(InputError, match="损坏"):
        correct_mapping(workspace, layout(workspace), Correction(columns={EXPERTS: "inspection.people"}), LOCAL)
    assert (values(workspace), saved_layout(workspace, layout(workspace))) == (before, saved)


def test_who_may_not_correct_is_refused(workspace):
    reader = Actor("li", Role.READER)
    with pytest.raises(Forbidden, match="更正表格识别"):
        correct_mapping(workspace, layout(workspace), Correction(anew=True), reader)


def test_the_picture_shows_the_file_as_imported(workspace):
    drawn = sheet_picture(workspace, "2024年台账.xlsx", "检查")
    assert [cell.text for cell in drawn.rows[2].cells] == ["1", "2024.3.5", "8", "4", ""]
    assert sheet_picture(workspace, "../jushi.db", "检查") is None
