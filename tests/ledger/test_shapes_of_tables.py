"""The shapes of tables townships keep: totals, several tables on a sheet, months, quarters, cumulative columns."""

from tests.ledger.parts import HEAD, YEAR


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
