"""Many who write to the log at once: one chain, nothing lost, nobody kept waiting; on SQLite and on a real PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

from assistant.errors import InputError
from assistant.permissions import Role
from assistant.store import audit, users
from assistant.store.audit import append, entries, record, verify
from assistant.store.database import open_database, writing
from assistant.store.passwords import Cost
from assistant.store.tables import create_tables

WRITERS, EACH = 10, 8
CHEAP = Cost(rounds=1, memory=64)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def opener(request, tmp_path):
    """Opens the same database again, as another program would."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = []

    def open_(tables=False):
        engine = open_database(tmp_path, url)
        opened.append(engine)
        if tables:
            create_tables(engine)
        return engine

    yield open_
    for engine in opened:
        engine.dispose()


@pytest.mark.parametrize("engines", [1, WRITERS], ids=["one program", "many programs"])
def test_ten_writers_make_one_chain_and_wait_a_moment_only(opener, engines):
    opened = [opener(tables=True)] + [opener() for _ in range(engines - 1)]
    begun = Barrier(WRITERS)

    def write(number):
        engine, spans = opened[number % engines], []
        begun.wait()
        for turn in range(EACH):
            start = time.perf_counter()
            record(engine, f"用户{number}", "save_section", "annual-2024-1", str(turn))
            spans.append(time.perf_counter() - start)
        return spans

    with ThreadPoolExecutor(WRITERS) as threads:
        spans = sorted(span for each in threads.map(write, range(WRITERS)) for span in each)
    found = entries(opened[0])
    assert [each.number for each in found] == list(range(WRITERS * EACH, 0, -1))
    assert {(each.actor, each.detail) for each in found} == {
        (f"用户{number}", str(turn)) for number in range(WRITERS) for turn in range(EACH)
    }
    assert verify(opened[0]) == []
    assert spans[int(len(spans) * 0.95)] < 2  # on a busy machine; evals.bench_store measures it on a quiet one


def test_the_second_waits_for_the_firsts_transaction_and_follows_it(opener):
    first, second = opener(tables=True), opener()
    with ThreadPoolExecutor(1) as threads:
        with writing(first) as connection:
            append(connection, "甲", "sign", "a")
            later = threads.submit(record, second, "乙", "sign", "b")
            time.sleep(0.2)
            assert not later.done()
        assert later.result(timeout=10).number == 2
    assert [each.actor for each in entries(first)] == ["乙", "甲"]
    assert verify(first) == []


def test_the_second_takes_the_place_of_a_first_that_gave_up(opener):
    first, second = opener(tables=True), opener()
    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(RuntimeError), writing(first) as connection:
            append(connection, "甲", "sign", "a")
            later = threads.submit(record, second, "乙", "sign", "b")
            raise RuntimeError
        assert later.result(timeout=10).number == 1
    assert verify(first) == []


def test_two_administrators_cannot_take_each_other_away_at_once(opener):
    engines = [opener(tables=True), opener()]
    for name in ("甲", "乙"):
        users.add_user(engines[0], name, "correct-horse-7", Role.ADMIN, cost=CHEAP)
    begun = Barrier(2)

    def take_away(number):
        begun.wait()
        try:
            users.disable_user(engines[number], "甲乙"[number])
        except InputError:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(take_away, range(2))) == [False, True]
    assert [each.active for each in users.list_users(engines[0])].count(True) == 1
    assert audit.verify(engines[0]) == []
