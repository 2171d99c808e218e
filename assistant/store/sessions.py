"""Who is logged in. A session is a random token that only its bearer knows; its SHA-256 is kept here."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import Column, Connection, Engine, String, Table, delete, insert, or_, select, update

from assistant.permissions import Actor, Role
from assistant.store.database import writing
from assistant.store.schema import METADATA, Clock, Moment, utc_now

IDLE = timedelta(hours=2)  # closed when nothing was asked for so long
LIFETIME = timedelta(hours=12)  # closed in any case: a working day
_NOTED = timedelta(minutes=1)  # how often use is written down

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("token", String(64), primary_key=True),  # its SHA-256
    Column("user", String(64), nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
)


def open_session(engine: Engine, actor: Actor, *, clock: Clock = utc_now) -> str:
    """A token for somebody who has logged in; sessions that are over are cleared away."""
    token, now = secrets.token_urlsafe(32), clock()
    with writing(engine) as connection:
        over = or_(SESSIONS.c.used_at < now - IDLE, SESSIONS.c.opened_at < now - LIFETIME)
        connection.execute(delete(SESSIONS).where(over))
        row = {"token": _key(token), "user": actor.name, "opened_at": now, "used_at": now}
        connection.execute(insert(SESSIONS).values(row))
    return token


def actor_of(engine: Engine, token: str, *, clock: Clock = utc_now) -> Actor | None:
    """Whose token it is, with the role they have now; None where it is nobody's or over."""
    from assistant.store.users import USERS

    key, now = _key(token), clock()
    wanted = (
        select(USERS.c.name, USERS.c.role, USERS.c.display, SESSIONS.c.opened_at, SESSIONS.c.used_at)
        .join(USERS, USERS.c.name == SESSIONS.c.user)
        .where(SESSIONS.c.token == key, USERS.c.active.is_(True))
    )
    with engine.connect() as connection:
        row = connection.execute(wanted).first()
    if row is None or now - row.used_at > IDLE or now - row.opened_at > LIFETIME:
        return None
    if now - row.used_at > _NOTED:
        with writing(engine) as connection:
            connection.execute(update(SESSIONS).where(SESSIONS.c.token == key).values(used_at=now))
    return Actor(row.name, Role(row.role), row.display)


def close_session(engine: Engine, token: str) -> None:
    """Log out; a token that is nobody's changes nothing."""
    with writing(engine) as connection:
        connection.execute(delete(SESSIONS).where(SESSIONS.c.token == _key(token)))


def close_all(connection: Connection, name: str) -> None:
    """Close every session of a user, in the caller's transaction."""
    connection.execute(delete(SESSIONS).where(SESSIONS.c.user == name))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
