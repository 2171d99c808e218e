"""`jushi user …` and `jushi audit …`: for whoever looks after the program on this machine.

Who may run these can read and write the database itself, so no password is asked; the log says 本机用户.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.identity import new_password
from assistant.cli.options import JsonOption, WorkspaceOption, opened, print_json
from assistant.permissions import LOCAL, Role

if TYPE_CHECKING:
    from assistant.store.audit import Entry
    from assistant.store.users import User

app = typer.Typer(help="用户：添加、改角色、改密码、停用。", no_args_is_help=True, rich_markup_mode=None)
audit_app = typer.Typer(help="操作日志：查看、核验有没有被改过。", no_args_is_help=True, rich_markup_mode=None)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="用户名")]
_ROLES = "、".join(f"{role.value} {role.label}" for role in Role)
RoleOption = Annotated[Role, typer.Option("--role", "-r", help=f"角色：{_ROLES}")]
StdinOption = Annotated[bool, typer.Option("--password-stdin", help="密码取自标准输入的第一行，不当场问")]


@app.command("add")
def add(
    name: NameArgument,
    role: RoleOption,
    display: Annotated[str, typer.Option("--display", help="显示的姓名，如“李所长”")] = "",
    password_stdin: StdinOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """添加用户；第一个必须是管理员。有了用户，打开网页就要登录。"""
    from assistant import accounts

    with opened(workspace) as at:
        user = accounts.add_user(at, LOCAL, name, new_password(password_stdin), role, display=display)
        first = len(accounts.list_users(at, LOCAL)) == 1
    told = "从现在起，打开网页要登录。" if first else ""
    typer.echo(f"已添加{user.role.label}{user.actor.label}。{told}")


@app.command("list")
def list_(as_json: JsonOption = False, workspace: WorkspaceOption = None) -> None:
    """有哪些用户，各是什么角色。"""
    from assistant import accounts

    with opened(workspace, create=False) as at:
        found = accounts.list_users(at, LOCAL)
    if as_json:
        print_json([_user_shape(each) for each in found])
        return
    for each in found:
        shown = f"（{each.display}）" if each.display else ""
        typer.echo(f"{each.name}{shown}　{each.role.label}{'' if each.active else '，已停用'}")
    if not found:
        typer.echo("还没有用户，网页只在本机打开、不用登录。可用 jushi user add 名字 --role admin 添加第一个。")


@app.command("role")
def role_(name: NameArgument, role: RoleOption, workspace: WorkspaceOption = None) -> None:
    """调整角色；这个用户要重新登录。"""
    from assistant import accounts

    with opened(workspace, create=False) as at:
        accounts.set_role(at, LOCAL, name, role)
    typer.echo(f"{name} 现在是{role.label}。")


@app.command("password")
def password(name: NameArgument, password_stdin: StdinOption = False, workspace: WorkspaceOption = None) -> None:
    """重设密码；这个用户要重新登录。"""
    from assistant import accounts
    from assistant.store.users import find_user

    with opened(workspace, create=False) as at:
        find_user(at.engine, name)  # raises before a password is asked
        accounts.set_password(at, LOCAL, name, new_password(password_stdin))
    typer.echo(f"{name} 的密码已改，原来的登录全部失效。")


@app.command("disable")
def disable(name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """停用用户：不能再登录，做过的事仍在日志里。"""
    from assistant import accounts

    with opened(workspace, create=False) as at:
        accounts.disable_user(at, LOCAL, name)
    typer.echo(f"{name} 已停用。要恢复请运行 jushi user enable {name}。")


@app.command("enable")
def enable(name: NameArgument, workspace: WorkspaceOption = None) -> None:
    """启用停用了的用户。"""
    from assistant import accounts

    with opened(workspace, create=False) as at:
        accounts.enable_user(at, LOCAL, name)
    typer.echo(f"{name} 可以登录了。")


@audit_app.command("show")
def show(
    by: Annotated[str, typer.Option("--by", help="只看这个用户做的")] = "",
    subject: Annotated[str, typer.Option("--on", help="只看对它做的：稿子编号、用户名或文件名")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="最多列出几条")] = 50,
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """看操作日志，最新的在前。"""
    from assistant import accounts

    with opened(workspace, create=False) as at:
        found = accounts.read_log(at, LOCAL, by=by, subject=subject, limit=limit)
    if as_json:
        print_json([_entry_shape(each) for each in found])
        return
    for each in found:
        told = f"：{each.detail}" if each.detail else ""
        typer.echo(
            f"{each.number}　{each.at.astimezone():%Y-%m-%d %H:%M:%S}　{each.actor}　{each.label}　{each.subject}{told}"
        )
    if not found:
        typer.echo("没有符合的日志。")


@audit_app.command("verify")
def verify(
    head: Annotated[str, typer.Option("--head", help="以前记下的末条校验值；看日志是不是接着它写下来的")] = "",
    as_json: JsonOption = False,
    workspace: WorkspaceOption = None,
) -> None:
    """核验日志：有没有条目被改、被删、被插入、被调换。退出状态：0 完好，1 有问题。"""
    from assistant import accounts
    from assistant.store.audit import head_of

    with opened(workspace, create=False) as at:
        breaks = accounts.verify_log(at, LOCAL, head=head.strip().lower())
        number, digest = head_of(at.engine)
    if as_json:
        shapes = [{"number": each.number, "kind": each.kind, "message": each.message} for each in breaks]
        print_json({"whole": not breaks, "entries": number, "head": digest, "breaks": shapes})
    else:
        for each in breaks:
            typer.echo(each.message)
        if not breaks:
            typer.echo(f"日志完好，共 {number} 条。末条校验值 {digest}")
            typer.echo("请把校验值抄在别处，以后用 --head 对照：它能看出整本日志被换过。")
    if breaks:
        raise typer.Exit(1)


def _user_shape(user: User) -> dict[str, object]:
    return {
        "name": user.name,
        "display": user.display,
        "role": user.role.value,
        "active": user.active,
        "created_at": user.created_at.isoformat(),
    }


def _entry_shape(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.at.isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": entry.detail,
        "hash": entry.digest,
    }
