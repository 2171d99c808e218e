"""Which units say the same thing."""

import pytest

from assistant.alignment.units import UnitFit, base_unit, fit_units

EQUAL = [
    ("场", "次"),
    ("条", "幅"),
    ("处", "项"),
    ("起", "宗"),
    ("人", "名"),
    ("台次", "车次"),
    ("份", "册"),
    ("户次", "家次"),
]
TIMES = [("人", "人次"), ("家", "家次"), ("户", "户次"), ("台", "台次"), ("辆", "台次"), ("名", "人次")]
FOREIGN = [("元", "份"), ("人", "家"), ("%", "处"), ("次", "人次"), ("份", "处"), ("", "元")]


@pytest.mark.parametrize(("one", "other"), EQUAL)
def test_equal_classifiers(one: str, other: str) -> None:
    assert fit_units(one, other) is fit_units(other, one) is UnitFit.EQUAL


@pytest.mark.parametrize(("one", "other"), TIMES)
def test_once_is_not_each_time(one: str, other: str) -> None:
    assert fit_units(one, other) is fit_units(other, one) is UnitFit.TIMES


@pytest.mark.parametrize(("one", "other"), FOREIGN)
def test_foreign_units(one: str, other: str) -> None:
    assert fit_units(one, other) is UnitFit.FOREIGN


def test_the_registry_may_call_units_equal() -> None:
    assert fit_units("人", "人次", ("人",)) is UnitFit.EQUAL


def test_measures_have_a_base() -> None:
    assert base_unit("公里") == ("米", 1000)
    assert fit_units("公里", "米") is UnitFit.SAME
    assert fit_units("亩", "米") is UnitFit.FOREIGN


def test_no_unit_is_no_contradiction() -> None:
    assert fit_units("", "处") is UnitFit.NONE
