"""What stands around the sections: title, addressee, opening, closing, signature, date."""

from __future__ import annotations

from datetime import date, timedelta

from assistant.drafting.context import Context
from assistant.drafting.places import settle_places
from assistant.drafting.sections import PastReport, Role
from assistant.drafting.timewords import move_on, next_name, shift_of
from assistant.periods import chinese_name
from assistant.records import Period

SIGNED_BEFORE, SIGNED_AFTER = timedelta(days=45), timedelta(days=180)


def title_of(context: Context, past: PastReport | None) -> str:
    """The title: last year's own form with this year's names, or the usual one of this kind."""
    if past is not None and past.title and context.past_period is not None:
        rolled = settle_places(move_on(past.title, context, Role.WORK), context).text
        year = f"{context.period.start.year}年"
        rolled = rolled.replace(f"及{year}下半年", "及下半年").replace(f"和{year}下半年", "和下半年")
        if rolled and context.unit_name in rolled:
            return rolled
    plan = next_name(shift_of(context))
    return f"{context.unit_name}{chinese_name(context.period)}安全生产工作总结及{plan}工作打算"


def addressee_of(context: Context, past: PastReport | None) -> str:
    """主送机关 as the person gave it, or as the town's own past summary had it."""
    if context.addressee:
        return context.addressee.rstrip("：:") + "："
    return f"{past.addressee}：" if past is not None and past.addressee and not context.foreign else ""


def opening_of(context: Context) -> str:
    """An opening for a report with no past one to follow: what it is about, and nothing the ledger would have to bear out."""
    return (
        f"{chinese_name(context.period)}，{context.unit_name}认真贯彻落实上级关于安全生产的决策部署，"
        "坚持安全第一、预防为主、综合治理的方针，扎实抓好责任落实、隐患排查治理、宣传教育和应急准备等各项工作。"
        "现将有关情况总结如下："
    )


def closing_of(context: Context) -> str:
    """特此报告 where the report is addressed to somebody; otherwise a summary ends with its plan."""
    return "特此报告。" if context.addressee else ""


def signature_of(context: Context) -> str:
    """落款: 禾丰镇人民政府, 东街街道办事处; a name of another kind as it stands."""
    unit = context.unit_name
    if unit.endswith(("镇", "乡")):
        return f"{unit}人民政府"
    return f"{unit}办事处" if unit.endswith("街道") else unit


def date_of(day: date | None) -> str:
    """成文日期 in Arabic figures, as the standard for official documents has it; empty where not set."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def signing_date(period: Period, today: date) -> date | None:
    """成文日期: today, where a report of the period may be signed today; otherwise left for a person to set."""
    return today if period.end - SIGNED_BEFORE <= today <= period.end + SIGNED_AFTER else None
