"""Sheets as townships keep them, and what is understood of them."""

from datetime import date
from decimal import Decimal

import pytest

YEAR = "清河镇2024年安全检查台账"
HEAD = ["序号", "检查日期", "检查单位数（家次）", "出动人员（人次）"]


def numbers(values):
    return {key: int(value) for key, value in values.items()}


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


def test_totals_of_all_kinds_are_kept_apart(read):
    rows = [
        [YEAR],
        HEAD,
        ["合计", None, 14, 9],
        [1, "2024.1.5", 8, 4],
        ["1月小计", None, 8, 4],
        [2, "2024.4.5", 6, 5],
        ["小计", None, 6, 5],
        ["总 计", None, 14, 9],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 14
    assert "sum_mismatch" not in ledger.kinds


def test_a_wrong_total_never_overrides_the_rows(read):
    ledger = read([[YEAR], HEAD, [1, "2024.1.5", 8, 4], [2, "2024.4.5", 6, 5], ["合计", None, 15, 9]])
    assert ledger.values()["inspection.enterprises"] == 14
    assert "15" in ledger.message("sum_mismatch")


def test_several_tables_on_one_sheet(read):
    rows = [
        ["清河镇2024年党委会情况"],
        ["序号", "时间", "会议名称", "参会人数"],
        [1, "2024.1.5", "党委会", 12],
        [2, "2024.6.5", "党委会", 12],
        [],
        ["清河镇2024年安全宣传活动"],
        ["序号", "时间", "活动名称", "发放资料（份）"],
        [1, "2024.3.1", "消防宣传", 300],
        ["合计", None, None, 300],
        ["填表人：王某"],
    ]
    values = read(rows, "其他").values()
    assert (values["meeting.party_committee"], values["publicity.leaflets"], values["publicity.events"]) == (2, 300, 1)


def test_tables_side_by_side(read):
    rows = [
        ["清河镇2024年责任书签订情况", None, None, None, "清河镇2024年防溺水工作情况"],
        ["签订对象", "应签（份）", "已签（份）", None, "村（社区）", "重点水域（处）", "警示牌（块）"],
        ["村（社区）", 8, 8, None, "石桥村", 3, 6],
        ["企业", 40, 39, None, "柳林村", 4, 9],
        ["合计", 48, 47, None, "合计", 7, 15],
    ]
    values = read(rows, "情况", ["A1:C1", "E1:G1"]).values()
    assert (values["pledge.due"], values["pledge.signed"], values["drown.waters"], values["drown.signs"]) == (
        48,
        47,
        7,
        15,
    )


def test_indicators_by_month_with_a_wrong_total(read):
    rows = [["清河镇2024年安全生产工作统计表"], ["指标", "单位", *[f"{m}月" for m in range(1, 13)], "合计"]]
    rows += [
        ["检查生产经营单位", "家次", *range(1, 13), 79],
        ["排查隐患", "处", *[2] * 12, 24],
        ["整改率", "%", *["100%"] * 13],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024")["inspection.enterprises"] == 78
    assert ledger.values("2024Q1")["inspection.enterprises"] == 6
    assert "79" in ledger.message("sum_mismatch")


def test_indicators_by_quarter_with_halves(read):
    rows = [
        ["清河镇2024年安全生产工作统计表"],
        ["项目", "一季度", "二季度", "上半年", "三季度", "四季度", "下半年", "全年"],
        ["安全检查（次）", 3, 4, 7, 5, 6, 11, 18],
        ["发放宣传资料（份）", 100, 200, 300, 50, 50, 100, 400],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024")["inspection.times"] == 18
    assert ledger.values("2024H2")["publicity.leaflets"] == 100
    assert ledger.values("2024Q3")["inspection.times"] == 5
    assert "inspection.times" not in ledger.values("2024-05")


def test_reports_of_the_same_villages_are_snapshots_and_not_added(read):
    rows = [["清河镇2024年防溺水台账"], ["村名", "填报日期", "重点水域（处）", "警示牌（块）"]]
    rows += [["甲村", "2024-06-30", 10, 5], ["乙村", "2024-06-30", 20, 6]]
    rows += [["甲村", "2024-12-31", 11, 7], ["乙村", "2024-12-31", 21, 8]]
    ledger = read(rows, "防溺水")
    assert ledger.values("2024")["drown.waters"] == 32
    assert ledger.values("2024H1")["drown.waters"] == 30
    assert "填报日期" in ledger.message("guessed_date")


def test_a_line_given_for_the_whole_year_only(read):
    rows = [
        ["清河镇2024年安全生产工作统计表"],
        ["指标", "单位", "1月", "2月", "全年"],
        ["安全检查", "次", 3, 4, 7],
        ["应急救援队伍", "支", "", "", 3],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024")["emergency.teams"] == 3
    assert ledger.values("2024")["inspection.times"] == 7


def test_a_sheet_of_basic_figures_names_them_in_full_and_nothing_is_guessed(read):
    rows = [
        ["清河镇2024年基本情况表"],
        ["项目", "数量", "单位"],
        ["行政村", 12, "个"],
        ["应急救援队伍", 3, "支"],
        ["应急预案", 9, "个"],
    ]
    ledger = read(rows, "基本情况")
    assert ledger.values("2024")["emergency.plans"] == 9
    assert not [notice for notice in ledger.report.notices if notice.kind == "guessed_column"]


def test_cumulative_columns_are_not_added(read):
    rows = [
        ["清河镇2024年安全生产工作累计统计表"],
        ["指标", "单位", "1月", "1-2月", "1-3月", "1-4月"],
        ["安全检查", "次", 3, 5, 9, 12],
        ["发放宣传资料", "份", 100, 250, 300, 400],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024-01..2024-04")["inspection.times"] == 12
    assert ledger.values("2024-01..2024-04")["publicity.leaflets"] == 400
    assert ledger.values("2024Q1")["inspection.times"] == 9
    assert ledger.values("2024-02")["inspection.times"] == 2


def test_a_cumulative_sheet_gives_facts_only_for_what_it_covers(read):
    rows = [
        ["清河镇2024年1—11月安全生产工作情况（累计）"],
        ["指标", "单位", "数量"],
        ["安全检查", "次", 30],
        ["签订责任书", "份", 239],
    ]
    ledger = read(rows, "累计")
    assert ledger.values("2024-01..2024-11")["inspection.times"] == 30
    assert not ledger.values("2024")
    assert not ledger.values("2024H1")


def test_months_down_the_side(read):
    rows = [
        ["清河镇2024年安全检查情况统计表"],
        ["月份", "检查次数（次）", "检查家次（家次）", "发现隐患（处）", "已整改（处）"],
        *[[f"{m}月", 2, m, 3, 3] for m in range(1, 13)],
        ["合计", 24, 78, 36, 36],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024H1")["inspection.enterprises"] == 21
    assert ledger.values("2024")["inspection.times"] == 24
    assert "sum_mismatch" not in ledger.kinds


def test_a_sheet_for_each_month_with_days_only(read):
    first = [["安全检查台账"], ["序号", "日期", "检查单位数（家次）"], [1, "5日", 3], [2, "18日", 4]]
    second = [["安全检查台账"], ["序号", "日期", "检查单位数（家次）"], [1, "2日", 1], [2, "9日", 2]]
    ledger = read(first, "1月", name="2024年检查.xlsx", **{"2月": second})
    assert ledger.values("2024")["inspection.enterprises"] == 10
    assert ledger.values("2024-02")["inspection.enterprises"] == 3
    assert ledger.values("2024-02")["inspection.times"] == 2


def test_month_reports_with_this_month_and_cumulative(read):
    def month(now, total):
        return [
            ["安全生产工作月报"],
            ["指标", "单位", "本月", "累计"],
            ["安全检查", "次", now, total],
            ["发放宣传资料", "份", 10 * now, 10 * total],
        ]

    ledger = read(month(3, 3), "1月", name="2024年月报.xlsx", **{"2月": month(4, 7), "3月": month(2, 9)})
    assert ledger.values("2024Q1")["inspection.times"] == 9
    assert ledger.values("2024-02")["publicity.leaflets"] == 40


def test_villages_across_the_top(read):
    rows = [
        ["清河镇2024年防溺水工作情况"],
        ["项目", "单位", "石桥村", "柳林村", "白马社区", "合计"],
        ["重点水域", "处", 3, 4, 0, 7],
        ["救生圈", "个", 6, 8, 2, 16],
        ["投入资金", "万元", 0.5, 0.6, 0, 1.1],
    ]
    values = read(rows, "防溺水").values()
    assert (values["drown.waters"], values["drown.rings"], values["drown.fund"]) == (7, 16, 11_000)


def test_look_alike_columns_are_left_alone_and_listed(read):
    rows = [
        ["清河镇2024年安全培训台账"],
        ["序号", "时间", "培训主题", "应参训人数（人）", "参训人数（人次）", "陪同人数", "未到人数"],
        [1, "2024.3.5", "消防", 60, 55, 3, 5],
        [2, "2024.5.5", "燃气", 40, 40, 2, 0],
    ]
    ledger = read(rows, "培训")
    assert numbers(ledger.values()) == {"training.sessions": 2, "training.people": 95}
    columns = {column.header: column for column in ledger.report.sheets[0].columns}
    assert columns["应参训人数（人）"].indicator == ""
    assert columns["应参训人数（人）"].total == "100"


def test_visits_and_the_visited_are_told_apart(read):
    rows = [[YEAR], ["检查日期", "检查企业（家）", "检查家次（家次）"], ["2024.3.5", 5, 8], ["2024.4.5", 5, 7]]
    assert read(rows).values()["inspection.enterprises"] == 15


def test_kinds_of_meetings_are_counted_apart(read):
    rows = [
        ["清河镇2024年安全生产会议台账"],
        ["时间", "会议类型", "主要议题", "参会人数"],
        ["2024.1.5", "党委会", "研究", 12],
        ["2024.2.5", "安委会全体会议", "部署", 40],
        ["2024.3.5", "安全生产专题会议", "部署", 30],
        ["2024.4.5", "党委（扩大）会议", "学习", 12],
    ]
    assert numbers(read(rows, "会议").values()) == {"meeting.party_committee": 2, "meeting.safety_committee": 2}


def test_trainings_and_drills_in_one_list(read):
    rows = [
        ["清河镇2024年培训演练台账"],
        ["日期", "类别", "主题", "参加人数（人次）"],
        ["2024.1.5", "培训", "消防演练组织方法", 30],
        ["2024.2.5", "演练", "疏散", 80],
    ]
    values = numbers(read(rows, "培训演练").values())
    assert values == {
        "training.sessions": 1,
        "training.people": 30,
        "emergency.drills": 1,
        "emergency.drill_people": 80,
    }


def test_void_rows_hidden_sheets_and_filtered_rows(read, write, engine):
    rows = [
        [YEAR],
        [*HEAD, "备注"],
        [1, "2024.3.5", 8, 4, None],
        [2, "2024.4.5", 7, 5, "作废"],
        [3, "2024.5.5", 1, 1, None],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 9
    assert "作废" in ledger.message("void_row")


def test_numbers_in_remarks_are_never_counted(read):
    rows = [[YEAR], [*HEAD, "备注"], [1, "2024.3.5", 8, 4, 20], [2, "2024.4.5", 7, 5, 30]]
    assert numbers(read(rows).values()) == {"inspection.times": 2, "inspection.enterprises": 15, "inspection.people": 9}


def test_the_same_figure_on_two_sheets_is_compared_and_not_added(read):
    hazards = [["清河镇2024年安全隐患台账"], ["排查日期", "隐患描述", "整改状态"]]
    hazards += [[f"2024.{m}.1", f"问题{m}", "已整改"] for m in range(1, 8)]
    checks = [[YEAR], ["检查日期", "检查家次（家次）", "发现隐患（处）"], ["2024.3.5", 8, 4], ["2024.4.5", 7, 4]]
    ledger = read(checks, "检查", 隐患=hazards)
    assert ledger.values()["hazard.found"] == 7
    message = ledger.message("sources_disagree")
    assert "7处" in message
    assert "8处" in message


def test_lines_above_the_table_and_signatures_below_are_no_data(read):
    rows = [
        ["清河镇2024年安全检查台账"],
        ["填报单位：清河镇应急办", None, None, "填报日期：2024年12月31日"],
        HEAD,
        [1, "2024.3.5", 8, 4],
        [2, "2024.4.5", 7, 5],
        ["单位负责人（签字）：", None, "填表人：", "联系电话：0871-6543210"],
    ]
    assert read(rows).values()["inspection.enterprises"] == 15


def test_an_accident_list_without_rows_is_a_year_without_accidents(read):
    head = ["序号", "时间", "地点", "死亡（人）", "受伤（人）", "直接经济损失（元）"]
    ledger = read([["清河镇2024年生产安全事故台账"], head], "事故", 检查=[[YEAR], HEAD, [1, "2024.11.5", 8, 4]])
    values = ledger.values()
    assert (values["accident.count"], values["accident.deaths"]) == (0, 0)
    ledger = read([["清河镇2024年生产安全事故台账"], head, ["本年度未发生生产安全事故"]], "事故")
    assert ledger.values()["accident.count"] == 0


def test_evidence_is_the_cells_and_runs_are_merged(read):
    rows = [[YEAR], HEAD, *[[n, f"2024.{n}.5", n, 1] for n in range(1, 7)]]
    facts = read(rows, "检查").facts("2024H1")
    [cell] = facts["inspection.enterprises"].evidence
    assert (cell.file, cell.sheet, cell.cell) == ("2024年台账.xlsx", "检查", "C3:C8")
    [cell] = read(rows, "检查").facts("2024-02")["inspection.enterprises"].evidence
    assert (cell.cell, cell.text) == ("C4", "2")


def test_villages_by_month_with_the_indicator_in_the_title(read):
    rows = [
        ["清河镇2024年各村排查隐患数量统计表（处）"],
        ["村（社区）", *[f"{m}月" for m in range(1, 13)], "合计"],
        ["石桥村", *[1] * 12, 12],
        ["柳林村", *[2] * 12, 24],
        ["合计", *[3] * 12, 36],
    ]
    ledger = read(rows, "统计")
    assert ledger.values("2024")["hazard.found"] == 36
    assert ledger.values("2024Q2")["hazard.found"] == 9


def test_quarters_under_each_indicator_with_their_total(read):
    rows = [
        ["清河镇2024年安全检查情况统计表"],
        ["村（社区）", "检查家次（家次）", None, None, None, None, "发现隐患（处）", None, None, None, None],
        [None, *["一季度", "二季度", "三季度", "四季度", "合计"] * 2],
        ["石桥村", 1, 2, 3, 4, 10, 1, 1, 1, 1, 4],
        ["柳林村", 5, 5, 5, 5, 20, 0, 0, 2, 0, 2],
    ]
    ledger = read(rows, "统计", ["A1:K1", "A2:A3", "B2:F2", "G2:K2"])
    assert (ledger.values("2024")["inspection.enterprises"], ledger.values("2024")["hazard.found"]) == (30, 6)
    assert ledger.values("2024Q1")["inspection.enterprises"] == 6


def test_halves_over_the_indicators(read):
    rows = [
        ["清河镇2024年工作统计表"],
        ["村（社区）", "上半年", None, "下半年", None],
        [None, "检查家次（家次）", "发现隐患（处）", "检查家次（家次）", "发现隐患（处）"],
        ["石桥村", 10, 4, 20, 5],
        ["柳林村", 1, 0, 2, 1],
    ]
    ledger = read(rows, "统计", ["A1:E1", "A2:A3", "B2:C2", "D2:E2"])
    assert ledger.values("2024")["inspection.enterprises"] == 33
    assert ledger.values("2024H1")["hazard.found"] == 4


def test_targets_last_year_and_changes_beside_a_value(read):
    rows = [
        ["清河镇2024年安全生产工作数据汇总"],
        ["序号", "工作内容", "单位", "年度目标", "完成数", "去年同期", "同比增减", "备注"],
        [1, "检查生产经营单位", "家次", 200, 236, 205, 31, None],
        [2, "排查隐患", "处", 100, 96, 83, 13, None],
        [3, "发放宣传资料", "份", 9000, 8600, 8000, 600, None],
    ]
    values = read(rows, "汇总").values()
    assert numbers(values) == {"inspection.enterprises": 236, "hazard.found": 96, "publicity.leaflets": 8600}


def test_two_years_side_by_side(read):
    rows = [
        ["清河镇安全生产工作对比表"],
        ["指标", "单位", "2023年", "2024年", "增长率"],
        ["安全检查", "次", 38, 34, "-10.5%"],
        ["排查隐患", "处", 96, 83, "-13.5%"],
    ]
    ledger = read(rows, "对比")
    assert ledger.values("2023")["inspection.times"] == 38
    assert ledger.values("2024")["hazard.found"] == 83


def test_a_list_saved_in_june_and_again_in_december_counts_once(read, write, engine):
    from assistant.ledger.importing import import_files
    from assistant.registry.registry import shipped_registry

    rows = [[YEAR], HEAD, *[[n, f"2024.{n}.5", n, 2] for n in range(1, 13)]]
    early = write("6月报.xlsx", 检查=rows[:8])
    late = write("12月报.xlsx", 检查=rows)
    report = import_files(engine, [early, late], shipped_registry())
    ledger = read(rows, "检查", name="12月报.xlsx")
    assert ledger.values()["inspection.enterprises"] == 78
    assert "repeated_sheet" in [notice.kind for notice in report.notices]


def test_a_sheet_for_each_village_is_added_up(read):
    def village(name, amounts):
        return [
            [f"{name}2024年安全检查台账"],
            HEAD,
            *[[n, f"2024.{n}.{n + len(name)}", amount, 2] for n, amount in enumerate(amounts, 1)],
        ]

    ledger = read(village("石桥村", [1, 2, 3]), "石桥村", 柳林社区=village("柳林社区", [4, 5, 6, 7]))
    assert ledger.values()["inspection.enterprises"] == 28


def test_a_row_for_each_place_inspected(read):
    rows = [
        ["清河镇2024年安全检查台账"],
        ["序号", "检查时间", "被检查单位", "检查人员", "存在问题", "整改情况"],
        [1, "2024.3.5", "砖厂", "何强、李敏", "护栏缺失", "已整改"],
        [2, "2024.3.5", "超市", "何强、李敏", "无", "/"],
        [3, "2024.5.9", "加油站", "李敏", "无", "/"],
    ]
    ledger = read(rows, "检查")
    assert ledger.values()["inspection.enterprises"] == 3
    assert "guessed_column" in ledger.kinds


def test_a_typed_month_never_overrides_the_date(read):
    rows = [[YEAR], ["月份", "检查日期", "检查单位数（家次）"], ["3月", "2024.3.5", 8], ["3月", "2024.4.5", 7]]
    ledger = read(rows)
    assert ledger.values("2024-04")["inspection.enterprises"] == 7
    assert "month_mismatch" in ledger.kinds


def test_rows_that_contradict_themselves_are_told(read):
    rows = [["2024年责任书签订情况"], ["签订对象", "应签（份）", "已签（份）"], ["学校", 8, 9], ["企业", 40, 40]]
    assert "9" in read(rows, "责任书").message("part_beyond_whole")


def test_groups_over_units_over_months(read):
    rows = [
        ["2024年安全生产月报汇总"],
        ["月份", "检查情况", None, None, "宣传情况", None],
        [None, "检查次数", "检查家次", "发现隐患", "发放资料", "悬挂横幅"],
        [None, "次", "家次", "处", "份", "条"],
        ["一月", 1, 2, 3, 100, 2],
        ["二月", 2, 3, 4, 0, 1],
        ["第一季度小计", 3, 5, 7, 100, 3],
    ]
    ledger = read(rows, "汇总", ["A1:F1", "A2:A3", "B2:D2", "E2:F2"])
    assert numbers(ledger.values("2024Q1")) == {
        "inspection.times": 3,
        "inspection.enterprises": 5,
        "hazard.found": 7,
        "publicity.leaflets": 100,
        "publicity.banners": 3,
    }
    assert "sum_mismatch" not in ledger.kinds


def test_should_have_come_and_came_under_one_heading(read):
    rows = [
        ["2024年安全培训统计"],
        ["日期", "培训班名称", "参训人数", None],
        [None, None, "应到", "实到"],
        ["3.5", "消防", 50, 48],
        ["4.16", "燃气", 30, 30],
    ]
    assert read(rows, "培训", ["A1:D1", "A2:A3", "B2:B3", "C2:D2"]).values()["training.people"] == 78


def test_fields_beside_the_lines_tell_the_same_name_apart(read):
    rows = [
        ["2024年度安全生产工作数据汇总表"],
        ["领域", "指标名称", "计量单位", "上半年", "下半年"],
        ["检查执法", "检查企业", "家次", 95, 89],
        [None, "发现隐患", "处", 43, 40],
        ["消防安全", "检查场所", "家次", 20, 30],
        [None, "发现隐患", "处", 5, 6],
    ]
    values = numbers(read(rows, "汇总", ["A1:E1", "A3:A4", "A5:A6"]).values())
    assert values == {
        "inspection.enterprises": 184,
        "hazard.found": 83,
        "fire.places": 50,
        "fire.hazards_found": 11,
    }


def test_rows_of_quarters_and_halves_beside_rows_of_months(read):
    rows = [["2024年安全检查统计"], ["月份", "检查家次（家次）", "发现隐患（处）"]]
    rows += [["1月", 1, 2], ["2月", 2, 2], ["3月", 3, 2], ["一季度", 6, 6], ["4月", 4, 1], ["上半年", 10, 8]]
    ledger = read(rows, "检查")
    assert ledger.values("2024")["inspection.enterprises"] == 10
    assert "8" in ledger.message("sum_mismatch")
