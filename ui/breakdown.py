"""One indicator by month, beside last year, by village, and by year: bars that are also a table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from html import escape

from assistant.ledger.facts import ranking
from assistant.periods import chinese_name, year_earlier
from assistant.records import Fact, Period
from assistant.workspace import Workspace
from ui.words import stated

_FULL = 100  # the longest bar, in percent of its column
_MONTHS = range(1, 13)
_MOST_YEARS = 6


def breakdown_html(
    workspace: Workspace, indicator: str, period: Period, facts_in: Callable[[Period], Sequence[Fact]]
) -> str:
    """The indicator's figures in the months, villages and like periods of other years, as far as the ledger tells them apart.

    `facts_in` gives the facts of a period, none where the ledger has nothing in it.
    """
    engine, registry = workspace.engine, workspace.registry
    town = workspace.town
    months = ranking(engine, indicator, period, registry, by="month", town=town)
    before = ranking(engine, indicator, year_earlier(period), registry, by="month", town=town)
    villages = ranking(engine, indicator, period, registry, town=town)
    years = _same_span_of_years(indicator, period, facts_in)
    parts = [
        _months_html(months, before, period) if months else "",
        _years_html(years) if len(years) > 1 else "",
        _villages_html(villages) if villages else "",
    ]
    if not any(parts):
        return (
            '<div class="jushi-empty"><b>这项指标分不出月份和村，也没有别的年份可比</b>'
            "<p>台账里只有它的合计。要看分月、分村，请导入带日期、带村名的明细表。</p></div>"
        )
    return (
        f'<div class="jushi-breakdown" tabindex="0" role="region" aria-label="分月、分村、各年">{"".join(parts)}</div>'
    )


def _months_html(months: Sequence[Fact], before: Sequence[Fact], period: Period) -> str:
    now = {fact.period.start.month: fact for fact in months}
    then = {fact.period.start.month: fact for fact in before}
    longest = _longest([*months, *before])
    rows = "".join(
        f'<tr><th scope="row">{month}月</th><td>{_bar(now.get(month), longest, "now")}{_bar(then.get(month), longest, "then")}</td></tr>'
        for month in _MONTHS
        if month in now or month in then
    )
    names = chinese_name(period), chinese_name(year_earlier(period))
    legend = (
        f'<i class="now"></i>{names[0]} <i class="then"></i>{names[1]}' if before else f'<i class="now"></i>{names[0]}'
    )
    return f'<table class="months"><caption>分月 <small>{legend}</small></caption><tbody>{rows}</tbody></table>'


def _villages_html(villages: Sequence[Fact]) -> str:
    longest = _longest(villages)
    rows = "".join(
        f'<tr><th scope="row">{escape(fact.place)}</th><td>{_bar(fact, longest, "now")}</td></tr>' for fact in villages
    )
    return f"<table><caption>分村（社区）</caption><tbody>{rows}</tbody></table>"


def _same_span_of_years(indicator: str, period: Period, facts_in: Callable[[Period], Sequence[Fact]]) -> list[Fact]:
    """The indicator in this period and in the same span of the years before, newest first."""
    spans = [period]
    for _ in range(_MOST_YEARS - 1):
        spans.append(year_earlier(spans[-1]))
    return [fact for span in spans for fact in facts_in(span) if (fact.indicator, fact.measure) == (indicator, "value")]


def _years_html(years: Sequence[Fact]) -> str:
    longest = _longest(years)
    rows = "".join(
        f'<tr><th scope="row">{chinese_name(fact.period)}</th><td>{_bar(fact, longest, "now")}</td></tr>'
        for fact in reversed(years)
    )
    return f'<table class="years"><caption>各年同期</caption><tbody>{rows}</tbody></table>'


def _longest(facts: Sequence[Fact]) -> Decimal:
    return max((abs(fact.value) for fact in facts), default=Decimal(0)) or Decimal(1)


def _bar(fact: Fact | None, longest: Decimal, look: str) -> str:
    if fact is None:
        return ""
    width = int(abs(fact.value) * _FULL / longest)
    return f'<div class="bar-line {look}"><i style="width:{width}%"></i><span>{escape(stated(fact))}</span></div>'
