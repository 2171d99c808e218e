"""The workspace database: SQLite in the folder as it comes, any other by URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from assistant.errors import WorkspaceError

DATABASE_FILE = "jushi.db"
_PATIENCE = 10  # seconds to wait for other writers
_BEGIN = "BEGIN IMMEDIATE"
_ADVICE = {
    "disk is full": "请腾出磁盘空间后再做一次",
    "disk I/O error": "请检查磁盘空间和磁盘是否完好，再做一次",
    "locked": "另一个程序正在写入，请等它做完再试",
    "readonly": "工作目录只能读，请检查权限或换一个位置",
    "malformed": "数据库文件已损坏，请用备份换回，或换一个工作目录重新导入台账",
    "not a database": "数据库文件已损坏，请用备份换回，或换一个工作目录重新导入台账",
}
_TURNS: dict[str, Lock] = {}  # by database: who of this program writes next


def open_database(folder: Path, url: str = "") -> Engine:
    """The engine of a workspace, tried once; raises `WorkspaceError` when it cannot be opened."""
    target = url or f"sqlite:///{folder / DATABASE_FILE}"
    try:
        engine = create_engine(target)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _configure_sqlite)
        with engine.connect():
            event.listen(engine, "handle_error", _say_failure)
            return engine
    except (SQLAlchemyError, ImportError) as error:
        where = "数据库地址 JUSHI_DATABASE_URL" if url else f"工作目录中的数据库 {folder / DATABASE_FILE}"
        raise WorkspaceError(f"打不开{where}（{_cause(error)}）。请检查地址、权限和磁盘空间。") from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads and then writes by what it read; it is there as a whole or not at all.

    On SQLite it is the only one that writes from its beginning on, so that nothing it has read changes;
    elsewhere it has to lock the rows it goes by. Raises `WorkspaceError` where the database cannot take it.
    """
    try:
        with _turn(engine), engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                _begin_writing(connection)
            yield connection
    except OperationalError as error:
        raise WorkspaceError(
            f"没有保存：数据库写不进去（{_cause(error)}）。请检查磁盘空间和权限，稍后再存。"
        ) from error


@contextmanager
def _turn(engine: Engine) -> Iterator[None]:
    """The turn to write: SQLite lets one write at a time, and left to itself some wait for seconds while others pass."""
    if engine.dialect.name != "sqlite":
        yield
        return
    lock = _TURNS.setdefault(str(engine.url), Lock())
    if not lock.acquire(timeout=_PATIENCE):
        raise WorkspaceError("没有保存：别的人正在写入，等了很久还没有轮到。请稍后再存。")
    try:
        yield
    finally:
        lock.release()


def _say_failure(context: ExceptionContext) -> None:
    """What befalls a database in use (full, locked, read-only, damaged, gone) in words; a mistake of ours stays one."""
    error = context.sqlalchemy_exception
    if error is None or type(error) not in (OperationalError, DatabaseError) or context.statement == _BEGIN:
        return
    cause = _cause(error)
    advice = next((each for sign, each in _ADVICE.items() if sign in cause), "请检查磁盘空间和权限，稍后再试")
    raise WorkspaceError(f"没有完成：数据库用不了（{cause}）。已经保存的内容都还在；{advice}。") from error


def _begin_writing(connection: Connection) -> None:
    """Begin as the only writer, trying again at short intervals while another program is writing."""
    until = monotonic() + _PATIENCE
    connection.exec_driver_sql("PRAGMA busy_timeout = 0")
    try:
        while not _begun(connection, monotonic() > until):
            sleep(0.002)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")


def _begun(connection: Connection, last: bool) -> bool:
    """Whether the transaction could begin; raises `OperationalError` where it cannot, or this was the `last` try."""
    try:
        connection.exec_driver_sql(_BEGIN)
    except OperationalError as error:
        if last or "locked" not in _cause(error):
            raise
        return False
    return True


def _configure_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Readers beside one writer, waiting rather than failing, and nothing acknowledged before it is on disk."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _cause(error: Exception) -> str:
    original = getattr(error, "orig", None) or error
    return str(original).splitlines()[0] if str(original) else type(original).__name__
