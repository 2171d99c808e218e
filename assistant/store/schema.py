"""What every table of the store is declared with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, MetaData
from sqlalchemy.types import TypeDecorator

METADATA = MetaData()

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock used where none is given."""
    return datetime.now(UTC)


class Moment(TypeDecorator[datetime]):
    """A point in time that comes back as it went in: with its time zone, which SQLite drops."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - named by SQLAlchemy
        """Stored in UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - named by SQLAlchemy
        """Read as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
