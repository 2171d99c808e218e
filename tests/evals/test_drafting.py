"""The drafting eval: the offline writer is clean on our towns, and a writer that is not is caught."""

from collections.abc import Sequence

import pytest

from assistant.drafting.context import Context
from assistant.drafting.sections import PastSection, SectionSpec
from assistant.periods import parse_period
from assistant.records import Fact, ReportKind, SectionText
from assistant.retrieval.loaders import load_document
from evals.drafting import Town, facts_of, repeated_sentences, score_draft, score_town, towns

OURS = [town for town in towns() if town.name != "example"]


@pytest.mark.parametrize("town", OURS, ids=lambda town: town.name)
def test_the_offline_writer_is_clean(town: Town) -> None:
    for scores in score_town(town):
        assert scores.is_clean, scores
        assert scores.figures > 40


def copied(spec: SectionSpec, facts: Sequence[Fact], past: PastSection | None, context: Context) -> SectionText:
    """A writer that copies last year's section, twice."""
    return SectionText(spec.key, spec.heading, spec.level, "\n".join([past.text, past.text]) if past else "")


def test_a_writer_that_copies_last_year_is_caught() -> None:
    town, period = OURS[0], parse_period("2024")
    past = [load_document(path) for path in town.past]
    scores = score_draft(town, "own", ReportKind.ANNUAL, period, facts_of(town, period), past, copied)
    assert scores.stale > 20
    assert scores.missing > 5
    assert scores.repeated == 0  # putting a draft together says nothing twice, whoever wrote it
    assert not scores.is_clean


def test_repeated_sentences() -> None:
    assert repeated_sentences("扎实开展隐患排查整治。检查企业。\n扎实开展隐患排查整治。检查企业。") == [
        "扎实开展隐患排查整治"
    ]
