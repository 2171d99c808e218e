"""Facts looked up, ratios and comparisons computed, values written."""

from decimal import Decimal

import pytest

from assistant.drafting.factbook import book_of, wording
from assistant.drafting.widening import widened
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.records import Fact
from tests.drafting.report_town import facts, shipped_registry

YEAR = parse_period("2024")


def rows(*entries: tuple[str, object, str]) -> list[Fact]:
    return facts_from_rows([{"indicator": n, "period": "2024", "value": v, "unit": u} for n, v, u in entries])


def test_ratios_come_from_their_numbers_and_carry_them() -> None:
    given = rows(("hazard.found", 83, "处"), ("hazard.rectified", 81, "处"))
    rate = book_of(given, YEAR, shipped_registry()).fact("hazard.rate")
    assert rate is not None
    assert (wording(rate), rate.formula) == ("97.6%", "81 ÷ 83")
    assert rate.inputs == ("hazard.rectified@2024", "hazard.found@2024")


def test_a_given_rate_is_not_rounded_twice() -> None:
    given = rows(("hazard.found", 43, "处"), ("hazard.rectified", 41, "处"), ("hazard.rate", "95.35", "%"))
    rate = book_of(given, YEAR, shipped_registry()).fact("hazard.rate")
    assert rate is not None and wording(rate) == "95.3%"


def test_a_rate_just_short_of_the_whole_is_not_written_whole() -> None:
    given = rows(("pledge.signed", 9999, "份"), ("pledge.due", 10000, "份"))
    rate = book_of(given, YEAR, shipped_registry()).fact("pledge.rate")
    assert rate is not None and wording(rate) == "99.99%"


def test_year_on_year() -> None:
    book = book_of(facts(), YEAR, shipped_registry())
    change, difference = book.change("inspection.enterprises"), book.difference("inspection.enterprises")
    assert change is not None and wording(change) == "11.5%" and change.value < 0
    assert difference is not None and wording(difference) == "24家次"
    assert book.change("emergency.drills") is None  # nothing of last year
    points = book.difference("hazard.rate")
    assert points is not None and wording(points) == "0.7个百分点"


def test_no_percentage_on_a_base_of_nought() -> None:
    given = facts() + facts_from_rows([{"indicator": "firework.seized", "period": "2023", "value": 0}])
    given += rows(("firework.seized", 5, "箱"))
    assert book_of(given, YEAR, shipped_registry()).change("firework.seized") is None


def test_facts_of_a_single_place_are_no_totals() -> None:
    given = facts_from_rows([{"indicator": "hazard.found", "period": "2024", "value": 9, "place": "清河村"}])
    assert book_of(given, YEAR, shipped_registry()).fact("hazard.found") is None


@pytest.mark.parametrize(
    ("value", "unit", "approximate", "expected"),
    [
        (61, "台次", False, "61台次"),
        (42000, "元", False, "4.2万元"),
        (236, "家次", True, "230余家次"),
        (16, "场", True, "16场"),
        (10910, "份", True, "1万余份"),
        (12345, "份", True, "1.2万余份"),
        ("97.1", "%", False, "97.1%"),
    ],
)
def test_house_style(value: object, unit: str, approximate: bool, expected: str) -> None:
    assert wording(rows(("某项", value, unit))[0], approximate=approximate) == expected


def test_a_name_that_reads_like_an_indicator_is_taken_for_it() -> None:
    given = rows(("排查隐患", 418, "处"), ("整改隐患", 409, "处"))
    rate = book_of(given, YEAR, widened(shipped_registry(), given)).fact("hazard.rate")
    assert rate is not None and wording(rate) == "97.8%"


def test_any_other_name_becomes_an_indicator_of_its_own() -> None:
    given = rows(("发放头盔", 320, "顶"))
    registry = widened(shipped_registry(), given)
    entry = registry.find("发放头盔")
    assert entry is not None and (entry.id, entry.unit) == ("发放头盔", "顶")
    assert Decimal(320) == book_of(given, YEAR, registry).now["发放头盔"].value


def test_a_registry_that_knows_everything_stays_as_it_is() -> None:
    assert widened(shipped_registry(), facts()) is shipped_registry()
