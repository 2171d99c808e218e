"""What a clause wants to know, from its cue words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.periods import preceding, year_earlier
from assistant.qa import cues
from assistant.qa.ask import Ask
from assistant.qa.cues import Measure, Want
from assistant.qa.desk import Desk
from assistant.qa.spans import Spans
from assistant.qa.subjects import Mention, all_mentions, asked_unit, fits_unit
from assistant.qa.timing import covered, number_of
from assistant.records import Aggregation

_PAIRS = (("fire.hazards_found", "fire.hazards_fixed"),)
_PER_WORD = re.compile(
    r"(?:平均)?(?:每一?|平均一?)(?P<unit>次|场|期|家|起|趟|轮|名|个?月|个?季度?|天|个?村|个?社区)|(?P<joined>[次场家月村])均|村均"
)
_AVERAGED = re.compile(r"平均(?:每|下来|一?[次场期个])|[村月]均")


def with_want(ask: Ask, text: str, spans: Spans, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask:
    """What is wanted, from the cue words, the more telling ones first."""
    if (found := _spread(ask, text, mentions, desk, before)) or (
        found := _part(ask, text, spans, mentions, desk, before)
    ):
        return found
    follows = before and not mentions and not cues.VALUE.search(text) and not cues.WHETHER.search(text)
    return _like(ask, before, spans) if follows and before else ask


def _spread(ask: Ask, text: str, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask | None:
    """What is asked of several villages or months: averages, which of them, each of them."""
    ranked = cues.MOST.search(text) or cues.LEAST.search(text)
    timed, spread = cues.TIME_ASKED.search(text), cues.SPREAD_ASKED.search(text)
    if _AVERAGED.search(text) and not ranked:
        return _with_average(ask, text, mentions, desk)
    if cues.PLACE_ASKED.search(text) and not (timed and ranked):
        pair = _pair_of(text, desk, before) if cues.REST.search(text) else None
        return _ranked(replace(ask, want=Want.PLACES, pair=pair), text)
    if timed:
        return _ranked(replace(ask, want=Want.TIMES, by=_unit_of_time(timed["by"] or timed["bare"] or "月")), text)
    if cues.AVERAGE.search(text):
        return _with_average(ask, text, mentions, desk)
    if spread:
        return replace(ask, want=Want.SPREAD, by=_unit_of_time(spread["by"] or ("半年" if "半年" in text else "月")))
    return None


def _part(ask: Ask, text: str, spans: Spans, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask | None:
    """What is asked of two figures: their change, what part the one is of the other, what is left."""
    rates = [(each.start, each.end) for each in mentions if each.indicator.aggregation is Aggregation.RATIO]
    sharing = cues.SHARE.search(covered(text, rates))
    if not sharing and (spans.base or (ask.rivals and re.search(r"比|差", text))):
        return _with_change(ask, text, spans)
    if sharing:
        return replace(ask, want=Want.SHARE)
    if cues.REST.search(text) and (pair := _pair_of(text, desk, before)):
        return replace(ask, want=Want.REST, pair=pair)
    if cues.CHANGE_FIRM.search(text) or cues.MULTIPLE.search(text):
        return _with_change(ask, text, spans)
    return None


def _like(ask: Ask, before: Ask, spans: Spans) -> Ask:
    """那上半年呢？: the same question of another period."""
    base = before.base
    if base and spans.whens and before.periods:
        base = year_earlier(spans.periods[0]) if base == year_earlier(before.periods[0]) else base
    kept = replace(
        before, carried=True, periods=ask.periods, place=ask.place, elsewhere=ask.elsewhere, text=ask.text, base=base
    )
    return replace(kept, foreign=(), period_said=ask.period_said, subject_said=False)


def _with_change(ask: Ask, text: str, spans: Spans) -> Ask:
    period = ask.periods[0]
    base = spans.base or (preceding(period) if "环比" in text else year_earlier(period))
    measure = Measure.BOTH
    if cues.MULTIPLE.search(text):
        measure = Measure.MULTIPLE
    elif cues.PERCENT.search(text):
        measure = Measure.PERCENT
    elif asked_unit(text) not in ("", "倍", "成"):
        measure = Measure.DIFFERENCE
    more, fewer = bool(cues.MORE.search(_amounts_out(text))), bool(cues.FEWER.search(_amounts_out(text)))
    return replace(ask, want=Want.CHANGE, base=base, measure=measure, direction=more - fewer)


def _amounts_out(text: str) -> str:
    return re.sub(r"多少|多大|最[多少高低]|提高认识", "", text)


def _ranked(ask: Ask, text: str) -> Ask:
    """With how many are asked for, and from which end."""
    most, least = cues.MOST.search(text), cues.LEAST.search(text)
    tops = [found["top"] for found in cues.MOST.finditer(text) if found["top"]]
    top = number_of(tops[0]) if tops else 0
    if not top and not least and not (most and re.search(r"最|第一|居首|榜首|突出|严重", most[0])):
        top = 99
    return replace(ask, top=top or 1, lowest=bool(least) and not most)


def _unit_of_time(word: str) -> str:
    return "quarter" if "季" in word else "half" if "半年" in word else "month"


def _with_average(ask: Ask, text: str, mentions: Sequence[Mention], desk: Desk) -> Ask:
    found = _PER_WORD.search(text)
    word = (found["unit"] or found["joined"] or "村") if found else "月"
    for key, name in (("月", "month"), ("季", "quarter"), ("村", "place"), ("社区", "place"), ("天", "day")):
        if key in word:
            return replace(ask, want=Want.AVERAGE, per_time=name)
    after = found.end() if found else 0
    near = [
        mention
        for mention in mentions
        if mention.start <= after + 1 and after - 2 <= mention.start and fits_unit(word, mention.indicator)
    ]
    every = [
        mention
        for mention in all_mentions(text, desk.registry)
        if abs(mention.start - after) <= 1 and fits_unit(word, mention.indicator)
    ]
    per = [mention.indicator for mention in near or every]
    return replace(ask, want=Want.AVERAGE, per=tuple(dict.fromkeys(per)), by=word)


def _pair_of(text: str, desk: Desk, before: Ask | None) -> tuple[str, str] | None:
    """What is counted in all, and what of it is done: for what is left over."""
    pairs = [
        (whole, part)
        for entry in desk.registry
        if (operands := desk.registry.inputs(entry))
        for part, whole in [operands]
    ] + list(_PAIRS)
    said = [(mention.indicator.id, mention.end - mention.start) for mention in all_mentions(text, desk.registry)]
    said += [(entry.id, 1) for entry in before.subjects] if before and not said else []
    scores = {
        (whole, part): 2 * max((length for identity, length in said if identity == whole), default=0)
        + max((length for identity, length in said if identity == part), default=0)
        for whole, part in pairs
    }
    best = max(scores, key=lambda pair: scores[pair], default=None)
    if best is None or not scores[best]:
        return None
    return best
