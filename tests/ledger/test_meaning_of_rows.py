"""What the rows of a sheet stand for, and what counts only once."""

from tests.ledger.parts import HEAD, YEAR, numbers


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
