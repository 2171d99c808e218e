"""What facts are about, and what is known of a period."""

from decimal import Decimal

from assistant.alignment.subjects import SubjectIndex
from assistant.ledger.facts import facts_from_rows
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry


def index_of(*rows: tuple[str, str, int, str]) -> SubjectIndex:
    named = [
        {
            "topic": name.partition("/")[0],
            "indicator": name.partition("/")[2],
            "period": period,
            "value": value,
            "unit": unit,
        }
        for name, period, value, unit in rows
    ]
    return SubjectIndex(facts_from_rows(named), shipped_registry())


def known(index: SubjectIndex, period: str) -> Decimal | None:
    found = index.subjects[0].known_at(parse_period(period))
    return found.value if found else None


def test_periods_of_one_indicator_are_one_subject() -> None:
    assert len(index_of(("检查/检查企业", "2023", 1, "家次"), ("检查/检查企业", "2024", 2, "家次")).subjects) == 1


def test_topics_are_different_subjects() -> None:
    assert len(index_of(("消防/检查企业", "2024", 1, "家次"), ("道路/检查企业", "2024", 2, "家次")).subjects) == 2


def test_a_year_is_the_sum_of_its_parts() -> None:
    index = index_of(
        ("检查/检查企业", "2024H1", 112, "家次"),
        ("检查/检查企业", "2024Q3", 60, "家次"),
        ("检查/检查企业", "2024Q4", 64, "家次"),
    )
    assert known(index, "2024") == 236
    assert known(index, "2024H2") == 124


def test_a_half_is_the_year_less_the_other() -> None:
    index = index_of(("检查/检查企业", "2024H1", 112, "家次"), ("检查/检查企业", "2024", 236, "家次"))
    assert known(index, "2024H2") == 124
    assert known(index, "2024Q1") is None


def test_a_gap_is_not_bridged() -> None:
    index = index_of(("检查/检查企业", "2024Q1", 50, "家次"), ("检查/检查企业", "2024Q3", 60, "家次"))
    assert known(index, "2024") is None


def test_a_state_is_the_last_one_and_never_a_sum() -> None:
    index = index_of(("房屋/摸排自建房", "2024H1", 900, "栋"), ("房屋/摸排自建房", "2024H2", 950, "栋"))
    assert known(index, "2024") == 950


def test_rates_are_not_added() -> None:
    index = index_of(("检查/隐患整改率", "2024H1", 98, "%"), ("检查/隐患整改率", "2024H2", 96, "%"))
    assert known(index, "2024") is None
