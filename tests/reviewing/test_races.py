"""Signing while others save: what is signed is what was hashed, whoever came first; on SQLite and on a real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from report_in_review import FIRST, ID, begin, write

from assistant import reviewing
from assistant.errors import InputError, JushiError, SignedOff
from assistant.permissions import LOCAL
from assistant.reviewing import Status, state_of
from assistant.settings import load_settings
from assistant.store import audit, drafts
from assistant.workspace import open_workspace


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def shared(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = open_workspace(load_settings(tmp_path, database_url=url))
    begin(opened)
    yield opened
    opened.close()


def test_nothing_gets_into_a_report_while_or_after_it_is_signed(shared):
    signed, turns = Event(), range(40)

    def edit(writer):
        saved = 0
        for turn in turns:
            try:
                write(shared, "01", f"{FIRST}{writer}写了第{turn}次。", f"写手{writer}")
                saved += 1
            except SignedOff:
                assert signed.wait(10)
                return saved
        return saved

    def sign():
        try:
            for _ in range(2000):
                try:
                    reviewing.submit(shared, ID, LOCAL)
                    return reviewing.sign(shared, ID, LOCAL)
                except InputError:  # edited in between, or no more edits and submitted already
                    if state_of(shared, ID).status is Status.SUBMITTED and not state_of(shared, ID).changed:
                        return reviewing.sign(shared, ID, LOCAL)
            raise AssertionError("never signed")
        finally:
            signed.set()

    with ThreadPoolExecutor(4) as threads:
        writers = [threads.submit(edit, number) for number in range(3)]
        state = threads.submit(sign).result()
        saved = sum(each.result() for each in writers)
    assert (state.status, state.changed) == (Status.SIGNED, False)
    assert not state_of(shared, ID).changed
    assert len(drafts.revisions(shared.engine, ID, "01")) == saved + 1
    assert [each.action for each in audit.entries(shared.engine)].count("sign") == 1
    assert audit.verify(shared.engine) == []


def test_a_report_is_commented_on_and_returned_with_whatever_was_typed(shared):
    made = reviewing.comment(shared, ID, LOCAL, "01", 0, 4, "再核\0\ud800一下")
    assert (made.text, made.lost) == ("再核一下", False)
    assert reviewing.resolve_comment(shared, ID, made.number, LOCAL).resolved_by == LOCAL.name
    reviewing.submit(shared, ID, LOCAL)
    assert reviewing.return_draft(shared, ID, LOCAL, " 缺\0附件 ").why == "缺附件"
    with pytest.raises(InputError, match="写明原因"):
        reviewing.return_draft(shared, ID, LOCAL, "\0 ")


def test_of_two_who_sign_at_once_one_is_told_it_is_signed(shared):
    reviewing.submit(shared, ID, LOCAL)

    def sign(_number):
        try:
            return reviewing.sign(shared, ID, LOCAL).label
        except SignedOff:
            return "too late"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(sign, range(2))) == ["too late", "已签发"]


def test_of_two_new_versions_at_once_one_is_made(shared):
    reviewing.submit(shared, ID, LOCAL)
    reviewing.sign(shared, ID, LOCAL)

    def copy(_number):
        try:
            return reviewing.new_version(shared, ID, LOCAL)
        except JushiError as refused:
            return str(refused)

    with ThreadPoolExecutor(2) as threads:
        made = sorted(threads.map(copy, range(2)))
    assert f"{ID}-v2" in made
    assert sum("已经有新版" in each for each in made) == 1
    before, after = (drafts.load_draft(shared.engine, each) for each in (ID, f"{ID}-v2"))
    assert replace(after, id=ID) == before
