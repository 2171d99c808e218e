"""Which lines are headings, of which level, and where a run-on heading ends."""

import pytest

from assistant.office.headings import heading_level, number_level, run_in_end


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、加强领导，压实责任", 1),
        ("十一、2025年工作打算", 1),
        ("第一部分 工作开展情况", 1),
        ("一．基本情况", 1),
        ("㈡宣传教育", 2),
        ("⒊消防安全", 3),
        ("⑵组织学习", 4),
        ("2）组织学习", 4),
        ("第三章 监督管理", 1),
        ("第一节　一般规定", 2),
        ("第三条 生产经营单位应当遵守规定。", 0),
        ("（一）健全工作机制。", 2),
        ("(三) 自建房安全", 2),
        ("1.开展培训", 3),
        ("2、道路交通", 3),
        ("３．消防", 3),
        ("（1）组织学习", 4),
        ("1.5万元用于宣传", 0),
        ("一是压实责任", 0),
        ("2024年工作总结", 0),
        ("（一）全年检查企业236家次，下发整改通知书23份。", 0),
        ("一、坚持不懈抓排查；发现问题立即整改；跟踪问效", 0),
        ("5家企业停产", 0),
        ("", 0),
    ],
)
def test_levels(text: str, level: int) -> None:
    assert heading_level(text) == level


def test_a_heading_runs_on_into_its_paragraph() -> None:
    text = "（一）健全工作机制。镇党委专题研究4次。"
    assert text[: run_in_end(text)] == "（一）健全工作机制。"
    assert run_in_end("（一）检查企业236家次。下发通知书23份。") == 0
    assert run_in_end("（一）健全工作机制。") == 0


def test_numbers_alone_give_a_level() -> None:
    assert [number_level(text) for text in ("一、", "（二）", "3.", "（4）", "⑤")] == [1, 2, 3, 4, 0]
