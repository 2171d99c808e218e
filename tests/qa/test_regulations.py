"""Regulations quoted, worded by a model only where its words hold, and declined where none bears on the question."""

from __future__ import annotations

from assistant.errors import ModelUnreachable
from assistant.llm.queued import QueuedModel
from assistant.qa.answer import answer
from assistant.qa.desk import Desk, Turn
from assistant.qa.modelled import checked_lines, verbatim
from assistant.records import Citation
from assistant.templates import load_template

QUESTION = "仓库里电气线路破损，保管员应该怎么办？"


def test_an_article_is_quoted_with_law_number_and_version(desk: Desk) -> None:
    given = answer("《粮油仓库防火条例》第五条是怎么规定的？", desk)
    assert [(each.law, each.article, each.version) for each in given.citations] == [
        ("粮油仓库防火条例", "第五条", "2021-01-01")
    ]
    assert given.citations[0].quote in given.text


def test_the_best_article_comes_first(desk: Desk) -> None:
    given = answer(QUESTION, desk)
    assert given.citations[0].article == "第三条"
    assert "停用并报告" in given.text


def test_penalties_come_first_where_they_are_asked_for(desk: Desk) -> None:
    assert answer("仓库里用明火取暖怎么处罚，罚多少钱？", desk).citations[0].article == "第九条"
    assert answer("仓库内能不能使用明火取暖？", desk).citations[0].article == "第五条"


def test_an_article_or_a_law_that_is_not_there_is_declined(desk: Desk) -> None:
    assert answer("《粮油仓库防火条例》第九十条说什么", desk).declined
    assert answer("《养蜂法》对蜂箱怎么规定", desk).declined


def test_an_amount_no_article_holds_is_declined_with_the_nearest(desk: Desk) -> None:
    given = answer("粮油仓库防火条例规定两座仓库之间要隔多少米？", desk)
    assert given.declined and "粮油仓库防火条例" in given.reason


def test_without_a_library_the_way_to_get_one_is_said(ledger_desk: Desk) -> None:
    given = answer("企业拒绝检查怎么处罚？", ledger_desk)
    assert given.declined and "jushi index add" in given.text


def test_a_model_is_believed_only_where_its_quote_is_verbatim(desk: Desk) -> None:
    model = QueuedModel(
        ["应当立即停用并报告负责人。[1]“发现破损立即停用并报告仓库负责人”\n还应当罚款三千元。[1]“处三千元罚款”"]
    )
    given = answer(QUESTION, desk, model=model)
    assert "应当立即停用并报告负责人" in given.text
    assert "三千" not in given.text
    assert given.tokens


def test_a_model_that_makes_things_up_leaves_the_quotes(desk: Desk) -> None:
    given = answer(QUESTION, desk, model=QueuedModel(["根据第八条，应当在24小时内上报。"]))
    assert "24" not in given.text and given.citations[0].quote in given.text
    assert [notice.kind for notice in given.notices] == ["quotes_only"]


def test_a_model_that_fails_leaves_the_quotes_and_says_so(desk: Desk) -> None:
    given = answer(QUESTION, desk, model=QueuedModel([ModelUnreachable("连不上模型服务。")]))
    assert given.citations[0].quote in given.text
    assert "连不上模型服务" in given.notices[0].message


def test_a_figure_the_fragment_has_not_is_refused() -> None:
    citation = Citation("条例", "第九条", "", "处五百元以上二千元以下的罚款。", "a.md")
    assert checked_lines("罚500元至2000元。[1]“处五百元以上二千元以下的罚款”", [citation])
    assert not checked_lines("罚5000元。[1]“处五百元以上二千元以下的罚款”", [citation])
    assert not checked_lines("罚款。[2]“处五百元以上二千元以下的罚款”", [citation])


def test_a_fragment_may_differ_in_spaces_only() -> None:
    assert verbatim("一是甲乙丙；二是丁", "开头 一是甲乙丙；\n二是丁。") == "一是甲乙丙；\n二是丁"
    assert verbatim("一是甲乙；二是丁", "开头 一是甲乙丙；\n二是丁。") == ""


def test_the_example_in_the_prompt_passes_its_own_check() -> None:
    turns = load_template("answer", ("quotes", "question")).turns
    shown, said = next(
        (turns[at][1], turns[at + 1][1])
        for at in range(len(turns))
        if turns[at + 1 : at + 2] and turns[at + 1][0] == "assistant"
    )
    articles = [
        block.partition("\n") for block in shown.partition("原文：\n")[2].split("\n\n") if block.startswith("[")
    ]
    citations = [Citation("", "", "", text, "") for _, _, text in articles]
    assert len(checked_lines(said, citations)) == len(said.splitlines())


def test_a_follow_up_keeps_the_law_asked_about(desk: Desk) -> None:
    first = answer("仓库内能不能使用明火取暖？", desk)
    given = answer("那怎么罚？", desk, [Turn("仓库内能不能使用明火取暖？", first)])
    assert "第九条" in [each.article for each in given.citations]


def test_a_past_summary_is_quoted_and_held_against_the_ledger(desk: Desk) -> None:
    given = answer("2023年总结里隐患排查是怎么写的？", desk)
    assert given.citations[0].source == "2023年总结.docx"
    assert "999处" in given.text and "与台账不符" in given.text


def test_a_summary_that_is_not_there_names_the_nearest(desk: Desk) -> None:
    given = answer("2021年总结里隐患排查是怎么写的？", desk)
    assert given.declined and "2023年安全生产工作总结" in given.reason
