"""Sentences about facts. Every figure in them is a fact's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assistant.periods import chinese_name
from assistant.quantities.render import render
from assistant.records import Fact, Indicator, Period

_REMAINDER = {
    "hazard.found": "未整改的安全隐患",
    "pledge.due": "未签订的安全生产责任书",
    "house.dangerous": "未整治的危房",
    "food.samples": "抽检不合格的",
    "fire.hazards_found": "未整改的火灾隐患",
}


def amount(fact: Fact) -> str:
    """The value with its unit."""
    return _written(fact.value, fact.unit)


def _written(value: Decimal, unit: str) -> str:
    return render(value, "个百分点" if unit == "百分点" else unit)


def said(fact: Fact) -> str:
    """2024年上半年检查企业95家次 — with the village where the fact is one's."""
    link = "为" if fact.unit == "%" or fact.name.endswith(("数", "额", "损失", "事故", "企业家次")) else ""
    return f"{chinese_name(fact.period)}{fact.place}{fact.name}{link}{amount(fact)}"


def said_change(change: Sequence[Fact], now: Fact, before: Fact) -> str:
    """2024年下发整改通知书23份，比2023年的27份少4份，下降14.81%."""
    up = now.value > before.value
    other = before.place if before.place != now.place else chinese_name(before.period)
    start = f"{said(now)}，{other}为{amount(before)}"
    if now.value == before.value:
        return f"{start}，两者持平（相差{'、'.join(amount(fact) for fact in change)}）"
    words = [_change_words(fact, up=up, level=now.unit == "%") for fact in change]
    return f"{start}，{'、'.join(words)}"


def _change_words(fact: Fact, *, up: bool, level: bool) -> str:
    value = _written(abs(fact.value), fact.unit)
    if fact.measure == "multiple":
        return f"前者是后者的{value}"
    if fact.measure == "yoy_percent":
        return f"{'增长' if up else '下降'}{value}"
    return f"{'提高' if up else '降低'}{value}" if level else f"{'多' if up else '少'}{value}"


def remainder_name(whole: Indicator | str) -> str:
    """What is left of an indicator: 未整改的安全隐患."""
    identity = whole if isinstance(whole, str) else whole.id
    return _REMAINDER.get(identity, "未完成的")


def extreme(entry: Indicator, *, lowest: bool) -> str:
    """最多 or 最少 of counts, 最高 or 最低 of rates and amounts."""
    level = entry.unit in ("%", "元")
    return ("最低" if level else "最少") if lowest else ("最高" if level else "最多")


def no_data(period: Period, names: Sequence[str], place: str = "") -> str:
    """That the ledger says nothing of it: 台账里没有2022年检查企业的数据."""
    return f"台账里没有{chinese_name(period)}{place}“{'”“'.join(names)}”的数据"


def known_years(years: Sequence[int]) -> str:
    """Which years there are."""
    return f"台账里有{'、'.join(f'{year}年' for year in sorted(years))}的数据" if years else "台账里还没有任何数据"


_DIGITS = "零一二三四五六七八九"


def article_name(number: str) -> str:
    """第二十一条, 第二十一条之一: an article by its number (21, 21.1)."""
    whole, _, inserted = number.partition(".")
    name = f"第{_chinese(int(whole))}条" if whole.isdigit() else number
    return f"{name}之{_chinese(int(inserted))}" if inserted.isdigit() else name


def _chinese(number: int) -> str:
    text, filled = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if filled and not text.endswith(("千", "百", "十")) else "") + _DIGITS[digit] + unit
            filled = False
        elif text and not text.endswith("零") and number:
            text += "零"
    return text.removeprefix("一") if text.startswith("一十") else text
