"""Review: submitted, commented on, returned, submitted again, signed; and what is signed stays as it is."""

from dataclasses import replace
from datetime import timedelta

import pytest
from report_in_review import FIRST, ID, SECOND, Clock, write
from sqlalchemy import text

from assistant import reviewing
from assistant.errors import Forbidden, InputError, SignedOff
from assistant.permissions import LOCAL
from assistant.reviewing import Status, comments_of, state_of
from assistant.store import audit, drafts, users
from assistant.store.checks import checks_of
from assistant.store.contents import content_hash


def logged(workspace):
    return [entry.action for entry in reversed(audit.entries(workspace.engine, subject=ID))]


def test_a_report_goes_from_its_writer_to_the_reviewer_and_back_until_it_is_signed(workspace, people):
    clock = Clock()
    assert state_of(workspace, ID).status is Status.WRITING
    submitted = reviewing.submit(workspace, ID, people["secretary"], clock=clock)
    assert (submitted.label, submitted.by, submitted.at) == ("已送审", "secretary", clock.now - timedelta(minutes=1))
    returned = reviewing.return_draft(workspace, ID, people["reviewer"], "整改通知书的数字再核一下", clock=clock)
    assert (returned.label, returned.by, returned.why) == ("已退回", "reviewer", "整改通知书的数字再核一下")
    write(workspace, "01", FIRST.replace("23", "24"), "secretary")
    reviewing.submit(workspace, ID, people["secretary"], clock=clock)
    signed = reviewing.sign(workspace, ID, people["reviewer"], clock=clock)
    assert (signed.label, signed.by, signed.changed) == ("已签发", "reviewer", False)
    assert signed.bound_hash == signed.content_hash == content_hash(drafts.load_draft(workspace.engine, ID))
    wanted = ["submit", "return", "submit", "sign"]
    assert [action for action in logged(workspace) if action in wanted] == wanted
    assert audit.verify(workspace.engine) == []


def test_what_the_check_says_of_the_words_submitted_and_signed_is_kept(workspace, people):
    reviewing.submit(workspace, ID, people["secretary"])
    reviewing.sign(workspace, ID, people["reviewer"])
    kept = checks_of(workspace.engine, ID)
    assert kept[-1].content_hash == state_of(workspace, ID).bound_hash
    assert sum(kept[-1].counts.values()) > 0


@pytest.mark.parametrize("act", ["sign", "return"])
def test_only_what_was_submitted_is_signed_or_returned(workspace, people, act):
    def do():
        if act == "sign":
            reviewing.sign(workspace, ID, people["reviewer"])
        else:
            reviewing.return_draft(workspace, ID, people["reviewer"], "再改")

    with pytest.raises(InputError, match="没有送审.*请写稿的人先送审"):
        do()
    reviewing.submit(workspace, ID, people["secretary"])
    reviewing.return_draft(workspace, ID, people["reviewer"], "再改")
    with pytest.raises(InputError, match="没有送审"):
        do()


def test_what_was_edited_after_it_was_submitted_has_to_be_submitted_again(workspace, people):
    reviewing.submit(workspace, ID, people["secretary"])
    with pytest.raises(InputError, match="已由secretary送审"):
        reviewing.submit(workspace, ID, people["secretary"])
    write(workspace, "02", SECOND + "另开展演练2场次。", "secretary")
    now = state_of(workspace, ID)
    assert now.changed
    assert "重新送审" in now.warning
    with pytest.raises(InputError, match="送审以后又有改动"):
        reviewing.sign(workspace, ID, people["reviewer"])
    assert not reviewing.submit(workspace, ID, people["secretary"]).changed
    assert reviewing.sign(workspace, ID, people["reviewer"]).status is Status.SIGNED


def test_an_unfinished_or_unknown_report_is_not_submitted(workspace):
    draft = drafts.load_draft(workspace.engine, ID)
    drafts.save_head(workspace.engine, replace(draft, extra={"state": "writing"}), "2024")
    with pytest.raises(InputError, match="还没有写完"):
        reviewing.submit(workspace, ID, LOCAL)
    for act in (state_of, comments_of):
        with pytest.raises(InputError, match="没有编号为“x”的稿子"):
            act(workspace, "x")
    with pytest.raises(InputError, match="没有编号为“x”的稿子"):
        reviewing.submit(workspace, "x", LOCAL)


def test_a_return_needs_a_reason(workspace, people):
    reviewing.submit(workspace, ID, people["secretary"])
    with pytest.raises(InputError, match="写明原因"):
        reviewing.return_draft(workspace, ID, people["reviewer"], " \n")


# --- Who signs --------------------------------------------------------------------------------


def test_who_wrote_last_does_not_sign_while_another_can(workspace, people):
    write(workspace, "02", SECOND + "另开展演练2场次。", "admin")
    reviewing.submit(workspace, ID, people["secretary"])
    with pytest.raises(Forbidden, match="不能由您自己签发。请reviewer、chief来签"):
        reviewing.sign(workspace, ID, people["admin"])
    assert reviewing.sign(workspace, ID, people["reviewer"]).status is Status.SIGNED


def test_who_submitted_does_not_sign_while_another_can(workspace, people):
    reviewing.submit(workspace, ID, people["admin"])
    with pytest.raises(Forbidden, match="您送审的"):
        reviewing.sign(workspace, ID, people["admin"])


def test_who_changed_only_the_title_does_not_sign_either(workspace, people):
    draft = drafts.load_draft(workspace.engine, ID)
    drafts.save_head(workspace.engine, replace(draft, title="工作总结"), "2024", author="admin")
    reviewing.submit(workspace, ID, people["secretary"])
    with pytest.raises(Forbidden):
        reviewing.sign(workspace, ID, people["admin"])


def test_where_nobody_else_can_sign_the_writer_may(workspace, people):
    for name in ("reviewer", "chief"):
        users.disable_user(workspace.engine, name)
    write(workspace, "02", SECOND + "另开展演练2场次。", "admin")
    reviewing.submit(workspace, ID, people["secretary"])
    assert reviewing.sign(workspace, ID, people["admin"]).by == "admin"


def test_without_users_one_person_does_it_all(workspace):
    write(workspace, "02", SECOND + "另开展演练2场次。", LOCAL.name)
    reviewing.submit(workspace, ID, LOCAL)
    assert reviewing.sign(workspace, ID, LOCAL).by == LOCAL.name


# --- Signed -----------------------------------------------------------------------------------


@pytest.fixture
def signed(workspace, people):
    reviewing.submit(workspace, ID, people["secretary"])
    reviewing.sign(workspace, ID, people["reviewer"])
    return workspace


def test_a_signed_report_refuses_every_change(signed, people):
    draft = drafts.load_draft(signed.engine, ID)
    for change in (
        lambda: write(signed, "01", "改了。", "admin"),
        lambda: drafts.save_head(signed.engine, replace(draft, title="改了"), "2024"),
        lambda: reviewing.submit(signed, ID, people["secretary"]),
        lambda: reviewing.return_draft(signed, ID, people["reviewer"], "再改"),
        lambda: reviewing.sign(signed, ID, people["reviewer"]),
        lambda: reviewing.comment(signed, ID, people["reviewer"], "01", 0, 4, "再改"),
    ):
        with pytest.raises(SignedOff, match="已由reviewer于20[0-9]{2}年[0-9]+月[0-9]+日签发，不能再改。.*new-version"):
            change()
    assert drafts.load_draft(signed.engine, ID) == draft
    assert not state_of(signed, ID).changed


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE section_revisions SET body = replace(body, '205', '305') WHERE section = '01'",
        "UPDATE drafts SET head = replace(head, '县安委办', '市安委办')",
        "DELETE FROM section_revisions WHERE section = '02'",
        "UPDATE section_revisions SET section = '00', body = replace(body, '\"02\"', '\"00\"') WHERE section = '02'",
    ],
)
def test_a_change_made_behind_the_programs_back_shows(signed, statement):
    with signed.engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    now = state_of(signed, ID)
    assert now.changed
    assert "与签发时的不符" in now.warning


def test_a_hash_made_to_fit_the_changed_words_does_not_hide_the_change(signed):
    with signed.engine.begin() as connection:
        connection.execute(text("UPDATE section_revisions SET body = replace(body, '205', '305')"))
    forged = content_hash(drafts.load_draft(signed.engine, ID))
    with signed.engine.begin() as connection:
        connection.execute(text("UPDATE sign_offs SET digest = :forged"), {"forged": forged})
    assert state_of(signed, ID).changed
    with signed.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entries SET detail = :forged WHERE action = 'sign'"), {"forged": forged})
    assert [each.kind for each in audit.verify(signed.engine)] == ["changed"]


def test_a_new_version_can_be_edited_and_knows_where_it_comes_from(signed, people):
    new = reviewing.new_version(signed, ID, people["secretary"])
    assert new == f"{ID}-v2"
    before, after = (drafts.load_draft(signed.engine, each) for each in (ID, new))
    assert replace(after, id=ID) == before
    now = state_of(signed, new)
    assert (now.status, now.version, now.origin) == (Status.WRITING, 2, ID)
    assert state_of(signed, ID).successor == new
    section = replace(after.sections[0], text="改了。")
    drafts.save_section(signed.engine, new, section, author="secretary", why="编辑")
    assert drafts.load_draft(signed.engine, ID) == before
    with pytest.raises(InputError, match=f"已经有新版 {new}"):
        reviewing.new_version(signed, ID, people["secretary"])
    reviewing.submit(signed, new, people["secretary"])
    reviewing.sign(signed, new, people["reviewer"])
    assert reviewing.new_version(signed, new, people["secretary"]) == f"{ID}-v3"
    assert state_of(signed, f"{ID}-v3").version == 3


def test_a_report_that_is_not_signed_needs_no_new_version(workspace, people):
    with pytest.raises(InputError, match="可以直接修改"):
        reviewing.new_version(workspace, ID, people["secretary"])


def test_the_hash_is_of_the_words_in_their_order_and_nothing_else(workspace):
    draft = drafts.load_draft(workspace.engine, ID)
    one, two = draft.sections
    others = [
        replace(draft, title="x"), replace(draft, addressee="x"), replace(draft, signature="x"), replace(draft, signed_on="x"),
        replace(draft, sections=(two, one)), replace(draft, sections=(one,)), replace(draft, sections=(one, replace(two, text="x"))),
        replace(draft, sections=(one, replace(two, heading=two.heading + two.text, text=""))),
        replace(draft, sections=(one, replace(two, level=2))),
    ]  # fmt: skip
    assert len({content_hash(each) for each in [draft, *others]}) == len(others) + 1
    same = replace(draft, facts=(), notices=(), extra={}, sections=(replace(one, writer="person", seconds=9), two))
    assert content_hash(same) == content_hash(draft)
