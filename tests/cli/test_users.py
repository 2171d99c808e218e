"""`jushi user …` and `jushi audit …` as the one who looks after the machine runs them."""

import io
import json
import sqlite3

import pytest
import typer

PASSWORD = "correct-horse-7"


@pytest.fixture
def typed(monkeypatch):
    """What standard input holds."""

    def type_(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return type_


@pytest.fixture
def asked(monkeypatch):
    """Answers to what is asked without echo, in order; the questions are kept."""
    questions, answers = [], []

    def prompt(text, *, hide_input, err):
        assert hide_input
        questions.append(text)
        return answers.pop(0)

    monkeypatch.setattr(typer, "prompt", prompt)
    return questions, answers


@pytest.fixture
def staffed(jushi, typed):
    typed(PASSWORD + "\n")
    assert jushi("user", "add", "admin", "--role", "admin", "--password-stdin").status == 0
    typed(PASSWORD + "\n")
    assert jushi("user", "add", "张三", "-r", "secretary", "--display", "张秘书", "--password-stdin").status == 0
    return jushi


def test_the_first_user_is_an_administrator_and_from_then_on_the_page_asks_for_a_login(jushi, typed):
    typed(PASSWORD)
    refused = jushi("user", "add", "张三", "--role", "secretary", "--password-stdin")
    assert (refused.status, "第一个用户必须是管理员" in refused.err) == (2, True)
    typed(PASSWORD)
    added = jushi("user", "add", "张三", "--role", "admin", "--password-stdin")
    assert added.status == 0
    assert "打开网页要登录" in added.out


def test_a_password_is_asked_twice_without_echo(jushi, asked):
    questions, answers = asked
    answers += [PASSWORD, "another-good-1"]
    differing = jushi("user", "add", "admin", "--role", "admin")
    assert (differing.status, "两次输入的密码不一样" in differing.err) == (2, True)
    answers += [PASSWORD, PASSWORD]
    assert jushi("user", "add", "admin", "--role", "admin").status == 0
    assert len(questions) == 4
    answers += ["12345678", "12345678"]
    weak = jushi("user", "password", "admin")
    assert (weak.status, "太容易猜到" in weak.err) == (2, True)


def test_users_are_listed_changed_disabled_and_enabled(staffed):
    assert staffed("user", "list").out.splitlines() == ["admin　管理员", "张三（张秘书）　文秘"]
    assert staffed("user", "role", "张三", "--role", "reviewer").status == 0
    assert staffed("user", "disable", "张三").status == 0
    listed = json.loads(staffed("user", "list", "--json").out)
    assert [(each["name"], each["role"], each["active"]) for each in listed] == [
        ("admin", "admin", True),
        ("张三", "reviewer", False),
    ]
    assert "password" not in listed[0]
    assert staffed("user", "enable", "张三").status == 0
    for refused in (("user", "disable", "admin"), ("user", "role", "admin", "-r", "reader")):
        assert "最后一个管理员" in staffed(*refused).err
    assert "没有名叫“王五”的用户" in staffed("user", "password", "王五", "--password-stdin").err


def test_the_log_is_shown_and_verified(staffed):
    shown = json.loads(staffed("audit", "show", "--json").out)
    assert [(each["number"], each["actor"], each["action"], each["subject"]) for each in shown] == [
        (2, "本机用户", "add_user", "张三"),
        (1, "本机用户", "add_user", "admin"),
    ]
    assert staffed("audit", "show", "--on", "张三").out.count("添加用户") == 1
    whole = staffed("audit", "verify")
    assert (whole.status, "日志完好，共 2 条" in whole.out) == (0, True)
    noted = json.loads(staffed("audit", "verify", "--json").out)["head"]
    assert noted in whole.out
    staffed("user", "role", "张三", "--role", "reader")
    assert staffed("audit", "verify", "--head", noted.upper()).status == 0
    assert staffed("audit", "verify", "--head", "0" * 63 + "1").status == 1


def test_a_log_that_was_changed_is_told_with_exit_status_one(staffed, tmp_path):
    with sqlite3.connect(tmp_path / "jushi-data" / "jushi.db") as database:
        database.execute("UPDATE audit_entries SET actor = '李四' WHERE number = 1")
    database.close()
    told = staffed("audit", "verify")
    assert (told.status, told.out.strip()) == (1, "第 1 条的内容被改过。")
    broken = json.loads(staffed("audit", "verify", "--json").out)
    assert (broken["whole"], broken["breaks"][0]["kind"]) == (False, "changed")
