"""Ledgers with a row for each village, kind or month of a made-up town."""

from __future__ import annotations

from datetime import date
from random import Random

from evals.ledger_content import VILLAGES, Options, Town, measure_columns, number_column
from evals.ledger_sheets import Column, Sheet, lay_out, random_mess


def pledges_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("责任书签订情况", "责任书", "签订责任书"))
    objects = ["村（社区）", "工贸企业", "学校", "餐饮场所", "烟花爆竹零售点", "在建工地"]
    due = [random.randrange(8, 60) for _ in objects]
    signed = [n - random.choice((0, 0, 1)) for n in due]
    town.state(name, "pledge.due", None, due)
    town.state(name, "pledge.signed", None, signed)
    columns = [
        Column(random.choice(("签订对象", "单位类别", "类别")), objects),
        Column(random.choice(("应签", "应签订", "应签数", "应签订责任书")), due, "份", summed=True),
        Column(random.choice(("已签", "已签订", "实签", "签订数", "已签订责任书")), signed, "份", summed=True),
        Column("签订率", [f"{100 * a / b:.1f}%" for a, b in zip(signed, due, strict=True)]),
    ]
    mess = random_mess(random, duplicate=False, void=False, subtotals=False, filtered=False, blank_rows=False)
    return lay_out(random, name, f"{town.name}2024年安全生产责任书签订情况", columns, mess, town.warnings)


def _villages(random: Random, town: Town, name: str, title: str, options: Options) -> Sheet:
    """A summary with a row for each village, or turned round with a column for each."""
    places = list(VILLAGES[: random.randrange(5, 9)])
    columns = measure_columns(random, town, name, None, len(places), options)
    if random.random() < 0.25:
        turned = [
            Column(random.choice(("项目", "指标")), [c.header for c in columns]),
            Column("单位", [c.unit for c in columns]),
        ]
        turned += [Column(place, [c.values[i] for c in columns]) for i, place in enumerate(places)]
        turned.append(Column("合计", [sum(c.values) for c in columns]))
        mess = random_mess(
            random,
            total="",
            subtotals=False,
            duplicate=False,
            void=False,
            units="none",
            filtered=False,
            repeat_header=False,
            groups=False,
        )
        return lay_out(random, name, title, turned, mess, town.warnings)
    head = [*number_column(random, len(places)), Column(random.choice(("村（社区）", "村名", "行政村")), places)]
    mess = random_mess(random, duplicate=False, void=False, subtotals=False, repeat_header=False)
    return lay_out(random, name, title, [*head, *columns], mess, town.warnings)


def houses_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        ("house.surveyed", ("摸排自建房", "排查自建房", "自建房总数", "排查房屋"), "栋", 900, "排查情况"),
        ("house.commercial", ("经营性自建房", "其中经营性", "经营性"), "栋", 90, "排查情况"),
        ("house.dangerous", ("C、D级危房", "危房", "隐患房屋", "排查出危房"), "栋", 12, "整治情况"),
        ("house.treated", ("已完成整治", "完成整治", "已整治", "整治销号"), "栋", 9, "整治情况"),
    ]
    return _villages(random, town, "自建房排查", f"{town.name}自建房安全排查整治汇总表（截至2024年12月）", options)


def drowning_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        ("drown.waters", ("重点水域", "危险水域", "水域点位"), "处", 9, ""),
        ("drown.signs", ("警示牌", "安装警示牌", "警示标牌"), "块", 20, ""),
        ("drown.rings", ("救生圈", "配备救生圈", "救生设备"), "个", 15, ""),
        ("drown.fund", ("投入资金", "资金投入", "投入经费"), "元", 6000, ""),
        ("drown.patrols", ("巡查次数", "开展巡查", "防溺水巡查"), "次", 60, ""),
    ]
    return _villages(random, town, "防溺水台账", f"{town.name}2024年防溺水工作台账", options)


def food_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    months = list(range(1, 13))
    days = [date(2024, month, 1) for month in months]
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        ("food.checked", ("检查餐饮单位", "检查食品经营单位", "检查经营户"), random.choice(("家次", "户次")), 30, ""),
        ("food.banquets", ("农村集体聚餐备案", "聚餐备案", "集体聚餐"), "场", 6, ""),
        ("food.samples", ("食品抽检", "抽检批次", "抽检"), "批次", 20, "抽检情况"),
        ("food.qualified", ("合格批次", "抽检合格"), "批次", 18, "抽检情况"),
    ]
    columns = measure_columns(random, town, "食品安全台账", days, 12, options)
    head = Column(random.choice(("月份", "月度")), [random.choice((f"{m}月",)) for m in months])
    mess = random_mess(random, duplicate=False, void=False, subtotals=False, repeat_header=False)
    return lay_out(
        random, "食品安全台账", f"{town.name}2024年食品安全工作月报汇总", [head, *columns], mess, town.warnings
    )
