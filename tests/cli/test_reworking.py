"""Sections written again: side by side, nothing stored until accepted, nobody's words lost."""

import json

import pytest

from assistant.settings import load_settings
from assistant.shipped import shipped
from assistant.store.drafts import load_draft, save_section
from assistant.workspace import open_workspace

PAST = shipped("corpus/past/2023年总结.docx")


@pytest.fixture
def drafted(jushi):
    assert jushi("ledger", "import", shipped("corpus/ledger")).status == 0
    made = jushi("draft", "-k", "annual", "-p", "2024", "--past", PAST, "--model", "none", "-o", "x.md", "--json")
    assert made.status == 0, made.err
    return jushi, json.loads(made.out)


def shown(jushi, draft, key):
    return json.loads(jushi("report", "show", draft, "--section", key, "--json").out)["sections"][0]


def section_with_comparison(draft):
    return next(each for each in draft["sections"] if "同比" in each["text"])


def test_alternatives_are_checked_and_stored_only_when_accepted(drafted):
    jushi, draft = drafted
    name, section = draft["id"], section_with_comparison(draft)
    key = section["key"]
    assert name in jushi("report", "list").out
    offered = jushi("redo", name, key, "--alternatives", "2", "--model", "none", "--json")
    assert offered.status == 0, offered.err
    alternatives = json.loads(offered.out)["alternatives"]
    assert alternatives
    assert len({section["text"], *(each["text"] for each in alternatives)}) == len(alternatives) + 1
    for each in alternatives:
        assert {verdict["verdict"] for verdict in each["verdicts"]} <= {"supported", "approx_ok"}
        for verdict in each["verdicts"]:
            assert each["text"][verdict["start"] : verdict["end"]] == verdict["surface"]
    assert shown(jushi, name, key)["text"] == section["text"]
    assert jushi("redo", name, key, "--accept", "3").status == 2
    accepted = jushi("redo", name, key, "--accept", "1")
    assert accepted.status == 0, accepted.err
    now = shown(jushi, name, key)
    assert now["text"] == alternatives[0]["text"]
    assert [revision["text"] for revision in now["revisions"]] == [section["text"], now["text"]]


def test_locked_sections_and_sentences_stay(drafted):
    jushi, draft = drafted
    name, section = draft["id"], section_with_comparison(draft)
    key = section["key"]
    sentence = next(each for each in section["text"].split("。") if "同比" in each) + "。"
    assert jushi("lock", name, key, "--sentence", "没有这句").status == 2
    assert json.loads(jushi("redo", name, key, "--model", "none", "--json").out)["alternatives"]
    assert jushi("lock", name, key, "--sentence", sentence).status == 0
    assert "锁定的句子" in jushi("redo", name, key, "--accept", "1").err  # written before the lock
    offered = json.loads(jushi("redo", name, key, "-n", "3", "--model", "none", "--json").out)["alternatives"]
    assert offered
    assert all(each["text"].count(sentence) == 1 for each in offered)
    assert jushi("lock", name, key).status == 0
    refused = jushi("redo", name, key, "--model", "none")
    assert refused.status == 2
    assert "jushi unlock" in refused.err
    assert jushi("redo", name, key, "--accept", "1").status == 2
    assert jushi("unlock", name, key).status == 0
    assert jushi("redo", name, key, "--model", "none").status == 0


def test_what_a_person_wrote_meanwhile_is_not_written_over(drafted, tmp_path):
    jushi, draft = drafted
    name, key = draft["id"], section_with_comparison(draft)["key"]
    assert jushi("redo", name, key, "--model", "none").status == 0
    workspace = open_workspace(load_settings(tmp_path / "jushi-data"))
    old = next(each for each in load_draft(workspace.engine, name).sections if each.key == key)
    save_section(workspace.engine, name, old, author="张三", why="编辑")
    workspace.close()
    refused = jushi("redo", name, key, "--accept", "1")
    assert refused.status == 2
    assert "没有保存" in refused.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--wish", "更精炼"], "没有模型"),
        (["-n", "9"], "最多"),
        (["--accept", "1", "--wish", "更精炼"], "--accept"),
        (["--accept", "1"], "还没有"),
    ],
)
def test_what_cannot_be_done_gets_one_sentence(drafted, arguments, says):
    jushi, draft = drafted
    result = jushi("redo", draft["id"], section_with_comparison(draft)["key"], "--model", "none", *arguments)
    assert result.status == 2
    assert says in result.err


def test_unknown_drafts_and_sections_get_one_sentence(drafted):
    jushi, draft = drafted
    assert "jushi report list" in jushi("redo", "nothing", "01").err
    assert "有的是" in jushi("lock", draft["id"], "99").err
