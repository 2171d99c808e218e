"""The vocabulary of ledgers speaks only of what the registry knows."""

import pytest

from assistant.registry.registry import shipped_registry
from assistant.registry.vocabulary import events, header_patterns, subjects, subjects_of


def test_patterns_events_and_subjects_name_known_indicators_and_topics():
    registry = shipped_registry()
    known = {entry.id for entry in registry}
    keys = {subject.key for subject in subjects()}
    assert {pattern.indicator for pattern in header_patterns()} <= known
    assert {key for pattern in header_patterns() for key in pattern.subjects} <= keys
    assert {event.counts for event in events()} <= known
    assert {event.people for event in events()} - {""} <= known
    assert {subject.topic for subject in subjects()} <= {entry.topic for entry in registry}


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("禾丰镇2024年安全检查台账",), ("inspection",)),
        (("安全隐患排查整改台账",), ("hazard",)),
        (("安全培训和应急演练台账",), ("drill", "training")),
        (("重大事故隐患台账",), ("hazard",)),
        (("生产安全事故台账",), ("accident",)),
        (("", "Sheet1", "2024年防溺水"), ("drown",)),
        (("", "", ""), ()),
    ],
)
def test_subjects_of_titles(texts, expected):
    assert subjects_of(*texts) == expected
