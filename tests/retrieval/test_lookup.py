import pytest

from assistant.retrieval.lookup import read_reference

KNOWN = ("安全生产法", "消防法", "道路交通安全法", "道路交通安全法实施条例")


def named(text):
    return [(each.law, each.article) for each in read_reference(text, KNOWN).articles]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《安全生产法》第二十一条", [("安全生产法", "21")]),
        ("《中华人民共和国安全生产法》（2021修正）第21条怎么说", [("安全生产法", "21")]),
        ("安全生产法第二十一条", [("安全生产法", "21")]),
        ("安法第21条", [("安全生产法", "21")]),
        ("按照道交法第九十一条和第九十九条", [("道路交通安全法", "91"), ("道路交通安全法", "99")]),
        ("道路交通安全法实施条例第六条", [("道路交通安全法实施条例", "6")]),
        ("消防法第十六条至第十八条", [("消防法", "16"), ("消防法", "17"), ("消防法", "18")]),
        ("消防法第15、16条", [("消防法", "15"), ("消防法", "16")]),
        ("《消防法》第六十条，《安全生产法》第三十六条", [("消防法", "60"), ("安全生产法", "36")]),
        ("第21条", [("", "21")]),
        ("第二十一条之一", [("", "21.1")]),
        ("消防通道被堵怎么办", []),
    ],
)
def test_articles_are_named_with_their_laws(text, expected):
    assert named(text) == expected


def test_a_law_that_is_not_here_is_told():
    assert read_reference("《森林法》第三条", KNOWN).unknown == ("森林法",)


def test_the_rest_is_what_is_asked_beside():
    assert read_reference("消防法第六十条对个人罚多少", KNOWN).rest.split() == ["对个人罚多少"]
    assert read_reference("消防法对个人罚多少", KNOWN).rest == "消防法对个人罚多少"
