"""Laws cited."""

import pytest

from assistant.factcheck.check import check

ARTICLES = {
    ("安全生产法", ""): "全文",
    (
        "安全生产法",
        "第三条",
    ): "安全生产工作坚持党的领导，实行管行业必须管安全、管业务必须管安全、管生产经营必须管安全。",
}


def regulations(title: str, article: str) -> str | None:
    if title not in {law for law, _ in ARTICLES}:
        return None
    return ARTICLES.get((title, article), "")


CASES = [
    ("认真宣传《安全生产法》。", []),
    ("依据《安全生产法》第三条，落实责任。", []),
    ("依据《安全生产法》第九百条，落实责任。", ["article_unknown"]),
    ("宣传《某省安全生产条例》。", ["law_unknown"]),
    ("签订《2024年度安全生产责任书》。", []),
    ("《安全生产法》第三条规定“管行业必须管安全、管业务必须管安全”。", []),
    ("《安全生产法》第三条规定，餐饮单位应当安装可燃气体报警装置并保障正常使用。", ["law_misquoted"]),
]


@pytest.mark.parametrize(("text", "due"), CASES)
def test_citations(text: str, due: list[str]) -> None:
    found = check(text, [], "2024", regulations=regulations).findings
    assert [each.kind for each in found] == due


def test_without_regulations_nothing_is_said() -> None:
    assert check("宣传《某省安全生产条例》。", [], "2024").findings == ()
