"""Ledgers with a row for each inspection or hazard of a made-up town."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from evals.ledger_content import (
    VILLAGES,
    Town,
    date_column,
    days_of_year,
    measure_columns,
    number_column,
    remark_column,
)
from evals.ledger_sheets import Column, Sheet, lay_out, random_mess

FIRMS = (
    "永兴木业厂",
    "好邻居超市",
    "清溪加油站",
    "柳林采石场",
    "中心小学",
    "双河砖厂",
    "福来饭店",
    "白马养殖场",
    "东湾服装厂",
)
DETAILS = (
    "灭火器过期2具",
    "安全出口堵塞",
    "线路私拉乱接",
    "未开展安全培训",
    "配电箱未上锁",
    "液化气瓶3只未固定",
    "堆放杂物约5米",
    "护栏缺失",
)


def inspection_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("安全检查台账", "检查台账", "日常检查", "安全生产检查登记"))
    count = random.randrange(20, 45)
    days = days_of_year(random, count)
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        (
            "inspection.enterprises",
            ("检查单位数", "检查企业", "检查生产经营单位", "检查家次", "受检单位数", "检查企业数"),
            "家次",
            9,
            "检查情况",
        ),
        (
            "inspection.people",
            ("出动人员", "出动检查人员", "检查人员", "参加检查人数", "执法人员"),
            "人次",
            8,
            "检查情况",
        ),
        ("inspection.vehicles", ("出动车辆", "车辆", "检查车辆", "出动检查车辆"), "台次", 3, "检查情况"),
        (
            "order.rectification",
            ("下发整改通知书", "整改通知书", "责令限期整改指令书", "下发文书", "整改指令书"),
            "份",
            2,
            "处理情况",
        ),
    ]
    if random.random() < 0.5:
        options.insert(2, ("", ("陪同人数", "陪同检查人数"), "人", 5, "检查情况"))
    if random.random() < 0.4:
        options.insert(0, ("", ("计划检查家次", "应检查家次"), "家次", 9, "检查情况"))
    if random.random() < 0.4:
        options += [
            ("penalty.fine", ("罚款金额", "罚款"), "元", 3000, "处理情况"),
            ("penalty.cases", ("立案", "立案查处"), "起", 1, "处理情况"),
        ]
    columns = measure_columns(random, town, name, days, count, options)
    town.state(name, "inspection.times", days, [1] * count)
    kinds = Column("检查类型", [random.choice(("日常检查", "专项检查", "联合检查")) for _ in range(count)])
    leaders = Column("带队领导", [random.choice(("何强", "李敏", "周涛")) for _ in range(count)])
    content = Column(
        random.choice(("检查内容", "检查项目")),
        [random.choice(("在建工地检查", "商超消防检查", "燃气检查")) for _ in range(count)],
    )
    all_columns = [
        *number_column(random, count),
        date_column(random, "检查日期", days),
        kinds,
        content,
        *columns,
        leaders,
        *remark_column(random, count),
    ]
    title = f"{town.name}2024年{random.choice(('安全检查台账', '安全生产检查登记表', '日常检查情况统计表'))}"
    return lay_out(random, name, title, all_columns, random_mess(random), town.warnings)


def hazards_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("隐患台账", "隐患排查整改台账", "问题隐患清单"))
    count = random.randrange(30, 70)
    days = days_of_year(random, count)
    several = random.random() < 0.35
    amounts = [random.randrange(1, 5) if several else 1 for _ in range(count)]
    done = [random.random() < 0.9 for _ in range(count)]
    major = [random.random() < 0.06 for _ in range(count)]
    town.state(name, "hazard.found", days, amounts)
    town.state(name, "hazard.rectified", days, [amount * ok for amount, ok in zip(amounts, done, strict=True)])
    columns = [
        *number_column(random, count),
        date_column(random, random.choice(("排查日期", "检查时间", "发现时间")), days),
        Column(random.choice(("所在村（社区）", "村居", "所属村")), [random.choice(VILLAGES) for _ in range(count)]),
        Column(random.choice(("单位名称", "单位（场所）", "企业名称")), [random.choice(FIRMS) for _ in range(count)]),
        Column(
            random.choice(("隐患描述", "存在问题", "隐患内容", "问题描述")),
            [random.choice(DETAILS) + f"（{i}号点）" for i in range(count)],
        ),
        Column(random.choice(("隐患类别", "类别")), [random.choice(("消防", "用电", "管理")) for _ in range(count)]),
    ]
    if several:
        columns.append(
            Column(
                random.choice(("隐患数", "隐患数量", "发现隐患数")),
                list(amounts),
                random.choice(("处", "条", "项")),
                summed=True,
            )
        )
    if random.random() < 0.7:
        town.state(name, "hazard.major_found", days, [a * m for a, m in zip(amounts, major, strict=True)])
        style = random.choice(("word", "word", "tick"))
        if style == "word":
            words = random.choice((("一般", "重大"), ("一般隐患", "重大隐患")))
            columns.append(Column(random.choice(("隐患等级", "等级", "隐患级别")), [words[m] for m in major]))
        else:
            columns += [
                Column("一般", [None if m else "√" for m in major], group="隐患等级"),
                Column("重大", ["√" if m else None for m in major], group="隐患等级"),
            ]
    columns += _status(random, days, done)
    columns += remark_column(random, count)
    mess = random_mess(random, total="", subtotals=False, units="header")
    if any(column.group for column in columns):
        mess.groups = True
    return lay_out(random, name, f"{town.name}2024年安全隐患排查整改台账", columns, mess, town.warnings)


def _status(random: Random, days: list[date], done: list[bool]) -> list[Column]:
    """One of the ways a list says which hazards were settled."""
    finished = [
        min(day + timedelta(days=random.randrange(1, 20)), date(2024, 12, 31)).isoformat() if ok else "/"
        for day, ok in zip(days, done, strict=True)
    ]
    deadline = Column("整改期限", [(day + timedelta(days=30)).isoformat() for day in days])
    style = random.choice(("words", "words", "yesno", "ticks", "dates", "sold"))
    if style == "words":
        return [
            deadline,
            Column(
                random.choice(("整改状态", "整改情况", "状态")),
                [
                    random.choice(("已整改", "已销号", "整改完成"))
                    if ok
                    else random.choice(("未整改", "整改中", "正在整改"))
                    for ok in done
                ],
            ),
            Column("整改完成日期", finished),
        ]
    if style == "yesno":
        return [
            deadline,
            Column(random.choice(("是否整改", "是否完成整改", "是否整改到位")), ["是" if ok else "否" for ok in done]),
        ]
    if style == "ticks":
        return [
            deadline,
            Column("已整改", ["√" if ok else None for ok in done], group="整改情况"),
            Column("未整改", [None if ok else "√" for ok in done], group="整改情况"),
        ]
    if style == "dates":
        return [deadline, Column(random.choice(("整改完成日期", "整改完成时间", "销号日期")), finished)]
    return [Column("销号情况", ["已销号" if ok else "未销号" for ok in done])]
