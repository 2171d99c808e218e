"""The bars of the quantity reader, on the labelled sentences and the real reports where they are at hand."""

from collections.abc import Callable
from pathlib import Path

from evals.quantities import Score, score_reports, score_sentences


def _holds(score: Score) -> None:
    assert 2 * score.found >= 0.97 * (2 * score.found + score.missed + score.extra), score.misses
    assert min(score.value, score.unit, score.approx) >= 0.98 * score.found, score.misses
    assert score.taken <= 0.02 * score.non_claims, score.misses


def test_labelled_sentences(shared: Callable[[str], Path]) -> None:
    _holds(score_sentences(shared("devset/quantities.jsonl")))


def test_real_reports_have_every_claim_and_no_other(shared: Callable[[str], Path]) -> None:
    score = score_reports(shared("seeds"))
    assert (score.found, score.missed, score.extra, score.taken) == (24, 0, 0, 0), score.misses
    assert score.value == score.unit == score.approx == 24, score.misses


def test_a_wrong_reading_is_counted(tmp_path: Path) -> None:
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(
        '{"text": "检查企业56家，第8条规定每月2次。", "quantities": ['
        '{"start": 4, "end": 7, "surface": "56家", "value": 57, "unit": "户", "approx": "about", "claim": true},'
        '{"start": 8, "end": 11, "surface": "第8条", "value": 8, "unit": "条", "approx": "exact", "claim": true}]}\n',
        encoding="utf-8",
    )
    score = score_sentences(labelled)
    assert (score.found, score.missed, score.value, score.unit, score.approx) == (1, 1, 0, 0, 0)
    assert len(score.misses) == 2
