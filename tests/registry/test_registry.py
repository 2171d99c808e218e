"""The indicator dictionary: valid as shipped, extendable, and refused with every defect named."""

import pytest

from assistant.errors import RegistryError
from assistant.records import Aggregation
from assistant.registry.registry import load_registry, shipped_registry

HEAD = "id,topic,name,aliases,unit,equal_units,aggregation,formula\n"


def test_the_shipped_one_loads_with_names_aliases_and_ids():
    registry = shipped_registry()
    assert len(registry) >= 75
    for name in ("inspection.enterprises", "检查企业", "检查生产经营单位", " 检查企业 "):
        found = registry.find(name)
        assert found is not None
        assert found.id == "inspection.enterprises"
    assert registry.find("没有的") is None


def test_every_rate_has_its_two_indicators():
    registry = shipped_registry()
    for entry in registry:
        if entry.aggregation is Aggregation.RATIO:
            assert all(registry.find(identity) for identity in registry.inputs(entry))


def test_a_town_adds_and_replaces(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(
        HEAD + "boat.checked,水上交通,检查渡船,查船,艘次,艘,sum,\ndrown.rings,学校安全,救生圈,,只,,last,\n",
        encoding="utf-8-sig",
    )
    registry = load_registry(own)
    assert registry.find("查船").unit == "艘次"
    assert registry.find("救生圈").unit == "只"
    assert len(registry) == len(shipped_registry()) + 1
    assert load_registry(tmp_path / "none.csv") is shipped_registry()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("a.b,x,检查企业,,次,,sum,\n", "检查企业"),
        ("a.b,x,名,,,,sum,\n", "a.b"),
        ("a.b,x,名,,次,,total,\n", "total"),
        ("a.b,x,名,,%,,ratio,c.d / e.f\n", "c.d / e.f"),
    ],
)
def test_defects_are_named(tmp_path, lines, words):
    own = tmp_path / "own.csv"
    own.write_text(HEAD + lines, encoding="utf-8")
    with pytest.raises(RegistryError, match=words):
        load_registry(own)


def test_missing_columns_are_named(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("id,name\na.b,名\n", encoding="utf-8")
    with pytest.raises(RegistryError, match="topic.*unit"):
        load_registry(own)


def test_a_dictionary_saved_by_excel_is_read(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text(HEAD + "boat.checked,水上交通,检查渡船,,艘次,,sum\n,,,,,,,\n", encoding="gb18030")
    assert load_registry(own).find("检查渡船").id == "boat.checked"
