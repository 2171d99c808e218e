"""Tables and progress as HTML: what they say, and that nothing given becomes markup."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from assistant.drafting.costs import Prices
from assistant.drafting.sections import Role, SectionSpec
from assistant.ledger.reports import ColumnNote, ImportReport, SheetNote
from assistant.periods import parse_period
from assistant.records import Cell, Fact, Notice, ReportKind, SectionText, Severity
from assistant.registry.registry import shipped_registry
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import compute_facts, open_workspace
from ui.breakdown import breakdown_html
from ui.desk import Desk
from ui.facts_table import facts_html
from ui.jobs import Job, Order, State
from ui.progress import progress_html
from ui.sheets_view import imported_html, notices_html, understood_html
from ui.words import cells_named, stated

PERIOD = parse_period("2024")
FACT = Fact(
    "h@2024",
    "hazard.found",
    "排查隐患",
    "检查执法",
    PERIOD,
    Decimal(147),
    "处",
    (Cell("2024.xlsx", "隐患", "E4:E150"),),
)
BEFORE = replace(FACT, id="h@2023", period=parse_period("2023"), value=Decimal(158))
DOWN = replace(FACT, id="d", value=Decimal(-11), measure="yoy_diff", formula="147 − 158")
PERCENT = replace(FACT, id="p", value=Decimal("-6.962025"), unit="%", measure="yoy_percent")
EVIL = "<script>alert(1)</script>"


def test_a_figure_stands_beside_last_years_with_its_change_and_cells():
    html = facts_html([FACT, DOWN, PERCENT], [BEFORE], PERIOD)
    for said in ("147处", "158处", "↓ 11处", "↓ 6.96%", "2024.xlsx · 隐患：E4:E150", "共 1 项指标"):
        assert said in html


def test_a_figure_without_last_year_says_so():
    assert facts_html([FACT], [], PERIOD).count("—") == 3


def test_figures_are_written_as_people_read_them():
    assert stated(replace(FACT, value=Decimal("97.590361"), unit="%")) == "97.59%"
    assert stated(replace(FACT, value=Decimal("12.50"), unit="万元")) == "12.5万元"
    assert stated(replace(FACT, value=Decimal(100), unit="%")) == "100%"


def test_many_cells_are_named_by_sheet_and_counted():
    cells = [Cell("a.xlsx", "检查", f"D{row}", "3") for row in range(1, 9)] + [Cell("b.csv", "", "C2")]
    assert cells_named(cells, 2) == ["a.xlsx · 检查：D1（3）、D2（3）等 8 处", "b.csv：C2"]


def sheet(**changes):
    column = ColumnNote("C", "隐患数", "处", "数值", "hazard.found", "排查隐患", 96, "名称一致")
    given = SheetNote("2024.xlsx", "隐患台账", "", "", "2-3", 83, 2, "2024", "标题", "", "x", (column,), 83)
    return replace(given, **changes)


def test_a_sheet_says_its_header_year_unit_and_rows():
    html = understood_html([sheet()])
    for said in ("表头第 2-3 行", "2024年（据标题）", "单位 处", "83 行数据", "略过 2 行", "读出 83 条"):
        assert said in html
    assert "猜的" not in html


def test_what_was_guessed_is_said_to_be_guessed():
    column = ColumnNote("C", "隐患", "处", "数值", "hazard.found", "排查隐患", 60, "名称相近")
    assert "猜的：“隐患”当作“排查隐患”" in understood_html([sheet(columns=(column,))])


def test_a_problem_with_a_cell_opens_it():
    html = notices_html([Notice(Severity.WARNING, "x", "对不上。", Cell("a.xlsx", "检查", "F31"))])
    assert 'data-file="a.xlsx" data-sheet="检查" data-cell="F31"' in html
    assert "<button" not in notices_html([Notice(Severity.ERROR, "x", "打不开。", Cell("a.xlsx", "", ""))])


def test_an_import_that_read_nothing_does_not_sound_like_success():
    nothing = ImportReport("", ("a.xlsx",), (), (), (), 0)
    assert "没有从这些文件里读出数据" in imported_html(nothing)
    some = ImportReport("", ("a.xlsx",), ("坏.xlsx",), (sheet(),), (), 83)
    assert "读出 83 条" in imported_html(some) and "坏.xlsx" in imported_html(some)


def test_a_file_that_takes_the_place_of_an_earlier_one_is_named():
    report = ImportReport("", ("台账.xlsx",), (), (sheet(),), (), 83)
    assert "“台账.xlsx”以前导入过" in imported_html(report, {"台账.xlsx", "别的.xlsx"})
    assert "以前导入过" not in imported_html(report, {"别的.xlsx"})


def test_the_gravest_problems_come_first():
    notices = [Notice(severity, "x", severity.value) for severity in (Severity.INFO, Severity.WARNING, Severity.ERROR)]
    html = notices_html(notices)
    assert html.index(">错误<") < html.index(">注意<") < html.index(">提示<")


def job(*sections, **changes):
    order = Order(ReportKind.ANNUAL, PERIOD, "", (Path("x"),), "none")
    made = Job(1, order, sections=list(sections))
    for name, value in changes.items():
        setattr(made, name, value)
    return made


def test_progress_counts_what_is_written_and_names_what_the_ledger_lacks():
    section = SectionText("01", "一、隐患排查", 1, "排查隐患147处。", ("h@2024",), missing=("hazard.rectified",))
    planned = tuple(SectionSpec(key, f"第{key}节", 1, Role.WORK) for key in ("01", "02", "03"))
    html = progress_html(job(section, planned=planned), shipped_registry())
    assert "正在写第 2 节/共 3 节：第02节" in html
    assert "已写好 1 节" in html and "1 个数字来自台账" in html
    assert shipped_registry().find("hazard.rectified").name in html


def test_what_a_model_used_is_said_of_each_section_and_of_the_report():
    section = SectionText("01", "一、隐患排查", 1, "排查隐患。", tokens=900, seconds=Decimal("4.2"), answer_tokens=100)
    html = progress_html(job(section, state=State.DONE), shipped_registry(), Prices(Decimal(2), Decimal(6)))
    assert html.count("模型 900 词元，4.2 秒，2.2000 元") == 2


def test_the_time_left_goes_by_what_was_written_so_far():
    planned = tuple(SectionSpec(key, key, 1, Role.WORK, length=100) for key in ("01", "02", "03"))
    under_way = job()
    assert under_way.seconds_left is None
    under_way.note_outline(planned)
    under_way._noted -= 60
    under_way.note_section(SectionText("01", "01", 1, "写好了。"))
    assert under_way.place == 2 and 110 <= under_way.seconds_left <= 125


def test_places_of_figures_under_way_are_shown_as_boxes():
    html = progress_html(job(tail="排查隐患{{f12}}，整改{{f1"), shipped_registry())
    assert "排查隐患□，整改□" in html


def test_a_failure_is_shown_as_its_sentence():
    html = progress_html(job(state=State.FAILED, message="模型服务连接不上。"), shipped_registry())
    assert 'role="alert">模型服务连接不上。' in html


def test_nothing_given_becomes_markup():
    evil = replace(FACT, name=EVIL, topic=EVIL, unit=EVIL, formula=EVIL, evidence=(Cell(EVIL, EVIL, EVIL, EVIL),))
    column = ColumnNote(EVIL, EVIL, EVIL, EVIL, EVIL, EVIL, 0, EVIL)
    notice = Notice(Severity.ERROR, "x", EVIL, Cell(EVIL, EVIL, EVIL))
    section = SectionText("01", EVIL, 1, EVIL, notices=(replace(notice, severity=Severity.WARNING),), missing=(EVIL,))
    pages = [
        facts_html([evil], [replace(evil, period=parse_period("2023"))], PERIOD),
        understood_html([sheet(file=EVIL, sheet=EVIL, year=EVIL, year_from=EVIL, columns=(column,))]),
        notices_html([notice]),
        imported_html(ImportReport("", (EVIL,), (EVIL,), (), (notice,), 1)),
        progress_html(job(section, tail=EVIL), shipped_registry()),
        progress_html(job(state=State.FAILED, message=EVIL), shipped_registry()),
    ]
    assert not [page for page in pages if "<script" in page]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    opened = open_workspace(load_settings(tmp_path_factory.mktemp("views") / "workspace"))
    ledger = Path(__file__).resolve().parents[2] / "corpus" / "ledger"
    import_ledger(opened, sorted(path for path in ledger.glob("*.*") if path.is_file()))
    yield opened
    opened.close()


def test_an_indicator_by_month_and_village_adds_up_to_its_figure(workspace):
    html = breakdown_html(workspace, "hazard.found", PERIOD, Desk(workspace).facts_in)
    whole = next(fact for fact in compute_facts(workspace, PERIOD) if fact.indicator == "hazard.found")
    by_month, by_year, by_village = html.split("<table")[1:]
    for part in (by_month, by_village):
        shown = re.findall(r'bar-line now"><i style="width:\d+%"></i><span>(\d+)处', part)
        assert sum(map(int, shown)) == whole.value
    assert "2023年" in by_month and "width:100%" in by_month
    assert [year in by_year for year in ("2022年", "2023年", "2024年", "2021年")] == [True, True, True, False]
    assert f"<span>{whole.value}处" in by_year


def test_an_indicator_the_ledger_only_totals_says_what_is_missing(workspace):
    assert "分不出月份和村" in breakdown_html(workspace, "hazard.found", parse_period("2019"), Desk(workspace).facts_in)
