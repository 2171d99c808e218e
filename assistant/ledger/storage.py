"""The ledger's tables in the workspace database, and the one way values are stored in it.

A value is a whole number of millionths: exact, and summed alike by every database. Days are whole
numbers too (20240305), with year, month and day as columns of their own, so that no dialect's date
functions matter. `month` and `day` are 0 where an observation covers more.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import BigInteger, Boolean, Column, Engine, Index, Integer, MetaData, String, Table, Text

from assistant.records import Period

METADATA = MetaData()
_SCALE = 6

FILES = Table(
    "ledger_files",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("town", String(80), nullable=False),
    Column("name", String(400), nullable=False),
    Column("digest", String(64), nullable=False),
)

SHEETS = Table(
    "ledger_sheets",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("file", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("understood", Text, nullable=False),
)

SOURCES = Table(
    "ledger_sources",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("file", Integer, nullable=False),
    Column("sheet", String(200), nullable=False),
    Column("town", String(80), nullable=False),
    Column("indicator", String(80), nullable=False),
    Column("layout", String(64), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("dated", Boolean, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("reach", String(60), nullable=False),  # the cells it is read from: "E3:E38"
    Column("counted", Boolean, nullable=False),
)

OBSERVATIONS = Table(
    "ledger_observations",
    METADATA,
    Column("source", Integer, nullable=False),  # its town and indicator are the source's
    Column("place", String(80), nullable=False),
    Column("counted_key", String(200), nullable=False),
    Column("year", Integer, nullable=False),
    Column("month", Integer, nullable=False),
    Column("day", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("millionths", BigInteger, nullable=False),
    Column("sheet_row", Integer, nullable=False),
    Column("sheet_column", Integer, nullable=False),
    Column("written", String(80), nullable=False),
)
Index("ledger_sources_by_town", SOURCES.c.town)
Index("ledger_observations_by_source", OBSERVATIONS.c.source)

NOTICES = Table(
    "ledger_notices",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("town", String(80), nullable=False),
    Column("file", Integer, nullable=False),  # 0: between files
    Column("severity", String(10), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("sheet", String(200), nullable=False),
    Column("cell", String(40), nullable=False),
    Column("written", String(400), nullable=False),
    Column("file_name", String(400), nullable=False),
)


def create_tables(engine: Engine) -> None:
    """Create the ledger's tables where they are missing."""
    METADATA.create_all(engine)


@lru_cache(maxsize=16_384)
def stored(value: Decimal) -> int:
    """A value in millionths; `ValueError` where it has more decimals than that."""
    scaled = value.scaleb(_SCALE)
    whole = int(scaled)
    if whole != scaled:
        raise ValueError(f"more than {_SCALE} decimals: {value}")
    return whole


def restored(millionths: int | Decimal) -> Decimal:
    """The value of so many millionths, without trailing zeros after the point."""
    value = Decimal(int(millionths)).scaleb(-_SCALE)
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def day_number(day: date) -> int:
    """20240305 for 5 March 2024."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number: int) -> date:
    """The day of such a number."""
    return date(number // 10_000, number // 100 % 100, number % 100)


@lru_cache(maxsize=4_096)
def date_columns(first: date, last: date) -> tuple[int, int, int, int, int]:
    """An observation's year, month, day, first and last day."""
    same_month = (first.year, first.month) == (last.year, last.month)
    return (
        first.year if first.year == last.year else 0,
        first.month if same_month else 0,
        first.day if first == last else 0,
        day_number(first),
        day_number(last),
    )


def bounds(period: Period) -> tuple[int, int]:
    """A period's first and last day as numbers."""
    return day_number(period.start), day_number(period.end)
