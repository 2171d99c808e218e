"""The verdict of a statement of nothing: 未发生生产安全事故, 零死亡, 无较大及以上事故.

A statement hedged by grade (较大及以上, 重特大) is not contradicted by a small accident. Grades are those of the
State Council's regulation on reporting accidents, article 3: 较大 from 3 deaths, 重大 from 10, 特别重大 from 30.
"""

from __future__ import annotations

import re

from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.subjects import Known, Subject, features_concepts
from assistant.factcheck.expected import render_like
from assistant.factcheck.judgement import Basis, basis_of, leave_open
from assistant.records import Verdict, VerdictKind

_GRADES = (("特别重大|特大", 30), ("重大|重特大", 10), ("较大", 3))
_HARMS = frozenset(("death", "injury", "drown", "poison", "fire", "loss"))
_EVENTS = frozenset(("accident", "death", "injury", "fire", "drown", "poison", "loss", "complain", "violation", "case"))


def judge_zero(each: Aligned, alignment: Alignment) -> Verdict:
    """The verdict of a statement that something did not happen."""
    denied = denied_words(each)
    grade = _grade(denied)
    if grade:
        return _judge_grade(each, alignment, denied, grade)
    subjects = _subjects(each, alignment, denied)
    knowns = [(known, subject) for subject in subjects if (known := subject.known_at(each.period)) is not None]
    if not knowns:
        return leave_open(each.claim, "zero_no_row", "台账中没有可核对这一说法的数据，请补充依据。")
    return _judge_known(each, *next(((known, subject) for known, subject in knowns if known.value), knowns[0]))


def denied_words(each: Aligned) -> str:
    """What is said not to have happened."""
    claim = each.claim
    if claim.denies:
        return claim.denies
    return (each.clause.after or "") + each.clause.own


def _grade(denied: str) -> int:
    """The deaths from which an accident is of the grade named; 0 where none is."""
    found = [deaths for words, deaths in _GRADES if re.search(words, denied)]
    return min(found, default=0)


def _subjects(each: Aligned, alignment: Alignment, denied: str) -> list[Subject]:
    """The subjects whose events are all denied, the nearest in words first.

    One for every harm: 人员伤亡 denies deaths and injuries.
    """
    said = features_concepts(denied) if denied else frozenset()
    events = said & _EVENTS
    ranked: list[tuple[int, Subject]] = []
    for subject in alignment.index.subjects:
        own = subject.own_concepts
        if not subject.is_rate and own & _EVENTS and _covers(own & _EVENTS, events):
            ranked.append((_overlap(each, subject, said), subject))
    ranked.sort(key=lambda entry: -entry[0])
    best: dict[frozenset[str], Subject] = {}
    for _, subject in ranked:
        best.setdefault(subject.own_concepts & _HARMS, subject)
    return list(best.values())


def _covers(own: frozenset[str], events: frozenset[str]) -> bool:
    """Deaths are denied by 亡人事故, accidents by 事故 and by no narrower word."""
    harms = events & _HARMS
    if own & _HARMS:
        return bool(own & harms)
    return bool(own & events) and not harms


def _overlap(each: Aligned, subject: Subject, said: frozenset[str]) -> int:
    fields = each.clause.sentence.fields | said
    shared = 10 * len(subject.own_concepts & said)
    return shared + (5 if subject.fields & fields else -5 if subject.fields else 0)


def _judge_known(each: Aligned, known: Known, subject: Subject) -> Verdict:
    basis = basis_of(known, subject.name)
    expected = render_like(each.claim, basis.value, basis.unit)
    if not known.value:
        return _verdict(each, VerdictKind.SUPPORTED, "exact", basis, f"台账“{subject.name}”为0，一致。")
    told = f"文中说没有，台账“{subject.name}”为{expected}。"
    return _verdict(each, VerdictKind.CONTRADICTED, "zero_contradicted", basis, told)


def _judge_grade(each: Aligned, alignment: Alignment, denied: str, grade: int) -> Verdict:
    """No accident at all, or none with as many deaths as the grade needs, bears the statement out."""
    graded = _graded_subject(each, alignment, denied)
    if graded is not None:
        return _judge_known(each, *graded)
    deaths = _known_of(each, alignment, "death")
    if deaths is not None and deaths.value >= grade:
        told = f"台账记有死亡{deaths.value}人，须核实是否构成该等级事故。"
        return leave_open(each.claim, "unsure", told, deaths.facts[0])
    count = _known_of(each, alignment, "accident")
    proof = next((known for known in (deaths, count) if known is not None), None)
    if proof is None:
        return leave_open(each.claim, "zero_no_row", "台账中没有事故数据，无法核对。")
    basis = basis_of(proof)
    told = f"台账“{basis.name}”为{render_like(each.claim, basis.value, basis.unit)}，未见该等级的事故。"
    return _verdict(each, VerdictKind.SUPPORTED, "exact" if not proof.value else "zero_by_grade", basis, told)


def _graded_subject(each: Aligned, alignment: Alignment, denied: str) -> tuple[Known, Subject] | None:
    """A subject that counts accidents of the grade itself: 较大及以上事故."""
    grades = [words for words, _ in _GRADES if re.search(words, denied)]
    for subject in alignment.index.subjects:
        known = subject.known_at(each.period) if "accident" in subject.own_concepts else None
        if known and any(re.search(words, subject.name) for words in grades):
            return known, subject
    return None


def _known_of(each: Aligned, alignment: Alignment, event: str) -> Known | None:
    for subject in alignment.index.subjects:
        if event in subject.own_concepts and not subject.is_rate:
            known = subject.known_at(each.period)
            if known is not None:
                return known
    return None


def _verdict(each: Aligned, kind: VerdictKind, reason: str, basis: Basis, told: str) -> Verdict:
    expected = render_like(each.claim, basis.value, basis.unit)
    return Verdict(each.claim, kind, reason, basis.facts[0], expected, basis.evidence, told)
