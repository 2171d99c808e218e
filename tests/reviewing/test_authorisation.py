"""Role by role, operation by operation: whatever takes an actor refuses exactly those whom the one table leaves out."""

import importlib
import inspect
import pkgutil

import pytest
from report_in_review import CHEAP, ID

import assistant
from assistant import accounts, configuring, consulting, evidence, remapping, reviewing, wordfiles
from assistant.errors import Forbidden, InputError, JushiError
from assistant.ledger.corrections import Correction
from assistant.permissions import TABLE, Actor, Operation, Role
from assistant.registry.registry import shipped_registry


class NoLibrary:
    """A library that takes and has nothing; whether it is asked at all is the question here."""

    def add(self, *_given, **_more):
        raise InputError("nothing is taken in")

    remove = add


INDICATOR = shipped_registry().indicators[0]

# Every function that is told who asks: what it needs, and a call of it that gets as far as the question.
CALLS = {
    accounts.add_user: (
        Operation.USERS, lambda at, actor, _: accounts.add_user(at, actor, "new", "correct-horse-7", Role.READER, cost=CHEAP)),
    accounts.set_password: (
        Operation.USERS, lambda at, actor, _: accounts.set_password(at, actor, "reader", "another-good-1", cost=CHEAP)),
    accounts.set_role: (Operation.USERS, lambda at, actor, _: accounts.set_role(at, actor, "reader", Role.REVIEWER)),
    accounts.disable_user: (Operation.USERS, lambda at, actor, _: accounts.disable_user(at, actor, "reader")),
    accounts.enable_user: (Operation.USERS, lambda at, actor, _: accounts.enable_user(at, actor, "reader")),
    accounts.list_users: (Operation.USERS, lambda at, actor, _: accounts.list_users(at, actor)),
    accounts.read_log: (Operation.AUDIT, lambda at, actor, _: accounts.read_log(at, actor)),
    accounts.verify_log: (Operation.AUDIT, lambda at, actor, _: accounts.verify_log(at, actor)),
    reviewing.submit: (Operation.SUBMIT, lambda at, actor, _: reviewing.submit(at, ID, actor)),
    reviewing.comment: (Operation.COMMENT, lambda at, actor, _: reviewing.comment(at, ID, actor, "01", 0, 4, "再核")),
    reviewing.resolve_comment: (Operation.COMMENT, lambda at, actor, _: reviewing.resolve_comment(at, ID, 1, actor)),
    reviewing.return_draft: (Operation.RETURN, lambda at, actor, _: reviewing.return_draft(at, ID, actor, "再改")),
    reviewing.sign: (Operation.SIGN, lambda at, actor, _: reviewing.sign(at, ID, actor)),
    reviewing.new_version: (Operation.NEW_VERSION, lambda at, actor, _: reviewing.new_version(at, ID, actor)),
    wordfiles.export_word: (
        Operation.EXPORT, lambda at, actor, out: wordfiles.export_word(at, ID, out / "out.md", actor=actor)),
    evidence.export_evidence: (
        Operation.EXPORT, lambda at, actor, out: evidence.export_evidence(at, ID, out / "out.zip", actor=actor)),
    remapping.take_in: (Operation.IMPORT_LEDGER, lambda at, actor, out: remapping.take_in(at, [out / "none.xlsx"], actor)),
    remapping.correct_mapping: (
        Operation.CORRECT_MAPPING, lambda at, actor, _: remapping.correct_mapping(at, "x", Correction(), actor)),
    remapping.read_again: (Operation.CORRECT_MAPPING, lambda at, actor, _: remapping.read_again(at, actor)),
    consulting.add_documents: (
        Operation.IMPORT_LIBRARY, lambda at, actor, out: consulting.add_documents(at, NoLibrary(), [out / "none.txt"], actor)),
    consulting.remove_document: (
        Operation.IMPORT_LIBRARY, lambda at, actor, _: consulting.remove_document(at, NoLibrary(), "none.txt", actor)),
    configuring.change_settings: (Operation.SETTINGS, lambda at, actor, _: configuring.change_settings(at, {}, actor)),
    configuring.try_settings: (Operation.SETTINGS, lambda at, actor, _: configuring.try_settings(at, {}, actor)),
    configuring.models_on_offer: (Operation.SETTINGS, lambda at, actor, _: configuring.models_on_offer(at, {}, actor)),
    configuring.add_own_indicator: (
        Operation.SETTINGS, lambda at, actor, _: configuring.add_own_indicator(at, INDICATOR, actor)),
    configuring.remove_own_indicator: (
        Operation.SETTINGS, lambda at, actor, _: configuring.remove_own_indicator(at, "none", actor)),
}  # fmt: skip
OPEN_TO_ALL = {accounts.change_password}  # one's own, with the old one


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("function", CALLS, ids=lambda each: f"{each.__module__}.{each.__name__}")
def test_a_role_is_refused_exactly_where_the_table_says(submitted, tmp_path, function, role):
    operation, call = CALLS[function]
    refused = False
    try:
        call(submitted, Actor(role.value, role), tmp_path)
    except Forbidden as error:
        refused = True
        assert operation.label in str(error)
    except JushiError:
        pass  # asked, and could not be done for another reason
    assert refused == (role not in TABLE[operation])


def test_a_refusal_changes_nothing(submitted, people, tmp_path):
    def state():
        return (
            reviewing.state_of(submitted, ID),
            reviewing.comments_of(submitted, ID),
            accounts.list_users(submitted, people["admin"]),
        )

    before = state()
    for operation, call in CALLS.values():
        if Role.READER not in TABLE[operation]:
            with pytest.raises(Forbidden):
                call(submitted, people["reader"], tmp_path)
    assert state() == before


def test_nothing_that_is_told_who_asks_is_left_out_here():
    for module in pkgutil.iter_modules(assistant.__path__):
        if module.ispkg or module.name == "permissions":
            continue
        found = importlib.import_module(f"assistant.{module.name}")
        for name, function in inspect.getmembers(found, inspect.isfunction):
            told = function.__module__ == found.__name__ and not name.startswith("_")
            if told and "actor" in inspect.signature(function).parameters:
                assert function in CALLS or function in OPEN_TO_ALL, f"{found.__name__}.{name} is not in CALLS"


def test_everybody_may_change_their_own_password_who_knows_it(workspace, people):
    for name, actor in people.items():
        accounts.change_password(workspace, actor, "correct-horse-7", f"new-for-{name}-1", cost=CHEAP)
        with pytest.raises(Forbidden, match="用户名或密码不对"):
            accounts.change_password(workspace, actor, "correct-horse-7", "another-good-1", cost=CHEAP)
