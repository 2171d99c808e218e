"""Made-up towns with a year of ledgers: what truly happened, and spreadsheets that say so in many ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from evals.ledger_sheets import DATE_STYLES, Column, Sheet, lay_out, random_mess, write_book, write_date

VILLAGES = ("石桥村", "柳林村", "清溪村", "白马社区", "东湾村", "高坪村", "集镇社区", "双河村")
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
REMARKS = ("", "", "附照片6张", "借用车辆1台", "2家复查", "投入3000元")
PERIODS = {
    "2024": (1, 12), "2024H1": (1, 6), "2024H2": (7, 12), "2024Q1": (1, 3), "2024Q2": (4, 6), "2024Q3": (7, 9), "2024Q4": (10, 12),
}  # fmt: skip


@dataclass
class Town:
    """A made-up town: its files, the facts that are true of it, and what an import must warn of."""

    number: int
    name: str
    truth: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    books: dict[str, list[Sheet]] = field(default_factory=dict)
    warnings: list[tuple[str, str, int]] = field(default_factory=list)
    home: dict[str, str] = field(default_factory=dict)  # indicator → sheet

    def write(self, folder: Path) -> list[Path]:
        """Write the town's files."""
        paths = []
        for name, sheets in self.books.items():
            write_book(folder / name, sheets)
            paths.append(folder / name)
        return paths

    def state(self, sheet: str, indicator: str, days: list[date] | None, amounts: list[Any]) -> None:
        """Set the truth of an indicator: dated amounts for every period, undated ones for the year."""
        self.home[indicator] = sheet
        if days is None:
            self.truth[indicator, "2024"] = Decimal(sum(amounts))
            return
        for period, (first, last) in PERIODS.items():
            inside = [amount for day, amount in zip(days, amounts, strict=True) if first <= day.month <= last]
            self.truth[indicator, period] = Decimal(sum(inside))


Maker = Callable[[Random, Town], Sheet]


def make_town(number: int) -> Town:
    """Town number so-and-so: always the same."""
    random = Random(number)
    town = Town(
        number, random.choice(("云溪", "石门", "安平", "柳河", "三江", "青岩")) + random.choice(("镇", "乡", "街道"))
    )
    sheets = [maker(random, town) for maker in MAKERS if random.random() < 0.85]
    if random.random() < 0.3 and len(sheets) > 2:
        sheets = _stack(random, sheets, town)
    together = random.random() < 0.7
    if together and random.random() < 0.4:
        sheets.append(Sheet("旧稿", [["序号", "检查日期", "检查单位数（家次）"], [1, "2024.3.1", 500]], hidden=True))
    if together:
        town.books["2024年台账.xlsx"] = sheets
    else:
        for sheet in sheets:
            suffix = random.choice(("utf.csv", "gb.csv", ".xlsx")) if not sheet.merges[1:] else ".xlsx"
            town.books[f"2024{sheet.name}{suffix}"] = [sheet]
    return town


def _stack(random: Random, sheets: list[Sheet], town: Town) -> list[Sheet]:
    """Two of the sheets put on one, one below the other."""
    upper, lower = sheets[0], sheets[1]
    shift = len(upper.rows) + 2
    rows = upper.rows + [[], []] + lower.rows
    merges = upper.merges + [(a + shift, b, c + shift, d) for a, b, c, d in lower.merges]
    hidden = upper.hidden_rows + [row + shift for row in lower.hidden_rows]
    town.warnings = [
        (kind, upper.name if name == lower.name else name, row + shift if name == lower.name else row)
        for kind, name, row in town.warnings
    ]
    return [Sheet(upper.name, rows, merges, False, hidden), *sheets[2:]]


def _days(random: Random, count: int) -> list[date]:
    return sorted(date(2024, 1, 1) + timedelta(days=random.randrange(365)) for _ in range(count))


def _dates(random: Random, header: str, days: list[date]) -> Column:
    style = random.choice(DATE_STYLES)
    return Column(random.choice((header, "日期", "时间")), [write_date(random, style, day) for day in days])


def _number(random: Random, count: int) -> list[Column]:
    return (
        [Column(random.choice(("序号", "序 号", "编号")), list(range(1, count + 1)))] if random.random() < 0.85 else []
    )


def _remark(random: Random, count: int) -> list[Column]:
    return [Column("备注", [random.choice(REMARKS) or None for _ in range(count)])] if random.random() < 0.8 else []


def _measures(
    random: Random,
    town: Town,
    sheet: str,
    days: list[date] | None,
    count: int,
    options: list[tuple[str, tuple[str, ...], str, int, str]],
) -> list[Column]:
    """Columns of figures: (indicator or "" for a look-alike, header choices, unit, largest value, group)."""
    columns = []
    for indicator, headers, unit, most, group in options:
        amounts = [random.randrange(most + 1) if random.random() < 0.85 else 0 for _ in range(count)]
        columns.append(Column(random.choice(headers), amounts, unit, group, summed=True))
        if indicator:
            town.state(sheet, indicator, days, amounts)
    return columns


def _inspection(random: Random, town: Town) -> Sheet:
    name = random.choice(("安全检查台账", "检查台账", "日常检查", "安全生产检查登记"))
    count = random.randrange(20, 45)
    days = _days(random, count)
    options = [
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
    columns = _measures(random, town, name, days, count, options)
    town.state(name, "inspection.times", days, [1] * count)
    kinds = Column("检查类型", [random.choice(("日常检查", "专项检查", "联合检查")) for _ in range(count)])
    leaders = Column("带队领导", [random.choice(("何强", "李敏", "周涛")) for _ in range(count)])
    content = Column(
        random.choice(("检查内容", "检查项目")),
        [random.choice(("在建工地检查", "商超消防检查", "燃气检查")) for _ in range(count)],
    )
    all_columns = [
        *_number(random, count),
        _dates(random, "检查日期", days),
        kinds,
        content,
        *columns,
        leaders,
        *_remark(random, count),
    ]
    title = f"{town.name}2024年{random.choice(('安全检查台账', '安全生产检查登记表', '日常检查情况统计表'))}"
    return lay_out(random, name, title, all_columns, random_mess(random), town.warnings)


def _hazards(random: Random, town: Town) -> Sheet:
    name = random.choice(("隐患台账", "隐患排查整改台账", "问题隐患清单"))
    count = random.randrange(30, 70)
    days = _days(random, count)
    several = random.random() < 0.35
    amounts = [random.randrange(1, 5) if several else 1 for _ in range(count)]
    done = [random.random() < 0.9 for _ in range(count)]
    major = [random.random() < 0.06 for _ in range(count)]
    town.state(name, "hazard.found", days, amounts)
    town.state(name, "hazard.rectified", days, [amount * ok for amount, ok in zip(amounts, done, strict=True)])
    columns = [
        *_number(random, count),
        _dates(random, random.choice(("排查日期", "检查时间", "发现时间")), days),
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
    columns += _remark(random, count)
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


def _publicity(random: Random, town: Town) -> Sheet:
    name = random.choice(("宣传活动台账", "宣传台账", "安全宣传"))
    count = random.randrange(15, 30)
    days = _days(random, count)
    options = [
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
    columns = _measures(random, town, name, days, count, options)
    town.state(name, "publicity.events", days, [1] * count)
    names = Column(
        random.choice(("活动名称", "宣传内容", "活动主题")),
        [random.choice(("森林防火宣传", "防溺水宣传", "安全生产月咨询日", "道路交通安全宣传")) for _ in range(count)],
    )
    places = Column("地点", [random.choice(("农贸市场", "中心小学", "文化广场")) for _ in range(count)])
    all_columns = [
        *_number(random, count),
        _dates(random, "活动时间", days),
        names,
        places,
        *columns,
        *_remark(random, count),
    ]
    return lay_out(
        random, name, f"{town.name}2024年安全生产宣传活动台账", all_columns, random_mess(random), town.warnings
    )


def _meetings(random: Random, town: Town) -> Sheet:
    name = random.choice(("会议台账", "安全生产会议", "会议登记"))
    count = random.randrange(12, 26)
    days = _days(random, count)
    kinds = [random.random() < 0.3 for _ in range(count)]
    town.state(name, "meeting.party_committee", days, [int(kind) for kind in kinds])
    town.state(name, "meeting.safety_committee", days, [int(not kind) for kind in kinds])
    party = random.choice((("党委会",), ("党委会议", "党委（扩大）会议"), ("党委会", "党委专题会议")))
    other = random.choice(
        (("安委会会议",), ("安委会全体会议", "安全生产专题会议"), ("安委会", "安全生产工作会议", "安全生产例会"))
    )
    words = [random.choice(party if kind else other) for kind in kinds]
    columns = [
        *_number(random, count),
        _dates(random, "会议时间", days),
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
        *_remark(random, count),
    ]
    return lay_out(
        random,
        name,
        f"{town.name}2024年安全生产会议台账",
        columns,
        random_mess(random, total="", subtotals=False),
        town.warnings,
    )


def _trainings(random: Random, town: Town) -> Sheet:
    name = random.choice(("培训演练台账", "培训和演练", "教育培训及应急演练"))
    count = random.randrange(10, 24)
    days = _days(random, count)
    drill = [random.random() < 0.4 for _ in range(count)]
    people = [random.randrange(20, 150) for _ in range(count)]
    town.state(name, "training.sessions", days, [int(not kind) for kind in drill])
    town.state(name, "emergency.drills", days, [int(kind) for kind in drill])
    town.state(name, "training.people", days, [n * (not kind) for n, kind in zip(people, drill, strict=True)])
    town.state(name, "emergency.drill_people", days, [n * kind for n, kind in zip(people, drill, strict=True)])
    words = random.choice((("培训", "演练"), ("安全培训", "应急演练"), ("教育培训", "消防演练")))
    columns = [
        *_number(random, count),
        _dates(random, "日期", days),
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
    columns += _remark(random, count)
    return lay_out(
        random,
        name,
        f"{town.name}2024年安全培训和应急演练台账",
        columns,
        random_mess(random, subtotals=False),
        town.warnings,
    )


def _pledges(random: Random, town: Town) -> Sheet:
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


def _villages(
    random: Random, town: Town, name: str, title: str, options: list[tuple[str, tuple[str, ...], str, int, str]]
) -> Sheet:
    """A summary with a row for each village, or turned round with a column for each."""
    places = list(VILLAGES[: random.randrange(5, 9)])
    columns = _measures(random, town, name, None, len(places), options)
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
    head = [*_number(random, len(places)), Column(random.choice(("村（社区）", "村名", "行政村")), places)]
    mess = random_mess(random, duplicate=False, void=False, subtotals=False, repeat_header=False)
    return lay_out(random, name, title, [*head, *columns], mess, town.warnings)


def _houses(random: Random, town: Town) -> Sheet:
    options = [
        ("house.surveyed", ("摸排自建房", "排查自建房", "自建房总数", "排查房屋"), "栋", 900, "排查情况"),
        ("house.commercial", ("经营性自建房", "其中经营性", "经营性"), "栋", 90, "排查情况"),
        ("house.dangerous", ("C、D级危房", "危房", "隐患房屋", "排查出危房"), "栋", 12, "整治情况"),
        ("house.treated", ("已完成整治", "完成整治", "已整治", "整治销号"), "栋", 9, "整治情况"),
    ]
    return _villages(random, town, "自建房排查", f"{town.name}自建房安全排查整治汇总表（截至2024年12月）", options)


def _drowning(random: Random, town: Town) -> Sheet:
    options = [
        ("drown.waters", ("重点水域", "危险水域", "水域点位"), "处", 9, ""),
        ("drown.signs", ("警示牌", "安装警示牌", "警示标牌"), "块", 20, ""),
        ("drown.rings", ("救生圈", "配备救生圈", "救生设备"), "个", 15, ""),
        ("drown.fund", ("投入资金", "资金投入", "投入经费"), "元", 6000, ""),
        ("drown.patrols", ("巡查次数", "开展巡查", "防溺水巡查"), "次", 60, ""),
    ]
    return _villages(random, town, "防溺水台账", f"{town.name}2024年防溺水工作台账", options)


def _road(random: Random, town: Town) -> Sheet:
    name = random.choice(("道路交通劝导台账", "劝导台账", "交通安全"))
    count = random.randrange(15, 40)
    days = _days(random, count)
    options = [
        ("", ("值守人员", "值班人数"), "人", 4, ""),
        ("road.persuaded", ("劝导违法", "劝导交通违法", "劝导", "纠正违法", "劝导人次"), "人次", 80, ""),
        ("road.violations", ("查处违法", "查处交通违法", "查处违法行为"), "起", 9, "查处情况"),
        ("road.overload", ("其中违法载人", "违法载人", "三轮车违法载人"), "起", 2, "查处情况"),
    ]
    columns = _measures(random, town, name, days, count, options)
    stations = Column("劝导站", [random.choice(("镇北劝导站", "大桥路口")) for _ in range(count)])
    all_columns = [*_number(random, count), _dates(random, "日期", days), stations, *columns, *_remark(random, count)]
    return lay_out(random, name, f"{town.name}2024年道路交通劝导台账", all_columns, random_mess(random), town.warnings)


def _accidents(random: Random, town: Town) -> Sheet:
    name = random.choice(("事故台账", "生产安全事故"))
    count = random.randrange(1, 4)
    days = _days(random, count)
    wan = random.random() < 0.5
    losses = [random.randrange(1, 90) * 1000 for _ in range(count)]
    columns = _measures(
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
        *_number(random, count),
        _dates(random, "发生时间", days),
        Column("地点", ["砖厂"] * count),
        kinds,
        *columns,
        loss,
    ]
    mess = random_mess(random, units="header", duplicate=False, void=False, total="", subtotals=False, blank_rows=False)
    return lay_out(random, name, f"{town.name}2024年生产安全事故台账", all_columns, mess, town.warnings)


def _fire(random: Random, town: Town) -> Sheet:
    count = random.randrange(8, 20)
    days = _days(random, count)
    options = [
        ("fire.places", ("检查场所", "检查人员密集场所", "检查九小场所", "检查单位"), "家次", 12, ""),
        ("fire.hazards_found", ("发现火灾隐患", "排查火灾隐患", "火灾隐患", "发现隐患"), "处", 9, ""),
        ("fire.hazards_fixed", ("整改火灾隐患", "已整改", "消除火灾隐患"), "处", 7, ""),
        ("fire.extinguishers", ("更换灭火器", "配备灭火器", "发放灭火器"), "具", 20, ""),
    ]
    columns = _measures(random, town, "消防安全台账", days, count, options)
    all_columns = [*_number(random, count), _dates(random, "日期", days), *columns, *_remark(random, count)]
    return lay_out(
        random, "消防安全台账", f"{town.name}2024年消防安全检查台账", all_columns, random_mess(random), town.warnings
    )


def _food(random: Random, town: Town) -> Sheet:
    months = list(range(1, 13))
    days = [date(2024, month, 1) for month in months]
    options = [
        ("food.checked", ("检查餐饮单位", "检查食品经营单位", "检查经营户"), random.choice(("家次", "户次")), 30, ""),
        ("food.banquets", ("农村集体聚餐备案", "聚餐备案", "集体聚餐"), "场", 6, ""),
        ("food.samples", ("食品抽检", "抽检批次", "抽检"), "批次", 20, "抽检情况"),
        ("food.qualified", ("合格批次", "抽检合格"), "批次", 18, "抽检情况"),
    ]
    columns = _measures(random, town, "食品安全台账", days, 12, options)
    head = Column(random.choice(("月份", "月度")), [random.choice((f"{m}月",)) for m in months])
    mess = random_mess(random, duplicate=False, void=False, subtotals=False, repeat_header=False)
    return lay_out(
        random, "食品安全台账", f"{town.name}2024年食品安全工作月报汇总", [head, *columns], mess, town.warnings
    )


MAKERS: tuple[Maker, ...] = (
    _inspection, _hazards, _publicity, _meetings, _trainings, _pledges, _houses, _drowning, _road, _accidents, _fire, _food,
)  # fmt: skip
