"""A county's sheet with a row for each town becomes the ledgers of the towns."""

from decimal import Decimal

import pytest

from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.ledger.problems import problems
from assistant.ledger.sharing import COUNTY
from assistant.periods import parse_period
from assistant.records import ALL_TOWNS
from assistant.registry.registry import shipped_registry
from assistant.remapping import sheet_picture
from assistant.settings import load_settings
from assistant.store.database import open_database
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace

YEAR = parse_period("2024")
SHEET = """清河县2024年安全检查汇总表,,,
{header},检查企业（家次）,排查隐患（处）,完成整改（处）
青梧镇,236,83,81
霜桥乡,152,95,91
城东街道办事处,88,20,20
合计,476,198,192
"""


@pytest.fixture
def engine(tmp_path):
    return open_database(tmp_path)


def write(folder, text, name="汇总.csv"):
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def figures(engine, town):
    found = facts_for(engine, YEAR, shipped_registry(), town=town, comparisons=False)
    return {fact.indicator: fact.value for fact in found}


def bring(engine, *paths, town=ALL_TOWNS):
    return import_files(engine, paths, shipped_registry(), town=town)


@pytest.mark.parametrize("header", ["乡镇", "单位", "所属乡镇", "镇（街道）", "单位名称", "属地"])
def test_each_town_gets_its_row_and_the_county_the_sums(engine, tmp_path, header):
    bring(engine, write(tmp_path / "in", SHEET.format(header=header)))
    assert figures(engine, "青梧镇")["inspection.enterprises"] == 236
    assert figures(engine, "霜桥乡")["hazard.rate"] == Decimal("95.789474")
    assert figures(engine, "城东街道")["hazard.found"] == 20
    assert figures(engine, ALL_TOWNS)["inspection.enterprises"] == 476
    assert figures(engine, "合计") == {}
    cell = facts_for(engine, YEAR, shipped_registry(), town="霜桥乡")[0].evidence[0]
    assert (cell.file, cell.cell[-1]) == (COUNTY + "汇总.csv", "4")


def test_rows_of_every_inspection_are_shared_out_too(engine, tmp_path):
    rows = [
        f"{town},2024-0{month}-1{day},企业{day}" for town in ("青梧镇", "霜桥乡") for month in (3, 4) for day in (1, 2)
    ]
    bring(
        engine,
        write(
            tmp_path / "in",
            "2024年安全检查台账,,\n乡镇,检查日期,被检查单位\n" + "\n".join([*rows, "霜桥乡,2024-05-11,企业9"]),
        ),
    )
    assert figures(engine, "青梧镇")["inspection.enterprises"] == 4
    assert figures(engine, "霜桥乡")["inspection.enterprises"] == 5


def test_cumulative_months_are_each_towns_own(engine, tmp_path):
    rows = ["青梧镇,1-3月,30", "霜桥乡,1-3月,10", "青梧镇,1-6月,70", "霜桥乡,1-6月,25"]
    bring(engine, write(tmp_path / "in", "2024年检查情况,,\n乡镇,期间,检查企业（家次）\n" + "\n".join(rows)))
    assert figures(engine, "青梧镇").get("inspection.enterprises") in (None, 70)
    half = facts_for(engine, parse_period("2024H1"), shipped_registry(), town="霜桥乡", comparisons=False)
    assert [fact.value for fact in half if fact.indicator == "inspection.enterprises"] == [25]


def test_a_newer_file_replaces_the_rows_of_every_town(engine, tmp_path):
    bring(engine, write(tmp_path / "in", SHEET.format(header="乡镇")))
    bring(
        engine,
        write(tmp_path / "in", SHEET.format(header="乡镇").replace("霜桥乡,152,95,91\n", "").replace("236", "240")),
    )
    assert figures(engine, "霜桥乡") == {}
    assert figures(engine, "青梧镇")["inspection.enterprises"] == 240


def test_a_towns_own_file_of_the_same_name_stays(engine, tmp_path):
    own = write(
        tmp_path / "own", "青梧镇2024年宣传台账,,\n月份,发放宣传资料（份）,悬挂横幅（条）\n1月,300,4\n2月,200,5\n"
    )
    bring(engine, own, town="青梧镇")
    bring(engine, write(tmp_path / "in", SHEET.format(header="乡镇")))
    assert {"publicity.leaflets", "inspection.enterprises"} <= figures(engine, "青梧镇").keys()


def test_a_folder_that_happens_to_be_called_after_the_county_is_a_towns_like_any_other(engine, tmp_path):
    write(tmp_path / "in", "", "空.txt")
    write(tmp_path / "in" / "全县", "青梧镇2024年检查台账,\n月份,检查企业（家次）\n1月,30\n2月,20\n", "检查.csv")
    assert not [notice for notice in bring(engine, tmp_path / "in", town="青梧镇").notices if notice.kind == "no_town"]
    assert figures(engine, "青梧镇")["inspection.enterprises"] == 50


def test_a_sheet_without_towns_is_named_and_left_out(engine, tmp_path):
    sheet = write(tmp_path / "in", "2024年检查台账,\n月份,检查企业（家次）\n1月,30\n2月,20\n", "无乡镇.csv")
    report = bring(engine, sheet, write(tmp_path / "in", SHEET.format(header="乡镇")))
    assert [notice.kind for notice in report.notices if "无乡镇" in notice.message] == ["no_town"]
    assert figures(engine, ALL_TOWNS)["inspection.enterprises"] == 476


def test_a_row_that_names_no_town_is_named_and_left_out(engine, tmp_path):
    report = bring(engine, write(tmp_path / "in", SHEET.format(header="乡镇").replace("城东街道办事处", "")))
    assert any(notice.kind == "row_without_town" and "第5行" in notice.message for notice in report.notices)
    assert figures(engine, ALL_TOWNS)["hazard.found"] == 178


def test_a_countys_sheet_imported_as_one_towns_is_pointed_out(engine, tmp_path):
    report = bring(engine, write(tmp_path / "in", SHEET.format(header="乡镇")), town="青梧镇")
    assert [notice.message for notice in report.notices if notice.kind == "several_towns"]
    assert figures(engine, "青梧镇")["inspection.enterprises"] == 476


def test_notices_about_a_row_go_to_its_town(engine, tmp_path):
    twice = SHEET.format(header="乡镇").replace("霜桥乡,152,95,91\n", "霜桥乡,152,95,91\n霜桥乡,152,95,91\n")
    bring(engine, write(tmp_path / "in", twice))
    told = {town: [notice.kind for notice in problems(engine, town=town)] for town in ("青梧镇", "霜桥乡")}
    assert "duplicate_row" in told["霜桥乡"]
    assert "duplicate_row" not in told["青梧镇"]


def test_the_sheet_can_be_shown_to_each_town(tmp_path):
    county = open_workspace(load_settings(tmp_path / "w", town="全县"))
    import_ledger(county, [write(tmp_path / "in", SHEET.format(header="乡镇"))])
    county.close()
    town = open_workspace(load_settings(tmp_path / "w", town="霜桥乡"))
    assert sheet_picture(town, COUNTY + "汇总.csv", "") is not None
    town.close()
