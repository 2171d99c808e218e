"""What a ledger leaves in doubt is told, never passed over."""

import pytest

HEAD = ["序号", "检查日期", "被检查单位", "存在问题"]


def test_a_row_that_names_how_many_were_visited(read):
    rows = [["2024年安全检查台账"], HEAD, [1, "3月5日", "甲厂、乙厂等3家企业", "无"], [2, "4月5日", "丙厂", "线路老化"]]
    assert read(rows, "安全检查").values()["inspection.enterprises"] == 4


def test_several_hazards_numbered_in_one_row_are_doubted(read):
    rows = [["2024年隐患台账"], ["序号", "排查日期", "隐患描述", "整改情况"]]
    rows += [[1, "3月5日", "1.线路老化；2.通道堵塞", "已整改"], [2, "4月5日", "配电箱距地1.2米", "未整改"]]
    ledger = read(rows)
    assert ledger.values()["hazard.found"] == 2
    assert "第3行像是写了2处隐患" in ledger.message("several_hazards")


@pytest.mark.parametrize(
    ("cell", "value"), [("四家", 4), ("十家", 10), ("十二家次", 12), ("二十家", 20), ("三十五家", 35), ("两家", 2)]
)
def test_numbers_spelled_in_chinese(read, cell, value):
    rows = [["2024年安全检查台账"], ["序号", "检查日期", "检查企业数"], [1, "3月5日", cell], [2, "4月5日", "一家"]]
    assert read(rows).values()["inspection.enterprises"] == value + 1


def test_figures_wrapped_in_words_are_told(read):
    rows = [["2024年安全检查台账"], ["序号", "检查日期", "检查企业数", "出动人员"]]
    rows += [[1, "3月5日", "检查4家", "张某、李某"], [2, "4月5日", "检查3家", "王某"]]
    assert "检查企业数" in read(rows).message("unread_column")
