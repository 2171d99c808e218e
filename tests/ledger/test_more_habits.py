"""More habits of clerks: other ledgers than checks, several sheets, sheets in one another's way."""

import pytest

SEEN, FOUND, FIXED, MAJOR = "inspection.enterprises", "hazard.found", "hazard.rectified", "hazard.major_found"
MEETINGS, PARTY = "meeting.safety_committee", "meeting.party_committee"

CASES = {
    "a row for each year": (
        [["青岩镇历年安全检查情况"], ["年份", "检查企业（家次）", "发现隐患（处）"], ["2022年", 4, 2], ["2023年", 5, 1], ["2024年", 6, 3]],
        [], {"2023": {SEEN: 5, FOUND: 1}, "2024": {SEEN: 6, FOUND: 3}, "2024-05": {SEEN: None}}),
    "years as numbers": (
        [["历年安全检查情况"], ["年度", "检查企业（家次）", "发现隐患（处）"], [2023, 5, 1], [2024, 6, 3]],
        [], {"2023": {SEEN: 5, FOUND: 1}, "2024": {SEEN: 6, FOUND: 3}}),
    "done or not under the word completion": (
        [["2024年隐患清单"], ["序号", "排查时间", "隐患内容", "完成情况"], [1, "3月5日", "线路老化", "完成"], [2, "4月5日", "堵塞", "未完成"], [3, "4月6日", "油污", "已完成"]],
        [], {"2024": {FOUND: 3, FIXED: 2}}),
    "a list of hazards with nothing but what they are": (
        [["2024年隐患清单"], ["序号", "排查时间", "隐患内容", "责任人"], [1, "3月5日", "线路老化", "张某"], [2, "4月5日", "堵塞", "李某"]],
        [], {"2024": {FOUND: 2}}),
    "a second check with its outcome": (
        [["2024年隐患清单"], ["序号", "检查时间", "企业名称", "隐患内容", "整改时限", "复查时间", "复查结果"], [1, "3月5日", "甲厂", "线路老化", "3月10日", "3月11日", "合格"], [2, "4月5日", "乙厂", "堵塞", "4月10日", None, None]],
        [], {"2024": {FOUND: 2, FIXED: 1}}),
    "halves under each indicator": (
        [["2024年安全检查情况"], ["村（社区）", "检查企业（家次）", None, "发现隐患（处）", None], [None, "上半年", "下半年", "上半年", "下半年"], ["东河村", 4, 2, 5, 1], ["西山村", 3, 1, 6, 0]],
        ["A2:A3", "B2:C2", "D2:E2"], {"2024H1": {SEEN: 7, FOUND: 11}, "2024": {SEEN: 10, FOUND: 12}}),
    "trainings with one column of topics": (
        [["2024年安全培训台账"], ["序号", "培训时间", "培训主题", "培训对象", "参训人数（人）"], [1, "3月5日", "危化品安全", "企业", 40], [2, "6月5日", "消防知识", "村干部", 60]],
        [], {"2024": {"training.sessions": 2, "training.people": 100}}),
    "trainings and drills told by a column of kinds": (
        [["2024年培训演练台账"], ["序号", "时间", "活动类型", "主题", "参加人数"], [1, "3月5日", "培训", "危化品", 40], [2, "6月5日", "演练", "火灾疏散", 60], [3, "9月5日", "应急演练", "防汛", 30]],
        [], {"2024": {"training.sessions": 1, "training.people": 40, "emergency.drills": 2, "emergency.drill_people": 90}}),
    "meetings told by their names": (
        [["2024年安全生产会议台账"], ["序号", "会议时间", "会议名称", "主持人", "参会人数"], [1, "1月5日", "党委会专题研究安全生产", "张某", 9], [2, "3月5日", "安委会第一季度会议", "李某", 30],
         [3, "6月5日", "安全生产工作会议", "李某", 40]],
        [], {"2024": {PARTY: 1, MEETINGS: 2}}),
    "pledges by village": (
        [["2024年安全生产责任书签订情况"], ["序号", "村（社区）", "应签（份）", "已签（份）", "签订率"], [1, "东河村", 10, 10, "100%"], [2, "西山村", 12, 9, "75%"], ["合计", None, 22, 19, "86.4%"]],
        [], {"2024": {"pledge.due": 22, "pledge.signed": 19}}),
    "houses with two kinds of danger": (
        [["截至2024年12月底自建房排查整治汇总表"], ["村（社区）", "摸排总数（栋）", "其中经营性（栋）", "C级（栋）", "D级（栋）", "已整治（栋）"], ["东河村", 120, 8, 2, 1, 2], ["西山村", 90, 5, 1, 0, 1]],
        [], {"2024": {"house.surveyed": 210, "house.commercial": 13, "house.dangerous": 4, "house.treated": 3}}),
    "publicity of many columns": (
        [["2024年安全宣传活动台账"], ["序号", "活动日期", "活动主题", "发放资料（份）", "悬挂横幅（条）", "受教育群众（人次）"], [1, "6月16日", "安全咨询日", 500, 6, 800], [2, "11月9日", "消防宣传月", "300余", 4, 400]],
        [], {"2024": {"publicity.events": 2, "publicity.leaflets": 800, "publicity.banners": 10, "publicity.audience": 1200}}),
    "accidents with none in words": (
        [["2024年生产安全事故台账"], ["序号", "事故时间", "事故单位", "死亡（人）", "受伤（人）", "直接经济损失（万元）"], [1, "5月2日", "甲厂", "无", 2, "3.5万元"]],
        [], {"2024": {"accident.count": 1, "accident.injured": 2, "accident.loss": 35000}}),
    "road persuading by month across": (
        [["2024年道路交通劝导统计"], ["项目", "1月", "2月", "3月", "一季度合计"], ["劝导交通违法（人次）", 10, 12, 8, 30], ["路检路查（次）", 2, 1, 2, 5]],
        [], {"2024Q1": {"road.persuaded": 30, "road.checks": 5}, "2024-02": {"road.persuaded": 12}}),
    "drowning by village": (
        [["2024年防溺水工作统计表"], ["村（社区）", "重点水域（处）", "警示牌（块）", "救生圈（个）", "巡查（次）", "投入资金（元）"], ["东河村", 3, 6, 6, 40, "12,000"], ["西山村", 2, 4, 4, 35, "8,500.50"]],
        [], {"2024": {"drown.waters": 5, "drown.signs": 10, "drown.rings": 10, "drown.patrols": 75, "drown.fund": 20500.5}}),
    "food samples": (
        [["2024年食品安全检查台账"], ["序号", "日期", "检查食品经营单位（家次）", "抽检批次（批次）", "合格批次（批次）"], [1, "3月5日", 10, 5, 5], [2, "6月5日", 8, 4, 3]],
        [], {"2024": {"food.checked": 18, "food.samples": 9, "food.qualified": 8}}),
    "last year's column beside this year's": (
        [["2024年安全检查工作情况统计表"], ["指标", "单位", "本年数", "上年同期", "增减", "增减%"], ["检查企业", "家次", 7, 5, 2, "40%"], ["发现隐患", "处", 3, 4, -1, "-25%"]],
        [], {"2024": {SEEN: 7, FOUND: 3}}),
    "targets beside what was done": (
        [["2024年安全生产目标完成情况"], ["序号", "工作任务", "单位", "目标数", "完成数", "完成率"], [1, "检查企业", "家次", 200, 236, "118%"], [2, "应急演练", "场", 4, 5, "125%"]],
        [], {"2024": {SEEN: 236, "emergency.drills": 5}}),
    "serial numbers starting again in each month": (
        [["2024年安全检查台账"], ["序号", "检查日期", "检查企业（家次）", "发现隐患（处）"], ["一月"], [1, "5日", 4, 2], [2, "18日", 3, 1], ["二月"], [1, "2日", 5, 0]],
        [], {"2024": {SEEN: 12, FOUND: 3}, "2024-02": {SEEN: 5}}),
    "header again on each printed page": (
        [["2024年安全检查台账"], ["序号", "检查日期", "检查企业（家次）"], [1, "1月5日", 4], [2, "1月6日", 3], ["2024年安全检查台账"], ["序号", "检查日期", "检查企业（家次）"], [3, "2月5日", 5]],
        [], {"2024": {SEEN: 12}, "2024-02": {SEEN: 5}}),
    "town in a column too": (
        [["2024年安全检查台账"], ["序号", "乡镇", "村", "检查时间", "检查企业（家次）"], [1, "青岩镇", "东河村", "1月5日", 4], [2, "青岩镇", "西山村", "1月6日", 3]],
        [], {"2024": {SEEN: 7}}),
    "circled numbers and dots as serials": (
        [["2024年隐患台账"], ["序号", "排查日期", "隐患描述", "整改情况"], ["①", "3月5日", "线路老化", "√"], ["②", "4月5日", "通道堵塞", "×"], ["③", "4月6日", "油污", "√"]],
        [], {"2024": {FOUND: 3, FIXED: 2}}),
    "states in brackets": (
        [["2024年隐患台账"], ["序号", "排查日期", "隐患描述", "整改情况"], [1, "3月5日", "线路老化", "（已整改）"], [2, "4月5日", "通道堵塞", "【未整改】"]],
        [], {"2024": {FOUND: 2, FIXED: 1}}),
    "settled in percent": (
        [["2024年隐患台账"], ["序号", "排查日期", "隐患描述", "整改进度"], [1, "3月5日", "线路老化", "100%"], [2, "4月5日", "通道堵塞", "60%"], [3, "4月6日", "油污", 1]],
        [], {"2024": {FOUND: 3, FIXED: 2}}),
    "signatures in the last rows": (
        [["2024年安全检查台账"], ["序号", "检查日期", "检查企业（家次）"], [1, "1月5日", 4], [2, "2月5日", 3], [], ["填表人：王某", None, "审核人：李某"], ["2024年12月31日"]],
        [], {"2024": {SEEN: 7, "inspection.times": 2}}),
    "numbers as text with spaces": (
        [["2024年安全检查台账"], ["序号", "检查日期", "检查企业（家次）", "发现隐患（处）"], [1, "2024 年 1 月 5 日", " 4 ", "２"], [2, "2024. 02. 05", "3 ", "1 处"]],
        [], {"2024": {SEEN: 7, FOUND: 3}, "2024-02": {SEEN: 3}}),
    "half-year sheet": (
        [["青岩镇2024年上半年安全检查统计表"], ["村（社区）", "检查企业（家次）", "发现隐患（处）"], ["东河村", 4, 2], ["西山村", 3, 1]],
        [], {"2024H1": {SEEN: 7, FOUND: 3}}),
    "grades in two columns of counts": (
        [["2024年安全检查台账"], ["序号", "日期", "检查企业（家次）", "排查隐患", None, "完成整改", None], [None, None, None, "一般", "重大", "一般", "重大"], [1, "1月5日", 4, 2, 1, 2, 0], [2, "2月5日", 3, 1, 0, 1, 0]],
        ["A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2"], {"2024": {SEEN: 7, FOUND: 4, MAJOR: 1, FIXED: 3}}),
    "counted or not": (
        [["2024年隐患台账"], ["序号", "排查日期", "隐患描述", "是否重大隐患", "是否整改"], [1, "3月5日", "线路老化", "否", "是"], [2, "4月5日", "通道堵塞", "是", "是"], [3, "4月6日", "油污", "否", "否"]],
        [], {"2024": {FOUND: 3, MAJOR: 1, FIXED: 2}}),
}  # fmt: skip


@pytest.mark.parametrize("habit", CASES)
def test_habit(read, habit):
    rows, merges, expected = CASES[habit]
    ledger = read(rows, "台账", merges)
    for period, wanted in expected.items():
        found = ledger.values(period)
        assert {name: str(found.get(name)) for name in wanted} == {name: str(value) for name, value in wanted.items()}


def _month(month, *rows):
    return [[f"青岩镇{month}月安全检查台账"], ["序号", "日期", "检查企业（家次）", "发现隐患（处）"], *rows]


def test_a_sheet_for_each_month_named_by_it(read):
    sheets = {
        f"{month}月": _month(month, [1, f"{month}.5", month, 1], [2, f"{month}.18", 1, 0]) for month in range(1, 13)
    }
    first = sheets.pop("1月")
    ledger = read(first, "1月", **sheets)
    assert ledger.values()[SEEN] == 78 + 12
    assert ledger.values("2024-07")[SEEN] == 8
    assert ledger.values("2024Q1")[FOUND] == 3


def test_month_sheets_of_sums_by_village(read):
    def sheet(month):
        return [
            [f"{month}月份安全生产统计表"],
            ["村（社区）", "检查企业（家次）", "发现隐患（处）"],
            ["东河村", month, 1],
            ["西山村", 1, 0],
            ["合计", month + 1, 1],
        ]

    sheets = {f"{month}月": sheet(month) for month in range(2, 13)}
    ledger = read(sheet(1), "1月", **sheets)
    assert ledger.values()[SEEN] == 78 + 12
    assert ledger.values("2024-07")[SEEN] == 8
