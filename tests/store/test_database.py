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


def test_what_befalls_a_database_in_use_is_said_in_words(tmp_path):
    engine = open_database(tmp_path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE kept (text TEXT)")
    full = "PRAGMA max_page_count = 4"
    with pytest.raises(WorkspaceError, match=r"full.*腾出磁盘空间"), engine.begin() as connection:
        connection.exec_driver_sql(full)
        connection.exec_driver_sql("INSERT INTO kept VALUES (?)", ("长" * 100_000,))
    engine.dispose()
    (tmp_path / DATABASE_FILE).write_bytes(b"SQLite format 3\x00" + b"x" * 5_000)
    with pytest.raises(WorkspaceError, match="已损坏|打不开"), open_database(tmp_path).connect() as connection:
        connection.exec_driver_sql("SELECT * FROM kept")
