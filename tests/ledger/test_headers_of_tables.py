"""Headers as townships write them: years and days across the top, two rows without merged cells, none at all."""

import pytest

from tests.ledger.parts import HEAD, YEAR


def test_months_down_the_side_and_years_across_the_top(read):
    rows = [
        ["清河镇2022—2024年各月检查企业家次对比表"],
        ["月份", "2022年", "2023年", "2024年"],
        ["1月", 10, 12, 15],
        ["2月", 8, 9, 11],
        ["合计", 18, 21, 26],
    ]
    ledger = read(rows)
    assert [ledger.values(year)["inspection.enterprises"] for year in ("2022", "2023", "2024")] == [18, 21, 26]
    assert ledger.values("2023-02")["inspection.enterprises"] == 9
    assert not {"bad_date", "no_year", "sum_mismatch"} & set(ledger.kinds)


def test_villages_down_the_side_and_years_across_the_top(read):
    rows = [
        ["清河镇历年排查隐患数"],
        ["村（社区）", "2023年", "2024年"],
        ["石桥村", 12, 15],
        ["柳林村", 9, 11],
        ["合计", 21, 26],
    ]
    ledger = read(rows, name="台账.xlsx")
    assert [ledger.values(year)["hazard.found"] for year in ("2023", "2024")] == [21, 26]
    assert "no_year" not in ledger.kinds


def test_a_year_across_the_top_says_nothing_of_the_columns_without_one(read):
    rows = [
        ["清河镇检查情况"],
        ["月份", "2024年", "排查隐患（处）"],
        ["", "检查企业（家次）", ""],
        ["1月", 12, 3],
        ["2月", 9, 4],
    ]
    assert "hazard.found" not in read(rows, name="台账.xlsx").values()


def test_days_across_the_top(read):
    rows = [
        ["清河镇2024年1月安全巡查登记表"],
        ["项目", "1月5日", "1月12日", "1月19日", "合计"],
        ["检查企业（家次）", 3, 4, 5, 12],
        ["排查隐患（处）", 6, 2, 8, 16],
    ]
    ledger = read(rows)
    assert ledger.values("2024-01")["inspection.enterprises"] == 12
    assert ledger.values("2024-01-01..2024-01-12")["hazard.found"] == 8
    assert not ledger.kinds


def test_two_figures_in_one_cell_are_pointed_out(read):
    rows = [
        ["清河镇2024年一季度检查情况表"],
        ["月份", "检查企业（家次）", "隐患整改情况（整改/发现）", "整改率"],
        ["1月", 12, "4/8", "4/8"],
        ["2月", 10, "6/6", "6/6"],
    ]
    ledger = read(rows)
    assert set(ledger.values()) == {"inspection.enterprises"}
    told = [notice for notice in ledger.report.notices if notice.kind == "unread_column"]
    assert [notice.cell.cell for notice in told] == ["C2", "D2"] and "两列" in told[0].message


def test_dates_written_with_a_stroke_are_no_two_figures(read):
    rows = [["清河镇2024年检查台账"], ["日期", "检查企业（家次）", "复查日期"], ["3/5", 12, "4/8"], ["3/6", 10, "4/9"]]
    assert "unread_column" not in read(rows).kinds


GROUPED = [
    ["清河镇2024年行业部门监管月报汇总表"],
    ["月份", "餐饮场所", None, "危化和燃气", None],
    [None, "检查食品经营单位", "食品抽检", "检查危化品企业", "燃气入户安检"],
    [None, "家次", "批次", "家次", "户"],
    ["1月", 30, 17, 5, 120],
    ["2月", 28, 12, 3, 125],
    ["小计", 58, 29, 8, 245],
    ["3月", 25, 10, 2, 85],
    ["合计", 83, 39, 10, 330],
]


def test_a_header_of_two_rows_with_merged_cells(read):
    merged = read(GROUPED, merges=["A2:A4", "B2:C2", "D2:E2"], name="合并.xlsx").values()
    assert (merged["food.checked"], merged["gas.households"]) == (83, 330)


def test_a_header_of_two_rows_in_a_file_without_merged_cells(read):
    ledger = read(GROUPED)
    assert (ledger.values()["food.checked"], ledger.values("2024-02")["gas.households"]) == (83, 125)


@pytest.mark.parametrize(
    ("first", "second", "period"),
    [("1月", "2月", "2024-02"), ("石桥村", "柳林村", "2024"), ("第一组", "第二组", "2024")],
)
def test_a_first_column_without_a_header_is_read_by_its_cells(read, first, second, period):
    rows = [
        ["清河镇2024年安全生产检查统计表"],
        [None, "检查企业（家次）", "排查隐患（处）"],
        [first, 12, 30],
        [second, 9, 21],
        ["合计", 21, 51],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 21
    assert ledger.values(period)["hazard.found"] == (21 if period == "2024-02" else 51)
    assert "A2" in ledger.message("guessed_corner")


def test_indicators_down_a_first_column_without_a_header(read):
    rows = [
        ["清河镇2024年安全生产工作统计表"],
        [None, "1月", "2月", "合计"],
        ["检查企业（家次）", 12, 9, 21],
        ["排查隐患（处）", 30, 21, 51],
    ]
    assert read(rows).values("2024-02")["inspection.enterprises"] == 9


def test_a_total_in_a_column_without_a_header_is_no_row(read):
    rows = [[YEAR], [None, *HEAD[1:]], [None, "2024.1.5", 8, 4], [None, "2024.4.5", 6, 5], ["合计", None, 14, 9]]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 14
    assert "guessed_corner" not in ledger.kinds
