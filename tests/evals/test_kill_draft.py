"""A drafting killed at any moment: the report is there, its sections whole, and it is gone on with."""

from evals.kill_draft import kill_and_resume


def test_a_drafting_that_is_killed_loses_nothing_and_is_gone_on_with(tmp_path):
    [outcome] = kill_and_resume(tmp_path, 1, seed=4)
    assert outcome.sections >= 7 and outcome.faults == ()
