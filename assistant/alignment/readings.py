"""Reading a text against facts: for every claim its role, its period and the subject it speaks of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from assistant.alignment.assignment import assign
from assistant.alignment.clauses import Clause, ClauseReader, speaks
from assistant.alignment.layout import Layout, lay_out
from assistant.alignment.lexicon import TokenLine
from assistant.alignment.roles import Reading, Role, read_role
from assistant.alignment.scoring import ACCEPT, SMALL_VALUE_POINTS, VALUE_POINTS, Score, Switches, score_subject
from assistant.alignment.subjects import Subject, SubjectIndex
from assistant.alignment.timing import Marker, Timing
from assistant.alignment.values import Fit, fit_value
from assistant.periods import preceding, quarter_of, year_earlier
from assistant.records import Fact, Kind, Period, Quantity
from assistant.registry.registry import Registry

_SMALL = 10
_PLAINLY = 95
_UNITLESS = frozenset((Role.CHANGE, Role.MULTIPLE))
_RELATIVE = frozenset(("%", "百分点", "个百分点", "倍", ""))
_PART_OF_YEAR = re.compile("季度|半年|月")
_CONTENT = frozenset(("thing", "common", "field", "loose", "act", "scope"))
_PLAIN = frozenset((Role.VALUE, Role.TOTAL, Role.PRIOR))


@dataclass(slots=True)
class Aligned:
    """A claim as read: what it states, of which period, and the subjects that suit it, best first."""

    clause: Clause
    reading: Reading
    period: Period
    marker: Marker | None
    scores: list[Score] = field(default_factory=list)
    chosen: Score | None = None
    base: Period | None = None  # what a change is against, where the words name it: 比二季度减少2家次
    frame: Period | None = (
        None  # the wider period named before, which may hold again: 全年41次，其中上半年20次；出动322人次
    )

    @property
    def claim(self) -> Quantity:
        """The claim."""
        return self.clause.claim

    @property
    def subject(self) -> Subject | None:
        """The subject assigned, if any."""
        return self.chosen.subject if self.chosen else None


@dataclass(frozen=True, slots=True)
class Frame:
    """A text laid out, with its period words, and the facts to read it against."""

    layout: Layout
    tokens: TokenLine
    timing: Timing
    index: SubjectIndex
    report: Period


@dataclass(frozen=True, slots=True)
class Alignment:
    """A text read against facts."""

    frame: Frame
    aligned: tuple[Aligned, ...]

    @property
    def layout(self) -> Layout:
        """The lines and sentences of the text."""
        return self.frame.layout

    @property
    def index(self) -> SubjectIndex:
        """What the facts are about."""
        return self.frame.index

    @property
    def report(self) -> Period:
        """The period of the report."""
        return self.frame.report


def read(
    text: str,
    quantities: Sequence[Quantity],
    facts: Sequence[Fact],
    period: Period,
    registry: Registry,
    *,
    by_value: bool = True,
    switches: Switches | None = None,
) -> Alignment:
    """Read every claim among `quantities` against `facts`, for a report on `period`."""
    ordered = sorted(quantities, key=lambda each: each.start)
    holes = [(each.start, each.end) for each in ordered if not speaks(each)]
    frame = Frame(
        lay_out(text, holes), TokenLine(text, holes), Timing(text, period), SubjectIndex(facts, registry), period
    )
    return read_claims(frame, [each for each in ordered if each.is_claim], by_value=by_value, switches=switches)


def read_claims(
    frame: Frame, claims: Sequence[Quantity], *, by_value: bool = True, switches: Switches | None = None
) -> Alignment:
    """Read `claims`, in order, in a text already laid out."""
    settings = switches or Switches()
    aligned: list[Aligned] = []
    spent: set[int] = set()
    for clause in ClauseReader(frame.layout, frame.tokens, claims).read():
        aligned.append(_read_claim(clause, frame.layout, frame.timing, aligned[-1] if aligned else None, spent))
    _share_out_periods(aligned, frame.timing)
    for group in by_sentence(aligned):
        for each in group:
            _score(each, frame.index, settings, by_value)
        _choose(group, joint=settings.joint)
        _anchor(group)
    return Alignment(frame, tuple(aligned))


def _read_claim(clause: Clause, layout: Layout, timing: Timing, previous: Aligned | None, spent: set[int]) -> Aligned:
    before = layout.text[clause.sentence.full_start : clause.start]
    reading = read_role(clause, before)
    same_run = previous is not None and previous.clause.sentence is clause.sentence and clause.chained
    if same_run and previous is not None and clause.respective and previous.reading.role is Role.CHANGE:
        reading = previous.reading
    marker, frame = _markers_of(clause, timing, spent)
    period = marker.period if marker and marker.period else timing.report
    if reading.role is Role.PRIOR:
        spent.update(each.start for each in timing.within(clause.start, clause.claim.start))
        period = _base_period(clause, timing, reading, period)
    base = None
    if reading.role in _UNITLESS:
        base = _named_base(clause, timing)
        if period.end < timing.report.start:  # 2023年同期为198家次，增幅19.2%
            period = timing.report
    return Aligned(clause, reading, period, marker, base=base, frame=frame)


def _named_base(clause: Clause, timing: Timing) -> Period | None:
    """The quarter, half or month a change is said to be against; 上年 is the same period of that year."""
    named = [each for each in timing.within(clause.start, clause.claim.start) if each.compares]
    return named[-1].period if named and _PART_OF_YEAR.search(named[-1].word) else None


def _markers_of(clause: Clause, timing: Timing, spent: set[int]) -> tuple[Marker | None, Period | None]:
    """The marker that holds for a claim, and the period of the one before it where that may hold again.

    After ； the frame of the sentence comes back, unless the stretch has a marker of its own.
    """
    markers = timing.framing(clause.claim.start, clause.sentence.full_start, spent)
    if not markers:
        return None, None
    own = [each for each in markers if each.start >= clause.sentence.start]
    marker = own[-1] if own else markers[0]
    if marker.start >= clause.start or marker.period is None:
        return marker, None
    wider = [
        each.period for each in markers if each.start < marker.start and each.period and marker.period in each.period
    ]
    return marker, wider[-1] if wider and wider[-1] != marker.period else None


def _share_out_periods(aligned: Sequence[Aligned], timing: Timing) -> None:
    """上半年、下半年分别检查112家次、124家次; 四个季度分别…: the nth figure is of the nth period."""
    runs: dict[int, list[Aligned]] = {}
    for each in aligned:
        if each.clause.respective_at:
            runs.setdefault(each.clause.respective_at, []).append(each)
    for at, run in runs.items():
        markers = [each.period for each in timing.within(run[0].clause.sentence.start, at) if each.period]
        quarters = "四个季度" in timing.text[max(0, at - 8) : at]
        periods = [quarter_of(timing.report.start.year, number) for number in (1, 2, 3, 4)] if quarters else markers
        if len(periods) == len(run) > 1 and len(set(periods)) == len(run):
            for each, period in zip(run, periods, strict=True):
                each.period, each.frame = period, None


def _base_period(clause: Clause, timing: Timing, reading: Reading, period: Period) -> Period:
    """The period of a figure that others are compared with: the one named with it, else last year's."""
    named = [each.period for each in timing.within(clause.start, clause.claim.start) if each.period]
    if not named:
        earlier = timing.within(clause.sentence.full_start, clause.claim.start)
        named = [each.period for each in earlier if each.compares and each.period]
    if named:
        return named[-1]
    return preceding(period) if reading.against == "preceding" else year_earlier(period)


def by_sentence(aligned: Sequence[Aligned]) -> list[list[Aligned]]:
    """The claims of each sentence together."""
    groups: list[list[Aligned]] = []
    for each in aligned:
        if groups and groups[-1][-1].clause.sentence.full_start == each.clause.sentence.full_start:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _score(each: Aligned, index: SubjectIndex, switches: Switches, by_value: bool) -> None:
    near = each.clause.nearness
    if each.reading.role in _UNITLESS and each.claim.unit in _RELATIVE:
        switches = replace(switches, units=False)
    for subject in index.sharing(concept for concept, points in near.items() if points >= 40):
        score = score_subject(each.clause, subject, switches)
        if score is None:
            continue
        if by_value and each.reading.role in _PLAIN and score.without_value + VALUE_POINTS >= ACCEPT:
            score.value = _value_points(each, subject)
        if score.points >= ACCEPT - VALUE_POINTS:
            each.scores.append(score)
    each.scores.sort(key=lambda score: -score.points)


def _value_points(each: Aligned, subject: Subject) -> int:
    periods = [each.period] if each.frame is None else [each.period, each.frame]
    knowns = [known for known in map(subject.known_at, periods) if known is not None]
    known = next((known for known in knowns if fit_value(each.claim, known.value, known.unit) is not Fit.NO), None)
    if known is None:
        return 0
    small = known.value < _SMALL and each.claim.kind is Kind.COUNT
    return SMALL_VALUE_POINTS if small else VALUE_POINTS


def _choose(group: list[Aligned], *, joint: bool) -> None:
    """Give each plain claim of a sentence its subject; a subject and period serve one claim."""
    plain = [each for each in group if each.reading.role in _PLAIN]
    if not joint:
        for each in plain:
            each.chosen = next((score for score in each.scores if score.points >= ACCEPT), None)
        return
    columns: dict[tuple[int, Period], int] = {}
    for each in plain:
        for score in each.scores:
            columns.setdefault((id(score.subject), each.period), len(columns))
    gains = [[0] * len(columns) for _ in plain]
    scores: dict[tuple[int, int], Score] = {}
    for row, each in enumerate(plain):
        for score in each.scores:
            column = columns[id(score.subject), each.period]
            gains[row][column] = score.points - ACCEPT + 1
            scores[row, column] = score
    for row, choice in enumerate(assign(gains)):
        if choice is not None:
            plain[row].chosen = scores[row, choice]
        else:
            plain[row].chosen = next((score for score in plain[row].scores if _may_share(plain[row], score)), None)


def _may_share(each: Aligned, score: Score) -> bool:
    """Whether a claim may state what another of its sentence states: its value fits, or its own words say all."""
    return score.points >= ACCEPT and (score.value > 0 or (score.words >= _PLAINLY and not each.clause.chained))


def _anchor(group: list[Aligned]) -> None:
    """A change, share or remainder speaks of its own words' subject, else of the figure's before it."""
    last: Score | None = None
    for each in group:
        if each.reading.role in _PLAIN:
            last = each.chosen
        elif each.reading.role in _UNITLESS or each.reading.role is Role.REST:
            each.chosen = _own_subject(each, last)
    _anchor_respective(group)


def _anchor_respective(group: list[Aligned]) -> None:
    """立案9起、罚款6万元，同比分别增长50%、100%: the changes are those of the figures before, in order."""
    run = [each for each in group if each.clause.respective and each.reading.role is Role.CHANGE]
    if len(run) < 2:
        return
    before = [each for each in group if each.reading.role in _PLAIN and each.claim.start < run[0].claim.start]
    named = any(token.kind in ("thing", "field") for each in run for token in each.clause.own_tokens)
    if len(before) >= len(run) and not named:
        for each, other in zip(run, before[-len(run) :], strict=True):
            each.chosen = other.chosen


def _own_subject(each: Aligned, last: Score | None) -> Score | None:
    """The subject its own words name; the figure's before where they name nothing beyond that one's."""
    own = [token for token in each.clause.own_tokens if token.kind in _CONTENT]
    if any(token.kind in ("thing", "field") for token in own) and each.scores and each.scores[0].points >= ACCEPT:
        return each.scores[0]
    if last is None:
        return None
    foreign = [token for token in own if not last.subject.known.intersection(token.concepts)]
    return None if foreign else last
