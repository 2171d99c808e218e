"""The town is read from the titles of the sheets."""

import pytest

from assistant.ledger.towns import town_named


@pytest.mark.parametrize(
    ("titles", "town"),
    [
        (["青梧镇2024年安全检查台账", "青梧镇2024年隐患台账", "隐患台账"], "青梧镇"),
        (["2024年禾丰镇会议台账"], "禾丰镇"),
        (["云岭县禾丰镇宣传台账"], "禾丰镇"),
        (["东街街道自建房排查汇总"], "东街街道"),
        (["松涧乡", "松涧乡", "柳渡镇"], "松涧乡"),
        (["安全检查台账", "2024年", ""], ""),
        ([], ""),
    ],
)
def test_most_titles_decide(titles, town):
    assert town_named(titles) == town
