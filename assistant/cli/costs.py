"""What a draft took: tokens, seconds and money, by section and in all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import typer

from assistant.drafting.costs import Prices
from assistant.records import SectionText
from assistant.settings import Settings


def prices_of(settings: Settings) -> Prices:
    """The prices that are set."""
    return Prices(settings.llm_price_in, settings.llm_price_out)


def usage_line(sections: Sequence[SectionText], prices: Prices) -> str:
    """1200 个词元（输出 300），8.4 秒，0.0012 元; empty where no model was asked."""
    tokens = sum(section.tokens for section in sections)
    seconds = sum(section.seconds for section in sections)
    if not tokens and not seconds:
        return ""
    cost = prices.cost(sections)
    money = "" if cost is None else f"，{cost:f} 元"
    return f"{tokens} 个词元（输出 {sum(section.answer_tokens for section in sections)}），{seconds:.1f} 秒{money}"


def print_usage(sections: Sequence[SectionText], prices: Prices) -> None:
    """A line for each section a model worked on, and one for the report."""
    whole = usage_line(sections, prices)
    if not whole:
        return
    typer.echo("模型用量：")
    for section in sections:
        line = usage_line([section], prices)
        if line:
            typer.echo(f"  {section.heading or '（没有标题）'}：{line}")
    typer.echo(f"  合计：{whole}")


def add_costs(shape: dict[str, Any], sections: Sequence[SectionText], prices: Prices) -> dict[str, Any]:
    """The draft's shape with `answer_tokens` and `cost` (null where no price is set) of each section and in all."""
    by_key = {section.key: section for section in sections}
    shown = [each | _costs([by_key[each["key"]]], prices) for each in shape["sections"]]
    return shape | {"sections": shown} | _costs(sections, prices)


def _costs(sections: Sequence[SectionText], prices: Prices) -> dict[str, Any]:
    cost = prices.cost(sections)
    return {
        "answer_tokens": sum(section.answer_tokens for section in sections),
        "cost": None if cost is None else f"{cost:f}",
    }
