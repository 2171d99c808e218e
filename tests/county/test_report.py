"""The county's report: sums, rankings, changes, who is missing; checked like anybody's, down to the cells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from assistant.county.report import export_county_report, of_county, write_county_report
from assistant.errors import InputError
from assistant.ledger.facts import county_facts
from assistant.periods import parse_period
from assistant.records import ReportKind, VerdictKind
from assistant.retrieval.loaders import load_document
from assistant.store.drafts import load_draft
from assistant.workflow import check_document, check_draft, draft_text, import_ledger
from assistant.workspace import facts_around, open_workspace
from tests.county.parts import write_ledger

YEAR = parse_period("2024")


@pytest.fixture(scope="module")
def report(workspace):
    return write_county_report(workspace, ReportKind.ANNUAL, YEAR, county="清河县", today=date(2025, 1, 6))


def values(facts):
    return {(fact.indicator, fact.measure): fact.value for fact in facts}


def test_totals_are_sums_and_rates_come_from_the_sums(workspace):
    found = values(county_facts(workspace.engine, YEAR, workspace.registry))
    assert found["inspection.enterprises", "value"] == 600
    assert found["hazard.found", "value"] == 200
    assert found["hazard.rectified", "value"] == 175
    assert found["hazard.rate", "value"] == Decimal("87.5"), "the towns' own rates average otherwise"
    assert found["inspection.enterprises", "yoy_diff"] == 40


def test_a_total_leads_to_the_towns_facts_and_their_cells(workspace):
    facts = facts_around(of_county(workspace), YEAR)
    by_id = {fact.id: fact for fact in facts}
    total = next(fact for fact in facts if fact.indicator == "inspection.enterprises" and not fact.place)
    parts = [by_id[identity] for identity in total.inputs]
    assert {part.place for part in parts} == {"云溪镇", "石门乡", "安平街道"}
    assert sum(part.value for part in parts) == total.value
    assert {cell.file for cell in total.evidence} == {"云溪镇/2024.xlsx", "石门乡/2024.xlsx", "安平街道/2024.xlsx"}
    assert "云溪镇210" in total.formula


def test_no_comparison_where_a_town_is_on_one_side_only(tmp_path, settings):
    write_ledger(tmp_path / "云溪镇", 2024, (100, 30, 30))
    write_ledger(tmp_path / "云溪镇", 2023, (80, 30, 30))
    write_ledger(tmp_path / "柳河镇", 2024, (80, 10, 10))
    for town in ("云溪镇", "柳河镇"):
        import_ledger(open_workspace(settings.model_copy(update={"town": town})), [tmp_path / town])
    opened = open_workspace(settings)
    found = values(county_facts(opened.engine, YEAR, opened.registry))
    assert found["inspection.enterprises", "value"] == 180
    assert ("inspection.enterprises", "yoy_percent") not in found


def test_the_report_says_who_reported_totals_rankings_and_changes(report):
    text = draft_text(report.draft)
    assert text.startswith("清河县2024年安全生产工作情况汇总")
    assert "应报送台账的乡镇（街道）共4个，已报送3个，未报送1个，为柳河镇。" in text
    assert "检查企业600家次，同比上升7.1%" in text
    assert "整改率87.5%" in text
    assert "检查企业依次为安平街道（300家次）、云溪镇（210家次）、石门乡（90家次）" in text
    assert "检查企业上升较多的有云溪镇（210家次，同比上升40%）" in text
    assert "，下降较多的有石门乡（90家次，同比下降25%）" in text
    assert "低于这一水平的有石门乡（58%）" in text
    assert "督促柳河镇尽快报送台账" in text
    assert "全镇" not in text
    assert report.draft.signed_on == "2025年1月6日"


def test_every_figure_of_the_report_is_supported(report):
    assert len(report.check.verdicts) > 20
    assert {verdict.verdict for verdict in report.check.verdicts} == {VerdictKind.SUPPORTED}
    assert not [finding for finding in report.check.findings if finding.severity.name == "ERROR"]
    for quantity in report.check.quantities:
        assert report.check.text[quantity.start : quantity.end] == quantity.surface


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("检查企业600家次", "检查企业610家次"),
        ("安平街道（300家次）", "安平街道（210家次）"),
        ("石门乡（58%）", "石门乡（68%）"),
        ("云溪镇（210家次，同比上升40%）", "云溪镇（210家次，同比上升30%）"),
        ("未报送1个", "未报送2个"),
        ("整改率87.5%", "整改率84%"),
    ],
)
def test_a_figure_changed_by_hand_is_found(workspace, report, said, instead):
    draft = report.draft
    assert said in draft_text(draft)
    sections = tuple(replace(each, text=each.text.replace(said, instead, 1)) for each in draft.sections)
    again = check_draft(workspace, replace(draft, sections=sections))
    wrong = {verdict.surface for verdict in again.verdicts if verdict.verdict is VerdictKind.CONTRADICTED}
    assert len(wrong) == 1 and wrong.pop() in instead


def test_it_is_kept_among_the_drafts_and_written_once(workspace, report):
    again = write_county_report(workspace, ReportKind.ANNUAL, YEAR, county="清河县", today=date(2025, 1, 6))
    kept = load_draft(workspace.engine, report.draft.id)
    assert draft_text(kept) == draft_text(again.draft)
    assert report.draft.id == again.draft.id == "annual-2024-county-1"


def test_word_and_table_are_written_and_the_word_file_is_checked_whole(workspace, report, tmp_path):
    from openpyxl import load_workbook

    out = tmp_path / "汇总.docx"
    export_county_report(report, out, workspace.registry)
    facts = facts_around(of_county(workspace), YEAR)
    read_back = check_document(load_document(out), facts, YEAR, workspace.registry)
    assert read_back.count(VerdictKind.SUPPORTED) == report.check.count(VerdictKind.SUPPORTED)
    rows = list(load_workbook(tmp_path / "汇总.xlsx")["汇总表"].iter_rows(values_only=True))
    head = rows[0]
    found, rate = head.index("排查安全隐患（处）"), head.index("隐患整改率（%）")
    assert [row[0] for row in rows[1:]] == ["合计", "云溪镇", "安平街道", "石门乡", "柳河镇"]
    assert [row[found] for row in rows[1:]] == [200, 50, 100, 50, "未报送"]
    assert rows[1][rate] == 87.5


def test_nothing_to_add_up_is_said(settings):
    empty = open_workspace(settings)
    with pytest.raises(InputError, match="没有一个乡镇"):
        write_county_report(empty, ReportKind.ANNUAL, YEAR)
    empty.close()


def test_a_city_speaks_of_itself_as_a_city(workspace):
    report = write_county_report(workspace, ReportKind.ANNUAL, YEAR, county="清河市")
    text = draft_text(report.draft)
    assert "全市隐患整改率为87.5%" in text
    assert "全县" not in text
    assert {verdict.verdict for verdict in report.check.verdicts} == {VerdictKind.SUPPORTED}
