"""Users: who may log in, as what. Passwords are kept as Argon2id hashes, never as they are."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    String,
    Table,
    Text,
    func,
    insert,
    select,
    update,
)

from assistant.errors import InputError, LoginRefused
from assistant.permissions import LOCAL, Actor, Role
from assistant.store import attempts, audit, sessions
from assistant.store.audit import Action
from assistant.store.database import writing
from assistant.store.passwords import OFFICE, Cost, check_rules, hash_password, outdated, verify_password
from assistant.store.schema import METADATA, Clock, Moment, utc_now

LONGEST_NAME = 32

USERS = Table(
    "users",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("known_as", String(64), nullable=False, unique=True),  # the name as it is compared
    Column("name", String(64), nullable=False),
    Column("display", String(80), nullable=False),
    Column("role", String(16), nullable=False),
    Column("password", Text, nullable=False),  # the Argon2 hash, with its parameters
    Column("active", Boolean, nullable=False),
    Column("created_at", Moment, nullable=False),
)


@dataclass(frozen=True, slots=True)
class User:
    """A user as listed; nothing secret."""

    name: str
    role: Role
    display: str
    active: bool
    created_at: datetime

    @property
    def actor(self) -> Actor:
        """The user as somebody who does things."""
        return Actor(self.name, self.role, self.display)


def add_user(
    engine: Engine,
    name: str,
    password: str,
    role: Role,
    *,
    display: str = "",
    by: str = LOCAL.name,
    clock: Clock = utc_now,
    cost: Cost = OFFICE,
) -> User:
    """Add a user; the first one has to be an administrator.

    Raises `InputError` for a name that is taken or cannot be one, and for a password that is too weak.
    """
    name = _checked_name(name)
    check_rules(password, name)
    hashed = hash_password(password, cost)
    user = User(name, Role(role), _checked_display(display), True, clock())
    with writing(engine) as connection:
        audit.append(connection, by, Action.ADD_USER, name, user.role.label, clock=clock)
        if connection.execute(select(USERS.c.id).where(USERS.c.known_as == known_as(name))).first():
            raise InputError(f"已经有名叫“{name}”的用户。请换一个名字，或用 jushi user password 改他的密码。")
        connection.execute(
            insert(USERS).values(
                known_as=known_as(name),
                name=name,
                display=user.display,
                role=str(user.role),
                password=hashed,
                active=True,
                created_at=user.created_at,
            )
        )
        _refuse_without_admin(connection, f"第一个用户必须是{Role.ADMIN.label}，“{name}”没有添加。请把角色改为 admin。")
    return user


def set_password(
    engine: Engine,
    name: str,
    password: str,
    *,
    by: str = LOCAL.name,
    clock: Clock = utc_now,
    cost: Cost = OFFICE,
) -> None:
    """Give a user a new password and close their sessions; raises `InputError` as `add_user` does."""
    user = find_user(engine, name)
    check_rules(password, user.name)
    hashed = hash_password(password, cost)
    _change(engine, user.name, Action.SET_PASSWORD, "", by, clock, password=hashed)
    attempts.forget(engine, known_as(user.name))


def set_role(engine: Engine, name: str, role: Role, *, by: str = LOCAL.name, clock: Clock = utc_now) -> None:
    """Give a user another role and close their sessions; raises `InputError` for the last administrator."""
    user = find_user(engine, name)
    if user.role is not Role(role):
        told = f"{user.role.label}→{Role(role).label}"
        _change(engine, user.name, Action.SET_ROLE, told, by, clock, role=str(Role(role)))


def disable_user(engine: Engine, name: str, *, by: str = LOCAL.name, clock: Clock = utc_now) -> None:
    """Let a user log in no more and close their sessions; raises `InputError` for the last administrator."""
    user = find_user(engine, name)
    if user.active:
        _change(engine, user.name, Action.DISABLE_USER, "", by, clock, active=False)


def enable_user(engine: Engine, name: str, *, by: str = LOCAL.name, clock: Clock = utc_now) -> None:
    """Let a user who was disabled log in again."""
    user = find_user(engine, name)
    if not user.active:
        _change(engine, user.name, Action.ENABLE_USER, "", by, clock, active=True)


def list_users(engine: Engine) -> list[User]:
    """Every user, in the order they were added."""
    with engine.connect() as connection:
        return [_user(row) for row in connection.execute(select(USERS).order_by(USERS.c.id))]


def has_users(engine: Engine) -> bool:
    """Whether there are users at all; where not, whoever sits at the machine may do everything."""
    with engine.connect() as connection:
        return connection.execute(select(USERS.c.id).limit(1)).first() is not None


def find_user(engine: Engine, name: str) -> User:
    """The user of this name; raises `InputError` where there is none."""
    with engine.connect() as connection:
        row = connection.execute(select(USERS).where(USERS.c.known_as == known_as(name))).first()
    if row is None:
        raise InputError(f"没有名叫“{name[:LONGEST_NAME]}”的用户。可用 jushi user list 查看有哪些用户。")
    return _user(row)


def authenticate(engine: Engine, name: str, password: str, *, clock: Clock = utc_now, cost: Cost = OFFICE) -> Actor:
    """The user with this name and password; raises `LoginRefused`, after the same work whether the name exists or not.

    Each failure makes the next try under that name wait longer (`attempts`); a try made too soon is
    refused unseen.
    """
    key = known_as(name)
    attempts.begin(engine, key, clock=clock)
    with engine.connect() as connection:
        row = connection.execute(select(USERS).where(USERS.c.known_as == key)).first()
    fits = verify_password(row.password if row else None, password, cost)
    if row is None or not fits or not row.active:
        told = row.name if row else "（没有这个用户）"  # what was typed may be a password: not logged
        audit.record(engine, told, Action.LOGIN_FAILED, told, clock=clock)
        raise LoginRefused("用户名或密码不对。请核对后再试；忘了密码请找管理员重设。")
    renewed = hash_password(password, cost) if outdated(row.password, cost) else ""
    with writing(engine) as connection:
        audit.append(connection, row.name, Action.LOGIN, row.name, clock=clock)
        if renewed:
            connection.execute(update(USERS).where(USERS.c.id == row.id).values(password=renewed))
    attempts.forget(engine, key)
    return _user(row).actor


def known_as(name: str) -> str:
    """A name as it is compared: full-width and half-width, large and small letters alike."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _change(engine: Engine, name: str, action: Action, told: str, by: str, clock: Clock, **values: object) -> None:
    """Change a user, close their sessions and log it, unless no administrator would be left."""
    with writing(engine) as connection:
        audit.append(connection, by, action, name, told, clock=clock)  # first: its lock makes the check below hold
        connection.execute(update(USERS).where(USERS.c.known_as == known_as(name)).values(**values))
        _refuse_without_admin(
            connection, f"“{name}”是最后一个{Role.ADMIN.label}，不能停用或换角色。请先另设一个管理员。"
        )
        sessions.close_all(connection, name)


def _refuse_without_admin(connection: Connection, message: str) -> None:
    admins = select(func.count()).where(USERS.c.role == str(Role.ADMIN), USERS.c.active.is_(True))
    if not connection.execute(admins).scalar():
        raise InputError(message)


def _checked_name(name: str) -> str:
    name = unicodedata.normalize("NFKC", name).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable() or any(each.isspace() for each in name):
        raise InputError(f"用户名要有 1 到 {LONGEST_NAME} 个字，不能有空格。请换一个，如“zhangsan”或“张三”。")
    if known_as(name) == known_as(LOCAL.name):
        raise InputError(f"“{LOCAL.name}”是没有用户时的署名，不能用作用户名。请换一个。")
    return name


def _checked_display(display: str) -> str:
    display = display.strip()
    if len(display) > LONGEST_NAME or not display.isprintable():
        raise InputError(f"显示的姓名最多 {LONGEST_NAME} 个字，不能有换行。请改短，如“李所长”。")
    return display


def _user(row: object) -> User:
    name, role, display, active, created = (
        getattr(row, key) for key in ("name", "role", "display", "active", "created_at")
    )
    return User(name, Role(role), display, bool(active), created)
