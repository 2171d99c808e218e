"""A report and its ledger, and ways to edit its Word file as office programs leave it."""

from datetime import date
from decimal import Decimal
from typing import Any

from assistant.periods import period_id
from assistant.records import Cell, Draft, Fact, Period, ReportKind, SectionText
from assistant.store import drafts
from assistant.workspace import Workspace

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31))
LEDGER = "月份,检查企业家次,排查隐患处,整改隐患处\n" + "".join(f"{month}月,10,5,5\n" for month in range(1, 13))
FACT = Fact(
    id="inspection.enterprises@2024",
    indicator="inspection.enterprises",
    name="检查企业",
    topic="检查执法",
    period=YEAR,
    value=Decimal(120),
    unit="家次",
    evidence=(Cell("2024.csv", "2024", "B2:B13"),),
)
SECTIONS = (
    SectionText("00", "", 0, "2024年，青梧镇认真落实上级部署，扎实抓好安全生产各项工作。现将有关情况总结如下："),
    SectionText("01", "一、工作开展情况", 1, ""),
    SectionText(
        "01.01",
        "（一）压实安全责任",
        2,
        "全年召开专题会议，分析研判形势，部署重点任务，层层签订责任书。\n"
        "落实党政同责、一岗双责，把责任压到村、压到企业、压到岗位。\n"
        "建立健全网格化监管机制，各村配备专职安全员，做到日日有巡查、事事有记录。",
    ),
    SectionText(
        "01.02",
        "（二）排查整治隐患",
        2,
        "全年检查企业120家次，排查安全隐患60处，整改60处，整改率100%。\n"
        "针对烟花爆竹、危险化学品等重点行业领域开展专项整治。\n"
        "1.加强夜间巡查\n对沿街商铺、出租房屋开展夜间检查，及时消除用火用电隐患。",
        slots=("inspection.enterprises@2024",),
    ),
    SectionText(
        "02", "二、存在的问题", 1, "个别企业主体责任落实不到位，安全投入不足。\n基层监管力量薄弱，专业人员缺乏。"
    ),
    SectionText(
        "03",
        "三、下一步工作打算",
        1,
        "一是继续压实责任，健全考核机制。\n二是深化专项整治，紧盯重点领域。\n三是加强宣传教育，提升群众意识。",
    ),
    SectionText("99", "", 0, "特此报告。"),
)


MEETING = "镇党委会、镇长办公会先后八次专题研究安全生产工作，逐项部署重点任务。党政主要负责同志带头包抓重点企业。"
DUTIES = "层层签订目标管理责任书，把责任压实到村组、到企业、到岗位，做到横向到边、纵向到底。考核结果与评优评先挂钩。"
NETWORK = "健全三级网格监管体系，明确网格员巡查频次和上报时限，对发现的隐患做到第一时间处置、第一时间反馈。"
CHECKS = "全年检查企业120家次，排查安全隐患60处，整改60处，整改率100%。对逾期未改的依法移交县级部门处理。"
TRADES = "聚焦烟花爆竹、危险化学品、建筑施工等重点行业领域，组织开展专项整治行动。对存在问题的单位跟踪督办到底。"
NIGHTS = "针对沿街商铺、出租房屋、农家乐等场所，组织力量开展夜间突击检查，及时消除用火用电方面的隐患。"
FLAWS = "个别企业主体责任落实不到位，安全投入不足，教育培训流于形式。从业人员安全意识和自救能力还有待提高。"
FORCES = "基层监管力量薄弱，专业技术人员缺乏，发现和处置问题的能力与新形势新要求相比还有明显差距。"
PLANS = "持续推进专项整治，紧盯岁末年初、汛期等重点时段，坚决防范遏制各类事故发生。继续完善应急预案体系。"
TRAINING = "加强宣传教育和业务培训，推动安全知识进企业、进农村、进社区、进学校、进家庭，营造人人关注的氛围。"
LONG = (
    SectionText("00", "", 0, SECTIONS[0].text),
    SectionText("01", "一、工作开展情况", 1, ""),
    SectionText("01.01", "（一）压实安全责任", 2, "\n".join((MEETING, DUTIES, NETWORK))),
    SectionText(
        "01.02", "（二）排查整治隐患", 2, "\n".join((CHECKS, TRADES, NIGHTS)), slots=("inspection.enterprises@2024",)
    ),
    SectionText("02", "二、存在的问题", 1, f"{FLAWS}\n{FORCES}"),
    SectionText("03", "三、下一步工作打算", 1, f"{PLANS}\n{TRAINING}"),
    SectionText("99", "", 0, "特此报告。"),
)


def report(identity: str = "annual-2024-1") -> Draft:
    return Draft(
        identity,
        ReportKind.ANNUAL,
        YEAR,
        "青梧镇2024年安全生产工作总结及2025年工作打算",
        "青梧镇",
        SECTIONS,
        (FACT,),
        addressee="县安全生产委员会",
        signature="青梧镇人民政府",
        signed_on="2025年1月6日",
        extra={"state": "finished"},
    )


def save(workspace: Workspace, draft: Draft) -> None:
    drafts.save_head(workspace.engine, draft, period_id(draft.period))
    for section in draft.sections:
        drafts.save_section(workspace.engine, draft.id, section, author="offline", why="起草")


def find(document: Any, start: str) -> Any:  # noqa: ANN401 - python-docx's own
    """The paragraph that starts with these words."""
    return next(each for each in document.paragraphs if each.text.startswith(start))


def retype(paragraph: Any, text: str) -> None:  # noqa: ANN401
    """Give a paragraph other words, in its first run as an office program leaves them."""
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = text
