"""`jushi report export|import|verify` on the command line."""

import json
import zipfile

import pytest
from docx import Document as open_docx

from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from tests.wordfiles.parts import LEDGER, find, report, retype, save

DRAFT = "annual-2024-1"


@pytest.fixture
def ready(jushi, tmp_path):
    """The command in a folder whose workspace holds a report."""
    (tmp_path / "2024.csv").write_text(LEDGER, encoding="utf-8-sig")
    opened = open_workspace(load_settings(tmp_path / "jushi-data"))
    import_ledger(opened, [tmp_path / "2024.csv"])
    save(opened, report())
    opened.close()
    return jushi


def change(path):
    document = open_docx(str(path))
    retype(find(document, "全年检查"), "全年检查企业125家次，排查安全隐患60处，整改60处，整改率100%。")
    retype(find(document, "落实党政"), "落实党政同责、一岗双责。")
    document.save(str(path))


def test_out_to_word_and_back(ready, tmp_path):
    made = ready("report", "export", DRAFT, "--out", "总结.docx", "--annex", "--comments")
    assert made.status == 0, made.err
    assert "没有改动" in ready("report", "import", "总结.docx").out
    change(tmp_path / "总结.docx")
    shown = ready("report", "import", "总结.docx")
    assert "与台账不符：125家次，台账是 120家次" in shown.out
    assert "稿子没有改动" in shown.out
    told = json.loads(ready("report", "import", "总结.docx", "--accept", "1", "--json").out)
    assert (told["accepted"], told["changed"]) == ([1], ["01.01"])
    assert [each["kind"] for each in told["proposals"]] == ["changed", "changed"]
    assert "落实党政同责、一岗双责。" in ready("report", "show", DRAFT, "--section", "01.01").out
    assert "125" not in ready("report", "show", DRAFT, "--section", "01.02").out


def test_accept_takes_lists_and_ranges(ready, tmp_path):
    ready("report", "export", DRAFT, "-o", "总结.docx")
    change(tmp_path / "总结.docx")
    assert ready("report", "import", "总结.docx", "--accept", "x").status == 2
    assert ready("report", "import", "总结.docx", "--accept", "1-2").status == 0
    assert "没有改动" in ready("report", "import", "总结.docx").out


def test_markdown_and_the_evidence_package(ready, tmp_path):
    assert ready("report", "export", DRAFT, "-o", "总结.md").status == 0
    assert (tmp_path / "总结.md").read_text(encoding="utf-8").startswith("# 青梧镇2024年")
    told = json.loads(ready("report", "export", DRAFT, "-o", "证据.zip", "--json").out)
    assert "index.html" in told["files"]
    assert ready("report", "export", DRAFT, "-o", "证据.zip", "--annex").status == 2
    checked = json.loads(ready("report", "verify", "证据.zip", "--json").out)
    assert (checked["good"], checked["digest"], checked["draft"]) == (True, told["digest"], DRAFT)
    with zipfile.ZipFile(tmp_path / "证据.zip", "a") as archive:
        archive.writestr("more.txt", "?")
    bad = ready("report", "verify", "证据.zip")
    assert bad.status == 1
    assert "more.txt" in bad.out


def test_another_ending_and_an_unknown_draft_are_one_sentence(ready):
    assert "结尾" in ready("report", "export", DRAFT, "-o", "总结.doc").err
    assert "没有编号" in ready("report", "export", "annual-1999-1", "-o", "总结.docx").err
