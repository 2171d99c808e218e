"""Remains, empty places, substituted words, signs and markers."""

import pytest

from assistant.factcheck.check import check

CASES = [
    ("##paidbegin##二是加强监管。", "web_remains", "##paidbegin##"),
    ("召开党委会*次专题研究。", "placeholder", "*次"),
    ("XX镇安全生产工作总结", "placeholder", "XX镇"),
    ("202X年6月开展演练。", "placeholder", "202X年6月"),
    ("汇报人：[姓名]", "placeholder", "[姓名]"),
    ("检查企业【待核实：台账没有】家次。", "placeholder", "【待核实：台账没有】"),
    ("（此处隐藏526字）", "web_remains", "（此处隐藏526字）"),
    ("开展平安生产月活动。", "substitution", "平安生产"),
    ("截止目前，检查企业12家次。", "wrong_word", "截止"),
    ("签订率达100％。", "percent_sign", "100％"),
    ("发放资料79余份。", "approx_exact", "79余份"),
    ("开展检查2022余次。", "year_as_number", "2022余次"),
]
CLEAN = [
    "安全生产月活动期间，发放资料1.2万余份。",
    "签订率达100%。",
    "检查企业200余家次。",
    "截至目前，形势平稳。",
    "加强平安建设。",
    "3*5米",
]
OURS = {"web_remains", "placeholder", "substitution", "wrong_word", "percent_sign", "approx_exact", "year_as_number"}


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.surface) for each in check(text, [], "2024").findings if each.kind in OURS]


@pytest.mark.parametrize(("text", "kind", "surface"), CASES)
def test_defects(text: str, kind: str, surface: str) -> None:
    assert (kind, surface) in found(text)


@pytest.mark.parametrize("text", CLEAN)
def test_nothing_to_mark(text: str) -> None:
    assert found(text) == []


def test_mixed_percent_signs_are_called_mixed() -> None:
    (finding,) = [
        each for each in check("签订率100％，整改率98%。", [], "2024").findings if each.kind == "percent_sign"
    ]
    assert "混用" in finding.message


def test_a_repeated_sentence_is_found_once_it_is_no_set_phrase() -> None:
    text = "组织镇村干部逐户开展安全用电检查和宣传。加强领导。\n组织镇村干部逐户开展安全用电检查和宣传。加强领导。"
    (finding,) = [each for each in check(text, [], "2024").findings if each.kind == "duplicate_sentence"]
    assert text[finding.start : finding.end] == finding.surface == "组织镇村干部逐户开展安全用电检查和宣传。"
    assert finding.start > 20
