import pytest

from assistant.retrieval.wording import in_words_of_law


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("驾照被扣了能补吗", "机动车驾驶证"),
        ("罐子漏液化气找谁", "燃气"),
        ("村里能不能卖鞭炮", "烟花爆竹零售经营"),
        ("工人干活没戴安全帽", "劳动防护用品"),
    ],
)
def test_everyday_words_are_told_as_laws_write_them(question, written):
    assert written in in_words_of_law(question).split()


def test_what_the_question_says_already_is_not_repeated():
    assert "烟花爆竹" not in in_words_of_law("鞭炮算不算烟花爆竹").split()
    assert in_words_of_law("防汛物资") == ""
