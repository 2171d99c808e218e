"""The check as a whole: one verdict a claim, our labelled cases, the example town, the real reports."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnknownPeriod
from assistant.factcheck.check import check, gather
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.records import CheckReport, Fact, VerdictKind
from assistant.retrieval.loaders import load_document
from evals.factcheck import Case, read_jsonl, read_own, score

OWN = list(read_own())
Shared = Callable[[str], Path]


@pytest.mark.parametrize("case", OWN, ids=[case.id for case in OWN])
def test_our_cases(case: Case) -> None:
    counts, misses = score([case])
    assert not misses
    assert counts["claims"] or not case.claims


def test_the_cases_cover_every_verdict() -> None:
    due = [verdict for case in OWN for verdict in case.claims.values()]
    assert {kind for kind in VerdictKind if due.count(kind) >= 18} == set(VerdictKind) - {VerdictKind.AMBIGUOUS}


def test_the_development_set(shared: Shared) -> None:
    counts, misses = score(read_jsonl(shared("devset/factcheck.jsonl")))
    assert counts["accused"] == 0, misses
    assert counts["right"] >= 0.95 * counts["claims"], misses
    assert counts["caught"] >= 0.95 * counts["wrong"], misses
    assert counts["spurious"] <= 0.01 * counts["claims"], misses


@pytest.fixture(scope="module")
def town() -> tuple[CheckReport, dict[str, object]]:
    from tests.conftest import shared_path

    truth = json.loads(shared_path("towns/example/truth.json").read_text(encoding="utf-8"))
    facts = facts_from_rows(
        {key: fact[key] for key in ("indicator", "period", "value", "unit")} for fact in truth["facts"]
    )
    text = load_document(shared_path("towns/example/past_2023.docx")).text
    return check(text, facts, "2023"), truth


def test_every_planted_error_is_found(town: tuple[CheckReport, dict[str, object]]) -> None:
    report, truth = town
    wrong = {
        verdict.fact.indicator
        for verdict in report.verdicts
        if verdict.verdict is VerdictKind.CONTRADICTED and verdict.fact
    }
    assert wrong == {error["indicator"] for error in truth["planted_2023"]}  # type: ignore[attr-defined]


def test_every_true_figure_is_supported_by_its_own_indicator(town: tuple[CheckReport, dict[str, object]]) -> None:
    report, truth = town
    for due in truth["claims_2023"]:  # type: ignore[attr-defined]
        start = report.text.index(due["written"])
        hits = [each for each in report.verdicts if start <= each.start < start + len(due["written"])]
        assert [(each.verdict.value, each.fact and each.fact.indicator) for each in hits] == [
            (due["verdict"], due["indicator"])
        ]


def test_real_reports_without_a_ledger(shared: Shared) -> None:
    first, second = sorted(shared("seeds").glob("*.txt"))
    found = {
        (finding.kind, finding.surface)
        for path, period in ((first, "2023"), (second, "2023H1"))
        for finding in check(path.read_text(encoding="utf-8"), [], period).findings
    }
    assert {
        ("numbering_gap", "（六）"),
        ("numbering_restart", "一、"),
        ("period_wording", "展望2023年"),
        ("placeholder", "*次"),
        ("web_remains", "##paidbegin##"),
        ("percent_sign", "100％"),
    } <= found


def test_nothing_is_accused_without_a_ledger(shared: Shared) -> None:
    for path in shared("seeds").glob("*.txt"):
        report = check(path.read_text(encoding="utf-8"), [], "2023")
        assert {verdict.verdict for verdict in report.verdicts} == {VerdictKind.UNSUPPORTED}


FACTS: list[Fact] = facts_from_rows(
    [
        {"topic": "检查", "indicator": "检查企业", "period": "2024", "value": 236, "unit": "家次"},
        {"topic": "检查", "indicator": "检查企业", "period": "2023", "value": 208, "unit": "家次"},
        {"topic": "检查", "indicator": "排查隐患", "period": "2024", "value": 418, "unit": "处"},
    ]
)
PIECES = [
    "检查企业",
    "236家次",
    "共",
    "，其中",
    "。",
    "排查隐患",
    "418处",
    "同比上升",
    "12.5%",
    "已全部整改",
    "未发生事故",
    "各",
    "、",
    "分别为",
    "\n一、",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16))
def test_every_claim_gets_exactly_one_verdict(pieces: list[str]) -> None:
    text = "".join(pieces)
    report = check(text, FACTS, "2024")
    assert [verdict.claim for verdict in report.verdicts] == [each for each in report.quantities if each.is_claim]
    assert all(text[verdict.start : verdict.end] == verdict.surface for verdict in report.verdicts)
    assert all(verdict.message for verdict in report.verdicts)
    numbers = [each for each in gather(text) if each.is_claim and any(char.isdigit() for char in each.surface)]
    assert {each.start for each in numbers} <= {verdict.start for verdict in report.verdicts}


@given(st.text(max_size=60))
def test_any_text_can_be_checked(text: str) -> None:
    check(text, FACTS, "2024")


def test_the_period_may_be_a_period_or_its_id() -> None:
    text = "检查企业236家次。"
    assert check(text, FACTS, "2024") == check(text, FACTS, parse_period("2024"))
    with pytest.raises(UnknownPeriod):
        check(text, FACTS, "甲辰年")


def test_a_verdict_says_what_should_stand_there_and_why() -> None:
    (verdict,) = check("检查企业208家次。", FACTS, "2024").verdicts
    assert (verdict.reason, verdict.expected) == ("stale", "236家次")
    assert "236家次" in verdict.message
    assert "2023年" in verdict.message


def test_chance_is_counted() -> None:
    report = check("检查企业236家次，植树418棵，开会9次。", FACTS, "2024")
    assert report.chance_matches == 2


def test_the_order_of_facts_does_not_matter() -> None:
    text = "全年检查企业236家次，同比上升13.5%，排查隐患418处。"
    one, other = check(text, FACTS, "2024"), check(text, FACTS[::-1], "2024")
    assert [verdict.verdict for verdict in one.verdicts] == [verdict.verdict for verdict in other.verdicts]
