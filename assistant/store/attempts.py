"""Tries to log in: after failures under a name the next one has to wait, longer each time.

Kept per name, of users and of nobody alike, so that the wait tells nothing; as a hash, since people type
passwords into the wrong field. A try counts as failed from its beginning, so that many at once gain nothing.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta

from sqlalchemy import Column, Engine, Integer, String, Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.errors import LoginRefused
from assistant.store.database import writing
from assistant.store.schema import METADATA, Clock, Moment, utc_now

FREE = 3  # failures without a wait
LONGEST = 300  # seconds
FORGOTTEN = timedelta(days=1)

ATTEMPTS = Table(
    "login_attempts",
    METADATA,
    Column("name", String(64), primary_key=True),  # SHA-256 of the name as it is compared
    Column("failures", Integer, nullable=False),
    Column("tried_at", Moment, nullable=False),
    Column("free_at", Moment, nullable=False),  # when the next try is allowed
)


def delay(failures: int) -> int:
    """Seconds to wait after so many failures on end: none, none, none, 2, 4, 8 … 300."""
    return 0 if failures <= FREE else min(LONGEST, 2 ** min(failures - FREE, 16))


def begin(engine: Engine, name: str, *, clock: Clock = utc_now) -> None:
    """Count a try under a name, as failed until `forget`; raises `LoginRefused` where it comes too soon."""
    key, now = _key(name), clock()
    mine = ATTEMPTS.c.name == key
    with writing(engine) as connection:
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.tried_at < now - FORGOTTEN))
        counted = update(ATTEMPTS).where(mine, ATTEMPTS.c.free_at <= now).values(failures=ATTEMPTS.c.failures + 1)
        if connection.execute(counted).rowcount:
            failures = connection.execute(select(ATTEMPTS.c.failures).where(mine)).scalar_one()
            wait = timedelta(seconds=delay(failures))
            connection.execute(update(ATTEMPTS).where(mine).values(tried_at=now, free_at=now + wait))
            return
        free_at = connection.execute(select(ATTEMPTS.c.free_at).where(mine)).scalar()
        if free_at is None:
            try:
                connection.execute(insert(ATTEMPTS).values(name=key, failures=1, tried_at=now, free_at=now))
            except IntegrityError:
                free_at = now + timedelta(seconds=1)  # the same name, first tried at the same moment
            else:
                return
    seconds = max(1, -int(-(free_at - now).total_seconds() // 1))
    raise LoginRefused(f"这个用户名连续输错多次，请等 {_spoken(seconds)}再试；忘了密码请找管理员重设。")


def forget(engine: Engine, name: str) -> None:
    """The name has logged in, or been given a new password: its failures do not count any more."""
    with writing(engine) as connection:
        connection.execute(delete(ATTEMPTS).where(ATTEMPTS.c.name == _key(name)))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _spoken(seconds: int) -> str:
    return f"{seconds} 秒" if seconds < 60 else f"{-(-seconds // 60)} 分钟"
