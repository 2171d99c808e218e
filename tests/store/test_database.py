"""Opening the workspace database."""

import pytest
from sqlalchemy import text

from assistant.errors import WorkspaceError
from assistant.store.database import DATABASE_FILE, open_database


def test_sqlite_in_the_folder_waits_for_others_and_syncs(tmp_path):
    engine = open_database(tmp_path)
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 10000
    assert (tmp_path / DATABASE_FILE).exists()
    engine.dispose()


@pytest.mark.parametrize("url", ["nonsense", "nosuch://x/y", "sqlite:////no/such/folder/at/all/x.db"])
def test_a_database_that_cannot_be_opened_is_an_error_for_people(tmp_path, url):
    with pytest.raises(WorkspaceError, match="打不开"):
        open_database(tmp_path, url)


def test_a_damaged_file_is_an_error_for_people(tmp_path):
    (tmp_path / DATABASE_FILE).write_bytes(b"not a database at all, not at all" * 100)
    with pytest.raises(WorkspaceError, match="打不开工作目录中的数据库"):
        open_database(tmp_path)
