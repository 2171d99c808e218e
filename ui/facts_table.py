"""The facts of a period as a table: this year, last year, the change, and the cells behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

from assistant.periods import chinese_name, short_name, year_earlier
from assistant.records import Fact, Period
from ui.words import cells_named, stated

_CHANGE_WORDS = {"yoy_diff": "", "yoy_points": "", "yoy_percent": ""}


def facts_html(facts: Sequence[Fact], last_year: Sequence[Fact], period: Period) -> str:
    """The table, grouped by topic. `facts` are the period's with their comparisons, `last_year` the year before's."""
    values = [fact for fact in facts if fact.measure == "value" and not fact.place and fact.period == period]
    before = {_key(fact): fact for fact in last_year if fact.measure == "value"}
    changes = _changes(facts)
    groups = "".join(
        _group(topic, [fact for fact in values if fact.topic == topic], before, changes)
        for topic in dict.fromkeys(fact.topic for fact in values)
    )
    names = short_name(period), chinese_name(year_earlier(period))
    return (
        f'<p class="jushi-count">{chinese_name(period)}共 {len(values)} 项指标，每项都能追到单元格。</p>'
        '<div class="jushi-table tall" tabindex="0" role="region" aria-label="指标表"><table><thead><tr><th scope="col">指标</th>'
        f'<th scope="col" class="number">{names[0]}</th><th scope="col" class="number">{names[1]}</th>'
        '<th scope="col" class="number">增减</th><th scope="col" class="number">同比</th><th scope="col">出处</th></tr></thead>'
        f"{groups}</table></div>"
    )


def _key(fact: Fact) -> tuple[str, str, str]:
    return (fact.indicator, fact.place, fact.topic)


def _changes(facts: Iterable[Fact]) -> dict[tuple[str, str, str], dict[str, Fact]]:
    found: dict[tuple[str, str, str], dict[str, Fact]] = {}
    for fact in facts:
        if fact.measure in _CHANGE_WORDS:
            found.setdefault(_key(fact), {})[fact.measure] = fact
    return found


def _group(
    topic: str,
    facts: Sequence[Fact],
    before: Mapping[tuple[str, str, str], Fact],
    changes: Mapping[tuple[str, str, str], Mapping[str, Fact]],
) -> str:
    rows = "".join(_row(fact, before.get(_key(fact)), changes.get(_key(fact), {})) for fact in facts)
    head = f'<tr class="topic"><th colspan="6" scope="colgroup">{escape(topic or "其他")}</th></tr>'
    return f"<tbody>{head}{rows}</tbody>"


def _row(fact: Fact, before: Fact | None, changes: Mapping[str, Fact]) -> str:
    absolute = changes.get("yoy_diff") or changes.get("yoy_points")
    cells = (
        f'<th scope="row">{escape(fact.name)}</th>',
        f'<td class="number strong">{escape(stated(fact))}</td>',
        f'<td class="number">{escape(stated(before)) if before else "—"}</td>',
        f'<td class="number">{_signed(absolute)}</td>',
        f'<td class="number">{_signed(changes.get("yoy_percent"))}</td>',
        f"<td>{_proof(fact)}</td>",
    )
    return f"<tr>{''.join(cells)}</tr>"


def _signed(change: Fact | None) -> str:
    if change is None:
        return "—"
    if not change.value:
        return "持平"
    return f"{'↑' if change.value > 0 else '↓'} {escape(stated(replace(change, value=abs(change.value))))}"


def _proof(fact: Fact) -> str:
    lines = ([f"算法：{fact.formula}"] if fact.formula else []) + cells_named(fact.evidence, 4)
    return "<br>".join(map(escape, lines)) or "—"
