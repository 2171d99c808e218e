"""What stands twice in a sheet is counted once: sums to date, the town's own line; and what stands beside is not lost."""

import pytest

from tests.ledger.parts import YEAR

MONTHS = ["月份", "检查企业（家次）", "排查隐患（处）"]


@pytest.mark.parametrize(
    ("now", "so_far"),
    [
        ("本月检查企业（家次）", "累计检查企业（家次）"),
        ("检查企业（家次）", "累计检查企业（家次）"),
        ("检查企业（家次）", "检查企业累计（家次）"),
        ("检查企业（家次）", "1月至今检查企业（家次）"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_column_of_sums_to_date_beside_one_of_months_is_not_the_one_that_counts(read, now, so_far, first):
    def row(label, month, total):
        return [label, month, total] if first else [label, total, month]

    rows = [[YEAR], row("月份", now, so_far), row("1月", 12, 12), row("2月", 9, 21), row("3月", 4, 25)]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 25
    assert ledger.values("2024-02")["inspection.enterprises"] == 9


def test_a_lone_column_of_sums_to_date_is_taken_apart_into_months(read):
    rows = [[YEAR], ["月份", "累计检查企业（家次）"], ["1月", 12], ["2月", 21], ["3月", 25]]
    ledger = read(rows)
    assert ledger.values("2024Q1")["inspection.enterprises"] == 25
    assert ledger.values("2024-02")["inspection.enterprises"] == 9
    assert "guessed_cumulative" in ledger.kinds


def test_a_column_of_sums_to_date_that_is_added_up_is_one_of_months(read):
    rows = [[YEAR], ["月份", "累计检查企业（家次）"], ["1月", 3], ["2月", 4], ["3月", 5], ["合计", 12]]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 12
    assert not ledger.kinds


def test_the_town_s_own_line_among_its_villages_is_their_sum(read):
    rows = [
        ["清河镇2024年安全检查统计表"],
        ["村（社区）", "检查企业（家次）", "排查隐患（处）"],
        ["石桥村", 10, 3],
        ["柳林村", 20, 4],
        ["清河镇", 30, 7],
    ]
    assert read(rows).values()["inspection.enterprises"] == 30


def test_the_town_s_own_line_that_is_no_sum_counts_and_is_pointed_out(read):
    rows = [
        ["清河镇2024年安全检查统计表"],
        ["村（社区）", "检查企业（家次）", "排查隐患（处）"],
        ["清河镇", 5, 9],
        ["石桥村", 10, 3],
        ["柳林村", 20, 4],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 35
    assert "第3行" in ledger.message("town_among_villages")


def test_a_table_folded_in_two_is_read_whole(read):
    rows = [
        ["清河镇2024年安全检查统计表"],
        ["月份", "检查企业（家次）", "月份", "检查企业（家次）"],
        *[[f"{month}月", month, f"{month + 6}月", month + 6] for month in range(1, 7)],
        ["合计", 21, "合计", 57],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 78
    assert ledger.values("2024-11")["inspection.enterprises"] == 11
    assert "sum_mismatch" not in ledger.kinds


def test_a_list_folded_in_two_ends_where_its_halves_do(read):
    head = ["序号", "检查日期", "检查单位数（家次）"]
    rows = [
        [YEAR],
        [*head, None, *head],
        [1, "2024.1.5", 3, None, 4, "2024.4.5", 6],
        [2, "2024.2.5", 4, None, 5, "2024.5.5", 7],
        [3, "2024.3.5", 5, None, "合计", None, 25],
    ]
    ledger = read(rows)
    assert ledger.values()["inspection.enterprises"] == 25
    assert ledger.facts()["inspection.enterprises"].value == 25
    assert ledger.values("2024-05")["inspection.enterprises"] == 7


def test_tables_of_different_length_side_by_side(read):
    rows = [
        ["清河镇2024年责任书签订情况", None, None, None, "清河镇2024年防溺水工作情况"],
        ["签订对象", "应签（份）", "已签（份）", None, "村（社区）", "重点水域（处）", "警示牌（块）"],
        ["村（社区）", 8, 8, None, "石桥村", 3, 6],
        ["企业", 40, 39, None, "柳林村", 4, 9],
        ["合计", 48, 47, None, "白马社区", 2, 1],
        [None, None, None, None, "合计", 9, 16],
    ]
    values = read(rows, "情况", ["A1:C1", "E1:G1"]).values()
    assert (values["pledge.due"], values["drown.waters"], values["drown.signs"]) == (48, 9, 16)


def test_a_column_of_years_beside_the_months(read):
    rows = [
        ["清河镇2023—2024年安全检查统计表"],
        ["年份", *MONTHS],
        [2023, "1月", 3, 1],
        [2023, "2月", 4, 1],
        ["2024年", "1月", 5, 2],
        [None, "2月", 6, 2],
        ["合计", None, 18, 6],
    ]
    ledger = read(rows)
    assert [ledger.values(year)["inspection.enterprises"] for year in ("2023", "2024")] == [7, 11]
    assert ledger.values("2024-02")["hazard.found"] == 2
    assert not {"other_year_row", "bad_date", "no_year", "sum_mismatch"} & set(ledger.kinds)


def test_months_typed_as_decimals(read):
    months = [2024.1, 2024.2, 2024.3, 2024.4, 2024.5, 2024.6, 2024.7, 2024.8, 2024.9, 2024.1, 2024.11, 2024.12]
    rows = [[YEAR], MONTHS, *[[value, month, 1] for month, value in enumerate(months, start=1)]]
    ledger = read(rows)
    assert [ledger.values(f"2024-{month:02}")["inspection.enterprises"] for month in (1, 9, 10, 11)] == [1, 9, 10, 11]
    assert "第12行" in ledger.message("doubtful_date")


def test_two_figures_in_the_words_of_one_line_are_pointed_out(read):
    rows = [
        [YEAR],
        ["指标", "完成情况"],
        ["检查企业", "236家次"],
        ["排查隐患", "412处"],
        ["安全培训", "8场次，320人次"],
        ["应急演练", "无"],
    ]
    ledger = read(rows)
    assert (ledger.values()["inspection.enterprises"], ledger.values()["hazard.found"]) == (236, 412)
    assert "第5行“安全培训”写的是“8场次，320人次”" in ledger.message("unread_line")


def test_this_month_s_figures_carry_the_indicator_s_own_name(read):
    rows = [[YEAR], ["月份", "本月检查企业（家次）", "累计检查企业（家次）"], ["1月", 12, 12], ["2月", 9, 21]]
    assert "guessed_column" not in read(rows).kinds


@pytest.mark.parametrize(
    ("headers", "merges"),
    [
        ([["月份", "一般隐患（处）", "重大隐患（处）"]], []),
        ([["月份", "排查一般隐患（处）", "排查重大隐患（处）"]], []),
        ([["月份", "排查隐患（处）", None], [None, "一般隐患", "重大隐患"]], ["A2:A3", "B2:C2"]),
        ([["月份", "排查隐患（处）", None], [None, "一般", "重大"]], ["A2:A3", "B2:C2"]),
    ],
)
def test_hazards_by_grade_are_parts_of_all(read, headers, merges):
    values = read([[YEAR], *headers, ["1月", 28, 2], ["2月", 20, 1]], merges=merges).values()
    assert (values["hazard.found"], values["hazard.major_found"]) == (51, 3)


def test_hazards_of_the_common_grade_alone_are_what_there_is(read):
    assert read([[YEAR], ["月份", "一般隐患（处）"], ["1月", 28], ["2月", 20]]).values()["hazard.found"] == 48


def test_a_second_header_row_may_begin_with_a_column_of_sums(read):
    rows = [
        [YEAR],
        ["月份", "排查隐患（处）", None, None, "整改隐患（处）"],
        [None, "小计", "一般隐患", "重大隐患", "数量"],
        ["1月", 30, 28, 2, 30],
        ["2月", 21, 20, 1, 19],
        ["合计", 51, 48, 3, 49],
    ]
    ledger = read(rows, merges=["A2:A3", "B2:D2"])
    assert (ledger.values()["hazard.found"], ledger.values()["hazard.major_found"]) == (51, 3)
    assert ledger.values("2024-02")["hazard.found"] == 21
    assert "sum_mismatch" not in ledger.kinds


def test_parts_of_a_year_that_leave_some_of_it_out_leave_the_rest_to_the_whole(read):
    rows = [[YEAR], ["时间", "检查企业（家次）"], ["一季度", 3], ["二季度", 4], ["全年", 12]]
    ledger = read(rows)
    assert [ledger.values(span)["inspection.enterprises"] for span in ("2024H1", "2024H2", "2024")] == [7, 5, 12]
    assert "余下的5计入2024年下半年" in ledger.message("rest_of_whole")


def test_the_same_across_the_top(read):
    rows = [[YEAR], ["指标", "上半年", "全年"], ["检查企业（家次）", 3, 12], ["排查隐患（处）", 2, 4]]
    ledger = read(rows)
    assert [ledger.values(span)["inspection.enterprises"] for span in ("2024H1", "2024H2", "2024")] == [3, 9, 12]
    assert set(ledger.kinds) == {"rest_of_whole"}


def test_columns_nobody_knows_under_an_indicator_are_pointed_out(read):
    rows = [
        [YEAR],
        ["月份", "检查企业（家次）", None],
        [None, "重点企业", "一般企业"],
        ["1月", 3, 9],
        ["2月", 4, 5],
    ]
    ledger = read(rows, merges=["A2:A3", "B2:C2"])
    assert "inspection.enterprises" not in ledger.values()
    assert "“检查企业（家次）”" in ledger.message("split_column")


@pytest.mark.parametrize("across", [True, False])
def test_how_things_stood_at_the_end_of_the_year_is_no_sum(read, across):
    rows = [
        ["清河镇2024年安全生产基本情况"],
        ["指标", "上半年", "全年"],
        ["应急预案（个）", 30, 32],
        ["重点水域（处）", 7, 9],
    ]
    if not across:
        rows = [rows[0], ["时间", "应急预案（个）", "重点水域（处）"], ["上半年", 30, 7], ["全年", 32, 9]]
    ledger = read(rows, "统计")
    assert [ledger.values(span)["drown.waters"] for span in ("2024H1", "2024")] == [7, 9]
    assert not ledger.kinds


def test_sums_by_category_are_those_of_what_the_category_names(read):
    rows = [
        ["清河镇2024年安全宣传教育统计"],
        ["类别", "场次", "参加人数"],
        ["企业负责人培训", 3, 120],
        ["应急演练", 2, 90],
        ["进村入户宣传", 12, 800],
        ["村村响广播", 30, None],
        ["合计", 47, 1010],
    ]
    ledger = read(rows)
    values = ledger.values()
    assert (values["training.sessions"], values["emergency.drills"]) == (3, 2)
    assert values["publicity.events"] == 42  # what the category does not name is what the column says
    assert "sum_mismatch" not in ledger.kinds
    assert (values["training.people"], values["emergency.drill_people"]) == (120, 90)


def test_a_table_of_which_nothing_counts_says_so(read):
    rows = [["清河镇2024年办公用品登记表"], ["序号", "品名", "领取件数"], [1, "稿纸", 12], [2, "签字笔", 40]]
    ledger = read(rows)
    assert not ledger.values()
    assert "没有认出字典中的指标" in ledger.message("nothing_read")
