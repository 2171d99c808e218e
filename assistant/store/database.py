"""The workspace database: SQLite in the folder as it comes, any other by URL."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import WorkspaceError

DATABASE_FILE = "jushi.db"


def open_database(folder: Path, url: str = "") -> Engine:
    """The engine of a workspace, tried once; raises `WorkspaceError` when it cannot be opened."""
    target = url or f"sqlite:///{folder / DATABASE_FILE}"
    try:
        engine = create_engine(target)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
        with engine.connect():
            return engine
    except (SQLAlchemyError, ImportError) as error:
        where = "数据库地址 JUSHI_DATABASE_URL" if url else f"工作目录中的数据库 {folder / DATABASE_FILE}"
        raise WorkspaceError(f"打不开{where}（{_cause(error)}）。请检查地址、权限和磁盘空间。") from error


def _configure_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Readers beside one writer, waiting rather than failing, and nothing acknowledged before it is on disk."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _cause(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    return str(original).splitlines()[0] if str(original) else type(original).__name__
