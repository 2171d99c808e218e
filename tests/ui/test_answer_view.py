from decimal import Decimal

from assistant.periods import year_of
from assistant.records import Answer, Cell, Citation, Fact, Notice, Severity
from ui.answer_view import answer_message, on_page, question_message

EVIL = "<img src=x onerror=alert(1)>"


def shown(answer: Answer) -> str:
    return answer_message(answer)["content"]


def test_a_figure_has_its_value_unit_period_formula_and_cells():
    cells = tuple(Cell("2024.xlsx", "检查台账", f"D{row}", str(row)) for row in range(4, 12))
    fact = Fact(
        "f", "hazard.rate", "隐患整改率", "隐患", year_of(2024), Decimal("96.88"), "%", cells, formula="93 ÷ 96 × 100%"
    )
    html = shown(Answer("2024年隐患整改率为96.88%。", (fact,)))
    assert "2024年 隐患整改率" in html
    assert "96.88%" in html
    assert "算法：93 ÷ 96 × 100%" in html
    assert "8 处单元格" in html
    assert "D4（4）" in html and "D11（11）" in html


def test_a_quote_has_law_article_version_source_and_opens():
    html = shown(
        Answer(
            "见条文。",
            citations=(Citation("消防法", "第六十条", "2021-04-29", "堵塞通道的，处罚。", "消防法.md", "6-22"),),
        )
    )
    for part in ("《消防法》第六十条", "2021-04-29版", "消防法.md", "堵塞通道的，处罚。", 'data-passage="6-22"'):
        assert part in html


def test_a_declined_answer_says_so_with_its_reason():
    html = shown(Answer("台账里没有2019年的数据。", declined=True, reason="台账里没有2019年的数据。"))
    assert "没有依据，不作回答" in html and "台账里没有2019年的数据。" in html


def test_everything_told_is_escaped():
    fact = Fact(
        "f",
        EVIL,
        EVIL,
        EVIL,
        year_of(2024),
        Decimal(1),
        EVIL,
        (Cell(EVIL, EVIL, "A1", EVIL),),
        formula=EVIL,
        place=EVIL,
    )
    answer = Answer(
        EVIL,
        (fact,),
        (Citation(EVIL, EVIL, EVIL, EVIL, EVIL, f'"{EVIL}'),),
        notices=(Notice(Severity.WARNING, "w", EVIL),),
    )
    for html in (shown(answer), question_message(EVIL)["content"]):
        assert "<img" not in html
        assert "&lt;img" in html
    assert 'data-passage="&quot;&lt;img' in shown(answer)


def test_advice_about_commands_becomes_advice_about_the_page():
    assert on_page("请先用 jushi index add 导入法规文件。") == "请先到“资料”页导入法规文件。"
    assert "jushi" not in on_page("请先用 jushi ledger import 导入台账。")
