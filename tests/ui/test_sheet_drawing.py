"""One sheet drawn on the page, from a ledger that was really imported."""

import pytest

from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from ui.desk import Desk
from ui.sheet_drawing import sheet_html
from ui.sheets_part import sheet_key

FOLDED = "月份,检查企业（家次）,月份,检查企业（家次）\n1月,3,7月,5\n2月,4,8月,6\n"
APART = (
    "青梧镇2024年责任书签订情况,,,青梧镇2024年防溺水工作情况,\n签订对象,已签（份）,,村（社区）,重点水域（处）\n"
    "企业,39,,石桥村,3\n村（社区）,8,,柳林村,4\n"
)


@pytest.fixture
def desk(tmp_path):
    desk = Desk(open_workspace(load_settings(tmp_path / "workspace")))
    yield desk
    desk.workspace.close()


def drawn(desk, tmp_path, text):
    path = tmp_path / "2024年台账.csv"
    path.write_text(text, encoding="utf-8")
    import_ledger(desk.workspace, [path])
    return sheet_html(desk, sheet_key(path.name, ""))


def test_the_halves_of_a_folded_table_share_one_form(desk, tmp_path):
    html = drawn(desk, tmp_path, "青梧镇2024年安全检查统计表,,,\n" + FOLDED)
    assert "A—B 列，表头第 2 行" in html and "C—D 列，表头第 2 行" in html
    assert html.count("<form ") == 1 and "<summary>读得不对？在这里更正</summary>" in html


def test_tables_side_by_side_have_a_form_each_named_by_its_place(desk, tmp_path):
    html = drawn(desk, tmp_path, APART)
    assert "第 2 行、A 列起的表读得不对？在这里更正" in html and "第 2 行、D 列起的表读得不对？在这里更正" in html
