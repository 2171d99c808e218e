"""A workspace with a finished report, and people of every role: made once, copied for every test."""

import shutil

import pytest
from report_in_review import CHEAP, ID, begin

from assistant import reviewing
from assistant.permissions import Actor, Role
from assistant.settings import load_settings
from assistant.store import users
from assistant.workspace import open_workspace

ROLES = {
    "admin": Role.ADMIN, "secretary": Role.SECRETARY, "reviewer": Role.REVIEWER, "chief": Role.REVIEWER, "reader": Role.READER,
}  # fmt: skip
PEOPLE = {name: Actor(name, role) for name, role in ROLES.items()}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Folders of workspaces: one without users, one with, one with the report submitted and commented on."""
    folders = {name: tmp_path_factory.mktemp("made") / name for name in ("alone", "staffed", "submitted")}
    opened = open_workspace(load_settings(folders["alone"]))
    begin(opened)
    opened.close()
    shutil.copytree(folders["alone"], folders["staffed"])
    opened = open_workspace(load_settings(folders["staffed"]))
    for name, role in ROLES.items():
        users.add_user(opened.engine, name, "correct-horse-7", role, cost=CHEAP)
    opened.close()
    shutil.copytree(folders["staffed"], folders["submitted"])
    opened = open_workspace(load_settings(folders["submitted"]))
    reviewing.comment(opened, ID, PEOPLE["reviewer"], "01", 0, 4, "核一下")
    reviewing.submit(opened, ID, PEOPLE["secretary"])
    opened.close()
    return folders


def copied(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "copy")
    return open_workspace(load_settings(tmp_path / "copy"))


@pytest.fixture
def workspace(made, tmp_path, request):
    """The report finished by the program; with users where the test knows of `people`."""
    opened = copied(made["staffed" if "people" in request.fixturenames else "alone"], tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def submitted(made, tmp_path):
    """The report submitted by the secretary, with a comment of the reviewer."""
    opened = copied(made["submitted"], tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def people():
    """A user of each role, and a second reviewer."""
    return PEOPLE
