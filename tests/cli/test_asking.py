"""`jushi ask`, `jushi index …` and `jushi search`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from assistant.cli import asking, indexing
from assistant.errors import InputError, UnreadableFile
from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace

CORPUS = Path(__file__).parent.parent.parent / "corpus"
app = typer.Typer()
app.add_typer(indexing.app, name="index")
app.command("search")(indexing.search)
app.command("ask")(asking.ask)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("asked") / "jushi-data"
    workspace = open_workspace(load_settings(path))
    import_ledger(workspace, [CORPUS / "ledger"])
    workspace.close()
    return path


@pytest.fixture(autouse=True)
def _words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vectors are the library's own matter; here it finds by words."""
    monkeypatch.setattr("assistant.retrieval.embedding._installed", lambda _package: False)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_an_answer_as_json_has_the_promised_shape(folder: Path) -> None:
    given = json.loads(run("ask", "2024年检查了多少家企业？", "--json", "-w", str(folder)))
    assert {"answer", "figures", "citations", "declined", "reason"} <= given.keys()
    figure = given["figures"][0]
    assert (figure["value"], figure["unit"], figure["period"], figure["indicator"]) == (
        "268",
        "家次",
        "2024",
        "inspection.enterprises",
    )
    assert figure["evidence"][0].keys() == {"file", "sheet", "cell"}


def test_a_person_sees_the_figure_and_its_cells(folder: Path) -> None:
    shown = run("ask", "2024年检查了多少家企业？", "-w", str(folder))
    assert "268家次" in shown and "依据" in shown


def test_a_file_of_questions_is_answered_line_by_line(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    lines = [{"id": "a", "question": "2024年整改率多少？"}, {"id": "b", "question": "2019年出了几起事故？"}]
    questions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    answers = [json.loads(line) for line in run("ask", "--jsonl", str(questions), "-w", str(folder)).splitlines()]
    assert [(each["id"], each["declined"]) for each in answers] == [("a", False), ("b", True)]


def test_bad_lines_are_named_together(folder: Path, tmp_path: Path) -> None:
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1}\n{"id": "b", "question": "整改率？"}\nnonsense\n', encoding="utf-8")
    with pytest.raises(UnreadableFile, match="第1、3行"):
        run("ask", "--jsonl", str(questions), "-w", str(folder))


def test_a_question_or_a_file_is_needed(folder: Path) -> None:
    with pytest.raises(InputError):
        run("ask", "-w", str(folder))


def test_the_library_is_filled_listed_searched_and_emptied(folder: Path) -> None:
    added = run("index", "add", str(CORPUS / "regulations"), "-w", str(folder))
    assert added.count("已导入") == len(list((CORPUS / "regulations").iterdir()))
    listed = json.loads(run("index", "list", "--json", "-w", str(folder)))
    assert {source["kind"] for source in listed} == {"law"}
    hits = json.loads(run("search", "安全生产法第二十一条", "--json", "-w", str(folder)))
    assert hits[0]["article"] == "21"
    given = json.loads(run("ask", "安全生产法第二十一条说什么？", "--json", "-w", str(folder)))
    assert given["citations"][0]["article"] == "第二十一条"
    name = listed[0]["file"]
    assert "已删除" in run("index", "remove", name, "-w", str(folder))
    assert name not in run("index", "list", "-w", str(folder))
    assert "已重建" in run("index", "rebuild", "-w", str(folder))
