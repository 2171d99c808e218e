"""Sentences for facts that no sentence of last year's speaks of, from each indicator's own phrasing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook, wording
from assistant.drafting.families import family_of
from assistant.drafting.slots import Slots
from assistant.periods import short_name
from assistant.records import Fact

_FILE = Path(__file__).with_name("phrases.toml")
_VERBS = (
    "检查",
    "排查",
    "整改",
    "开展",
    "举办",
    "组织",
    "发放",
    "签订",
    "配备",
    "安装",
    "修建",
    "投入",
    "出动",
    "查处",
    "巡查",
    "劝导",
    "清理",
)
_SMALLEST_RISE = 5  # percent from which a rise is worth saying


def facts_sentences(indicators: Iterable[str], book: FactBook, context: Context, slots: Slots) -> list[str]:
    """One sentence for each family among the indicators; those the ledger does not have are passed over.

    What has been said is entered in `slots`. Ratios stand behind their numbers, parts inside their
    whole, a nought only where a nought is worth saying.
    """
    families: dict[str, list[str]] = {}
    for indicator in indicators:
        if indicator not in slots.said:
            families.setdefault(family_of(indicator) or indicator, []).append(indicator)
    sentences: list[str] = []
    for family, members in families.items():
        clauses = _accident(book, slots) if family == "accident" else _clauses(members, book, context, slots)
        if clauses:
            sentences.append(_lead(family, clauses[0], context, slots, first=not sentences) + "，".join(clauses) + "。")
    return sentences


def clause_for(fact: Fact, context: Context, slots: Slots) -> str:
    """One fact's clause, without what stands inside or behind it; empty for one said only inside others."""
    form = _form(fact)
    if form.get("quiet"):
        return ""
    return form["text"].replace("{v}", slots.put(fact, value_of(fact, context)))


def value_of(fact: Fact, context: Context, unit: str = "") -> str:
    """The value in the house style the context asks for."""
    return wording(fact, approximate=context.style.approximate, unit=unit)


def phrase_label(indicator: str) -> str:
    """The words the phrase book puts before an indicator's value: 检查企业; empty where it has none."""
    text = str(_forms().get(indicator, {}).get("text", ""))
    return text.removesuffix("{v}") if text.endswith("{v}") else ""


def label_of(fact: Fact) -> str:
    """The words before a fact's value where nothing else names it."""
    return phrase_label(fact.indicator) or fact.name


def nested_in(indicator: str) -> str:
    """The indicator inside whose clause this one is said; empty where it stands on its own."""
    return str(_forms().get(indicator, {}).get("within", ""))


def inside_of(host: str, members: Sequence[str], book: FactBook, context: Context, slots: Slots) -> str:
    """What is said within the host's clause: （其中重大隐患2处）, or ，签订率98.4%."""
    brackets: list[str] = []
    behind = ""
    for indicator in members:
        fact = book.fact(indicator)
        if nested_in(indicator) != host or fact is None or fact.value == 0 or indicator in slots.said:
            continue
        form = _form(fact)
        value = slots.put(fact, value_of(fact, context))
        if "inner" in form:
            brackets.append(form["inner"].replace("{v}", value))
        else:
            behind += form.get("join", "，") + form["text"].replace("{v}", value)
    return (f"（{'，'.join(brackets)}）" if brackets else "") + behind


def _clauses(members: Sequence[str], book: FactBook, context: Context, slots: Slots) -> list[str]:
    clauses: list[str] = []
    for indicator in members:
        fact = book.fact(indicator)
        host = nested_in(indicator)
        if fact is None or indicator in slots.said or (host in members and book.fact(host)):
            continue
        zero = _form(fact).get("zero")
        if fact.value == 0:
            if zero:
                clauses.append(slots.put(fact, zero))
            continue
        clause = clause_for(fact, context, slots)
        if clause:
            clauses.append(
                clause + inside_of(indicator, members, book, context, slots) + _risen(indicator, book, context, slots)
            )
    return clauses


def _risen(indicator: str, book: FactBook, context: Context, slots: Slots) -> str:
    """，同比上升12.5% where the house style compares, the indicator is an effort, and it grew."""
    if not context.style.comparisons or not _forms().get(indicator, {}).get("compare"):
        return ""
    change = book.change(indicator)
    if change is None or change.value < _SMALLEST_RISE:
        return ""
    return f"，同比上升{slots.put(change, value_of(change, context))}"


def _accident(book: FactBook, slots: Slots) -> list[str]:
    """Accidents said together: how many, what came of them, and what did not happen; nothing said twice."""
    facts = {name: book.fact(f"accident.{name}") for name in ("count", "deaths", "injured", "loss")}
    count, deaths = facts["count"], facts["deaths"]
    said = {name for name in facts if f"accident.{name}" in slots.said}
    if count is not None and count.value == 0:
        return [] if said else [slots.put(count, "未发生生产安全事故")]
    clauses = [f"发生生产安全事故{slots.put(count, wording(count))}"] if count and "count" not in said else []
    harmed = [
        f"{slots.put(fact, wording(fact))}{word}"
        for name, word in (("deaths", "死亡"), ("injured", "受伤"))
        if (fact := facts[name]) and fact.value and name not in said
    ]
    if harmed:
        clauses.append("造成" + "、".join(harmed))
    if (loss := facts["loss"]) and loss.value and "loss" not in said:
        clauses.append(f"{'' if clauses else '事故'}直接经济损失{slots.put(loss, wording(loss))}")
    if deaths is not None and deaths.value == 0 and "deaths" not in said:
        clauses.append(slots.put(deaths, "未发生人员死亡事故"))
    return clauses


def _lead(family: str, clause: str, context: Context, slots: Slots, *, first: bool) -> str:
    facts = slots.facts_in(clause)
    own = _forms().get(facts[0].indicator, {}).get("lead", "") if facts else ""
    form = own or str(_data()["lead"].get(family, ""))
    name, month = short_name(context.period), context.period.end.month
    lead = form.replace("{period}", name).replace("{end}", f"{context.period.end.year}年{month}月底")
    return lead if first or "{period}" not in form else lead.replace(name, "").lstrip("共")


def _form(fact: Fact) -> dict[str, str]:
    known = _forms().get(fact.indicator)
    if known:
        return known
    verbal = fact.name.startswith(_VERBS) or fact.unit == "%"
    return {"text": f"{fact.name}{{v}}" if verbal else f"{fact.name}共{{v}}"}


def _forms() -> dict[str, dict[str, str]]:
    return _data()


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
