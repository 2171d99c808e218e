"""Small versions of the faults: nothing is lost, and the person is told."""

from assistant.records import ReportKind
from assistant.workflow import import_ledger, write_draft
from evals import faults_kill
from evals.faults_runs import LEDGER, YEAR, Outcome, Run, broken_files, opened, shown


def test_the_clock_goes_back_between_submission_and_signature(tmp_path):
    with opened(tmp_path) as workspace:
        import_ledger(workspace, [LEDGER])
        write_draft(workspace, ReportKind.ANNUAL, YEAR, model="none")
    outcome = faults_kill.clock_back(tmp_path)
    assert outcome.lost == []


def test_a_traceback_or_no_word_for_people_is_a_loss():
    outcome = Outcome("disk full", "x")
    outcome.tell(Run(2, "", "出错了：磁盘满了，请腾出空间。"), "import")
    outcome.tell(Run(1, "", "Traceback (most recent call last)\nOSError: x"), "draft")
    assert outcome.told == ["出错了：磁盘满了，请腾出空间。"]
    assert len(outcome.lost) == 1
    assert "磁盘满了" in shown([outcome])


def test_files_there_by_half_are_found(tmp_path):
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.json").write_text('{"a": 1}', encoding="utf-8")
    assert broken_files(tmp_path) == ["a.docx"]
