"""Users and the audit log for those who may see to them: the store's functions behind the table of permissions."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.errors import InputError
from assistant.permissions import Actor, Operation, Role, require
from assistant.store import audit, users
from assistant.store.audit import Break, Entry
from assistant.store.passwords import OFFICE, Cost
from assistant.store.schema import Clock, utc_now
from assistant.store.users import User
from assistant.workspace import Workspace


def add_user(
    workspace: Workspace,
    actor: Actor,
    name: str,
    password: str,
    role: Role,
    *,
    display: str = "",
    clock: Clock = utc_now,
    cost: Cost = OFFICE,
) -> User:
    """Add a user; raises `Forbidden`, and `InputError` for a name or password that will not do."""
    require(actor, Operation.USERS)
    return users.add_user(
        workspace.engine, name, password, role, display=display, by=actor.name, clock=clock, cost=cost
    )


def set_password(
    workspace: Workspace, actor: Actor, name: str, password: str, *, clock: Clock = utc_now, cost: Cost = OFFICE
) -> None:
    """Give a user another password; their sessions end. Raises `Forbidden`, `InputError`."""
    require(actor, Operation.USERS)
    users.set_password(workspace.engine, name, password, by=actor.name, clock=clock, cost=cost)


def change_password(
    workspace: Workspace, actor: Actor, old: str, new: str, *, clock: Clock = utc_now, cost: Cost = OFFICE
) -> None:
    """Give oneself another password, which everybody may who knows the old one; every session ends, this one too.

    Raises `LoginRefused` for a wrong old one, `InputError` for a new one that will not do.
    """
    users.authenticate(workspace.engine, actor.name, old, clock=clock, cost=cost)
    if old == new:
        raise InputError("新密码和原来的一样，没有改。请换一个。")
    users.set_password(workspace.engine, actor.name, new, by=actor.name, clock=clock, cost=cost)


def set_role(workspace: Workspace, actor: Actor, name: str, role: Role, *, clock: Clock = utc_now) -> None:
    """Give a user another role; raises `Forbidden`, and `InputError` for the last administrator."""
    require(actor, Operation.USERS)
    users.set_role(workspace.engine, name, role, by=actor.name, clock=clock)


def disable_user(workspace: Workspace, actor: Actor, name: str, *, clock: Clock = utc_now) -> None:
    """Let a user log in no more; raises `Forbidden`, and `InputError` for the last administrator."""
    require(actor, Operation.USERS)
    users.disable_user(workspace.engine, name, by=actor.name, clock=clock)


def enable_user(workspace: Workspace, actor: Actor, name: str, *, clock: Clock = utc_now) -> None:
    """Let a user who was disabled log in again; raises `Forbidden`, `InputError`."""
    require(actor, Operation.USERS)
    users.enable_user(workspace.engine, name, by=actor.name, clock=clock)


def list_users(workspace: Workspace, actor: Actor) -> Sequence[User]:
    """Every user, in the order they were added; raises `Forbidden`."""
    require(actor, Operation.USERS)
    return users.list_users(workspace.engine)


def read_log(
    workspace: Workspace, actor: Actor, *, by: str = "", action: str = "", subject: str = "", limit: int | None = None
) -> Sequence[Entry]:
    """What was done, newest first, by somebody, of a kind, or to something only where given; raises `Forbidden`."""
    require(actor, Operation.AUDIT)
    return audit.entries(workspace.engine, actor=by, action=action, subject=subject, limit=limit)


def verify_log(workspace: Workspace, actor: Actor, *, head: str = "") -> Sequence[Break]:
    """Where the log is not as it was written (see `audit.verify`); raises `Forbidden`."""
    require(actor, Operation.AUDIT)
    return audit.verify(workspace.engine, head=head)
