"""A sheet drawn on the page with what was understood of it, and the form that corrects it."""

import pytest

from assistant.errors import InputError
from assistant.ledger.corrections import Choice, Correction, SavedLayout
from assistant.ledger.grids import Grid
from assistant.ledger.pictures import picture_of
from assistant.ledger.reports import ColumnNote, SheetNote
from assistant.periods import year_of
from assistant.records import Cell, Notice, Severity
from assistant.registry.registry import registry_of, shipped_registry
from assistant.remapping import Change, Remapped
from ui.mapping_form import changes_html, correction_of, form_html, lists_html
from ui.picture import cells_in, picture_html, rows_of

EVIL = '"><img src=x onerror=alert(1)>'
ROWS = [["2024年检查台账"], ["日期", "检查单位数（家次）"], ["2024.3.5", 8], ["合计", 8]]
COLUMNS = (
    ColumnNote("A", "日期", "", "日期"),
    ColumnNote("B", "检查单位数（家次）", "家次", "数值", "inspection.enterprises", "检查企业", 96, "名称一致"),
)


def note(columns=COLUMNS, layout="abc"):
    return SheetNote("a.xlsx", "检查", "", "", "2", 1, 0, "2024", "标题", "", layout, columns, 1)


def drawn(rows=ROWS, notes=None, notices=(), lines=None, here=""):
    picture = picture_of(Grid("a.xlsx", "检查", [list(row) for row in rows]))
    return picture_html(picture, notes or [note()], notices, lines or {}, here)


def test_columns_and_rows_say_what_they_are_taken_for():
    html = drawn()
    assert html.index("检查企业</button>") < html.index(">检查单位数（家次）<")
    assert 'data-layout="abc" data-column="检查单位数（家次）"' in html
    for part in (
        "<small>表头</small>",
        "<small>合计</small>",
        'class="measure" data-cell="B3"',
        'class="date" data-cell="A3"',
    ):
        assert part in html


def test_a_guess_is_marked_by_more_than_colour():
    guess = ColumnNote("B", "检查数", "家次", "数值", "inspection.enterprises", "检查企业", 60, "名称相近")
    assert "检查企业？</button>" in drawn(notes=[note((COLUMNS[0], guess))])


def test_cells_with_problems_are_marked_and_the_one_asked_for_is_found():
    warned = Notice(Severity.WARNING, "x", "合计对不上。", Cell("a.xlsx", "检查", "B4"))
    told = Notice(Severity.INFO, "x", "按保存的读法读取。", Cell("a.xlsx", "检查", "A2"))
    html = drawn(notices=[warned, told], here="B4")
    assert 'class="measure problem here" data-cell="B4" title="合计对不上。"' in html
    assert html.count("⚠</span>") == 1
    assert rows_of([warned, told]) == [2, 4]


@pytest.mark.parametrize(
    ("reach", "cells"), [("B4", ["B4"]), ("A2:B3", ["A2", "B2", "A3", "B3"]), ("AA1", ["AA1"]), ("", []), ("第3行", [])]
)
def test_places_are_cells(reach, cells):
    assert cells_in(reach) == cells


def test_a_line_of_names_and_figures_says_its_indicator():
    rows = [["指标", "数"], ["检查企业", 3]]
    assert "算进：检查企业</span>" in drawn(rows, [note(())], lines={"检查企业": "算进：检查企业"})


def saved(name="检查单位数", chosen="inspection.enterprises", **more):
    column = Choice(name, "inspection.enterprises", chosen, "B", "数值", "数值")
    given = {"rows": (Choice("inspection.times", "inspection.times", ""),), "lines": ()} | more
    return SavedLayout("abc", False, (column,), **given)


def test_the_form_has_a_field_for_each_column_the_rows_and_the_whole_table():
    html = form_html(note(), saved(), shipped_registry())
    assert 'data-kind="columns" data-name="检查单位数" data-chosen="inspection.enterprises"' in html
    assert 'data-kind="rows" data-name="inspection.times" data-chosen="false">' in html
    assert 'data-kind="whole" data-name="ignored" data-chosen="false">' in html
    assert "恢复程序自己的判断" in html  # the rows were switched off
    lists = lists_html(shipped_registry())
    assert lists.count("<option") > 75 and '<option value="">不用（不计入）</option>' in lists


def test_what_was_corrected_says_what_the_program_had_made_of_it():
    assert "程序原来认作“检查企业”" in form_html(note(), saved(chosen="hazard.found"), shipped_registry())


def test_what_the_form_sends_is_a_correction():
    sent = {
        "layout": "abc",
        "columns": {"备注": "hazard.found"},
        "rows": {"inspection.times": True},
        "whole": {"ignored": True},
    }
    assert correction_of(sent) == Correction(
        columns={"备注": "hazard.found"}, rows={"inspection.times": True}, ignored=True
    )
    assert correction_of({"layout": "abc", "anew": True}) == Correction(anew=True)
    for nothing in ({"layout": "abc"}, {"columns": {}, "rows": []}, {"columns": "x"}):
        with pytest.raises(InputError, match="还没有改动"):
            correction_of(nothing)


def test_a_correction_that_changes_no_figure_says_so():
    assert "没有变化" in changes_html(Remapped(None, ()))


def test_nothing_of_a_ledger_becomes_markup():
    column = ColumnNote("B", EVIL, EVIL, EVIL, EVIL, EVIL, 0, EVIL)
    registry = registry_of([next(iter(shipped_registry()))])
    layout = saved(EVIL, EVIL, lines=(Choice(EVIL, EVIL, EVIL),), rows=(Choice(EVIL, EVIL, EVIL),))
    pages = [
        drawn(
            [["a", "b"], [EVIL, EVIL]],
            [note((column,), EVIL)],
            [Notice(Severity.ERROR, "x", EVIL, Cell("", "", "A2"))],
            {EVIL: EVIL},
        ),
        form_html(note((column,), EVIL), layout, registry),
    ]
    assert not [page for page in pages if "<img" in page]


def test_a_figure_that_came_or_went_is_listed_with_its_year():
    from decimal import Decimal

    from assistant.records import Fact

    fact = Fact("f", "hazard.found", "排查隐患", "", year_of(2024), Decimal(9), "处")
    html = changes_html(Remapped(None, (Change(None, fact), Change(fact, None))))
    assert "2 个数变了" in html and "2024年" in html
    assert html.index("没有") < html.index("9处")


def test_tables_side_by_side_are_both_labelled_each_for_its_own_form():
    right = ColumnNote("D", "已整改（处）", "处", "数值", "hazard.rectified", "整改安全隐患", 96, "名称一致")
    notes = [note(), note((ColumnNote("C", "月份", "", "月份"), right), "right")]
    html = drawn(
        [["2024年检查台账"], ["日期", "检查单位数（家次）", "月份", "已整改（处）"], ["2024.3.5", 8, "3月", 5]], notes
    )
    assert 'data-layout="abc" data-column="检查单位数（家次）"' in html
    assert 'data-layout="right" data-column="已整改（处）"' in html
    assert html.count('class="labels"') == 1
