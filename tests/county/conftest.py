"""A small made-up county, and a workspace for it."""

from dataclasses import replace

import pytest

from assistant.settings import load_settings
from assistant.workflow import import_ledger
from assistant.workspace import open_workspace
from tests.county.parts import make_county


@pytest.fixture
def county(tmp_path):
    """A county's folder of one's own."""
    return make_county(tmp_path / "清河县")


@pytest.fixture
def settings(tmp_path):
    return load_settings(tmp_path / "work")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    """The towns' ledgers in one database, and the list of who has to report; shared, so only to be read."""
    home = tmp_path_factory.mktemp("county")
    opened = open_workspace(load_settings(home / "work"))
    (opened.folder / "towns.txt").write_text("云溪镇\n石门乡\n安平街道\n柳河镇\n", encoding="utf-8")
    for town in sorted(make_county(home / "清河县").iterdir()):
        if any(town.iterdir()):
            import_ledger(replace(opened, settings=opened.settings.model_copy(update={"town": town.name})), [town])
    yield opened
    opened.close()
