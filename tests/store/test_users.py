"""Users: added, changed, disabled; who logs in and who does not; the last administrator stays."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import InputError, LoginRefused
from assistant.permissions import Actor, Role
from assistant.store import audit, sessions, users
from assistant.store.database import open_database
from assistant.store.passwords import Cost
from assistant.store.tables import create_tables

CHEAP = Cost(rounds=1, memory=64)
GOOD = "correct-horse-7"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self):
        self.now = datetime(2025, 1, 6, 9, tzinfo=UTC)

    def __call__(self):
        return self.now

    def pass_(self, **span):
        self.now += timedelta(**span)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def engine(tmp_path, clock):
    opened = open_database(tmp_path)
    create_tables(opened)
    users.add_user(opened, "admin", GOOD, Role.ADMIN, clock=clock, cost=CHEAP)
    users.add_user(opened, "张三", GOOD, Role.SECRETARY, display="张秘书", clock=clock, cost=CHEAP)
    yield opened
    opened.dispose()


def log_in(engine, clock, name="张三", password=GOOD):
    return users.authenticate(engine, name, password, clock=clock, cost=CHEAP)


def fail(engine, clock, name="张三"):
    with pytest.raises(LoginRefused) as refused:
        log_in(engine, clock, name, "wrong-password")
    return str(refused.value)


def test_a_user_logs_in_with_name_and_password(engine, clock):
    assert log_in(engine, clock) == Actor("张三", Role.SECRETARY, "张秘书")
    assert log_in(engine, clock, "ＡＤＭＩＮ ") == Actor("admin", Role.ADMIN, "")
    assert [each.name for each in users.list_users(engine)] == ["admin", "张三"]


def test_a_password_is_nowhere_in_the_database(engine, tmp_path):
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    assert GOOD.encode() not in (tmp_path / "jushi.db").read_bytes()


def test_a_wrong_password_and_an_unknown_name_are_told_the_same(engine, clock):
    assert fail(engine, clock, "张三") == fail(engine, clock, "王五")
    users.disable_user(engine, "张三", clock=clock)
    with pytest.raises(LoginRefused, match="用户名或密码不对"):
        log_in(engine, clock)


def test_an_unknown_name_takes_as_long_as_a_known_one(engine, clock):
    cost = Cost(rounds=6, memory=8 * 1024)
    users.set_password(engine, "张三", "another-good-1", clock=clock, cost=cost)

    def seconds(name):
        spans = []
        for _ in range(3):
            begun = time.perf_counter()
            with pytest.raises(LoginRefused):
                users.authenticate(engine, name, "wrong-password", clock=clock, cost=cost)
            spans.append(time.perf_counter() - begun)
        return min(spans)

    known, unknown = seconds("张三"), seconds("王五")
    assert unknown > known / 2


def test_after_failures_the_wait_grows_and_ends_with_a_login(engine, clock):
    for _ in range(4):
        assert "用户名或密码不对" in fail(engine, clock)
    waits = []
    for _ in range(9):
        told = fail(engine, clock)
        assert "连续输错" in told
        for second in range(1, 400):
            clock.pass_(seconds=1)
            if "用户名或密码不对" in fail(engine, clock):
                waits.append(second)
                break
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == 300
    clock.pass_(seconds=299)
    with pytest.raises(LoginRefused, match="请等 1 秒"):
        log_in(engine, clock)  # the right one, too soon
    clock.pass_(seconds=1)
    assert log_in(engine, clock)
    assert "用户名或密码不对" in fail(engine, clock)


def test_a_name_nobody_has_is_made_to_wait_as_well(engine, clock):
    for _ in range(4):
        fail(engine, clock, "王五")
    assert "连续输错" in fail(engine, clock, "王五")
    assert log_in(engine, clock)  # another name is not held up


def test_the_wait_outlives_the_program_and_is_forgotten_after_a_day(engine, clock, tmp_path):
    for _ in range(4):
        fail(engine, clock)
    again = open_database(tmp_path)
    assert "连续输错" in fail(again, clock)
    clock.pass_(days=1, seconds=1)
    for _ in range(4):
        assert "用户名或密码不对" in fail(again, clock)
    again.dispose()


def test_a_new_password_ends_the_wait_the_sessions_and_the_old_password(engine, clock):
    token = sessions.open_session(engine, log_in(engine, clock), clock=clock)
    for _ in range(5):
        fail(engine, clock)
    users.set_password(engine, "张三", "another-good-1", clock=clock, cost=CHEAP)
    assert sessions.actor_of(engine, token, clock=clock) is None
    assert log_in(engine, clock, password="another-good-1")
    with pytest.raises(LoginRefused):
        log_in(engine, clock)


def test_a_hash_of_another_cost_is_renewed_at_the_next_login(engine, clock):
    def stored():
        with engine.connect() as connection:
            return connection.exec_driver_sql("SELECT password FROM users WHERE name = '张三'").scalar()

    assert "t=1" in stored()
    users.authenticate(engine, "张三", GOOD, clock=clock, cost=Cost(rounds=2, memory=64))
    assert "t=2" in stored()
    assert log_in(engine, clock)


@pytest.mark.parametrize("name", ["", "  ", "a b", "a\nb", "x" * 33, "本机用户", "a\x00"])
def test_a_name_that_will_not_do_is_refused(engine, name):
    with pytest.raises(InputError):
        users.add_user(engine, name, GOOD, Role.READER, cost=CHEAP)


@pytest.mark.parametrize("display", ["长" * 33, "李\n所长", "李\0"])
def test_a_shown_name_that_will_not_do_is_refused(engine, display):
    with pytest.raises(InputError, match="显示的姓名"):
        users.add_user(engine, "li", GOOD, Role.READER, display=display, cost=CHEAP)


@pytest.mark.parametrize("name", ["张三", "Admin", "ａｄｍｉｎ"])
def test_a_name_that_is_taken_is_refused(engine, name):
    with pytest.raises(InputError, match="已经有"):
        users.add_user(engine, name, GOOD, Role.READER, cost=CHEAP)
    assert len(users.list_users(engine)) == 2


def test_the_first_user_is_an_administrator(tmp_path):
    engine = open_database(tmp_path)
    create_tables(engine)
    with pytest.raises(InputError, match="第一个用户必须是管理员"):
        users.add_user(engine, "张三", GOOD, Role.SECRETARY, cost=CHEAP)
    assert not users.has_users(engine)
    assert audit.entries(engine) == []
    engine.dispose()


def test_the_last_administrator_stays_one(engine):
    for change in (
        lambda: users.disable_user(engine, "admin"),
        lambda: users.set_role(engine, "admin", Role.REVIEWER),
    ):
        with pytest.raises(InputError, match="最后一个管理员"):
            change()
    users.set_role(engine, "张三", Role.ADMIN)
    users.disable_user(engine, "admin")
    with pytest.raises(InputError, match="最后一个管理员"):
        users.set_role(engine, "张三", Role.READER)
    users.enable_user(engine, "admin")
    users.set_role(engine, "张三", Role.READER)


def test_what_is_done_to_users_and_logins_are_in_the_log(engine, clock):
    users.set_role(engine, "张三", Role.REVIEWER, by="admin", clock=clock)
    log_in(engine, clock)
    fail(engine, clock)
    fail(engine, clock, "my-secret-password")  # typed into the wrong field
    users.disable_user(engine, "张三", by="admin", clock=clock)
    told = [(each.actor, each.label, each.subject, each.detail) for each in reversed(audit.entries(engine))]
    assert told == [
        ("本机用户", "添加用户", "admin", "管理员"),
        ("本机用户", "添加用户", "张三", "文秘"),
        ("admin", "调整角色", "张三", "文秘→审核人"),
        ("张三", "登录", "张三", ""),
        ("张三", "登录失败", "张三", ""),
        ("（没有这个用户）", "登录失败", "（没有这个用户）", ""),
        ("admin", "停用用户", "张三", ""),
    ]
    assert audit.verify(engine) == []
