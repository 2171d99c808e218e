"""The tables are brought to the newest version, from nothing or from what an earlier version made."""

import importlib
import pkgutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from postgres import postgres_server, postgres_url  # noqa: F401 - fixtures
from sqlalchemy import Column, Integer, MetaData, Table, inspect, text

from assistant import store
from assistant.errors import WorkspaceError
from assistant.store import drafts, schema
from assistant.store.database import open_database
from assistant.store.tables import STEPS, create_tables, newest_version, version_of

ROOT = Path(__file__).resolve().parents[2]
STEP_NAMES = sorted(path.name[:4] for path in (STEPS / "versions").glob("0*.py"))[:-1]
FIRST_VERSION = Path(__file__).parent / "first_version.sql"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def engine(request, tmp_path):
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    opened = open_database(tmp_path, url)
    yield opened
    opened.dispose()


def version(engine) -> str:
    with engine.connect() as connection:
        return version_of(connection)


def run(engine, script: str) -> None:
    if engine.dialect.name == "postgresql":
        script = script.replace("DATETIME", "TIMESTAMP WITH TIME ZONE").replace("id INTEGER", "id SERIAL")
    with engine.begin() as connection:
        for statement in filter(str.strip, script.split(";\n")):
            connection.exec_driver_sql(statement)


def test_a_new_database_gets_every_table_as_it_is_declared(engine):
    create_tables(engine)
    assert version(engine) == newest_version()
    for module in pkgutil.iter_modules(store.__path__, "assistant.store."):
        importlib.import_module(module.name)
    with engine.connect() as connection:
        found = MigrationContext.configure(connection, opts={"include_object": _is_ours, "compare_type": True})
        assert compare_metadata(found, schema.METADATA) == []


def _is_ours(thing, name, kind, reflected, other):
    """The store's tables; the version's own is alembic's."""
    return name != "store_version"


def test_from_each_step_on_the_rest_is_run(engine):
    create_tables(engine)
    made = sorted(inspect(engine).get_table_names())
    for steps in STEP_NAMES:
        with engine.begin() as connection:
            for table in reversed(inspect(engine).get_sorted_table_and_fkc_names()):
                for name in [table[0]] if table[0] else []:
                    connection.exec_driver_sql(f'DROP TABLE "{name}"')
        _run_up_to(engine, steps)
        assert version(engine) == steps
        create_tables(engine)
        assert sorted(inspect(engine).get_table_names()) == made


def _run_up_to(engine, step):
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, step)


def test_what_the_first_version_kept_is_all_there_afterwards(engine):
    run(engine, FIRST_VERSION.read_text(encoding="utf-8"))
    create_tables(engine)
    draft = drafts.load_draft(engine, "annual-2024-1")
    assert [section.text for section in draft.sections] == ["全年检查企业205家次。", "一是压实责任。"]
    assert [(each.number, each.author) for each in drafts.revisions(engine, draft.id, "01")] == [
        (1, "offline"),
        (2, "本机用户"),
    ]
    assert version(engine) == newest_version()


def test_an_up_to_date_database_needs_no_migration_library(tmp_path):
    opened = open_database(tmp_path)
    create_tables(opened)
    opened.dispose()
    code = (
        "import sys; from pathlib import Path; from assistant.store import database, tables\n"
        "tables.create_tables(database.open_database(Path(sys.argv[1]))); print('alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, cwd=ROOT)
    assert (done.stdout.strip(), done.stderr) == ("False", "")


def test_a_database_of_a_newer_program_is_left_alone(engine):
    create_tables(engine)
    run(engine, "UPDATE store_version SET version_num = '9999'")
    with pytest.raises(WorkspaceError, match="由更新的程序建立（第 9999 版.*请升级程序"):
        create_tables(engine)
    assert version(engine) == "9999"


def test_many_who_open_a_new_database_at_once_all_find_it_ready(engine, tmp_path):
    url = engine.url.render_as_string(hide_password=False)
    others = MetaData()
    Table("others", others, Column("id", Integer, primary_key=True))
    begun = Barrier(6)

    def open_one(_number: int) -> str:
        opened = open_database(tmp_path, url)
        begun.wait()
        create_tables(opened, beside=[others])
        found = version(opened)
        opened.dispose()
        return found

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(open_one, range(6))) == {newest_version()}


def test_a_step_that_fails_changes_nothing(engine):
    run(engine, FIRST_VERSION.read_text(encoding="utf-8"))
    run(engine, "CREATE TABLE head_revisions (mine INTEGER)")
    with pytest.raises(WorkspaceError, match="没能升级"):
        create_tables(engine)
    assert version(engine) == ""
    assert "facts" not in {column["name"] for column in inspect(engine).get_columns("section_revisions")}


def test_a_name_with_a_percent_sign_in_the_path_is_no_obstacle(tmp_path):
    folder = tmp_path / "50%的 目录"
    folder.mkdir()
    opened = open_database(folder)
    create_tables(opened)
    with opened.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM drafts")) == 0
    opened.dispose()
