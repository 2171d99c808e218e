import time
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.periods import parse_period
from assistant.records import ReportKind
from assistant.settings import load_settings
from assistant.store.drafts import load_draft
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from ui.jobs import Jobs, Order, State

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
PAST = CORPUS / "past" / "2023年总结.docx"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    opened = open_workspace(load_settings(tmp_path_factory.mktemp("jobs") / "workspace"))
    import_ledger(opened, sorted(path for path in (CORPUS / "ledger").glob("*.*") if path.is_file()))
    yield opened
    opened.close()


def order(period="2024", **changes):
    given = {"kind": ReportKind.ANNUAL, "unit_name": "", "past": (PAST,), "model": "none", **changes}
    return Order(period=parse_period(period), **given)


def finish(job):
    for _ in range(600):
        if job.state is not State.RUNNING:
            return job
        time.sleep(0.05)
    raise AssertionError("the drafting did not end")


def test_a_draft_is_written_section_by_section_and_kept(workspace):
    job = finish(Jobs(workspace).start(order()))
    assert job.state is State.DONE, job.message
    stored = load_draft(workspace.engine, job.draft_id)
    assert [section.key for section in stored.sections] == sorted(section.key for section in job.sections)


def test_the_unit_is_the_one_the_person_gave(workspace):
    job = finish(Jobs(workspace).start(order(unit_name="石桥镇", past=())))
    assert load_draft(workspace.engine, job.draft_id).unit_name == "石桥镇"


def test_a_stopped_drafting_keeps_its_sections_and_is_gone_on_with(workspace):
    jobs = Jobs(workspace)
    job = jobs.start(order("2023"))
    job.stop.set()
    finish(job)
    assert job.state is State.STOPPED and "接着写" in job.message
    written = len(job.sections)
    again = finish(jobs.start(order("2023")))
    assert again.state is State.DONE
    assert again.draft_id == "annual-2023-1" and len(again.sections) > written


def test_the_same_report_is_not_drafted_twice_at_once(workspace):
    jobs = Jobs(workspace)
    first = jobs.start(order("2024H1", kind=ReportKind.HALF_YEAR))
    with pytest.raises(InputError, match="正在起草"):
        jobs.start(order("2024H1", kind=ReportKind.HALF_YEAR))
    finish(first)


def test_what_goes_wrong_is_one_sentence(workspace):
    job = finish(Jobs(workspace).start(order("2019")))
    assert job.state is State.FAILED
    assert "2019" in job.message and "Traceback" not in job.message
    missing = finish(Jobs(workspace).start(order(past=(Path("没有.docx"),))))
    assert missing.state is State.FAILED and "没有.docx" in missing.message


def test_a_page_just_opened_sees_the_running_job(workspace):
    jobs = Jobs(workspace)
    assert jobs.latest() is None
    done = finish(jobs.start(order()))
    assert jobs.latest() is done and jobs.find(done.number) is done
