"""All towns of a county in one go: resumable, concurrent, one town's trouble its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from endpoint import endpoint, fails, writes_slots
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from assistant.county.batch import plan_batch, run_batch
from assistant.county.report import write_county_report
from assistant.county.town import Status, draft_town
from assistant.errors import InputError, SettingsError
from assistant.ledger.problems import towns
from assistant.periods import parse_period
from assistant.records import ReportKind, VerdictKind
from assistant.retrieval.loaders import load_document
from assistant.store.drafts import list_drafts
from assistant.workspace import compute_facts, open_workspace
from tests.county.parts import write_ledger

YEAR = parse_period("2024")


def planned(settings, county, **given):
    return plan_batch(settings, county, ReportKind.ANNUAL, YEAR, **{"model": "none", **given})


def run_here(plan, monkeypatch):
    """A batch in this process: the same work without waiting for processes to start."""
    monkeypatch.setattr("assistant.county.batch._processes", lambda jobs, _workers: map(draft_town, jobs))
    return {result.town: result for result in run_batch(plan)}


def test_every_town_is_drafted_checked_and_written_in_processes(settings, county):
    plan = planned(settings, county, workers=2)
    seen = []
    results = run_batch(plan, seen.append)
    assert sorted(result.town for result in seen) == sorted(result.town for result in results)
    by_town = {result.town: result for result in results}
    assert by_town["柳河镇"].status is Status.MISSING
    yunxi = by_town["云溪镇"]
    assert (yunxi.status, yunxi.verdicts["contradicted"], yunxi.tokens) == (Status.DONE, 0, 0)
    assert yunxi.verdicts["supported"] > 3
    assert yunxi.facts >= 4
    assert "检查企业210家次" in load_document(plan.out / "云溪镇.docx").text
    assert "检查企业90家次" in load_document(plan.out / "石门乡.docx").text


def test_one_database_holds_all_towns_and_each_is_asked_by_name(settings, county, monkeypatch):
    run_here(planned(settings, county), monkeypatch)
    workspace = open_workspace(settings)
    assert towns(workspace.engine) == ["云溪镇", "安平街道", "石门乡"]
    assert len({item.id for item in list_drafts(workspace.engine)}) == 3
    workspace.close()
    for town, expected in (("云溪镇", 210), ("石门乡", 90)):
        workspace = open_workspace(settings.model_copy(update={"town": town}))
        found = {fact.indicator: fact.value for fact in compute_facts(workspace, YEAR) if fact.measure == "value"}
        assert found["inspection.enterprises"] == expected
        workspace.close()


def test_what_is_finished_is_not_done_again_and_what_changed_is(settings, county, monkeypatch):
    first = run_here(planned(settings, county), monkeypatch)
    written = (planned(settings, county).out / "石门乡.docx").stat().st_mtime_ns
    write_ledger(county / "云溪镇", 2024, (100, 30, 30), (120, 20, 17))
    (county / "安平街道" / "2023.xlsx").unlink()
    second = run_here(planned(settings, county), monkeypatch)
    assert [second[town].status for town in ("云溪镇", "石门乡", "安平街道")] == [Status.DONE, Status.KEPT, Status.DONE]
    assert second["石门乡"].verdicts == first["石门乡"].verdicts
    out = planned(settings, county).out
    assert (out / "石门乡.docx").stat().st_mtime_ns == written
    assert "检查企业220家次" in load_document(out / "云溪镇.docx").text
    assert "同比" not in load_document(out / "安平街道.docx").text, "a file taken away is forgotten"


def test_a_report_that_was_deleted_is_written_again(settings, county, monkeypatch):
    run_here(planned(settings, county), monkeypatch)
    (planned(settings, county).out / "石门乡.docx").unlink()
    assert run_here(planned(settings, county), monkeypatch)["石门乡"].status is Status.DONE


def test_everything_is_done_again_where_that_is_asked_for(settings, county, monkeypatch):
    run_here(planned(settings, county), monkeypatch)
    assert run_here(planned(settings, county, again=True), monkeypatch)["石门乡"].status is Status.DONE


def test_a_town_with_bad_files_never_stops_the_others(settings, county, monkeypatch):
    (county / "石门乡" / "2024.xlsx").write_bytes(b"PK\x03\x04 damaged")
    (county / "石门乡" / "2023.xlsx").write_bytes(b"")
    (county / "云溪镇" / "附件.xlsx").write_bytes(b"PK\x03\x04 damaged")
    (county / "云溪镇" / "2023年总结.docx").write_bytes(b"no Word file")
    results = run_here(planned(settings, county), monkeypatch)
    assert results["石门乡"].status is Status.FAILED
    assert "2024.xlsx" in results["石门乡"].message
    assert results["云溪镇"].status is Status.DONE
    assert "附件.xlsx" in results["云溪镇"].message
    assert "2023年总结.docx" in results["云溪镇"].message
    assert results["安平街道"].status is Status.DONE


def test_a_town_without_figures_of_the_period_is_told(settings, county, monkeypatch):
    (county / "石门乡" / "2024.xlsx").unlink()
    results = run_here(planned(settings, county), monkeypatch)
    assert results["石门乡"].status is Status.FAILED
    assert "石门乡 2024" in results["石门乡"].message


def test_a_record_cut_short_by_a_kill_is_no_record(settings, county, monkeypatch):
    plan = planned(settings, county)
    run_here(plan, monkeypatch)
    record = plan.out / ".jushi-batch" / "石门乡.json"
    record.write_text(record.read_text(encoding="utf-8")[:40], encoding="utf-8")
    assert run_here(plan, monkeypatch)["石门乡"].status is Status.DONE


def test_a_batch_killed_at_any_moment_is_gone_on_with(settings, county):
    code = (
        "import sys; from assistant.cli.app import main; "
        "sys.argv = ['jushi', 'batch', sys.argv[1], '-k', 'annual', '-p', '2024', '-w', sys.argv[2], '--workers', '1',"
        " '--model', 'none', '--no-rollup']; main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(county), str(settings.workspace)],
        stdout=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )
    record = planned(settings, county).out / ".jushi-batch"
    until = time.monotonic() + 60
    while not list(record.glob("*.json")) and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    finished = {path.stem for path in record.glob("*.json")}
    assert finished
    results = {result.town: result for result in run_batch(planned(settings, county, workers=1))}
    assert {town for town, result in results.items() if result.status is Status.KEPT} >= finished
    assert all(results[town].status in (Status.DONE, Status.KEPT) for town in ("云溪镇", "石门乡", "安平街道"))
    workspace = open_workspace(settings)
    kept = [item.id for item in list_drafts(workspace.engine)]
    workspace.close()
    assert sorted(kept) == ["annual-2024-云溪镇-1", "annual-2024-安平街道-1", "annual-2024-石门乡-1"]


def test_with_a_model_towns_are_written_at_the_same_time(settings, county):
    with endpoint(writes_slots) as server:
        with_model = settings.model_copy(update={"llm_base_url": server.base_url, "llm_model": "test-model"})
        results = {r.town: r for r in run_batch(planned(with_model, county, model=None, workers=3))}
        assert results["云溪镇"].status is Status.DONE
        assert results["云溪镇"].tokens > 0
        assert results["云溪镇"].verdicts["contradicted"] == 0
        asked = len(server.requests)
        again = {r.town: r for r in run_batch(planned(with_model, county, model=None, workers=3))}
        assert (again["云溪镇"].status, len(server.requests)) == (Status.KEPT, asked)


def test_an_endpoint_that_refuses_is_each_towns_failure(settings, county):
    with endpoint(fails(401)) as server:
        with_model = settings.model_copy(update={"llm_base_url": server.base_url, "llm_model": "test-model"})
        results = {r.town: r for r in run_batch(planned(with_model, county, model=None, workers=2))}
    assert results["云溪镇"].status is Status.FAILED
    assert "密钥" in results["云溪镇"].message


def test_what_a_person_wrote_in_the_list_of_towns_stays(settings, county, monkeypatch):
    settings.workspace.mkdir()
    (settings.workspace / "towns.txt").write_text("# 名单\n上河镇\n云溪镇\n", encoding="utf-8")
    run_here(planned(settings, county), monkeypatch)
    lines = (settings.workspace / "towns.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["# 名单", "上河镇", "云溪镇", "安平街道", "柳河镇", "石门乡"]


def test_bad_plans_are_refused_before_anything_is_written(settings, county, tmp_path):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="--out"):
        planned(settings, county, out=tmp_path / "file")
    with pytest.raises(SettingsError, match="test-model"):
        planned(settings, county, model="test-model")
    assert not settings.workspace.exists()


def test_a_model_in_a_file_is_loaded_once(settings, county, tmp_path):
    (tmp_path / "small.gguf").write_bytes(b"GGUF" + bytes(60))
    local = settings.model_copy(update={"llm_gguf": tmp_path / "small.gguf"})
    plan = planned(local, county, model=None, workers=4)
    assert (plan.writer, plan.workers) == ("small", 1)


def test_results_are_kept_as_plain_json(settings, county, monkeypatch):
    plan = planned(settings, county)
    run_here(plan, monkeypatch)
    known = json.loads((plan.out / ".jushi-batch" / "云溪镇.json").read_text(encoding="utf-8"))
    assert known["town"] == "云溪镇"


@pytest.mark.postgres
def test_towns_imported_at_once_share_a_postgresql_database(settings, county, postgres_url):  # noqa: F811
    for number, name in enumerate(("新甲镇", "新乙镇", "新丙乡", "新丁乡")):
        write_ledger(county / name, 2024, (10 + number, 1, 1))
    shared = settings.model_copy(update={"database_url": postgres_url})
    results = {result.town: result for result in run_batch(planned(shared, county, workers=3))}
    assert all(result.status is Status.DONE for result in results.values() if result.town != "柳河镇")
    workspace = open_workspace(shared)
    assert len({item.id for item in list_drafts(workspace.engine)}) == 7
    report = write_county_report(workspace, ReportKind.ANNUAL, YEAR)
    total = next(fact for fact in report.towns.totals if fact.indicator == "inspection.enterprises")
    assert total.value == 600 + 10 + 11 + 12 + 13
    assert report.check.count(VerdictKind.SUPPORTED) == len(report.check.verdicts)
    workspace.close()
