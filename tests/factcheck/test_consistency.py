"""What a text says against itself, with no ledger."""

import pytest

from assistant.factcheck.check import check
from assistant.records import VerdictKind

CASES = [
    ("发现隐患195项，其中电气类88项、消防类61项、管理类46项。", []),
    ("发现隐患195项，其中电气类88项、消防类61项、管理类56项。", ["bad_sum"]),
    ("发现隐患195项，其中电气类88项。", []),
    ("用电、用火、用气类隐患分别为45、32、18处，合计95处。", []),
    ("用电、用火、用气类隐患分别为45、32、18处，合计105处。", ["bad_sum"]),
    ("全年检查41次，其中上半年20次、下半年21次。", []),
    ("全年检查41次，其中上半年20次、下半年19次。", ["bad_sum"]),
    ("排查隐患326处，完成整改322处，整改率98.8%。", []),
    ("排查隐患326处，完成整改322处，整改率99.8%。", ["bad_ratio"]),
    ("检查企业236家次。经统计，共检查企业263家次。", ["conflict"]),
    ("检查企业236家次。经统计，共检查企业200余家次。", []),
    ("上半年检查企业112家次。下半年检查企业124家次。", []),
    ("消防方面，检查企业86家次。燃气方面，检查企业40家次。", []),
]


@pytest.mark.parametrize(("text", "due"), CASES)
def test_the_text_against_itself(text: str, due: list[str]) -> None:
    report = check(text, [], "2024")
    assert [each.kind for each in report.findings if each.kind in ("bad_sum", "bad_ratio", "conflict")] == due
    assert {verdict.verdict for verdict in report.verdicts} == {VerdictKind.UNSUPPORTED}


def test_the_sum_that_would_be_right_is_named() -> None:
    (finding,) = check("用电、用火类隐患分别为45、32处，合计87处。", [], "2024").findings
    assert "77处" in finding.message
