from dataclasses import replace
from decimal import Decimal

from assistant.periods import parse_period
from assistant.records import Cell, CheckReport, Fact, Finding, Kind, Quantity, Severity, Verdict, VerdictKind
from ui.marks import marks_of

PERIOD = parse_period("2024")
CELLS = tuple(Cell("2024.xlsx", "检查台账", f"D{row}", str(row)) for row in range(4, 12))
FACT = Fact("e@2024", "inspection.enterprises", "检查企业", "检查执法", PERIOD, Decimal(184), "家次", CELLS)
BEFORE = replace(FACT, id="e@2023", period=parse_period("2023"), value=Decimal(150))


def claim(text, surface, unit="家次", kind=Kind.COUNT):
    start = text.index(surface)
    return Quantity(start, start + len(surface), surface, Decimal(234), unit, kind, True)


def verdict(text, surface, **changes):
    base = Verdict(claim(text, surface), VerdictKind.CONTRADICTED, "wrong_value", FACT, "184家次", CELLS, "应为184家次")
    return replace(base, **changes)


def report(text, *verdicts, findings=()):
    return CheckReport(text, PERIOD, (), verdicts, findings)


def item(text, one, facts=(FACT, BEFORE)):
    return marks_of(report(text, one), facts)["items"][0]


def test_a_wrong_figure_shows_what_the_ledger_says_where_and_last_year():
    text = "检查企业234家次。"
    rows = dict(item(text, verdict(text, "234家次"))["rows"])
    assert rows["台账为"] == "184家次"
    assert rows["去年同期"] == "150家次"
    assert rows["出处"] == "2024.xlsx · 检查台账：D4（4）、D5（5）、D6（6）、D7（7）、D8（8）等 8 处"


def test_the_value_offered_fits_the_place_it_goes_to():
    text = "检查企业234家次，其中工贸45、危化32、建筑18处。"
    assert item(text, verdict(text, "234家次"))["use"] == "184家次"
    bare = verdict(text, "45", claim=claim(text, "45", "处"), fact=replace(FACT, unit="处"), expected="40处")
    assert item(text, bare)["use"] == "40"


def test_a_statement_of_nothing_is_not_replaced_by_a_number():
    text = "未发生事故。"
    zero = verdict(text, "未发生事故", claim=claim(text, "未发生事故", "起", Kind.ZERO), expected="1起")
    assert item(text, zero)["use"] == ""


def test_a_wrong_direction_is_left_to_the_person():
    text = "较上年上升7.6%。"
    wrong = verdict(text, "7.6%", claim=claim(text, "7.6%", "%"), reason="wrong_direction")
    assert item(text, replace(wrong, expected="下降7.6%"))["use"] == ""
    assert item(text, replace(wrong, expected="7.6%"))["use"] == ""


def test_supported_figures_offer_no_change():
    text = "检查企业184家次。"
    good = verdict(text, "184家次", verdict=VerdictKind.SUPPORTED, message="")
    assert item(text, good)["use"] == ""
    assert "台账为" not in dict(item(text, good)["rows"])


def test_a_derived_fact_names_the_facts_it_came_from():
    text = "整改率97.9%。"
    rate = Fact("r", "rate", "整改率", "检查执法", PERIOD, Decimal("96.9"), "%", (), "93 ÷ 96", ("e@2024",))
    rows = item(text, verdict(text, "97.9%", claim=claim(text, "97.9%", "%"), fact=rate, evidence=()))["rows"]
    assert ["算法", "93 ÷ 96"] in rows
    assert ["其中用到", "2024年检查企业 184家次"] in rows


def test_items_come_in_the_order_of_the_text_with_offsets_as_browsers_count():
    text = "𠮷祥镇【待核实】检查234家次。"
    finding = Finding("placeholder", Severity.WARNING, 3, 8, "【待核实】", "还有没填的地方")
    items = marks_of(report(text, verdict(text, "234家次"), findings=(finding,)), [FACT])["items"]
    assert [each["kind"] for each in items] == ["finding", "contradicted"]
    assert (items[0]["start"], items[0]["end"]) == (4, 9)
    assert items[1]["surface"] == "234家次" and items[1]["start"] == text.index("234") + 1
