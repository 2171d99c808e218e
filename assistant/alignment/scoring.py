"""How well a subject suits a claim, in points, each with its reason.

The words of the claim count most, then the unit, the field of work, and last the value, which is evidence and never
proof. `trust` says whether the words alone would carry a contradiction.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.alignment.clauses import Clause
from assistant.alignment.lexicon import act_concepts, fields_in
from assistant.alignment.subjects import Form, Subject, features_concepts
from assistant.alignment.units import UnitFit, fit_units
from assistant.records import Aggregation, Kind

_UNIT_POINTS = {
    UnitFit.SAME: 20,
    UnitFit.EQUAL: 18,
    UnitFit.NONE: 8,
    UnitFit.LOOSE: 3,
    UnitFit.TIMES: -5,
    UnitFit.FOREIGN: -80,
}
_SURPLUS = {"thing": 12, "common": 5, "field": 15, "scope": 10, "act": 5, "loose": 2, "light": 0, "generic": 0}
_SURPLUS_CAP = 40
_LOOSE_CAP = 8
_CONTRAST = 25
_OPPOSITES = frozenset(("find", "rectify"))
_VILLAGE = frozenset(("village",))
_SAID = 40  # nearness from which an act counts as said of the figure
FIELD_SHARED, FIELD_OTHER, FIELD_UNSAID, FIELD_WIDER = 10, -20, -4, -3
OWN_NAME = 2  # the ledger's own name, and no alias, is met best
VALUE_POINTS, SMALL_VALUE_POINTS = 12, 4

#: What a match needs at all, and what it needs without its value to speak against a claim. Measured on our own cases
#: and the mutation eval (`python -m evals.mutations --thresholds`): from 60 on the first loses true figures.
ACCEPT = 50
FIRM = 70


@dataclass(slots=True)
class Score:
    """The points of one subject for one claim, and what they are made of."""

    subject: Subject
    form: Form
    words: int
    unit: UnitFit
    surplus: int = 0
    contrast: bool = False  # another act is named: 整改 for 排查
    narrower: bool = False  # the subject is narrower than the words: 重大隐患 for 隐患
    wider: bool = False  # the subject is wider than the words: 检查企业 for 检查危化企业
    opposed: bool = False  # found is said of what is put right, or the other way round: no value makes up for that
    unsaid: bool = False  # its act, or its field, stands nowhere near: 上报隐患 for 排查隐患
    own_name: int = 0
    topic: int = 0
    value: int = 0

    @property
    def without_value(self) -> int:
        """The points of words, unit and field."""
        return (
            self.words
            + self.own_name
            + _UNIT_POINTS[self.unit]
            + self.topic
            - self.surplus
            - (_CONTRAST if self.contrast else 0)
        )

    @property
    def points(self) -> int:
        """All points."""
        return self.without_value + self.value

    @property
    def is_firm(self) -> bool:
        """Whether the words alone are enough to speak against a claim."""
        return self.without_value >= FIRM and not (self.contrast or self.narrower or self.wider or self.unsaid)


@dataclass(frozen=True, slots=True)
class Switches:
    """What the score listens to; the ablations of the evals turn parts off."""

    units: bool = True
    topics: bool = True
    joint: bool = True


def score_subject(
    clause: Clause, subject: Subject, switches: Switches, nearness: dict[str, int] | None = None
) -> Score | None:
    """The score of `subject` for the words of `clause`, its value not yet looked at; None if unit or words forbid it."""
    near = clause.nearness if nearness is None else nearness
    unit = UnitFit.SAME
    if switches.units:
        unit = fit_units(clause.claim.unit, subject.unit, subject.equal_units)
        if unit is UnitFit.FOREIGN:
            return None
    best, words = None, 0
    for form in subject.forms:
        found = form.words_near(near)
        if found > words:
            best, words = form, found
    if best is None:
        return None
    score = Score(subject, best, words, unit, own_name=OWN_NAME if best is subject.forms[0] else 0)
    _weigh_surplus(score, clause)
    score.unsaid = _is_act_unsaid(score.form, clause, near)
    score.narrower = any(near.get(scope, 0) < 50 for scope in score.form.scopes)
    score.narrower = score.narrower or (bool(subject.place) and not _names_place(subject, near))
    if score.narrower:
        score.surplus += 20
    if switches.topics:
        _weigh_field(score, clause, near)
    return score


def _weigh_surplus(score: Score, clause: Clause) -> None:
    """What the clause says beyond the subject: another thing, another act, a narrower scope."""
    known = score.subject.known
    loose = 0
    acts = [token for token in clause.own_tokens if token.kind == "act"]
    for token in clause.own_tokens:
        if any(concept in known for concept in token.concepts):
            continue
        if token.kind == "loose":
            loose += _SURPLUS["loose"]
            continue
        score.surplus += _SURPLUS[token.kind]
        score.wider = score.wider or token.kind in ("field", "scope")
    score.surplus = min(score.surplus + min(loose, _LOOSE_CAP), _SURPLUS_CAP)
    form = score.form
    if acts and not any(concept in known for token in acts for concept in token.concepts):
        own = {concept for token in acts for concept in token.concepts}
        score.opposed = bool(own & _OPPOSITES and known & _OPPOSITES)
        state = score.subject.aggregation is Aggregation.LAST
        score.contrast = state or any(act_concepts().intersection(each) for each, _ in form.features)


def _names_place(subject: Subject, near: dict[str, int]) -> bool:
    """Whether the village a subject is of stands in the sentence."""
    return bool(features_concepts(subject.place).difference(_VILLAGE) & near.keys())


def _is_act_unsaid(form: Form, clause: Clause, near: dict[str, int]) -> bool:
    """Whether the name has an act the words have not, and the words, or a rate, may mean another."""
    acts = [concept for concepts, _ in form.features for concept in concepts if concept in act_concepts()]
    if not acts or any(near.get(act, 0) >= _SAID for act in acts):
        return False
    unknown = any(token.kind == "loose" for token in clause.own_tokens)
    return unknown or clause.claim.kind is Kind.PERCENT


def _weigh_field(score: Score, clause: Clause, near: dict[str, int]) -> None:
    said = clause.sentence.fields | fields_in(near)
    own = score.subject.fields
    if own and said:
        score.topic = FIELD_SHARED if own & said else FIELD_OTHER
        score.narrower = score.narrower or not own & said
    elif own:
        score.topic = FIELD_UNSAID
        score.unsaid = score.unsaid or score.subject.is_common
    elif said:
        score.topic = FIELD_WIDER
        score.unsaid = score.unsaid or bool(clause.sentence.fields)
