"""Questions about figures, read: which indicators, which period, which place, and what of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.periods import preceding, year_earlier
from assistant.qa import cues
from assistant.qa.clauses import clauses_of, leftover
from assistant.qa.cues import Measure, Want
from assistant.qa.desk import Desk
from assistant.qa.spans import Spans, read_spans
from assistant.qa.subjects import Mention, all_mentions, asked_unit, choose, find_mentions, fits_unit
from assistant.qa.timing import covered, find_times, meant_year, notes_apart, number_of, same_period_words
from assistant.records import Indicator, Period

_PAIRS = (("fire.hazards_found", "fire.hazards_fixed"),)
_PER_WORD = re.compile(
    r"(?:平均)?(?:每一?|平均一?)(?P<unit>次|场|期|家|起|趟|轮|名|个?月|个?季度?|天|个?村|个?社区)|(?P<joined>[次场家月村])均|村均"
)
_SEVERAL = re.compile(r"分别|各(?!类|种|级|村)|以及|和|与|及|、|多少.*多少|几.*几")
_TOWN = re.compile(r"[\u4e00-\u9fff]{2,4}?(?:镇|乡|街道)")
_NOT_TOWN = re.compile(r"全镇|我镇|本镇|乡镇|城镇|镇政府|镇里|镇上|全乡|本乡|我乡|乡里|各镇|镇域|村镇|集镇")
_VILLAGE = re.compile(r"[\u4e00-\u9fff]{1,4}?(?:村|社区)(?!级|民|居|委)")
_NOT_VILLAGE = re.compile(
    r"(?:全|各|每个?|哪个?|哪些|几个|多少个?|农|乡|行政|自然|本|我|分|按|逐|一个|个)(?:村|社区)|村"
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing asked. `subjects` are the indicators it may mean; `several` says that each of them is asked for."""

    want: Want
    subjects: tuple[Indicator, ...]
    periods: tuple[Period, ...]
    base: Period | None = None  # what the period is compared with
    measure: Measure = Measure.BOTH
    direction: int = 0  # 1 more, -1 fewer, 0 either
    several: bool = False
    place: str = ""
    per: tuple[Indicator, ...] = ()
    per_time: str = ""  # month, quarter, place: what an average is taken over
    by: str = ""  # month, quarter, half
    top: int = 1
    lowest: bool = False
    whole: Indicator | None = None  # what a share is of, where it is another indicator
    pair: tuple[str, str] | None = None  # all, done
    foreign: tuple[str, ...] = ()  # words that narrow the question to what is not known
    elsewhere: str = ""  # another town or an unknown village that is named
    yes_no: bool = False
    text: str = ""
    period_said: bool = False
    subject_said: bool = False


def read_question(question: str, desk: Desk, before: Ask | None = None) -> list[Ask]:
    """What a question asks, one after the other; `before` is what was asked last in the conversation."""
    body, note = notes_apart(question)
    meant = meant_year(question)
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
    elsewhere, text = _place_apart(clause, desk)
    place = elsewhere[1]
    default = year or (before.periods[0].start.year if before and before.periods else desk.this_year)
    spans = read_spans(
        text, this_year, default, before.periods if before else (), before.base if before and same else None
    )
    bare = covered(text, [(when.start, when.end) for when in spans.whens] + same_period_words(text))
    unit = asked_unit(bare)
    mentions = find_mentions(bare, desk.registry)
    ask = Ask(Want.VALUE, (), spans.periods, place=place, elsewhere=elsewhere[0], text=clause)
    ask = replace(
        ask, period_said=bool(spans.whens), yes_no=bool(cues.WHETHER.search(bare)), subject_said=bool(mentions)
    )
    ask = _with_want(ask, bare, spans, mentions, desk, before)
    ask = _with_subjects(ask, bare, unit, mentions, desk, before)
    if (
        not place
        and before
        and before.place
        and not elsewhere[0]
        and ask.want is not Want.PLACES
        and not (mentions and not same)
    ):
        ask = replace(ask, place=before.place)
    return replace(ask, foreign=_foreign(bare, desk))


def _place_apart(clause: str, desk: Desk) -> tuple[tuple[str, str], str]:
    """(unknown place or other town, known village) and the clause without them."""
    spans: list[tuple[int, int]] = []
    village = other = ""
    for name in sorted(desk.places, key=len, reverse=True):
        at = clause.find(name)
        if at >= 0 and not village:
            village = name
            spans.append((at, at + len(name)))
    own = {desk.town, desk.town[:-1]} - {""} if desk.town else set()
    for name in sorted(own, key=len, reverse=True):
        at = clause.find(name)
        if len(name) > 1 and at >= 0:
            spans.append((at, at + len(name)))
            clause = covered(clause, spans)
    text = covered(clause, spans)
    for pattern, idle in ((_TOWN, _NOT_TOWN), (_VILLAGE, _NOT_VILLAGE)):
        for found in pattern.finditer(
            idle.sub(lambda match: "\u3000" * len(match[0]) if len(match[0]) > 1 else match[0], text)
        ):
            rest = leftover(found[0])
            if rest and not other:
                other = rest[-1]
    return (other, village), text


def _with_want(ask: Ask, text: str, spans: Spans, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask:
    """What is wanted, from the cue words, the more telling ones first."""
    ranked = cues.MOST.search(text) or cues.LEAST.search(text)
    timed, spread = cues.TIME_ASKED.search(text), cues.SPREAD_ASKED.search(text)
    if cues.PLACE_ASKED.search(text):
        pair = _pair_of(text, desk, before) if cues.REST.search(text) else None
        return replace(ask, want=Want.PLACES, pair=pair, **_ranked(text))
    if timed and (ranked or timed["bare"] or timed["by"]):
        return replace(ask, want=Want.TIMES, by=_unit_of_time(timed["by"] or timed["bare"] or "月"), **_ranked(text))
    averaged = cues.AVERAGE.search(text)
    if averaged:
        return _with_average(ask, text, mentions, desk)
    if spread:
        return replace(ask, want=Want.SPREAD, by=_unit_of_time(spread["by"] or ("半年" if "半年" in text else "月")))
    if cues.SHARE.search(text):
        return replace(ask, want=Want.SHARE)
    if cues.REST.search(text) and (pair := _pair_of(text, desk, before)):
        return replace(ask, want=Want.REST, pair=pair)
    if spans.base or spans.compared or cues.CHANGE_FIRM.search(text) or cues.MULTIPLE.search(text):
        return _with_change(ask, text, spans)
    follows = before and not mentions and not cues.VALUE.search(text) and not cues.WHETHER.search(text)
    if follows and before:
        return _like(ask, before, spans)
    return ask


def _like(ask: Ask, before: Ask, spans: Spans) -> Ask:
    """那上半年呢？: the same question of another period."""
    base = before.base
    if base and spans.whens and before.periods:
        base = year_earlier(spans.periods[0]) if base == year_earlier(before.periods[0]) else base
    kept = replace(before, periods=ask.periods, place=ask.place, elsewhere=ask.elsewhere, text=ask.text, base=base)
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


def _ranked(text: str) -> dict[str, object]:  # arguments for `replace`
    most, least = cues.MOST.search(text), cues.LEAST.search(text)
    top = number_of(most["top"]) if most and most["top"] else 0
    if not top and not least and not (most and re.search(r"最|第一|居首|榜首|突出|严重", most[0])):
        top = 99
    return {"top": top or 1, "lowest": bool(least) and not most}


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
    said = [mention.indicator.id for mention in all_mentions(text, desk.registry)]
    said += [entry.id for entry in before.subjects] if before and not said else []
    scores = {pair: sum(identity in pair for identity in said) for pair in pairs}
    best = max(scores, key=lambda pair: scores[pair], default=None)
    if best is None or not scores[best]:
        return None
    return best


def _with_subjects(ask: Ask, text: str, unit: str, mentions: Sequence[Mention], desk: Desk, before: Ask | None) -> Ask:
    """The indicators meant: those mentioned that fit the unit asked for, else those asked before."""
    if ask.want is Want.REST and ask.pair:
        whole = desk.registry.find(ask.pair[0])
        return replace(ask, subjects=(whole,) if whole else ())
    if ask.subjects:  # taken over from the question before
        return ask
    if ask.want is Want.SHARE and len(mentions) > 1:
        at = cues.SHARE.search(text)
        left = [mention.indicator for mention in mentions if at and mention.end <= at.start() + 1]
        right = [mention.indicator for mention in mentions if at and mention.start >= at.start()]
        if left and right:
            return replace(ask, subjects=(left[-1],), whole=right[0])
    pool = [mention for mention in mentions if mention.indicator not in ask.per] or list(mentions)
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


def _same_topic(subjects: Sequence[Indicator], unit: str, desk: Desk) -> list[Indicator]:
    """For 多少人次 after a question about drills: what the same work counts in that unit."""
    families = {entry.id.partition(".")[0] for entry in subjects}
    return [entry for entry in desk.registry if entry.id.partition(".")[0] in families and fits_unit(unit, entry)][:1]


def _foreign(text: str, desk: Desk) -> tuple[str, ...]:
    spans = [(mention.start, mention.end) for mention in find_mentions(text, desk.registry)]
    return leftover(_cues_out(covered(text, spans)))


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
