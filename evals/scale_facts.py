"""The facts of many towns in SQLite, DuckDB, PostgreSQL and Spark: the same digits, with what they cost.

Every measurement runs in a process of its own (``python -m evals.scale_facts ENGINE ROWS TOWNS``), so that its
memory is its own. The rows are made inside each database from one formula.
"""

from __future__ import annotations

import hashlib
import json
import os
import pwd
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, func, insert, select, text
from sqlalchemy.pool import StaticPool

from assistant.ledger.county import facts_of_towns
from assistant.ledger.queries import totals
from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, create_tables
from assistant.periods import parse_period
from assistant.records import Aggregation
from assistant.registry.registry import shipped_registry

ENGINES = ("sqlite", "duckdb", "postgresql", "spark")
_SERIES = {
    "sqlite": "(WITH RECURSIVE s(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < {last}) SELECT i FROM s) t",
    "duckdb": "range(0, {count}) t(i)",
    "postgresql": "generate_series(0::bigint, {last}::bigint) t(i)",
    "spark": "(SELECT id AS i FROM range({count})) t",
}
_OVER = {"sqlite": "/", "duckdb": "//", "postgresql": "/", "spark": "DIV"}
_POSTGRES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)


def observations_sql(engine: str, rows: int, towns: int) -> str:
    """The query whose rows are the observations, the same in every engine: spread over 2023 and 2024 and all sources."""
    over, sources = _OVER[engine], towns * len(_indicators())
    year, month, day = f"(2023 + (i {over} 7) % 2)", f"(1 + (i {over} 2) % 12)", f"(1 + (i {over} 24) % 28)"
    whole = f"{year} * 10000 + {month} * 100 + {day}"
    place = f"'V' || CAST(i % 8 AS {'STRING' if engine == 'spark' else 'VARCHAR(9)'})"
    return (
        f"SELECT (i * 7919) % {sources} AS source, {place} AS place, '' AS counted_key, {year} AS year, {month} AS month, "  # nosec B608  # expressions of our own
        f"{day} AS day, {whole} AS first, {whole} AS last, (i % 97) * 1000000 + i % 7 AS millionths, "
        f"i {over} 20 AS sheet_row, i % 20 AS sheet_column, '' AS written "
        f"FROM {_SERIES[engine].format(count=rows, last=rows - 1)}"
    )


def sources_sql(engine: str, towns: int) -> str:
    """The query whose rows are the sources: every indicator of every town, the same in every engine."""
    names = _indicators()
    listed = " UNION ALL ".join(f"SELECT {at} AS n, '{name}' AS indicator" for at, name in enumerate(names))
    kind = "STRING" if engine == "spark" else "VARCHAR(9)"
    return (
        f"SELECT CAST(i * {len(names)} + n AS INTEGER) AS id, 0 AS file, '台账' AS sheet, '乡镇' || CAST(1000 + i AS {kind}) AS town, "  # nosec B608  # numbers of our own
        "indicator, '' AS layout, 1 AS rank, true AS dated, 20230101 AS first, 20241231 AS last, 'A1' AS reach, true AS counted "
        f"FROM {_SERIES[engine].format(count=towns, last=towns - 1)}, ({listed}) known"
    )


def _indicators() -> list[str]:
    return [entry.id for entry in shipped_registry() if entry.aggregation is not Aggregation.RATIO]


def _fill(connection: Connection, engine: str, rows: int, towns: int) -> None:
    connection.execute(insert(FILES), {"id": 0, "town": "", "name": "台账.xlsx", "digest": ""})
    queries = ((SOURCES, sources_sql(engine, towns)), (OBSERVATIONS, observations_sql(engine, rows, towns)))
    for table, query in queries:
        names = ", ".join(column.name for column in table.columns)
        connection.execute(text(f"INSERT INTO {table.name} ({names}) {query}"))


@contextmanager
def _database(engine: str, rows: int, towns: int) -> Iterator[Engine]:
    """An engine whose database holds the rows."""
    if engine == "spark":
        with _spark(rows, towns) as found:
            yield found
        return
    with tempfile.TemporaryDirectory() as folder:
        urls = {
            "sqlite": f"sqlite:///{folder}/bench.db",
            "duckdb": f"duckdb:///{folder}/bench.duckdb",
            "postgresql": os.environ.get("JUSHI_BENCH_POSTGRESQL", ""),
        }
        made = create_engine(urls[engine])
        create_tables(made)
        with made.begin() as connection:
            if engine == "duckdb":
                connection.execute(text("SET threads = 2"))
            _fill(connection, engine, rows, towns)
        if engine == "postgresql":
            with made.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        try:
            yield made
        finally:
            made.dispose()


@contextmanager
def _spark(rows: int, towns: int) -> Iterator[Engine]:
    from evals.spark_ledger import SparkConnection, load_rows, spark_session

    with spark_session(partitions=2) as session:
        load_rows(session, FILES, [(0, "", "台账.xlsx", "")])
        queries = ((SOURCES, sources_sql("spark", towns)), (OBSERVATIONS, observations_sql("spark", rows, towns)))
        for table, query in queries:
            frame = session.sql(query).cache()
            frame.count()
            frame.createOrReplaceTempView(table.name)
        made = create_engine("spark://", creator=lambda: SparkConnection(session), poolclass=StaticPool)
        yield made
        made.dispose()


def measure(engine: str, rows: int, towns: int) -> dict[str, Any]:
    """Fill a database, compute every fact of every town, and say what it cost and what came out."""
    period, registry = parse_period("2024"), shipped_registry()
    began = time.monotonic()
    with _database(engine, rows, towns) as made:
        filled = time.monotonic()
        with made.connect() as connection:
            count = connection.scalar(select(func.count()).select_from(OBSERVATIONS))
            started = time.monotonic()
            groups = len(connection.execute(totals(period, None)).all())
            queried = time.monotonic()
        whole = hashlib.sha256()
        facts = 0
        for town, found in facts_of_towns(made, period, registry).items():
            facts += len(found)
            for fact in found:
                whole.update(f"{town}|{fact.id}|{fact.value:f}|{fact.unit}\n".encode())
        done = time.monotonic()
        held = _peak_of_others(engine)
    return {
        "engine": engine,
        "rows": count,
        "fill": filled - began,
        "query": queried - started,
        "groups": groups,
        "facts_seconds": done - queried,
        "facts": facts,
        "digits": whole.hexdigest()[:16],
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "server_memory": held,
    }


def _peak_of_others(engine: str) -> int:
    """The most memory (MB) any process of the engine's own has held: Spark's Java, PostgreSQL's server."""
    wanted = {"spark": "java", "postgresql": "postgres"}.get(engine)
    peaks = [0]
    for status in Path("/proc").glob("[0-9]*/status") if wanted else ():
        try:
            lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        except OSError:
            continue
        if lines.get("Name", "").strip() == wanted and "VmHWM" in lines:
            peaks.append(int(lines["VmHWM"].split()[0]) // 1024)
    return max(peaks)


def compare_engines(curve: Sequence[int], towns: int, engines: Sequence[str]) -> bool:
    """Measure every engine at every size, print the table, and say whether all gave the same digits."""
    from evals.scale import machine

    print(f"{machine()}；{towns} 个乡镇，全部事实（总数、末次状态、比率、同比）\n")
    print(
        "| 行数 | 引擎 | 写入（秒） | 汇总查询（秒） | 全部事实（秒） | 事实条数 | 进程内存峰值（MB） | 服务内存峰值（MB） | 数字指纹 |"
    )
    print("|---|---|---|---|---|---|---|---|---|")
    same = True
    for rows in curve:
        digits = set()
        for engine in engines:
            with _server(engine) as url:
                found = _in_a_process(engine, rows, towns, url)
            if found is None:
                print(f"| {rows:,} | {engine} | 没有测：缺少组件，或运行失败 | | | | | | |", flush=True)
                continue
            digits.add(found["digits"])
            print(
                f"| {found['rows']:,} | {engine} | {found['fill']:.1f} | {found['query']:.2f} | {found['facts_seconds']:.1f} | "
                f"{found['facts']:,} | {found['memory']} | {found['server_memory'] or '—'} | `{found['digits']}` |",
                flush=True,
            )
        same = same and len(digits) == 1
    print(f"\n各引擎的数字{'完全相同' if same else '不相同，请查'}。")
    return same


def _in_a_process(engine: str, rows: int, towns: int, url: str) -> dict[str, Any] | None:
    command = [sys.executable, "-m", "evals.scale_facts", engine, str(rows), str(towns)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "JUSHI_BENCH_POSTGRESQL": url}
    )
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-3:]), file=sys.stderr)
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _server(engine: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database for one measurement; empty where none is needed or to be had."""
    given = os.environ.get("JUSHI_BENCH_POSTGRESQL", "")
    if engine != "postgresql" or given or not _POSTGRES:
        yield given
        return
    home = Path(tempfile.mkdtemp(prefix="bench-pg-", dir="/tmp"))  # nosec B108  # a new folder of its own
    user = pwd.getpwnam("postgres") if os.geteuid() == 0 else None
    if user:
        shutil.chown(home, "postgres", "postgres")
    who: dict[str, Any] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    shared: dict[str, Any] = {
        "check": True,
        "cwd": "/",
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        **who,
    }
    programs, data = _POSTGRES[0].parent, home / "data"
    subprocess.run([programs / "initdb", "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8"], **shared)
    options = f"-c listen_addresses='' -c unix_socket_directories={home} -c max_wal_size=4GB"
    subprocess.run([programs / "pg_ctl", "-D", data, "-w", "-o", options, "-l", home / "log", "start"], **shared)
    try:
        yield f"postgresql+psycopg://bench@/postgres?host={home}"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "fast", "stop"], **shared)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))))
