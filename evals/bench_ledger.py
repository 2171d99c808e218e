"""What facts cost: observations of many towns in a database, and the time all facts of a year take.

``python -m evals.bench_ledger [rows …]`` prints the curve; on DuckDB. The database makes the rows itself, so that ten million take seconds.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, insert, select, text

from assistant.ledger.county import facts_of_towns
from assistant.ledger.queries import totals
from assistant.ledger.storage import FILES, OBSERVATIONS, SOURCES, create_tables
from assistant.periods import parse_period
from assistant.records import Aggregation
from assistant.registry.registry import shipped_registry

CURVE = (10_000, 100_000, 1_000_000, 10_000_000)
TOWNS = 1_500


def fill(connection: Connection, rows: int, towns: int) -> None:
    """Sources for every indicator of every town, and rows spread over them and over 2023 and 2024."""
    indicators = [entry.id for entry in shipped_registry() if entry.aggregation is not Aggregation.RATIO]
    connection.execute(insert(FILES), {"id": 0, "town": "", "name": "台账.xlsx", "digest": ""})
    listed = ", ".join(f"({number}, '{indicator}')" for number, indicator in enumerate(indicators))
    columns = ", ".join(column.name for column in SOURCES.columns)
    size = len(indicators)
    connection.execute(
        text(
            f"INSERT INTO ledger_sources ({columns}) SELECT t * {size} + n, 0, '台账', '乡镇' || t, indicator, '', 1, "  # nosec B608  # numbers of our own
            f"true, 20230101, 20241231, 'A1', true FROM range(0, {towns}) AS towns(t), (VALUES {listed}) AS known(n, indicator)"
        )
    )
    day = "(2023 + i % 2) * 10000 + (1 + (i // 2) % 12) * 100 + 1 + (i // 24) % 28"
    names = ", ".join(column.name for column in OBSERVATIONS.columns)
    connection.execute(
        text(
            f"INSERT INTO ledger_observations ({names}) SELECT (i * 7919) % {towns * size}, 'V' || (i % 8), '', "  # nosec B608
            f"2023 + i % 2, 1 + (i // 2) % 12, 1 + (i // 24) % 28, {day}, {day}, (i % 97) * 1000000, i // 20, i % 20, '' "
            f"FROM range(0, {rows}) AS t(i)"
        )
    )


def measure(url: str, rows: int, towns: int) -> None:
    """Fill a database and print what the facts of a year cost."""
    engine = create_engine(url)
    create_tables(engine)
    period, registry = parse_period("2024"), shipped_registry()
    with engine.begin() as connection:
        if connection.dialect.name == "duckdb":
            connection.execute(text("SET threads = 2"))
        started = time.perf_counter()
        fill(connection, rows, towns)
        filled = time.perf_counter()
        groups = len(connection.execute(totals(period, None)).all())
        queried = time.perf_counter()
        count = connection.scalar(select(func.count()).select_from(OBSERVATIONS))
    worked = time.process_time()
    facts = sum(len(found) for found in facts_of_towns(engine, period, registry).values())
    done, worked = time.perf_counter(), time.process_time() - worked
    print(
        f"{count:>12,} 行 {towns:>5} 镇  写入 {filled - started:6.2f} s  汇总查询 {queried - filled:6.2f} s（{groups:,} 组）  "
        f"全部事实 {done - queried:6.2f} s（{facts:,} 条，处理器 {worked:.2f} s）"
    )
    engine.dispose()


def main() -> None:
    """Print the curve."""
    arguments = argparse.ArgumentParser(description="事实计算的耗时")
    arguments.add_argument("rows", nargs="*", type=int, default=list(CURVE))
    arguments.add_argument("--towns", type=int, default=TOWNS)
    chosen = arguments.parse_args()
    for rows in chosen.rows:
        with tempfile.TemporaryDirectory() as folder:
            measure(f"duckdb:///{Path(folder) / 'bench.duckdb'}", rows, chosen.towns)


if __name__ == "__main__":
    main()
