"""Drafting and redoing with a model behind real HTTP on loopback: what it costs, several sections at a time."""

import json
import re
from decimal import Decimal

import pytest

from assistant.shipped import shipped
from tests.endpoint import endpoint, writes_slots

PAST = shipped("corpus/past/2023年总结.docx")


@pytest.fixture
def served(jushi, monkeypatch):
    assert jushi("ledger", "import", shipped("corpus/ledger")).status == 0
    with endpoint(writes_slots) as server:
        monkeypatch.setenv("JUSHI_LLM_BASE_URL", server.base_url)
        monkeypatch.setenv("JUSHI_LLM_MODEL", "test")
        monkeypatch.setenv("JUSHI_LLM_CONCURRENCY", "3")
        yield jushi, monkeypatch


def test_a_report_says_what_it_took_and_a_section_can_be_redone_to_a_wish(served):
    jushi, monkeypatch = served
    monkeypatch.setenv("JUSHI_LLM_PRICE_IN", "0.5")
    monkeypatch.setenv("JUSHI_LLM_PRICE_OUT", "2")
    made = jushi("draft", "-k", "annual", "-p", "2024", "--past", PAST, "-o", "x.md", "--json")
    assert made.status == 0, made.err
    draft = json.loads(made.out)
    sections = draft["sections"]
    assert [each["key"] for each in sections] == sorted(each["key"] for each in sections)
    assert draft["tokens"] == sum(each["tokens"] for each in sections) > 0
    read = draft["tokens"] - draft["answer_tokens"]
    assert Decimal(draft["cost"]) == (read * Decimal("0.5") + draft["answer_tokens"] * 2) / 1000
    assert {verdict["verdict"] for each in sections for verdict in each["verdicts"]} <= {"supported", "approx_ok"}

    section = next(each for each in sections if each["writer"] == "model" and each["slots"])
    again = jushi("redo", draft["id"], section["key"], "--wish", "更精炼", "-n", "2", "--json")
    assert again.status == 0, again.err
    for each in json.loads(again.out)["alternatives"]:
        assert each["text"] != section["text"]
        assert {verdict["verdict"] for verdict in each["verdicts"]} <= {"supported", "approx_ok"}


def test_people_are_told_the_cost_of_each_section(served):
    jushi, _ = served
    made = jushi("draft", "-k", "annual", "-p", "2024", "-o", "x.md")
    assert made.status == 0, made.err
    assert re.search(r"合计：\d+ 个词元（输出 \d+），[\d.]+ 秒\n", made.out)
    assert re.search(r"写好：.*个词元", made.err)
