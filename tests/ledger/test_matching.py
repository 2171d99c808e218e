"""Headers as ledgers write them, and what they are taken for."""

from pathlib import Path

import pytest

from assistant.ledger.headers import unit_in
from assistant.ledger.matching import ACCEPTED, Matcher
from assistant.registry.registry import shipped_registry
from assistant.registry.vocabulary import subjects_of

CASES = [
    line
    for line in (Path(__file__).with_name("header_cases.txt")).read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    return Matcher(shipped_registry())


@pytest.mark.parametrize("case", CASES)
def test_headers(matcher, case):
    sheet, _, rest = case.partition(": ")
    header, _, expected = rest.partition(" =")
    found = matcher.match((header,), unit_in(header), subjects_of(sheet))
    assert (found[0].indicator if found else "") == expected.strip()


def test_scores_tell_sure_from_guessed(matcher):
    [sure, *_] = matcher.match(("检查生产经营单位（家次）",), "家次", ("inspection",))
    [guessed, *_] = matcher.match(("排查重大事故隐患数量",), "处", ("hazard",))
    assert sure.score > guessed.score >= ACCEPTED
    assert sure.why


def test_a_unit_of_another_kind_speaks_against(matcher):
    assert not matcher.match(("罚款（家）",), "家", ("inspection",))
