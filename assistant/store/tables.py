"""The version of the store's tables: brought to the newest by numbered steps, each run once.

The steps are in `migrations/versions`, named by their number. Alembic runs them; it is loaded only
where a database is behind, since looking up the version takes one query.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import WorkspaceError

STEPS = Path(__file__).parent / "migrations"
VERSION = Table("store_version", MetaData(), Column("version_num", String(32), primary_key=True))
_LOCK = 0x6A757368  # PostgreSQL's advisory locks are numbered; nothing else here takes one


def create_tables(engine: Engine, *, beside: Sequence[MetaData] = ()) -> None:
    """Bring the tables to the newest version, from none or from any earlier one; nothing kept in them is lost.

    Others' tables (`beside`) that are missing are made in the same go, so that two programs that open a
    new database at once do not make them twice. Raises `WorkspaceError` where a newer program has made the database, or where a step fails: then
    nothing has changed.
    """
    with engine.connect() as connection:
        version = version_of(connection)
    if version < newest_version():
        try:
            with engine.connect() as connection:
                version = _upgrade(connection, beside)
        except (SQLAlchemyError, WorkspaceError) as error:
            cause = str(getattr(error.__cause__ or error, "orig", None) or error).splitlines()[0]
            raise WorkspaceError(
                f"数据库没能升级到第 {newest_version()} 版（{cause}），里面的内容没有改动。"
                "请确认磁盘有空间、没有别的程序占用，再试一次。"
            ) from error
    if version > newest_version():
        raise WorkspaceError(
            f"这个数据库由更新的程序建立（第 {version} 版，本程序只认到第 {newest_version()} 版）。请升级程序后再打开。"
        )


def version_of(connection: Connection) -> str:
    """The number of the last step run on this database; empty where none has been."""
    if not inspect(connection).has_table(VERSION.name):
        return ""
    return connection.scalar(select(VERSION.c.version_num)) or ""


@cache
def newest_version() -> str:
    """The number of the last step there is."""
    return max(path.name[:4] for path in (STEPS / "versions").glob("[0-9]*.py"))


def _upgrade(connection: Connection, beside: Sequence[MetaData]) -> str:
    """Run the steps that are missing in one transaction, while others who open the database wait; the version then."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    if version_of(connection) < newest_version():  # another may have been here while we waited
        _run_steps(connection)
    for others in beside:
        others.create_all(connection)
    version = version_of(connection)
    connection.commit()
    return version


def _run_steps(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(STEPS).replace("%", "%%"))
    log = logging.getLogger("alembic")
    level = log.level
    log.setLevel(logging.WARNING)
    try:
        command.upgrade(config, "head")
    finally:
        log.setLevel(level)
