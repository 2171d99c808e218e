"""Which facts a model words, and what code puts beside them."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.drafting.context import Context, Style
from assistant.drafting.factbook import book_of
from assistant.drafting.offers import add_period, add_riders, fit_labels, grouped, left_sentences, offered_facts
from assistant.drafting.sections import Role, SectionSpec
from assistant.drafting.slots import Slots
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.records import ReportKind

PERIOD = parse_period("2024")
CONTEXT = Context(ReportKind.ANNUAL, PERIOD, "禾丰镇")
ROWS = {
    "inspection.enterprises": ("184", "164"),
    "hazard.found": ("83", "90"),
    "hazard.major_found": ("2", "1"),
    "hazard.rectified": ("81", "80"),
    "penalty.cases": ("0", "1"),
    "pledge.signed": ("239", "230"),
    "pledge.due": ("243", "231"),
    "drown.waters": ("62", "62"),
    "accident.count": ("1", "0"),
}
FACTS = facts_from_rows(
    [
        {"indicator": name, "period": year, "value": value}
        for name, pair in ROWS.items()
        for year, value in zip(("2024", "2023"), pair, strict=True)
    ]
)
BOOK = book_of(FACTS, PERIOD, CONTEXT.registry)
SPEC = SectionSpec("02", "检查", 1, Role.WORK, (), (*ROWS, "pledge.rate"))


def test_noughts_parts_bases_and_accidents_are_left_to_code():
    names = [fact.indicator for fact in offered_facts(SPEC, BOOK, CONTEXT)]
    assert names == ["inspection.enterprises", "hazard.found", "hazard.rectified", "pledge.signed", "drown.waters"]


def test_parts_and_rises_ride_behind_a_slot_that_ends_its_clause():
    offered = {
        "f1": BOOK.fact("inspection.enterprises"),
        "f2": BOOK.fact("hazard.found"),
        "f3": BOOK.fact("pledge.signed"),
    }
    slots = Slots()
    text, used = slots.fill(add_riders("全年{{f1}}，{{f2}}，{{f3}}。", offered, SPEC, BOOK, CONTEXT, slots))
    assert text == "全年{{f1}}，同比上升12.2%，{{f2}}（其中重大隐患2处），{{f3}}，签订率98.4%。"
    assert "hazard.major_found@2024" in used


def test_nothing_rides_inside_a_phrase_or_against_the_house_style():
    offered = {"f1": BOOK.fact("inspection.enterprises")}
    assert add_riders("对{{f1}}的检查。", offered, SPEC, BOOK, CONTEXT, Slots()) == "对{{f1}}的检查。"
    plain = Context(ReportKind.ANNUAL, PERIOD, "禾丰镇", style=Style(comparisons=False))
    assert add_riders("全年{{f1}}。", offered, SPEC, BOOK, plain, Slots()) == "全年{{f1}}。"


def test_what_was_not_said_gets_a_sentence():
    slots = Slots(
        said={
            "inspection.enterprises",
            "hazard.found",
            "hazard.major_found",
            "hazard.rectified",
            "pledge.signed",
            "pledge.rate",
        }
    )
    text, _ = slots.fill("".join(left_sentences(SPEC, BOOK, CONTEXT, slots)))
    assert "62处" in text and "生产安全事故1起" in text and "184" not in text and "立案" not in text


def test_a_clause_that_the_slot_will_say_again_goes():
    offered = {"f1": BOOK.fact("hazard.found")}
    assert fit_labels("排查安全隐患，全年{{f1}}。", offered, CONTEXT) == "全年{{f1}}。"
    assert fit_labels("认真排查安全隐患，全年{{f1}}。", offered, CONTEXT) == "认真排查安全隐患，全年{{f1}}。"


def test_another_facts_name_and_a_period_before_a_state_go():
    offered = {
        "f1": BOOK.fact("hazard.found"),
        "f2": BOOK.fact("drown.waters"),
        "f3": BOOK.fact("inspection.enterprises"),
    }
    assert fit_labels("检查企业{{f1}}，全年{{f2}}，全年{{f3}}。", offered, CONTEXT) == "{{f1}}，{{f2}}，全年{{f3}}。"


def test_a_period_is_said_for_what_is_counted_not_for_a_state():
    offered = {"f1": BOOK.fact("hazard.found"), "f2": BOOK.fact("drown.waters")}
    assert add_period("加强巡查。{{f1}}，{{f2}}。", offered, CONTEXT) == "加强巡查。全年{{f1}}，{{f2}}。"
    assert add_period("{{f2}}。", offered, CONTEXT) == "{{f2}}。"
    assert add_period("全年共{{f1}}。{{f1}}。", offered, CONTEXT) == "全年共{{f1}}。{{f1}}。"


@given(st.integers(0, 40), st.integers(1, 9))
def test_groups_are_even_and_lose_nothing(count, most):
    facts = [FACTS[0]] * count
    groups = grouped(facts, most)
    assert sum(map(len, groups)) == count and max(map(len, groups)) <= most
    assert max(map(len, groups)) - min(map(len, groups)) <= 1
