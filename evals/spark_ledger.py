"""The same facts from Apache Spark: sample towns read into SQLite, their observations loaded into Spark, every fact compared.

``python -m evals.spark_ledger [folder …]`` (folders of ledgers; the sample towns where none are named). Spark is
no dependency: where pyspark is missing, this says how to get it and ends.
"""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Boolean, Engine, Integer, Table, create_engine, select
from sqlalchemy.dialects import registry as dialects
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import IdentifierPreparer

from assistant.ledger.facts import facts_for, facts_of_towns, ranking
from assistant.ledger.importing import import_files
from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES
from assistant.periods import parse_period
from assistant.records import Fact
from assistant.registry.registry import Registry, shipped_registry

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = (ROOT / "corpus" / "ledger", ROOT / "evals" / "towns" / "shuangqiao" / "ledger")
TOWN = "样例镇"
PARTS = ("H1", "-05")
_HOW = "没有安装 {missing}，没有与 Spark 比对。\n安装方法：python -m pip install pyspark（只在比对时需要），另需 Java 17 或更新版本。"


class SparkCursor:
    """One statement at a time, run by a Spark session; parameters are Spark's own named ones."""

    arraysize = 1
    rowcount = -1
    lastrowid = None

    def __init__(self, session: object) -> None:
        self.session: Any = session
        self.description: list[tuple[Any, ...]] | None = None
        self._rows: list[tuple[Any, ...]] = []

    def execute(self, statement: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run a compiled statement and fetch all of its rows."""
        frame = self.session.sql(statement, args=dict(parameters or {}))
        self.description = [(name, None, None, None, None, None, None) for name in frame.columns]
        self._rows = [tuple(row) for row in frame.collect()]

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows not fetched yet."""
        rows, self._rows = self._rows, []
        return rows

    def fetchmany(self, size: int = 1) -> list[tuple[Any, ...]]:
        """The next rows."""
        rows, self._rows = self._rows[:size], self._rows[size:]
        return rows

    def fetchone(self) -> tuple[Any, ...] | None:
        """The next row."""
        return self._rows.pop(0) if self._rows else None

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []


class SparkConnection:
    """What SQLAlchemy needs of a connection, around a Spark session. Only reads; there is nothing to commit."""

    def __init__(self, session: object) -> None:
        self.session: Any = session

    def cursor(self) -> SparkCursor:
        """A cursor over the session."""
        return SparkCursor(self.session)

    def commit(self) -> None:
        """Nothing to commit."""

    def rollback(self) -> None:
        """Nothing to roll back."""

    def close(self) -> None:
        """The session is stopped by who started it."""


class _Driver:
    """The module-like face of the connection above."""

    paramstyle = "named"
    Error = Exception


class _Quoting(IdentifierPreparer):
    def __init__(self, dialect: DefaultDialect) -> None:
        super().__init__(dialect, initial_quote="`", final_quote="`")


class SparkDialect(DefaultDialect):
    """Standard SQL with Spark's quoting and truth values, for the statements of `assistant.ledger.queries`."""

    name = "spark"
    supports_native_boolean = True
    supports_statement_cache = True
    preparer = _Quoting  # type: ignore[assignment]

    @classmethod
    def import_dbapi(cls) -> Any:  # noqa: ANN401 - as the base class has it
        """The driver, which needs no import."""
        return _Driver

    def has_table(self, *_: object, **__: object) -> bool:
        """The tables are views made beforehand."""
        return True


dialects.register("spark", __name__, "SparkDialect")


@contextmanager
def spark_session(partitions: int = 1) -> Iterator[Any]:
    """A Spark of two threads on this machine, stopped at the end."""
    sql = importlib.import_module("pyspark.sql")
    builder = sql.SparkSession.builder.master("local[2]").appName("ledger")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.default.parallelism": str(partitions),
        "spark.sql.shuffle.partitions": str(partitions),
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
    }.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()


def load(source: Engine, session: Any) -> int:  # noqa: ANN401 - pyspark may be missing
    """Copy the ledger's tables into views of the session; returns the number of observations."""
    counts = {}
    with source.connect() as connection:
        for table in (FILES, SOURCES, OBSERVATIONS):
            rows = [tuple(row) for row in connection.execute(select(table))]
            counts[table.name] = load_rows(session, table, rows)
    return counts[OBSERVATIONS.name]


def load_rows(session: Any, table: Table, rows: Sequence[tuple[Any, ...]]) -> int:  # noqa: ANN401 - pyspark may be missing
    """Make a view of a table's name out of rows; returns how many."""
    frame = session.createDataFrame(list(rows), _schema(table)).coalesce(1).cache()
    frame.createOrReplaceTempView(table.name)
    return int(frame.count())


def _schema(table: Table) -> str:
    kinds: Sequence[tuple[type, str]] = ((BigInteger, "bigint"), (Integer, "int"), (Boolean, "boolean"))
    return ", ".join(
        f"`{column.name}` " + next((name for kind, name in kinds if isinstance(column.type, kind)), "string")
        for column in table.columns
    )


def all_facts(engine: Engine, years: Sequence[int], registry: Registry) -> list[Fact]:
    """A town's facts of every year and of parts of the last one, a ranking of each kind, and the county's view."""
    last = years[-1]
    ids = [str(year) for year in years] + [f"{last}{part}" for part in PARTS]
    found = [fact for name in ids for fact in facts_for(engine, parse_period(name), registry, town=TOWN)]
    for kind in ("place", "month"):
        for indicator in ("hazard.found", "inspection.enterprises"):
            found += ranking(engine, indicator, parse_period(str(last)), registry, kind, TOWN)
    towns = facts_of_towns(engine, parse_period(str(last)), registry)
    return found + [fact for facts in towns.values() for fact in facts]


def compare(folder: Path, session: Any, registry: Registry) -> bool:  # noqa: ANN401 - pyspark may be missing
    """Whether Spark gives every fact of a town's ledgers as SQLite does; prints both."""
    sqlite = create_engine("sqlite://")
    import_files(sqlite, [folder], registry, town=TOWN)
    with sqlite.connect() as connection:
        years = sorted(year for year in connection.scalars(select(OBSERVATIONS.c.year).distinct()) if year)
    rows = load(sqlite, session)
    spark = create_engine("spark://", creator=lambda: SparkConnection(session), poolclass=StaticPool)
    ours = all_facts(sqlite, years, registry)
    started = time.perf_counter()
    theirs = all_facts(spark, years, registry)
    took = time.perf_counter() - started
    differing = [(a, b) for a, b in zip(ours, theirs, strict=False) if repr(a) != repr(b)]
    same = len(ours) - len(differing) if len(ours) == len(theirs) else 0
    print(
        f"{folder}：观测 {rows} 条，{len(ours)} 条事实，Spark 与 SQLite 逐位相同 {same} 条，用时 {took:.1f} s",
        flush=True,
    )
    for a, b in differing[:5]:
        print(f"  SQLite {a.id} = {a.value}；Spark {b.id} = {b.value}")
    sqlite.dispose()
    spark.dispose()
    return len(ours) == len(theirs) and bool(ours) and not differing


def main(folders: Sequence[str] = ()) -> bool:
    """Compare every folder; True where nothing differs, or where there is no Spark to compare with."""
    missing = [
        name
        for name, found in (("pyspark", importlib.util.find_spec("pyspark")), ("Java", shutil.which("java")))
        if not found
    ]
    if missing:
        print(_HOW.format(missing="和".join(missing)))
        return True
    with spark_session() as session:
        print(f"Spark {session.version}，本机 2 线程")
        return not [folder for folder in folders or SAMPLES if not compare(Path(folder), session, shipped_registry())]


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1:]) else 1)
