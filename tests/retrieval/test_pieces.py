from assistant.retrieval.pieces import pieces_of


def test_a_passage_is_told_with_its_law_article_and_chapter():
    assert pieces_of("湖泊条例", "2", ("第一章 总则",), "第二条 游船每年检修。") == [
        "湖泊条例第二条 总则 游船每年检修。"
    ]


def test_a_long_passage_is_cut_between_sentences_and_loses_nothing():
    text = "".join(f"第{number}项要求逐条落实到岗到人。" for number in range(60))
    parts = pieces_of("甲总结", "", ("一、检查",), text)
    assert len(parts) > 1
    assert all(part.startswith("甲总结 检查 ") and len(part) < 420 for part in parts)
    assert "".join(part.removeprefix("甲总结 检查 ") for part in parts) == text
