"""What is asked about figures, answered one after the other: a sentence, its facts, or why there are none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.periods import chinese_name, half_of, months_of, quarter_of, year_of
from assistant.qa import figures, saying
from assistant.qa.ask import Ask
from assistant.qa.cues import Want
from assistant.qa.desk import Desk
from assistant.qa.figures import fact_of
from assistant.quantities.extract import extract
from assistant.records import Fact, Indicator, Kind, Period

_TOP_SHOWN = 12
_DENIED = re.compile(r"[零无](?:死亡|事故|伤亡|火灾)")  # asked the other way round


@dataclass(frozen=True, slots=True)
class Found:
    """What one thing asked comes to: a sentence with its facts (the one asked for first), or why there is none."""

    sentence: str = ""
    facts: tuple[Fact, ...] = ()
    missing: str = ""


def answer_ask(ask: Ask, desk: Desk) -> list[Found]:
    """What an ask comes to, for each indicator it may mean and each period it names."""
    make = _MAKERS[ask.want]
    found: list[Found] = []
    for entry in ask.subjects:
        for period in ask.periods if ask.want in (Want.VALUE, Want.REST) else ask.periods[:1]:
            found.append(make(ask, entry, period, desk))
            if ask.want is not Want.CHANGE:
                found += [make(replace(ask, place=place), entry, period, desk) for place in ask.rivals]
    if not ask.several and any(each.facts for each in found):
        found = [each for each in found if each.facts]  # of the readings, those the ledger has
    return found


def _value(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    fact = fact_of(desk, entry.id, period, ask.place)
    if fact is None:
        return _missing(entry, period, ask.place, desk)
    inputs = [known for name in desk.registry.inputs(entry) if (known := fact_of(desk, name, period, ask.place))]
    sentence = saying.said(fact)
    if ask.yes_no and len(ask.periods) == 1:
        sentence = f"{_whether(ask, fact)}{sentence}"
    return Found(sentence, (fact, *(inputs if fact.formula else ())))


def _whether(ask: Ask, fact: Fact) -> str:
    """有 or 没有, or whether the figure the question holds is the ledger's."""
    amounts = [
        each
        for each in extract(ask.text)
        if each.kind in (Kind.COUNT, Kind.MONEY, Kind.PERCENT) and each.value is not None
    ]
    if not amounts:
        return "" if fact.unit == "%" or _DENIED.search(ask.text) else "有。" if fact.value else "没有。"
    stated = amounts[-1]
    if any(word in ask.text for word in ("超过", "超", "以上", "多于", "不少于", "高于")):
        return "是。" if stated.value is not None and fact.value > stated.value else "没有超过。"
    if any(word in ask.text for word in ("达到", "达", "到没到", "到了")):
        return "达到了。" if stated.value is not None and fact.value >= stated.value else "没有达到。"
    return "是。" if stated.value == fact.value else "不是。"


def _change(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    base, rival = (period, ask.rivals[0]) if ask.rivals else (ask.base, ask.place)
    now = fact_of(desk, entry.id, period, ask.place)
    before = fact_of(desk, entry.id, base, rival) if base else None
    if now is None:
        return _missing(entry, period, ask.place, desk)
    if before is None or base is None:
        missing = _missing(entry, base or period, rival, desk).missing
        if ask.carried:
            return Found(saying.said(now), (now,), missing)
        return Found(missing=f"{missing}，无法比较")
    exact_now, exact_before = _exact(desk, entry, period, ask.place), _exact(desk, entry, base, rival)
    change = figures.change_facts(ask, exact_now or now, exact_before or before, entry)
    return Found(saying.said_change(change, now, before), (*change, now, before))


def _exact(desk: Desk, entry: Indicator, period: Period, place: str) -> Fact | None:
    """The fact with all its decimals, to compute with."""
    return None if place else desk.fact(entry.id, period)


def _average(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    above = fact_of(desk, entry.id, period, ask.place)
    if above is None:
        return _missing(entry, period, ask.place, desk)
    result = figures.average_of(ask, above, desk)
    if result is None:
        return Found(
            missing=f"台账里没有算这个平均数所需的另一个数；只知道{chinese_name(period)}有“{entry.name}”的数据"
        )
    average, below = result
    counted = below.name or "期间"
    own = (below,) if below.evidence or below.indicator == "town.villages" else ()
    sentence = f"{saying.said(above)}，{counted}{saying.amount(below)}，平均{saying.amount(average)}"
    if not own:
        sentence = f"{saying.said(above)}，平均每{_PER_NAMES.get(ask.per_time, '个')}{saying.amount(average)}"
    return Found(sentence, (average, above, *own))


_PER_NAMES = {"month": "月", "quarter": "季度", "day": "天", "place": "村（社区）"}


def _share(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    part = fact_of(desk, entry.id, period, ask.place)
    if part is None:
        return _missing(entry, period, ask.place, desk)
    if ask.whole is not None:
        whole, of = fact_of(desk, ask.whole.id, period, ask.place), f"{chinese_name(period)}{ask.whole.name}"
    elif ask.place:
        whole, of = fact_of(desk, entry.id, period), "全县" if desk.county else "全镇"
    else:
        wider = ask.periods[1] if len(ask.periods) > 1 and period in ask.periods[1] else year_of(period.start.year)
        whole, of = fact_of(desk, entry.id, wider), chinese_name(wider)
    share = figures.share_of(part, whole) if whole else None
    if whole is None or share is None or whole.id == part.id:
        return Found(missing=f"台账里没有算这个占比所需的总数；只知道“{entry.name}”本身的数据")
    sentence = f"{saying.said(part)}，占{of}（{saying.amount(whole)}）的{saying.amount(share)}"
    return Found(sentence, (share, part, whole))


def _rest(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    names = ask.pair or (entry.id, entry.id)
    whole, done = (fact_of(desk, name, period, ask.place) for name in names)
    if whole is None or done is None:
        return _missing(entry, period, ask.place, desk)
    rest = figures.rest_of(whole, done, saying.remainder_name(names[0]))
    lead = "没有了。" if not rest.value and ask.yes_no else "有。" if ask.yes_no and rest.value else ""
    sentence = f"{lead}{saying.said(whole)}，{done.name}{saying.amount(done)}，还有{rest.name}{saying.amount(rest)}"
    return Found(sentence, (rest, whole, done))


def _places(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    if ask.pair is not None:
        return _places_left(ask.pair, entry, period, desk)
    ranked = desk.ranking(entry.id, period, "place")
    if not ranked:
        return Found(missing=f"台账里{chinese_name(period)}的“{entry.name}”没有{desk.by_place}记录")
    best = figures.best_of(ranked, min(ask.top, _TOP_SHOWN), lowest=ask.lowest)
    listed = "、".join(f"{fact.place}{saying.amount(fact)}" for fact in best)
    if ask.top == 1:
        return Found(
            f"{chinese_name(period)}{entry.name}{saying.extreme(entry, lowest=ask.lowest)}的是{listed}", tuple(best)
        )
    return Found(f"{chinese_name(period)}{desk.all_places}{entry.name}：{listed}", tuple(best))


def _places_left(pair: tuple[str, str], entry: Indicator, period: Period, desk: Desk) -> Found:
    """哪个村还有隐患没整改: the villages where something is left."""
    done = {fact.place: fact for fact in desk.ranking(pair[1], period, "place")}
    whole = [fact for fact in desk.ranking(pair[0], period, "place") if fact.place in done]
    if not whole:
        return Found(missing=f"台账里{chinese_name(period)}的“{entry.name}”没有{desk.by_place}记录")
    name = saying.remainder_name(pair[0])
    left = [figures.rest_of(fact, done[fact.place], name) for fact in whole]
    some = sorted((fact for fact in left if fact.value), key=lambda fact: -fact.value)
    if not some:
        return Found(f"没有。{chinese_name(period)}{desk.all_places}都没有{name}", tuple(left[:1]))
    return Found(
        f"{chinese_name(period)}还有{name}的是{'、'.join(f'{fact.place}{saying.amount(fact)}' for fact in some)}",
        tuple(some),
    )


def _times(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    known = _by_time(ask, entry, period, desk)
    if not known:
        return Found(missing=f"台账里{chinese_name(period)}的“{entry.name}”没有分{_TIME_NAMES[ask.by]}记录")
    if ask.top > _TOP_SHOWN:  # 哪几个月发生过
        best = [fact for fact in known if fact.value]
        if not best:
            return Found(f"没有。{chinese_name(period)}{entry.name}为{saying.amount(known[0])}", (known[0],))
        listed = "、".join(saying.said(fact) for fact in best)
        return Found(listed, tuple(best))
    best = figures.best_of(known, ask.top, lowest=ask.lowest)
    listed = "、".join(f"{chinese_name(fact.period)}（{saying.amount(fact)}）" for fact in best)
    return Found(
        f"{chinese_name(period)}{entry.name}{saying.extreme(entry, lowest=ask.lowest)}的{_TIME_NAMES[ask.by]}是{listed}",
        tuple(best),
    )


def _spread(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> Found:
    known = _by_time(ask, entry, period, desk)
    if not known:
        return Found(missing=f"台账里{chinese_name(period)}的“{entry.name}”没有分{_TIME_NAMES[ask.by]}记录")
    listed = "、".join(f"{chinese_name(fact.period)}{saying.amount(fact)}" for fact in known)
    return Found(f"{entry.name}：{listed}", tuple(known))


_TIME_NAMES = {"month": "月", "quarter": "季度", "half": "半年"}


def _by_time(ask: Ask, entry: Indicator, period: Period, desk: Desk) -> list[Fact]:
    year = period.start.year
    spans = {
        "month": [months_of(year, month, month) for month in range(1, 13)],
        "quarter": [quarter_of(year, number) for number in (1, 2, 3, 4)],
        "half": [half_of(year, number) for number in (1, 2)],
    }[ask.by or "month"]
    found = [fact_of(desk, entry.id, span, ask.place) for span in spans if span in period]
    return [fact for fact in found if fact is not None]


def _missing(entry: Indicator, period: Period, place: str, desk: Desk) -> Found:
    """That there is no figure, and the nearest there is."""
    text = saying.no_data(period, [entry.name], place)
    if place:
        villages = [fact.place for fact in desk.ranking(entry.id, period, "place")]
        near = f"有记录的是{'、'.join(villages[:_TOP_SHOWN])}" if villages else f"这项指标没有{desk.by_place}记录"
        return Found(missing=f"{text}；{near}")
    year = year_of(period.start.year)
    years = [each for each in desk.years if desk.fact(entry.id, year_of(each)) is not None]
    if period != year and desk.fact(entry.id, year) is not None:
        return Found(missing=f"{text}；台账里这项指标只有{chinese_name(year)}全年的数")
    if years:
        return Found(missing=f"{text}；这项指标台账里有{'、'.join(f'{each}年' for each in sorted(years))}的数据")
    return Found(missing=f"{text}；{saying.known_years(desk.years)}，但没有这项指标")


_MAKERS: dict[Want, Callable[[Ask, Indicator, Period, Desk], Found]] = {
    Want.VALUE: _value,
    Want.CHANGE: _change,
    Want.AVERAGE: _average,
    Want.SHARE: _share,
    Want.REST: _rest,
    Want.PLACES: _places,
    Want.TIMES: _times,
    Want.SPREAD: _spread,
}


def ordered(found: Sequence[tuple[Ask, Found]]) -> list[Fact]:
    """The facts of an answer, those asked for first: comparisons, then the rest in the order asked, once each."""
    changes = [each for ask, each in found if ask.want is Want.CHANGE]
    others = [each for ask, each in found if ask.want is not Want.CHANGE]
    first = [fact for each in (*changes, *others) for fact in each.facts[:1]]
    rest = [fact for each in (*changes, *others) for fact in each.facts[1:]]
    kept: dict[str, Fact] = {}
    for fact in (*first, *rest):
        kept.setdefault(fact.id, fact)
    return list(kept.values())
