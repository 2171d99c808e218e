"""Periods: their ids, their Chinese names, and how they relate."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UnknownPeriod
from assistant.periods import chinese_name, following, parse_period, period_id, preceding, year_earlier
from assistant.records import Period

NAMES = {
    "2024": "2024年",
    "2024H1": "2024年上半年",
    "2024H2": "2024年下半年",
    "2024Q3": "2024年三季度",
    "2024-05": "2024年5月",
    "2024-05-06": "2024年5月6日",
    "2024-01..2024-11": "2024年1至11月",
    "2023-11..2024-02": "2023年11月至2024年2月",
    "2024-05-06..2024-05-09": "2024年5月6日至5月9日",
}


@pytest.mark.parametrize(("identity", "name"), NAMES.items())
def test_ids_are_read_named_and_written_back(identity, name):
    period = parse_period(identity)
    assert chinese_name(period) == name
    assert period_id(period) == identity


@pytest.mark.parametrize(
    "text", ["", "去年", "2024H3", "2024Q0", "2024-13", "2024-02-30", "2024..2023", "2024..", "24"]
)
def test_anything_else_is_refused_with_the_ids_there_are(text):
    with pytest.raises(UnknownPeriod, match="2024H1"):
        parse_period(text)


def test_containment_of_days_and_periods():
    half = parse_period("2024H1")
    assert date(2024, 6, 30) in half
    assert parse_period("2024Q2") in half
    assert parse_period("2024") not in half
    assert "2024" not in half


@pytest.mark.parametrize(
    ("identity", "earlier", "before", "after"),
    [
        ("2024", "2023", "2023", "2025"),
        ("2024H1", "2023H1", "2023H2", "2024H2"),
        ("2024Q1", "2023Q1", "2023Q4", "2024Q2"),
        ("2024-01", "2023-01", "2023-12", "2024-02"),
        ("2024-02", "2023-02", "2024-01", "2024-03"),
        ("2024-03-01", "2023-03-01", "2024-02-29", "2024-03-02"),
    ],
)
def test_neighbours_and_the_same_period_last_year(identity, earlier, before, after):
    period = parse_period(identity)
    assert period_id(year_earlier(period)) == earlier
    assert period_id(preceding(period)) == before
    assert period_id(following(period)) == after


@given(st.dates(date(2001, 1, 1), date(2050, 12, 31)), st.dates(date(2001, 1, 1), date(2050, 12, 31)))
def test_every_period_has_an_id_that_reads_back(one, other):
    period = Period(min(one, other), max(one, other))
    assert parse_period(period_id(period)) == period
    assert chinese_name(period)
