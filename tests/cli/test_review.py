"""`jushi report submit|comment|return|sign|new-version`: with users everyone says who they are."""

import io
import json

import pytest
from report_in_review import FIRST, ID, begin, write

from assistant.settings import load_settings
from assistant.workspace import open_workspace

PASSWORD = "correct-horse-7"


@pytest.fixture
def reported(jushi, tmp_path):
    """A finished report in the folder the command runs in; the workspace, to edit it."""
    workspace = open_workspace(load_settings(tmp_path / "jushi-data"))
    begin(workspace)
    yield jushi, workspace
    workspace.close()


@pytest.fixture
def staffed(reported, monkeypatch):
    """The same with three users; `as_` runs a command as one of them."""
    jushi, _ = reported
    for name, role in (("admin", "admin"), ("wang", "secretary"), ("li", "reviewer")):
        monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD))
        assert jushi("user", "add", name, "--role", role, "--password-stdin").status == 0
    monkeypatch.setenv("JUSHI_USER_PASSWORD", PASSWORD)

    def as_(user, *arguments):
        return jushi("report", *arguments, "--user", user)

    return as_


def test_alone_at_the_machine_nobody_is_asked_who_they_are(reported):
    jushi, workspace = reported
    assert "在写" in jushi("report", "state", ID).out
    assert "已送审，本机用户" in jushi("report", "submit", ID).out
    write(workspace, "01", FIRST + "另有演练2场。", "本机用户")
    assert "重新送审" in jushi("report", "state", ID).out
    assert "送审以后又有改动" in jushi("report", "sign", ID).err
    assert jushi("report", "submit", ID).status == 0
    signed = json.loads(jushi("report", "sign", ID, "--json").out)
    assert (signed["status"], signed["changed"], signed["bound_hash"]) == ("signed", False, signed["content_hash"])
    assert f"{ID}-v2" in jushi("report", "new-version", ID).out
    assert f"新版是 {ID}-v2" in jushi("report", "state", ID).out
    assert f"由 {ID} 另起" in jushi("report", "state", f"{ID}-v2").out
    assert jushi("audit", "verify").status == 0
    listed = {each["id"]: each["status"] for each in json.loads(jushi("report", "list", "--json").out)}
    assert listed == {ID: "signed", f"{ID}-v2": "writing"}
    assert jushi("report", "list").out.count("已签发") == 1
    unknown = jushi("report", "submit", ID, "--user", "wang")
    assert (unknown.status, "还没有用户" in unknown.err) == (2, True)


def test_a_figure_is_commented_on_by_its_words(reported):
    jushi, workspace = reported
    made = json.loads(jushi("report", "comment", ID, "与台账不符", "--on", "23份", "--json").out)
    assert (made["section"], FIRST[made["start"] : made["end"]], made["lost"]) == ("01", "23份", False)
    assert jushi("report", "comment", ID, "总体不错").status == 0
    assert "没有“33份”" in jushi("report", "comment", ID, "x", "--on", "33份").err
    assert "02 节里没有“23份”" in jushi("report", "comment", ID, "x", "--on", "23份", "-s", "02").err
    assert "共有 2 处" in jushi("report", "comment", ID, "x", "--on", "，").err
    write(workspace, "01", "全年检查企业205家次。", "本机用户")
    listed = jushi("report", "comments", ID).out
    assert "01 节里原来的“23份”已经没有了" in listed
    assert "全文" in listed
    assert jushi("report", "resolve", ID, "1").status == 0
    assert len(json.loads(jushi("report", "comments", ID, "--json").out)) == 1
    assert "本机用户已处理" in jushi("report", "comments", ID, "--all").out


def test_with_users_everyone_says_who_they_are_and_does_what_their_role_allows(staffed, reported, monkeypatch):
    jushi, _ = reported
    nobody = jushi("report", "submit", ID)
    assert (nobody.status, "--user" in nobody.err) == (2, True)
    assert "不能“送审”" in staffed("li", "submit", ID).err
    assert staffed("wang", "submit", ID).status == 0
    assert "不能“签发”" in staffed("wang", "sign", ID).err
    assert staffed("li", "return", ID, "--why", "数字再核").status == 0
    assert "退回原因：数字再核" in jushi("report", "state", ID).out
    assert staffed("wang", "submit", ID).status == 0
    assert "已签发，li" in staffed("li", "sign", ID).out
    monkeypatch.setenv("JUSHI_USER_PASSWORD", "wrong-password")
    wrong = staffed("wang", "new-version", ID)
    assert (wrong.status, "用户名或密码不对" in wrong.err) == (2, True)
