"""A small, seeded part of the fuzzing: whatever comes in, a true result or a refusal in words."""

import time
from random import Random

import pytest

from assistant.errors import JushiError
from evals.fuzz import Tally, batches, table
from evals.fuzz_targets import TARGETS, Target, refused

CASES = 22
SLOWEST = 5  # seconds of processor time


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_hostile_input(target: Target, tmp_path):
    for number in range(CASES):
        case = target.make(Random(f"{target.name} test {number}"))
        began = time.process_time()
        try:
            target.handle(case, tmp_path)
        except JushiError as error:
            refused(error)
        assert time.process_time() - began < SLOWEST, number


def test_the_cases_are_shared_out_over_targets_and_drivers():
    made = batches(1_000, ())
    assert sum(batch.count for batch in made) >= 1_000
    assert {batch.driver for batch in made} == {"made", "hypothesis", "atheris"}
    assert {batch.target.name for batch in made} == {target.name for target in TARGETS}


def test_the_same_number_is_the_same_case():
    for target in TARGETS:
        assert target.make(Random("7")) == target.make(Random("7"))


def test_defects_are_counted_by_what_they_are():
    tally = Tally("check")
    for outcome in ("read", "refused", "defect ValueError: x", "defect ValueError: x"):
        tally.add(1_500, 2_048, outcome)
    assert (tally.cases, tally.read, tally.refused, tally.defects["ValueError: x"]) == (4, 1, 1, 2)
    assert "| check | 4 | 1 | 1 | 6 | 1.50 s | 2 MB | 2 |" in table([tally])
