"""The audit log's chain: whatever is changed in it afterwards is found."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, insert, select, update
from sqlalchemy.pool import StaticPool

from assistant.errors import InputError
from assistant.store import audit
from assistant.store.audit import ENTRIES, HEAD, append, entries, head_of, record, verify

NOON = datetime(2025, 1, 6, 12, tzinfo=UTC)


def new_log():
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    ENTRIES.create(engine)
    HEAD.create(engine)
    return engine


@pytest.fixture
def log():
    engine = new_log()
    for number in range(1, 6):
        record(engine, "张三", "save_section", "annual-2024-1", f"第 {number} 次", clock=lambda: NOON)
    yield engine
    engine.dispose()


def run(engine, *statements):
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


def kinds(engine, **given):
    return [(each.number, each.kind) for each in verify(engine, **given)]


def test_what_was_appended_is_read_newest_first(log):
    record(log, "李四", "sign", "annual-2024-1", clock=lambda: NOON)
    newest = entries(log)[0]
    assert (newest.number, newest.actor, newest.label, newest.subject, newest.at) == (
        6,
        "李四",
        "签发",
        "annual-2024-1",
        NOON,
    )
    assert [each.number for each in entries(log, actor="张三", limit=2)] == [5, 4]
    assert entries(log, action="sign", subject="annual-2024-1") == [newest]
    assert entries(log, actor="王五") == []


def test_a_log_left_alone_verifies(log):
    assert kinds(log) == []
    empty = new_log()
    assert kinds(empty) == []
    assert head_of(empty) == (0, audit.GENESIS)


def test_an_entry_of_a_transaction_that_fails_is_not_there(log):
    with pytest.raises(RuntimeError), log.begin() as connection:
        append(connection, "张三", "sign", "annual-2024-1")
        raise RuntimeError
    assert len(entries(log)) == 5
    assert kinds(log) == []


@pytest.mark.parametrize("column", ["at", "actor", "action", "subject", "detail"])
def test_a_changed_entry_is_found(log, column):
    run(log, update(ENTRIES).where(ENTRIES.c.number == 3).values({column: "别的"}))
    assert kinds(log) == [(3, "changed")]


def test_a_changed_entry_with_a_hash_made_to_fit_is_found_at_the_next(log):
    with log.connect() as connection:
        row = connection.execute(select(ENTRIES).where(ENTRIES.c.number == 3)).one()
    forged = audit._digest(3, row.at, "李四", row.action, row.subject, row.detail, row.before)
    run(log, update(ENTRIES).where(ENTRIES.c.number == 3).values(actor="李四", digest=forged))
    assert kinds(log) == [(4, "relinked")]


def test_a_removed_entry_is_found(log):
    run(log, delete(ENTRIES).where(ENTRIES.c.number == 3))
    assert kinds(log) == [(4, "removed")]
    assert "缺了 1 条" in verify(log)[0].message


def test_a_removed_entry_whose_place_was_closed_up_is_found(log):
    run(
        log,
        delete(ENTRIES).where(ENTRIES.c.number == 3),
        update(ENTRIES).where(ENTRIES.c.number == 4).values(number=3),
        update(ENTRIES).where(ENTRIES.c.number == 5).values(number=4),
        update(HEAD).values(number=4),
    )
    assert (3, "relinked") in kinds(log)


def test_two_entries_in_each_others_place_are_found(log):
    with log.connect() as connection:
        third, fourth = connection.execute(
            select(ENTRIES).where(ENTRIES.c.number.in_([3, 4])).order_by(ENTRIES.c.number)
        )
    run(
        log,
        delete(ENTRIES).where(ENTRIES.c.number.in_([3, 4])),
        insert(ENTRIES).values({**third._mapping, "number": 4}),
        insert(ENTRIES).values({**fourth._mapping, "number": 3}),
    )
    assert {number for number, _ in kinds(log)} >= {3, 4}


def test_an_inserted_entry_is_found(log):
    for number in (5, 4):
        run(log, update(ENTRIES).where(ENTRIES.c.number == number).values(number=number + 1))
    with log.connect() as connection:
        third = connection.execute(select(ENTRIES).where(ENTRIES.c.number == 3)).one()
    forged = audit._digest(4, third.at, "李四", "sign", "x", "", third.digest)
    fake = {"number": 4, "at": third.at, "actor": "李四", "action": "sign", "subject": "x", "detail": ""}
    run(log, insert(ENTRIES).values({**fake, "before": third.digest, "digest": forged}))
    found = kinds(log)
    assert (5, "relinked") in found
    assert found[-1][1] == "tail"


def test_entries_cut_off_the_end_are_missed(log):
    run(log, delete(ENTRIES).where(ENTRIES.c.number > 3))
    assert kinds(log) == [(3, "tail")]
    run(log, delete(ENTRIES))
    assert kinds(log) == [(0, "tail")]


def test_an_entry_put_at_the_end_behind_the_heads_back_is_found(log):
    number, digest = head_of(log)
    forged = audit._digest(6, "x", "a", "b", "c", "d", digest)
    row = dict(zip(("at", "actor", "action", "subject", "detail"), "xabcd", strict=True))
    run(log, insert(ENTRIES).values(number=number + 1, before=digest, digest=forged, **row))
    assert kinds(log) == [(6, "tail")]


def test_a_head_row_that_is_gone_is_found_and_made_anew_in_the_open(log):
    run(log, delete(HEAD))
    assert kinds(log) == [(0, "head")]
    record(log, "张三", "sign", "annual-2024-1")
    assert [each.action for each in entries(log)[:2]] == ["sign", "repair"]
    assert kinds(log) == []


def test_a_noted_head_tells_a_rewritten_log_from_one_that_went_on(log):
    _, noted = head_of(log)
    record(log, "李四", "sign", "annual-2024-1")
    assert kinds(log, head=noted) == []
    assert kinds(log, head=audit.GENESIS) == []
    assert kinds(log, head=noted[:16]) == []  # as much of it as the page shows
    run(log, delete(ENTRIES), update(HEAD).values(number=0, digest=audit.GENESIS))
    for number in range(7):  # a whole new chain, right in itself
        record(log, "张三", "save_section", "annual-2024-1", str(number))
    assert kinds(log) == []
    assert kinds(log, head=noted) == [(0, "noted")]
    assert kinds(log, head=noted[:16]) == [(0, "noted")]


def test_text_of_any_kind_stays_one_line_and_verifiable(log):
    record(log, "张三", "import_ledger", "a\0b\n6　李四　签发\ud800\x1b[31m", "长" * 5000)
    newest = entries(log)[0]
    assert newest.subject == "a b 6　李四　签发  [31m"
    assert len(newest.detail) == 2000
    assert kinds(log) == []


WORDS = st.text(alphabet='甲乙丙ab ,"\\', max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    told=st.lists(st.tuples(WORDS, WORDS, WORDS, WORDS), min_size=1, max_size=8),
    which=st.integers(min_value=0, max_value=7),
    column=st.sampled_from(["at", "actor", "action", "subject", "detail", "before", "digest"]),
    mark=st.sampled_from(["x", "", "0" * 64]),
)
def test_any_change_of_any_field_of_any_entry_is_found(told, which, column, mark):
    engine = new_log()
    for each in told:
        record(engine, *each, clock=lambda: NOON)
    assert verify(engine) == []
    number = which % len(told) + 1
    with engine.connect() as connection:
        before = connection.execute(select(ENTRIES.c[column]).where(ENTRIES.c.number == number)).scalar_one()
    run(engine, update(ENTRIES).where(ENTRIES.c.number == number).values({column: mark}))
    assert bool(verify(engine)) == (before != mark)
    engine.dispose()


def test_a_noted_hash_must_be_long_enough_to_tell_anything(log):
    with pytest.raises(InputError, match="前 16 位"):
        audit.verify(log, head="0" * 15)
