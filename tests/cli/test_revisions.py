"""`jushi report history|diff|restore|outdated`."""

import json

import pytest

from assistant.settings import load_settings
from assistant.workspace import open_workspace

TABLE = "石桥镇{year}年安全生产检查统计表,\n月份,检查企业（家次）\n1月,{value}\n"


@pytest.fixture
def report(jushi, tmp_path):
    """A drafted report whose ledger has changed since: its id, and the key of the section that is behind."""
    for year, value in ((2023, 40), (2024, 50)):
        (tmp_path / f"{year}.csv").write_text(TABLE.format(year=year, value=value), encoding="utf-8")
        assert jushi("ledger", "import", f"{year}.csv").status == 0
    made = json.loads(jushi("draft", "-k", "annual", "-p", "2024", "--model", "none", "-o", "x.md", "--json").out)
    (tmp_path / "2024.csv").write_text(TABLE.format(year=2024, value=30), encoding="utf-8")
    assert jushi("ledger", "import", "2024.csv").status == 0
    return made["id"], next(each["key"] for each in made["sections"] if "50家次" in each["text"])


def test_a_report_behind_its_ledger_is_brought_up_to_date_and_back(jushi, report):
    name, key = report
    assert "“50家次”　现在应为 30家次（2024.csv" in jushi("report", "outdated", name).out
    told = json.loads(jushi("report", "outdated", name, "--json").out)
    assert told["updated"] == [] and told["outdated"][0]["then"]["value"] == "50"
    done = jushi("report", "outdated", name, "--update")
    assert "50家次→30家次" in done.out and "（第 2 稿）" in done.out
    assert "没有过时的数字" in jushi("report", "outdated", name).out
    shown = jushi("report", "diff", name, key).out
    assert "第 1 稿 → 第 2 稿" in shown and "【删：50家次】【增：30家次】" in shown
    assert jushi("report", "diff", name).out.startswith(f"{key} ")
    assert jushi("report", "restore", name, key, "1").out == "已恢复成第 1 稿，存为第 3 稿。\n"
    newest = json.loads(jushi("report", "history", name, "--json").out)[0]
    assert (newest["number"], newest["why"], newest["current"]) == (3, "恢复第 1 稿", True)
    assert "本机用户　恢复第 1 稿" in jushi("report", "history", name).out.splitlines()[0]


def test_pieces_put_together_are_the_two_states(jushi, report):
    name, key = report
    jushi("report", "outdated", name, "--update")
    [compared] = json.loads(jushi("report", "diff", name, key, "--json").out)
    section = json.loads(jushi("report", "show", name, "--section", key, "--json").out)["sections"][0]
    for side, revision in (("before", 0), ("after", 1)):
        joined = "".join(piece[side] for piece in compared["pieces"])
        assert joined.endswith(section["revisions"][revision]["text"])


def test_the_title_can_be_looked_at_and_restored(jushi, report, tmp_path):
    from assistant.revising import open_draft, save_text
    from assistant.workflow import draft_text

    name, _ = report
    workspace = open_workspace(load_settings(tmp_path / "jushi-data"))
    opened = open_draft(workspace, name)
    title = opened.draft.title
    save_text(workspace, name, draft_text(opened.draft).replace(title, "新题目"), opened.base, author="张三")
    workspace.close()
    assert "【增：新题目】" in jushi("report", "diff", name, "标题").out
    number = len([each for each in json.loads(jushi("report", "history", name, "--json").out) if not each["section"]])
    assert jushi("report", "restore", name, "标题", number - 1).status == 0
    assert title in jushi("report", "list").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("history", "x"), "没有编号为“x”的稿子"),
        (("diff", "{}", "77"), "没有第 1 稿（没有这一节）"),
        (("diff", "{}", "--to", "3"), "请同时写明是哪一节"),
        (("restore", "{}", "00", "9"), "没有第 9 稿"),
        (("outdated", "x"), "没有编号为“x”的稿子"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(jushi, report, arguments, said):
    result = jushi("report", *(each.format(report[0]) for each in arguments))
    assert result.status == 2 and said in result.err and "Traceback" not in result.err


def test_a_locked_section_is_named_and_left(jushi, report):
    name, key = report
    jushi("lock", name, key)
    assert "已锁定，数字没有更新" in jushi("report", "outdated", name, "--update").out
