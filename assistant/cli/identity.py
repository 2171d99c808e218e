"""Who is at the keyboard, and passwords typed there."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.permissions import Actor
    from assistant.workspace import Workspace

PASSWORD_VARIABLE = "JUSHI_USER_PASSWORD"  # nosec B105
UserOption = Annotated[
    str,
    typer.Option(
        "--user",
        "-u",
        help=f"谁在操作；有用户以后必填，密码当场输入或取自环境变量 {PASSWORD_VARIABLE}",
        show_default=False,
    ),
]


def actor_at(workspace: Workspace, name: str) -> Actor:
    """Who does what this command does: the user named, after the password; without any users whoever sits here.

    Raises `InputError` where there are users and none is named, or none is there and one is named;
    `LoginRefused` for a wrong password.
    """
    from assistant.permissions import LOCAL
    from assistant.store.users import authenticate, has_users

    if not has_users(workspace.engine):
        if name:
            raise InputError(
                f"这个工作目录还没有用户，不必写 --user。要设用户请先运行 jushi user add {name} --role admin。"
            )
        return LOCAL
    if not name:
        raise InputError("这个工作目录设了用户，送审、批注、退回、签发要知道是谁做的。请加上 --user 用户名。")
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        password = typer.prompt(f"{name} 的密码", hide_input=True, err=True)
    return authenticate(workspace.engine, name, password)


def new_password(from_stdin: bool) -> str:
    """A new password: one line of standard input where asked, else typed twice without echo."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = typer.prompt("新密码（不显示）", hide_input=True, err=True)
    if typer.prompt("再输一遍", hide_input=True, err=True) != password:
        raise InputError("两次输入的密码不一样，没有保存。请重新运行。")
    return password
