"""Whether passages found bear on a question: by their vectors where these can tell, else by the words."""

import pytest

from assistant.qa.support import unsupported
from assistant.records import Hit, Passage, SourceKind

_TEXT = (
    "第六十五条 食用农产品销售者应当建立食用农产品进货查验记录制度，保存相关凭证。记录和凭证保存期限不得少于六个月。"
)


def hit(related, text=_TEXT):
    return Hit(
        Passage("1-1", SourceKind.LAW, "法.md", "食品安全法", (), text, 0, len(text), "65"), 900, related=related
    )


def test_a_passage_alike_to_the_question_supports_it_though_no_word_is_shared():
    assert unsupported("进货的票据要存多久？", [hit(True)], legal=True, law=False) == ""


def test_passages_of_another_matter_do_not_though_words_of_the_trade_are_used():
    assert unsupported("村干部贪污判几年？", [hit(False, "第三条 处三年以上有期徒刑。")] * 2, legal=True, law=False)


def test_one_undecided_passage_leaves_it_to_the_words():
    question = "食用农产品进货要不要记录？"
    assert unsupported(question, [hit(False), hit(None)], legal=True, law=False) == ""
    assert unsupported("宅基地纠纷怎么处理？", [hit(False), hit(None)], legal=True, law=False)


@pytest.mark.parametrize("related", [True, None])
def test_a_number_of_things_no_passage_speaks_of_is_not_answered(related):
    assert "灭火器" in unsupported("家里必须放几个灭火器？", [hit(related)], legal=True, law=True)
