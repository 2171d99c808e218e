"""`jushi draft` on the sample town."""

import json

import pytest
from docx import Document as open_docx

from assistant.shipped import shipped

PAST = shipped("corpus/past/2023年总结.docx")


@pytest.fixture
def imported(jushi):
    assert jushi("ledger", "import", shipped("corpus/ledger")).status == 0
    return jushi


def test_a_whole_report_without_a_model_every_figure_supported(imported, tmp_path):
    result = imported(
        "draft", "--kind", "annual", "--period", "2024", "--past", PAST, "--model", "none", "--out", "x.docx", "--json"
    )
    assert result.status == 0, result.err
    draft = json.loads(result.out)
    assert "2024年" in draft["title"]
    assert len(draft["sections"]) >= 8
    verdicts = [verdict for section in draft["sections"] for verdict in section["verdicts"]]
    assert len(verdicts) >= 40
    assert {verdict["verdict"] for verdict in verdicts} <= {"supported", "approx_ok"}
    for section in draft["sections"]:
        for verdict in section["verdicts"]:
            assert section["text"][verdict["start"] : verdict["end"]] == verdict["surface"]
    text = "\n".join(paragraph.text for paragraph in open_docx(str(tmp_path / "x.docx")).paragraphs)
    assert all(section["text"].split("\n")[0] in text for section in draft["sections"] if section["text"])


def test_a_half_year_report_says_nothing_of_the_whole_year(imported, tmp_path):
    past = shipped("corpus/past/2023年上半年总结.docx")
    result = imported("draft", "-k", "half-year", "-p", "2024H1", "--past", past, "--model", "none", "-o", "h.md")
    assert result.status == 0, result.err
    text = (tmp_path / "h.md").read_text(encoding="utf-8")
    assert "2024年上半年" in text
    assert "2023年上半年" not in text
    assert "下半年" in text


def test_a_report_without_any_past_summary_still_reads(imported):
    result = imported("draft", "-k", "annual", "-p", "2024", "--model", "none", "-o", "n.docx", "--json")
    assert result.status == 0, result.err
    assert len(json.loads(result.out)["sections"]) >= 5


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"--kind": "weekly"}, "weekly"),
        ({"--period": "2024X"}, "看不懂期间"),
        ({"--period": "2035"}, "2035"),
        ({"--past": "none.docx"}, "none.docx"),
        ({"--out": "no/such/x.docx"}, "no/such"),
        ({"--out": "x.pdf"}, "x.pdf"),
        ({"--model": "gpt"}, "JUSHI_LLM_BASE_URL"),
    ],
)
def test_what_cannot_be_used_gets_one_sentence_and_nothing_is_written(imported, tmp_path, change, says):
    options = {
        "--kind": "annual",
        "--period": "2024",
        "--model": "none",
        "--out": "x.docx",
        "--past": str(PAST),
    } | change
    result = imported("draft", *(part for pair in options.items() for part in pair))
    assert result.status == 2
    assert says in result.err
    assert "Traceback" not in result.err
    assert not list(tmp_path.glob("x.*"))


def test_an_endpoint_that_is_not_there_is_said_in_one_sentence(imported, tmp_path, monkeypatch):
    monkeypatch.setenv("JUSHI_LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("JUSHI_LLM_RETRIES", "0")
    result = imported("draft", "-k", "annual", "-p", "2024", "--past", PAST, "--model", "m", "--out", "x.docx")
    assert result.status == 2
    assert "连接不上" in result.err
    assert not (tmp_path / "x.docx").exists()
