"""A workspace with a finished report, and people of every role."""

import pytest
from report_in_review import CHEAP, begin

from assistant.permissions import Role
from assistant.settings import load_settings
from assistant.store import users
from assistant.workflow import open_workspace


@pytest.fixture
def workspace(tmp_path):
    opened = open_workspace(load_settings(tmp_path))
    begin(opened)
    yield opened
    opened.close()


@pytest.fixture
def people(workspace):
    """A user of each role, and a second reviewer."""
    roles = {
        "admin": Role.ADMIN, "secretary": Role.SECRETARY, "reviewer": Role.REVIEWER, "chief": Role.REVIEWER, "reader": Role.READER,
    }  # fmt: skip
    return {
        name: users.add_user(workspace.engine, name, "correct-horse-7", role, cost=CHEAP).actor
        for name, role in roles.items()
    }
