"""The reading of a layout is saved, shown, corrected by a person, and followed."""

import pytest
import yaml

from assistant.errors import InputError
from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry

ROWS = [
    ["2024年安全检查台账"],
    ["序号", "检查日期", "检查单位数（家次）", "邀请专家（人次）", "备注"],
    [1, "2024.3.5", 8, 4, None],
    [2, "2024.4.5", 7, 5, "2家复查"],
]


@pytest.fixture
def bring(write, engine, tmp_path):
    def import_again(rows=ROWS, name="2024年台账.xlsx"):
        path = write(name, 检查=rows)
        report = import_files(engine, [path], shipped_registry(), layouts=tmp_path / "layouts")
        facts = facts_for(engine, parse_period("2024"), shipped_registry())
        return report, {fact.indicator: int(fact.value) for fact in facts}

    return import_again


@pytest.fixture
def correct(tmp_path):
    def edit(**changes):
        [path] = (tmp_path / "layouts").glob("*.yaml")
        saved = yaml.safe_load(path.read_text(encoding="utf-8"))
        for column in saved["列"]:
            column.update(changes.get(column["列"], {}))
        saved.update({key: value for key, value in changes.items() if len(key) > 1})
        path.write_text(yaml.safe_dump(saved, allow_unicode=True), encoding="utf-8")

    return edit


def test_a_layout_is_saved_once_and_readable(bring, tmp_path):
    bring()
    [path] = (tmp_path / "layouts").glob("*.yaml")
    text = path.read_text(encoding="utf-8")
    assert path.name.startswith("检查-")
    assert "检查单位数（家次）" in text
    assert "inspection.enterprises" in text
    before = path.stat().st_mtime_ns
    bring()
    assert path.stat().st_mtime_ns == before


def test_a_column_given_to_an_indicator_counts_from_then_on(bring, correct):
    assert "inspection.people" not in bring()[1]
    correct(D={"指标": "出动检查人员"})
    report, values = bring()
    assert values["inspection.people"] == 9
    assert "saved_layout" in [notice.kind for notice in report.notices]
    [column] = [column for column in report.sheets[0].columns if column.column == "D"]
    assert (column.indicator, column.score, column.why) == ("inspection.people", 100, "按保存的读法")


def test_next_month_s_file_of_the_same_layout_follows_the_correction(bring, correct):
    bring()
    correct(C={"指标": ""})
    _, values = bring([*ROWS[:2], [1, "2024.5.5", 3, 1, None]], name="2024年5月.xlsx")
    assert "inspection.enterprises" not in values or values["inspection.enterprises"] == 15


def test_what_rows_count_can_be_switched_off_and_a_table_ignored(bring, correct):
    assert bring()[1]["inspection.times"] == 2
    correct(按行计数=[{"识别": "inspection.times", "指标": ""}])
    assert "inspection.times" not in bring()[1]
    correct(不读=True)
    assert bring()[1] == {}


def test_the_part_a_column_plays_can_be_corrected(bring, correct):
    bring()
    correct(B={"作用": "文字"})
    report, _ = bring()
    [column] = [column for column in report.sheets[0].columns if column.column == "B"]
    assert column.role == "文字"


@pytest.mark.parametrize(("change", "word"), [({"指标": "没有的指标"}, "没有的指标"), ({"作用": "什么"}, "什么")])
def test_a_correction_that_cannot_be_followed_is_named(bring, correct, change, word):
    bring()
    correct(D=change)
    with pytest.raises(InputError, match=word):
        bring()


def test_a_broken_file_is_named(bring, tmp_path):
    bring()
    [path] = (tmp_path / "layouts").glob("*.yaml")
    path.write_text("列: [", encoding="utf-8")
    with pytest.raises(InputError, match=path.name):
        bring()
    path.write_text("列: 5", encoding="utf-8")
    with pytest.raises(InputError, match=path.name):
        bring()
