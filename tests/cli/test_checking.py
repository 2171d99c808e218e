"""`jushi check` and `jushi quantities`."""

import io
import json
import sys

import pytest
from docx import Document as open_docx

FACTS = """topic,indicator,period,value,unit
检查执法,检查企业,2024,236,家次
检查执法,检查企业,2023,205,家次
检查执法,整改通知书,2024,23,份
"""
RIGHT = "2024年，全镇共检查企业236家次，下发整改通知书23份。"
WRONG = "2024年，全镇共检查企业205家次，下发整改通知书23份。"


@pytest.fixture
def facts(tmp_path):
    path = tmp_path / "facts.csv"
    path.write_text(FACTS, encoding="utf-8")
    return path


def text_file(folder, text, name="report.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clean_text_ends_with_status_0(jushi, facts, tmp_path):
    result = jushi("check", text_file(tmp_path, RIGHT), "--period", "2024", "--facts", facts)
    assert result.status == 0, result.err
    assert "属实" in result.out


def test_a_wrong_figure_ends_with_status_1_and_says_what_it_should_be(jushi, facts, tmp_path):
    result = jushi("check", text_file(tmp_path, WRONG), "--period", "2024", "--facts", facts)
    assert result.status == 1
    assert "236家次" in result.out


def test_json_names_the_figure_its_verdict_and_what_is_expected(jushi, facts, tmp_path):
    result = jushi("check", text_file(tmp_path, WRONG), "--period", "2024", "--facts", facts, "--json")
    verdicts = json.loads(result.out)["verdicts"]
    wrong = [item for item in verdicts if item["verdict"] == "contradicted"]
    assert [(WRONG[item["start"] : item["end"]], item["expected"], item["reason"]) for item in wrong] == [
        ("205家次", "236家次", "stale")
    ]


def test_text_may_come_from_standard_input(jushi, facts, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(RIGHT.encode())))
    assert jushi("check", "-", "--period", "2024", "--facts", facts).status == 0


def test_the_annotated_word_file_and_the_workbook_are_written(jushi, facts, tmp_path):
    document = open_docx()
    document.add_paragraph(WRONG)
    document.save(str(tmp_path / "report.docx"))
    for name in ("annotated.docx", "annotated.xlsx"):
        result = jushi("check", tmp_path / "report.docx", "-p", "2024", "--facts", facts, "--out", tmp_path / name)
        assert result.status == 1
        assert (tmp_path / name).stat().st_size > 1000
    assert [comment.text for comment in open_docx(str(tmp_path / "annotated.docx")).comments]


def test_a_figure_nothing_supports_passes_unless_strict(jushi, facts, tmp_path):
    file = text_file(tmp_path, RIGHT + "新购抽水泵7台。")
    assert jushi("check", file, "-p", "2024", "--facts", facts).status == 0
    assert jushi("check", file, "-p", "2024", "--facts", facts, "--strict").status == 1


def test_a_text_without_figures_does_not_pass(jushi, facts, tmp_path):
    result = jushi("check", text_file(tmp_path, "全镇安全形势平稳。"), "-p", "2024", "--facts", facts)
    assert result.status == 2
    assert "没有读到" in result.err


def test_without_any_ledger_the_text_is_checked_against_itself_and_does_not_pass(jushi, tmp_path):
    result = jushi("check", text_file(tmp_path, RIGHT), "-p", "2024")
    assert result.status == 2
    assert "没有可以对照的台账数据" in result.err


@pytest.mark.parametrize(
    ("make", "arguments", "says"),
    [
        (None, ["missing.txt", "-p", "2024"], "missing.txt"),
        (b"", ["bad.docx", "-p", "2024"], "bad.docx"),
        (b"\x00\x01 not a document", ["bad.docx", "-p", "2024"], "bad.docx"),
        (bytes(range(256)), ["bad.xyz", "-p", "2024"], "bad.xyz"),
        (RIGHT.encode(), ["bad.txt", "-p", "全年吧"], "看不懂期间"),
        (RIGHT.encode(), ["bad.txt", "-p", "2024", "--facts", "none.csv"], "none.csv"),
        (RIGHT.encode(), ["bad.txt", "-p", "2024", "--out", "x.pdf"], "x.pdf"),
        (RIGHT.encode(), ["bad.txt", "-p", "2024", "--out", "no/such/x.docx"], "no/such"),
        (RIGHT.encode(), ["bad.txt", "-p", "2024", "--workspace", "nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_status_2(jushi, tmp_path, make, arguments, says):
    if make is not None:
        (tmp_path / arguments[0]).write_bytes(make)
    before = sorted(tmp_path.iterdir())
    result = jushi("check", *arguments)
    assert result.status == 2
    assert says in result.err
    assert "Traceback" not in result.err
    assert len(result.err.strip().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_quantities_shows_what_was_read(jushi, tmp_path):
    file = text_file(tmp_path, RIGHT)
    assert "236家次" in jushi("quantities", file).out
    shapes = json.loads(jushi("quantities", file, "--json").out)
    assert [(item["surface"], item["value"], item["unit"]) for item in shapes if item["claim"]] == [
        ("236家次", "236", "家次"),
        ("23份", "23", "份"),
    ]
