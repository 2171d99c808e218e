"""The one table of who may do what."""

import re
from pathlib import Path

import pytest

from assistant.errors import Forbidden
from assistant.permissions import LOCAL, TABLE, Actor, Operation, Role, allowed, require

REVIEW_PAGE = Path(__file__).resolve().parents[1] / "docs" / "review.md"


def test_every_operation_is_in_the_table_and_somebody_may_do_it():
    assert set(TABLE) == set(Operation)
    assert all(TABLE.values())


def test_an_administrator_may_do_everything_and_a_reader_changes_nothing():
    assert all(allowed(Role.ADMIN, operation) for operation in Operation)
    assert {each for each in Operation if allowed(Role.READER, each)} == {
        Operation.READ,
        Operation.ASK,
        Operation.CHECK,
    }


def test_who_writes_does_not_sign_and_who_signs_does_not_write():
    for role in (Role.SECRETARY, Role.REVIEWER):
        assert allowed(role, Operation.EDIT) != allowed(role, Operation.SIGN)


@pytest.mark.parametrize("operation", Operation)
@pytest.mark.parametrize("role", Role)
def test_require_says_who_could_do_it(role, operation):
    actor = Actor("zhang", role, "张三")
    if role in TABLE[operation]:
        require(actor, operation)
        return
    with pytest.raises(Forbidden) as refused:
        require(actor, operation)
    told = str(refused.value)
    assert "张三" in told
    assert operation.label in told
    assert Role.ADMIN.label in told


def test_without_users_whoever_is_at_the_machine_may_do_everything():
    for operation in Operation:
        require(LOCAL, operation)


def test_every_role_and_operation_has_a_name_of_its_own():
    assert len({role.label for role in Role}) == len(Role)
    assert len({operation.label for operation in Operation}) == len(Operation)


def test_the_table_in_the_documentation_is_this_table():
    rows = re.findall(r"^\| (.+?) \|$", REVIEW_PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    cells = [row.split(" | ") for row in rows]
    head = next(row for row in cells if row[0] == "操作")
    assert head[1:] == [role.label for role in Role]
    told = {
        row[0]: tuple(cell == "✓" for cell in row[1:]) for row in cells if len(row) == len(head) and row is not head
    }
    told = {name: marks for name, marks in told.items() if not name.startswith("--")}
    assert told == {each.label: tuple(allowed(role, each) for role in Role) for each in Operation}
