"""Stand-ins for values."""

from assistant.drafting.slots import Slots, is_stand_in
from tests.drafting.report_town import facts


def test_values_come_back_with_their_facts_in_order() -> None:
    slots, (first, second, *_) = Slots(), facts()
    later, sooner = slots.put(first, "5次"), slots.put(second, "14次")
    assert slots.fill(f"会议{sooner}，专题{later}") == ("会议14次，专题5次", (second.id, first.id))


def test_a_mark_stands_for_itself_and_no_fact() -> None:
    slots = Slots()
    assert slots.fill(slots.mark("【待核实】")) == ("【待核实】", ())


def test_what_is_said_is_remembered() -> None:
    slots = Slots()
    slots.put(facts()[0], "5次")
    assert slots.said == {facts()[0].indicator}


def test_stand_ins_are_no_characters_of_a_text() -> None:
    slots = Slots()
    assert is_stand_in(slots.mark("x"))
    assert not any(map(is_stand_in, "检查企业184家次，abc…—"))
