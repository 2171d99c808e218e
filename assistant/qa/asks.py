"""Questions about figures, read: which indicators, which period, which place, and what of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.alignment.lexicon import cut
from assistant.qa import cues
from assistant.qa.ask import Ask
from assistant.qa.clauses import clauses_of, leftover
from assistant.qa.cues import Measure, Want
from assistant.qa.desk import Desk
from assistant.qa.places import places_apart
from assistant.qa.spans import read_spans
from assistant.qa.subjects import (
    Mention,
    all_mentions,
    asked_unit,
    choose,
    find_mentions,
    fits_unit,
    without_asked_unit,
)
from assistant.qa.timing import covered, find_times, meant_year, notes_apart, same_period_words
from assistant.qa.wants import with_want
from assistant.records import Aggregation, Indicator, Period

_NO_MONTH = re.compile(r"(?<!\d)(?:0|1[3-9]|[2-9]\d|\d{3,})月")
_TOGETHER = re.compile(r"一共|总共|合计|加起来|累计|共计")
_LEVELS = frozenset({"个点", "百分点", "个百分点", "点", "成", "倍"})  # what changes are counted in
_SEVERAL = re.compile(r"分别|各(?!类|种|级|村)|以及|和|与|及|、|多少.*多少|几.*几")


def read_question(question: str, desk: Desk, before: Ask | None = None) -> list[Ask]:
    """What a question asks, one after the other; `before` is what was asked last in the conversation."""
    body, note = notes_apart(question)
    meant = meant_year(question)
    if note and not meant and not find_times(body, desk.this_year) and find_times(note, desk.this_year):
        body, note = f"{note}{body}", ""
    noted = [when.year for when in find_times(note, desk.this_year) if when.year] if not meant else [meant]
    year = noted[0] if noted else None
    asks: list[Ask] = []
    for clause in clauses_of(body):
        if meant and re.fullmatch(r".{0,4}今年.{0,3}20\d{2}年?.{0,2}", clause):
            continue
        previous = asks[-1] if asks else before
        asks.append(_read_clause(clause, desk, year, previous, same=bool(asks)))
    return _merged(asks)


def _read_clause(clause: str, desk: Desk, year: int | None, before: Ask | None, *, same: bool) -> Ask:
    this_year = year or desk.this_year
    elsewhere, villages, text = places_apart(clause, desk)
    place = villages[0] if villages else ""
    default = year or (before.periods[0].start.year if before and before.periods else desk.this_year)
    spans = read_spans(
        text, this_year, default, before.periods if before else (), before.base if before and same else None
    )
    bare = covered(text, [*spans.marks, *same_period_words(text)]).replace("\u3000", "")
    unit = asked_unit(bare)
    mentions = find_mentions(bare, desk.registry)
    ask = Ask(Want.VALUE, (), spans.periods, place=place, rivals=villages[1:], elsewhere=elsewhere, text=clause)
    ask = replace(
        ask,
        period_said=any(when.year is not None or when.part is not None for when in spans.whens),
        yes_no=bool(cues.WHETHER.search(bare)),
        subject_said=bool(mentions),
    )
    ask = with_want(ask, bare, spans, mentions, desk, before)
    ask = _with_subjects(ask, bare, unit, mentions, desk, before)
    if (
        not place
        and before
        and before.place
        and not elsewhere
        and ask.want is not Want.PLACES
        and (same or not mentions or not spans.whens)
    ):
        ask = replace(ask, place=before.place)
    if len(ask.periods) > 1 and _TOGETHER.search(bare):
        ask = replace(ask, periods=_together(ask.periods))
    return replace(ask, foreign=_foreign(bare, ask.subjects, desk))


def _with_subjects(ask: Ask, text: str, unit: str, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask:
    """The indicators meant: those mentioned that fit the unit asked for, else those asked before."""
    if ask.want is Want.REST and ask.pair:
        whole = desk.registry.find(ask.pair[0])
        return replace(ask, subjects=(whole,) if whole else ())
    if ask.subjects:  # taken over from the question before
        return ask
    if ask.want is Want.SHARE and (shared := _part_and_whole(text, unit, mentions, desk)):
        return replace(ask, subjects=(shared[0],), whole=shared[1])
    pool = [mention for mention in mentions if mention.indicator not in ask.per]
    if not pool and ask.per and before and (kept := tuple(each for each in before.subjects if fits_unit(unit, each))):
        return replace(ask, subjects=kept)
    pool = pool or list(mentions)
    if unit in _LEVELS:
        unit = ""
        pool = [mention for mention in pool if mention.indicator.aggregation is Aggregation.RATIO] or pool
    if unit and not any(fits_unit(unit, mention.indicator) for mention in pool):
        every = [mention for mention in all_mentions(text, desk.registry) if fits_unit(unit, mention.indicator)]
        longest = max((mention.end - mention.start for mention in every), default=0)
        pool = [mention for mention in every if mention.end - mention.start == longest] or pool
    if unit and pool and not any(fits_unit(unit, mention.indicator) for mention in pool):
        kin = _same_topic([mention.indicator for mention in pool], unit, desk)
        pool = [replace(pool[0], indicator=entry) for entry in kin] or pool
    chosen = choose(pool, unit)
    several = len(chosen) > 1 and bool(_SEVERAL.search(text)) and len({(m.start, m.end) for m in pool}) > 1
    if len(chosen) > 1 and not several:
        last = max(pool, key=lambda mention: (mention.end, mention.start))
        chosen = [
            entry
            for entry in chosen
            if any(m.indicator == entry and (m.start, m.end) == (last.start, last.end) for m in pool)
        ] or chosen
    if not chosen and before:
        chosen = [
            entry for entry in before.subjects if not unit or ask.want is Want.CHANGE or fits_unit(unit, entry)
        ] or (_same_topic(before.subjects, unit, desk) or ([] if unit else list(before.subjects)))
    return replace(ask, subjects=tuple(chosen), several=several)


def _part_and_whole(
    text: str, unit: str, mentions: Sequence[Mention], desk: Desk
) -> tuple[Indicator, Indicator] | None:
    """重大隐患占隐患的, 自建房中经营性的占: what is part of what, where both are named."""
    if len(mentions) > 1:
        at = cues.SHARE.search(text)
        left = [mention.indicator for mention in mentions if at and mention.end <= at.start() + 1]
        right = [mention.indicator for mention in mentions if at and mention.start >= at.start()]
        if left and right:
            return left[-1], right[0]
    if among := re.search(r"(?:当)?[中里](?:面|头)?", text):
        wider = [mention for mention in all_mentions(text, desk.registry) if mention.end <= among.start()]
        narrow = choose([mention for mention in mentions if mention.end > among.start()], unit)
        if wider and narrow:
            return narrow[-1], max(wider, key=lambda mention: mention.end - mention.start).indicator
    return None


def _same_topic(subjects: Sequence[Indicator], unit: str, desk: Desk) -> list[Indicator]:
    """For 多少人次 after a question about drills: what the same work counts in that unit."""
    families = {entry.id.partition(".")[0] for entry in subjects}
    return [entry for entry in desk.registry if entry.id.partition(".")[0] in families and fits_unit(unit, entry)][:1]


def _together(periods: Sequence[Period]) -> tuple[Period, ...]:
    """三季度和四季度一共: one period where they follow each other."""
    ordered = sorted(periods)
    joined = all((later.start - earlier.end).days == 1 for earlier, later in itertools.pairwise(ordered))
    return (Period(ordered[0].start, ordered[-1].end),) if joined else tuple(periods)


def _foreign(text: str, subjects: Sequence[Indicator], desk: Desk) -> tuple[str, ...]:
    """The words that narrow what is asked to something the indicators do not tell apart."""
    spans = [(mention.start, mention.end) for mention in find_mentions(text, desk.registry)]
    text = without_asked_unit(covered(text, spans))
    if subjects and all(entry.unit in ("家", "家次") for entry in subjects):
        text = re.sub(r"企业|单位", "\u3000\u3000", text)
    known = {concept for entry in subjects for name in (*entry.names, entry.topic) for concept in _concepts_in(name)}
    fields = [token for token in cut(text) if token.kind == "field" and not known & set(token.concepts)]
    named = [text[token.start : token.end] for token in fields if subjects]
    return tuple(dict.fromkeys((*leftover(_cues_out(text)), *named, *_NO_MONTH.findall(text))))


def _concepts_in(name: str) -> set[str]:
    return {concept for token in cut(name) for concept in token.concepts}


def _cues_out(text: str) -> str:
    for pattern in (
        cues.PLACE_ASKED,
        cues.TIME_ASKED,
        cues.SPREAD_ASKED,
        cues.AVERAGE,
        cues.SHARE,
        cues.REST,
        cues.MULTIPLE,
        cues.PERCENT,
        cues.MOST,
        cues.LEAST,
        cues.WHETHER,
    ):
        text = pattern.sub(lambda found: "\u3000" * len(found[0]), text)
    return text


def _merged(asks: Sequence[Ask]) -> list[Ask]:
    """The asks without those that another one of the same question already says."""
    kept: list[Ask] = []
    for ask in asks:
        same = [
            index
            for index, other in enumerate(kept)
            if (other.want, other.subjects, other.periods, other.base, other.place)
            == (ask.want, ask.subjects, ask.periods, ask.base, ask.place)
            and ask.want is Want.CHANGE
        ]
        if same:
            first = kept[same[0]]
            measure = ask.measure if first.measure is Measure.BOTH else first.measure
            kept[same[0]] = replace(
                ask, measure=measure, direction=ask.direction or first.direction, foreign=first.foreign + ask.foreign
            )
        else:
            kept.append(ask)
    return kept
