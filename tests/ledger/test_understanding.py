"""What the cells of a sheet say: headers, dates, merged cells, counts, status, money."""

from datetime import date
from decimal import Decimal

import pytest

from tests.ledger.parts import HEAD, YEAR, numbers


def test_headers_of_two_levels_with_a_row_of_units(read):
    rows = [
        [YEAR],
        ["序号", "检查日期", "检查情况", None, None, "处理情况", None, "备注"],
        [None, None, "单位数", "人员", "车辆", "整改通知书", "罚款", None],
        [None, None, "家次", "人次", "台次", "份", "元", None],
        [1, "2024.3.5", 8, 4, 2, 1, 500, "2家复查"],
        [2, "2024.4.5", 7, 5, 1, "/", "—", None],
    ]
    merges = ["A1:H1", "A2:A3", "B2:B3", "C2:E2", "F2:G2", "H2:H3"]
    found = numbers(read(rows, "安全检查", merges).values())
    assert found == {
        "inspection.times": 2,
        "inspection.enterprises": 15,
        "inspection.people": 9,
        "inspection.vehicles": 3,
        "order.rectification": 1,
        "penalty.fine": 500,
    }


def test_headers_of_two_levels_without_merges(read, tmp_path):
    rows = [
        [YEAR],
        ["序号", "检查日期", "检查情况", None, "处理情况"],
        [None, None, "检查家次（家次）", "出动人员（人次）", "整改通知书（份）"],
        [1, "2024.3.5", 8, 4, 2],
        [2, "2024.4.5", 7, 5, 1],
    ]
    found = numbers(read(rows).values())
    assert (found["inspection.enterprises"], found["inspection.people"], found["order.rectification"]) == (15, 9, 3)


@pytest.mark.parametrize(
    "written",
    [
        date(2024, 5, 6), "2024.5.6", "2024-05-06", "2024/5/6", "2024年5月6日", "5月6日", "5.6", "20240506", 20240506,
        45418, Decimal("5.6"), "2024. 5. 6", "２０２４年５月６日", "24.5.6", "5月6日-7日", "2024年5月6日上午", "5/6", "2024.5.6-5.8",
    ],
)  # fmt: skip
def test_dates_of_every_style_take_the_year_from_the_title(read, written):
    rows = [[YEAR], HEAD, [1, written, 8, 4], [2, "2024.12.1", 1, 1]]
    ledger = read(rows)
    assert ledger.values("2024-05")["inspection.enterprises"] == 8
    assert ledger.values("2024-05")["inspection.times"] == 1


@pytest.mark.parametrize(
    ("title", "sheet", "name"),
    [
        ("安全检查台账", "台账", "2024年台账.xlsx"),
        ("安全检查台账", "2024检查", "台账.xlsx"),
        ("2024年度安全检查台账", "台账", "台账.xlsx"),
        ("二〇二四年安全检查台账", "台账", "台账.xlsx"),
    ],
)
def test_year_comes_from_wherever_it_is_written(read, title, sheet, name):
    rows = [[title], HEAD, [1, "5月6日", 8, 4], [2, "6月6日", 2, 1]]
    assert read(rows, sheet, name=name).values("2024")["inspection.enterprises"] == 10


def test_rows_outweigh_a_title_copied_from_last_year(read):
    rows = [["清河镇2023年安全检查台账"], HEAD, *[[n, f"2024.{n}.3", 2, 1] for n in range(1, 6)]]
    ledger = read(rows, name="台账.xlsx")
    assert ledger.values("2024")["inspection.enterprises"] == 10
    assert "2023年" in ledger.message("title_year")


def test_no_year_anywhere_gives_no_fact_and_says_so(read):
    rows = [["安全检查台账"], HEAD, [1, "5月6日", 8, 4], [2, "6月6日", 2, 1]]
    ledger = read(rows, "台账", name="台账.xlsx")
    assert not ledger.values("2024")
    assert "no_year" in ledger.kinds


def test_dates_and_villages_merged_over_several_rows(read):
    rows = [
        ["清河镇2024年安全隐患台账"],
        ["排查日期", "所在村", "隐患描述", "整改状态"],
        ["3月5日", "石桥村", "灭火器过期", "已整改"],
        [None, None, "出口堵塞", "整改中"],
        ["7月1日", "柳林村", "线路老化", "已整改"],
    ]
    ledger = read(rows, "隐患", ["A1:D1", "A3:A4", "B3:B4"])
    assert ledger.values("2024Q1") == {"hazard.found": 2, "hazard.rectified": 1, "hazard.rate": 50}
    assert ledger.values("2024Q3")["hazard.found"] == 1


def test_a_number_merged_over_several_rows_counts_once(read):
    rows = [
        [YEAR],
        ["检查日期", "检查内容", "检查单位数（家次）", "出动人员（人次）"],
        ["3月5日", "加油站", 5, 3],
        ["3月6日", "工地", 2, None],
    ]
    assert read(rows, merges=["A1:D1", "D3:D4"]).values()["inspection.people"] == 3


def test_a_column_of_counts_outweighs_counting_rows(read):
    rows = [
        ["清河镇2024年安全隐患台账"],
        ["排查日期", "单位名称", "存在问题", "隐患数（处）", "等级", "整改情况"],
        ["2024.3.5", "砖厂", "多处护栏缺失", 3, "一般", "已整改"],
        ["2024.4.5", "超市", "出口堵塞", 2, "重大", "整改中"],
    ]
    values = read(rows, "隐患").values()
    assert (values["hazard.found"], values["hazard.rectified"], values["hazard.major_found"]) == (5, 3, 2)


def test_hazards_of_two_grades_in_two_columns_are_added(read):
    rows = [
        ["清河镇2024年隐患排查治理情况统计表"],
        ["行业领域", "一般隐患", None, None, "重大隐患", None, None],
        [None, "隐患数（项）", "已整改数（项）", "整改率", "隐患数（项）", "已整改数（项）", "整改率"],
        ["工贸", 30, 28, "93.3%", 2, 1, "50%"],
        ["餐饮", 10, 10, "100%", 0, 0, "/"],
        ["合计", 40, 38, "95%", 2, 1, "50%"],
    ]
    merges = ["A1:G1", "A2:A3", "B2:D2", "E2:G2"]
    values = read(rows, "统计表", merges).values()
    assert (values["hazard.found"], values["hazard.rectified"], values["hazard.major_found"]) == (42, 39, 2)


def test_a_total_column_outweighs_its_parts(read):
    rows = [
        ["清河镇2024年安全检查台账"],
        ["检查日期", "检查家次（家次）", "发现隐患（处）", "其中重大隐患（处）", "已整改（处）"],
        ["2024.3.5", 9, 12, 1, 11],
        ["2024.5.5", 3, 4, 0, 4],
    ]
    values = read(rows, "检查").values()
    assert (values["hazard.found"], values["hazard.major_found"], values["hazard.rectified"]) == (16, 1, 15)


def test_ticks_under_settled_and_unsettled(read):
    rows = [
        ["清河镇2024年安全隐患台账"],
        ["序号", "排查日期", "隐患描述", "隐患等级", None, "整改情况", None],
        [None, None, None, "一般", "重大", "已整改", "未整改"],
        [1, "2024.3.5", "灭火器过期", "√", None, "√", None],
        [2, "2024.3.9", "无证上岗", None, "√", None, "√"],
        [3, "2024.5.1", "出口堵塞", "√", None, "√", None],
    ]
    merges = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"]
    values = read(rows, "隐患", merges).values()
    assert (values["hazard.found"], values["hazard.rectified"], values["hazard.major_found"]) == (3, 2, 1)


@pytest.mark.parametrize(
    ("word", "settled"),
    [
        ("已整改", 1), ("整改完成", 1), ("已销号", 1), ("√", 1), ("是", 1), ("整改到位", 1), ("现场整改", 1), ("已闭环", 1),
        ("未整改", 0), ("整改中", 0), ("×", 0), ("否", 0), ("未销号", 0), ("正在整改", 0), ("限期整改", 0), ("未完成", 0),
    ],
)  # fmt: skip
def test_words_of_status(read, word, settled):
    rows = [
        ["清河镇2024年安全隐患台账"],
        ["排查日期", "隐患描述", "整改状态"],
        ["2024.3.5", "灭火器过期", word],
        ["2024.3.6", "出口堵塞", "已整改"],
    ]
    assert read(rows, "隐患").values()["hazard.rectified"] == 1 + settled


def test_settled_next_year_is_not_settled_this_year(read):
    rows = [
        ["清河镇2024年安全隐患台账"],
        ["排查日期", "隐患描述", "整改状态", "整改完成日期"],
        ["2024.12.28", "灭火器过期", "已整改", "2025.1.6"],
        ["2024.3.6", "出口堵塞", "已整改", "2024.3.9"],
    ]
    ledger = read(rows, "隐患")
    assert ledger.values()["hazard.rectified"] == 1
    assert "rectified_later" in ledger.kinds


def test_money_in_ten_thousands_by_column_by_row_of_units_and_by_the_line_above(read):
    by_column = [
        ["2024年事故台账"],
        ["时间", "死亡（人）", "直接经济损失（万元）"],
        ["2024.5.1", 0, 2.6],
        ["2024.6.1", 0, 1],
    ]
    assert read(by_column, "事故").values()["accident.loss"] == 36_000
    by_line = [
        ["2024年防溺水台账"],
        ["单位：万元"],
        ["村（社区）", "重点水域（处）", "投入资金"],
        ["石桥村", 3, 0.56],
        ["柳林村", 4, "1.2"],
    ]
    assert read(by_line, "防溺水", name="2024年乙.xlsx").values()["drown.fund"] == 17_600


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12家", 12),
        ("１２", 12),
        ("1,200", 1200),
        (" 12 ", 12),
        ("12家次", 12),
        ("/", 0),
        ("—", 0),
        ("无", 0),
        (None, 0),
    ],
)
def test_numbers_in_cells(read, written, value):
    rows = [[YEAR], HEAD, [1, "2024.3.5", written, 4], [2, "2024.4.5", 100, 5], [3, "2024.4.6", 7, 5]]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 107 + value
    assert not [kind for kind in ledger.kinds if kind != "similar_row"]


def test_a_number_the_cell_only_approximates_counts_and_is_told(read):
    rows = [
        ["2024年宣传台账"],
        ["时间", "活动名称", "发放资料（份）"],
        ["2024.3.5", "消防宣传", "约200"],
        ["2024.4.5", "防火", 100],
    ]
    ledger = read(rows, "宣传")
    assert ledger.values()["publicity.leaflets"] == 300
    assert "约200" in ledger.message("approximate")


@pytest.mark.parametrize("written", [-3, "-3", 2.5, "若干", 99999])
def test_impossible_values_are_left_out_and_told(read, written):
    rows = [[YEAR], HEAD, [1, "2024.3.5", written, 4], *[[n, f"2024.4.{n}", 5 + n % 3, 5] for n in range(2, 12)]]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == sum(5 + n % 3 for n in range(2, 12))
    assert {"impossible_value", "not_a_number"} & set(ledger.kinds)


def test_an_impossible_day_counts_in_its_month_and_is_told(read):
    ledger = read([[YEAR], HEAD, [1, "2024.2.30", 8, 4], [2, "2024.4.5", 2, 5]])
    assert ledger.values("2024-02")["inspection.enterprises"] == 8
    assert "2024.2.30" in ledger.message("bad_date")
