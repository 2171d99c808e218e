import time
from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.retrieval.listing import Outcome
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from ui.holdings import Holdings
from ui.suggestions import suggested

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path / "workspace", embedding="none"))
    yield opened
    opened.close()


@pytest.fixture
def holdings(workspace):
    kept = Holdings(workspace)
    yield kept
    wait_for(kept)
    if library := kept.library():
        library.close()


def wait_for(holdings: Holdings) -> None:
    for _ in range(600):
        if not holdings.working:
            return
        time.sleep(0.05)
    raise AssertionError("the import does not end")


def test_before_the_first_import_there_is_no_library(workspace, holdings):
    assert holdings.library() is None
    assert holdings.sources() == []
    assert not (workspace.folder / "library").exists()


def test_files_are_taken_in_behind_and_every_outcome_is_kept(tmp_path, holdings):
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 cut off")
    holdings.take([CORPUS / "regulations" / "消防法（摘要）.md", broken])
    assert holdings.standing.busy
    wait_for(holdings)
    assert [added.outcome for added in holdings.standing.files] == [Outcome.ADDED, Outcome.REFUSED]
    assert [source.name for source in holdings.sources()] == ["消防法（摘要）.md"]
    assert not holdings.standing.busy


def test_a_summary_is_kept_for_drafting_a_law_is_not(workspace, holdings):
    holdings.take([CORPUS / "past" / "2022年总结.docx", CORPUS / "regulations" / "消防法（摘要）.md"])
    wait_for(holdings)
    assert [path.name for path in (workspace.folder / "past").iterdir()] == ["2022年总结.docx"]


def test_questions_see_what_has_been_imported_since(workspace, holdings):
    assert holdings.asking_desk().search is None
    holdings.take([CORPUS / "regulations" / "消防法（摘要）.md"])
    wait_for(holdings)
    assert holdings.asking_desk().search is not None
    holdings.remove("消防法（摘要）.md")
    assert holdings.asking_desk().search is None


def test_removing_what_is_not_there_is_refused(holdings):
    holdings.take([CORPUS / "regulations" / "消防法（摘要）.md"])
    wait_for(holdings)
    with pytest.raises(InputError, match="没有“无.md”"):
        holdings.remove("无.md")


def test_only_questions_that_have_an_answer_are_suggested(workspace, holdings):
    assert suggested(holdings.asking_desk(), holdings.sources()) == []
    import_ledger(workspace, sorted(path for path in (CORPUS / "ledger").glob("*.*") if path.is_file()))
    holdings.forget()
    questions = suggested(holdings.asking_desk(), holdings.sources())
    assert questions and all("2024年" in question for question in questions)
    holdings.take(sorted((CORPUS / "regulations").glob("*.md")))
    wait_for(holdings)
    assert len(suggested(holdings.asking_desk(), holdings.sources())) > len(questions)
