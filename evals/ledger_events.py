"""Ledgers with a row for each event of a made-up town: campaigns, meetings, trainings, accidents."""

from __future__ import annotations

from random import Random
from typing import Any

from evals.ledger_content import (
    Town,
    date_column,
    days_of_year,
    measure_columns,
    number_column,
    remark_column,
)
from evals.ledger_sheets import Column, Sheet, lay_out, random_mess


def publicity_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("宣传活动台账", "宣传台账", "安全宣传"))
    count = random.randrange(15, 30)
    days = days_of_year(random, count)
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        (
            "publicity.leaflets",
            ("发放资料", "发放宣传资料", "宣传单", "宣传资料", "发放宣传手册", "发放传单"),
            "份",
            900,
            "宣传形式",
        ),
        ("publicity.banners", ("悬挂横幅", "横幅", "条幅"), random.choice(("条", "幅")), 6, "宣传形式"),
        ("publicity.slogans", ("张贴标语", "标语", "宣传标语"), "条", 20, "宣传形式"),
        (
            "publicity.vehicles",
            ("出动宣传车", "宣传车", "出动宣传车辆"),
            random.choice(("车次", "台次")),
            3,
            "宣传形式",
        ),
        (
            "publicity.audience",
            ("受教育群众", "受教育人数", "接受咨询", "覆盖人数", "受众人数"),
            random.choice(("人次", "人")),
            600,
            "",
        ),
    ]
    if random.random() < 0.3:
        options.append(("", ("工作人员", "参与干部人数"), "人", 8, ""))
    columns = measure_columns(random, town, name, days, count, options)
    town.state(name, "publicity.events", days, [1] * count)
    names = Column(
        random.choice(("活动名称", "宣传内容", "活动主题")),
        [random.choice(("森林防火宣传", "防溺水宣传", "安全生产月咨询日", "道路交通安全宣传")) for _ in range(count)],
    )
    places = Column("地点", [random.choice(("农贸市场", "中心小学", "文化广场")) for _ in range(count)])
    all_columns = [
        *number_column(random, count),
        date_column(random, "活动时间", days),
        names,
        places,
        *columns,
        *remark_column(random, count),
    ]
    return lay_out(
        random, name, f"{town.name}2024年安全生产宣传活动台账", all_columns, random_mess(random), town.warnings
    )


def meetings_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("会议台账", "安全生产会议", "会议登记"))
    count = random.randrange(12, 26)
    days = days_of_year(random, count)
    kinds = [random.random() < 0.3 for _ in range(count)]
    town.state(name, "meeting.party_committee", days, [int(kind) for kind in kinds])
    town.state(name, "meeting.safety_committee", days, [int(not kind) for kind in kinds])
    party = random.choice((("党委会",), ("党委会议", "党委（扩大）会议"), ("党委会", "党委专题会议")))
    other = random.choice(
        (("安委会会议",), ("安委会全体会议", "安全生产专题会议"), ("安委会", "安全生产工作会议", "安全生产例会"))
    )
    words = [random.choice(party if kind else other) for kind in kinds]
    columns = [
        *number_column(random, count),
        date_column(random, "会议时间", days),
        Column(random.choice(("会议类型", "会议名称", "类别")), list(words)),
        Column(
            random.choice(("主要议题", "会议内容", "议题")),
            [
                random.choice(("研究安全生产工作", "部署隐患排查", "传达上级会议精神")) + f"（{i}）"
                for i in range(count)
            ],
        ),
        Column(
            random.choice(("参会人数", "应到人数", "到会人数")), [random.randrange(10, 60) for _ in range(count)], "人"
        ),
        *remark_column(random, count),
    ]
    return lay_out(
        random,
        name,
        f"{town.name}2024年安全生产会议台账",
        columns,
        random_mess(random, total="", subtotals=False),
        town.warnings,
    )


def trainings_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("培训演练台账", "培训和演练", "教育培训及应急演练"))
    count = random.randrange(10, 24)
    days = days_of_year(random, count)
    drill = [random.random() < 0.4 for _ in range(count)]
    people = [random.randrange(20, 150) for _ in range(count)]
    town.state(name, "training.sessions", days, [int(not kind) for kind in drill])
    town.state(name, "emergency.drills", days, [int(kind) for kind in drill])
    town.state(name, "training.people", days, [n * (not kind) for n, kind in zip(people, drill, strict=True)])
    town.state(name, "emergency.drill_people", days, [n * kind for n, kind in zip(people, drill, strict=True)])
    words = random.choice((("培训", "演练"), ("安全培训", "应急演练"), ("教育培训", "消防演练")))
    columns = [
        *number_column(random, count),
        date_column(random, "日期", days),
        Column(random.choice(("类别", "类型", "活动类型", "形式")), [words[kind] for kind in drill]),
        Column(
            "主题", [random.choice(("消防设施使用", "防汛抢险", "企业负责人安全管理")) + f"{i}" for i in range(count)]
        ),
        Column(
            random.choice(("参加人数", "参训人数", "参与人数", "实到人数")),
            people,
            random.choice(("人次", "人")),
            summed=True,
        ),
    ]
    if random.random() < 0.5:
        columns.insert(
            -1,
            Column(
                random.choice(("应参训人数", "应到人数", "计划参加人数")),
                [n + random.randrange(9) for n in people],
                "人",
                summed=True,
            ),
        )
    columns += remark_column(random, count)
    return lay_out(
        random,
        name,
        f"{town.name}2024年安全培训和应急演练台账",
        columns,
        random_mess(random, subtotals=False),
        town.warnings,
    )


def road_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("道路交通劝导台账", "劝导台账", "交通安全"))
    count = random.randrange(15, 40)
    days = days_of_year(random, count)
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        ("", ("值守人员", "值班人数"), "人", 4, ""),
        ("road.persuaded", ("劝导违法", "劝导交通违法", "劝导", "纠正违法", "劝导人次"), "人次", 80, ""),
        ("road.violations", ("查处违法", "查处交通违法", "查处违法行为"), "起", 9, "查处情况"),
        ("road.overload", ("其中违法载人", "违法载人", "三轮车违法载人"), "起", 2, "查处情况"),
    ]
    columns = measure_columns(random, town, name, days, count, options)
    stations = Column("劝导站", [random.choice(("镇北劝导站", "大桥路口")) for _ in range(count)])
    all_columns = [
        *number_column(random, count),
        date_column(random, "日期", days),
        stations,
        *columns,
        *remark_column(random, count),
    ]
    return lay_out(random, name, f"{town.name}2024年道路交通劝导台账", all_columns, random_mess(random), town.warnings)


def accidents_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    name = random.choice(("事故台账", "生产安全事故"))
    count = random.randrange(1, 4)
    days = days_of_year(random, count)
    wan = random.random() < 0.5
    losses = [random.randrange(1, 90) * 1000 for _ in range(count)]
    columns = measure_columns(
        random,
        town,
        name,
        days,
        count,
        [
            ("accident.deaths", ("死亡", "死亡人数"), "人", 1, "伤亡情况"),
            ("accident.injured", ("受伤", "受伤人数"), "人", 3, "伤亡情况"),
        ],
    )
    town.state(name, "accident.count", days, [1] * count)
    town.state(name, "accident.loss", days, losses)
    shown: list[Any] = [loss / 10000 for loss in losses] if wan else list(losses)
    loss = Column(random.choice(("直接经济损失", "经济损失")), shown, "万元" if wan else "元")
    kinds = Column("事故类型", [random.choice(("机械伤害", "高处坠落", "车辆伤害")) for _ in range(count)])
    all_columns = [
        *number_column(random, count),
        date_column(random, "发生时间", days),
        Column("地点", ["砖厂"] * count),
        kinds,
        *columns,
        loss,
    ]
    mess = random_mess(random, units="header", duplicate=False, void=False, total="", subtotals=False, blank_rows=False)
    return lay_out(random, name, f"{town.name}2024年生产安全事故台账", all_columns, mess, town.warnings)


def fire_sheet(random: Random, town: Town) -> Sheet:
    """The sheet, and its truth stated to the town."""
    count = random.randrange(8, 20)
    days = days_of_year(random, count)
    options: list[tuple[str, tuple[str, ...], str, int, str]] = [
        ("fire.places", ("检查场所", "检查人员密集场所", "检查九小场所", "检查单位"), "家次", 12, ""),
        ("fire.hazards_found", ("发现火灾隐患", "排查火灾隐患", "火灾隐患", "发现隐患"), "处", 9, ""),
        ("fire.hazards_fixed", ("整改火灾隐患", "已整改", "消除火灾隐患"), "处", 7, ""),
        ("fire.extinguishers", ("更换灭火器", "配备灭火器", "发放灭火器"), "具", 20, ""),
    ]
    columns = measure_columns(random, town, "消防安全台账", days, count, options)
    all_columns = [
        *number_column(random, count),
        date_column(random, "日期", days),
        *columns,
        *remark_column(random, count),
    ]
    return lay_out(
        random, "消防安全台账", f"{town.name}2024年消防安全检查台账", all_columns, random_mess(random), town.warnings
    )
