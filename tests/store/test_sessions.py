"""Sessions: a token only its bearer knows, over when idle, old, or the user changed; on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from sqlalchemy import select

from assistant.permissions import Actor, Role
from assistant.store import sessions, users
from assistant.store.database import open_database
from assistant.store.passwords import Cost
from assistant.store.sessions import IDLE, LIFETIME, SESSIONS, actor_of, close_session, open_session
from assistant.store.tables import create_tables

CHEAP = Cost(rounds=1, memory=64)
NINE = datetime(2025, 1, 6, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = open_database(tmp_path, url)
    create_tables(opened)
    users.add_user(opened, "admin", "correct-horse-7", Role.ADMIN, cost=CHEAP)
    users.add_user(opened, "张三", "correct-horse-7", Role.SECRETARY, display="张秘书", cost=CHEAP)
    yield opened
    opened.dispose()


def at(moment):
    return lambda: moment


@pytest.fixture
def token(engine):
    return open_session(engine, users.find_user(engine, "张三").actor, clock=at(NINE))


def test_the_bearer_of_a_token_is_who_logged_in(engine, token):
    assert actor_of(engine, token, clock=at(NINE)) == Actor("张三", Role.SECRETARY, "张秘书")
    assert len(token) >= 43  # 256 bits


@pytest.mark.parametrize("wrong", ["", "x", "nobody's", "half \ud800", "\0"])
def test_any_other_token_is_nobodys(engine, token, wrong):
    assert actor_of(engine, wrong, clock=at(NINE)) is None
    assert actor_of(engine, token + wrong + "x", clock=at(NINE)) is None


def test_only_a_hash_of_the_token_is_kept(engine, token):
    with engine.connect() as connection:
        kept = connection.execute(select(SESSIONS)).one()
    assert token not in map(str, kept)


def test_a_session_ends_when_nothing_is_asked_for_long(engine, token):
    used = NINE
    for _ in range(3):
        used += IDLE - SECOND
        assert actor_of(engine, token, clock=at(used))
    assert actor_of(engine, token, clock=at(used + IDLE + SECOND)) is None


def test_a_session_ends_with_the_working_day_however_busy(engine, token):
    used = NINE
    while used < NINE + LIFETIME - IDLE / 2:
        used += IDLE / 2
        assert actor_of(engine, token, clock=at(used))
    assert actor_of(engine, token, clock=at(NINE + LIFETIME + SECOND)) is None


def test_logging_out_closes_this_session_only(engine, token):
    other = open_session(engine, users.find_user(engine, "张三").actor, clock=at(NINE))
    close_session(engine, token)
    close_session(engine, "nobody's")
    assert actor_of(engine, token, clock=at(NINE)) is None
    assert actor_of(engine, other, clock=at(NINE))


@pytest.mark.parametrize(
    "change",
    [
        lambda engine: users.disable_user(engine, "张三"),
        lambda engine: users.set_role(engine, "张三", Role.READER),
        lambda engine: users.set_password(engine, "张三", "another-good-1", cost=CHEAP),
    ],
    ids=["disabled", "role", "password"],
)
def test_a_change_of_the_user_closes_every_session_of_theirs(engine, token, change):
    admin = open_session(engine, users.find_user(engine, "admin").actor, clock=at(NINE))
    change(engine)
    assert actor_of(engine, token, clock=at(NINE)) is None
    assert actor_of(engine, admin, clock=at(NINE))


def test_sessions_that_are_over_are_cleared_away(engine, token):
    open_session(engine, users.find_user(engine, "admin").actor, clock=at(NINE + LIFETIME + SECOND))
    with engine.connect() as connection:
        assert [row.user for row in connection.execute(select(SESSIONS))] == ["admin"]
    assert sessions.IDLE < sessions.LIFETIME
