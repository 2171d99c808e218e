import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.articles import article_label, article_order, read_article


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("第二十一条", "21"),
        ("第21条", "21"),
        ("第 21 条", "21"),
        ("第２１条", "21"),
        ("21", "21"),
        ("第二十一条之一", "21.1"),
        ("第21条之2", "21.2"),
        ("21.1", "21.1"),
        ("第一百零一条", "101"),
        ("第一百一十条", "110"),
        ("第一千二百六十条", "1260"),
        ("第二十一条第一款", "21"),
        ("第三章", ""),
        ("第条", ""),
        ("安全", ""),
    ],
)
def test_an_article_is_read_however_it_is_written(written, key):
    assert read_article(written) == key


@pytest.mark.parametrize(
    ("key", "label"), [("1", "第一条"), ("10", "第十条"), ("20", "第二十条"), ("21.1", "第二十一条之一"), ("", "")]
)
def test_a_key_is_written_as_laws_write_it(key, label):
    assert article_label(key) == label


@given(st.integers(1, 1999), st.integers(0, 12))
def test_what_is_written_is_read_back(number, inserted):
    key = f"{number}.{inserted}" if inserted else str(number)
    assert read_article(article_label(key)) == key


def test_inserted_articles_stand_after_their_own():
    assert sorted(["22", "21.2", "3", "21", "21.1"], key=article_order) == ["3", "21", "21.1", "21.2", "22"]
