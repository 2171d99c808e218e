"""The `jushi` command: its sub-commands, and how errors become one sentence and an exit status."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException

from assistant.cli import (
    asking,
    checking,
    county,
    drafting,
    indexing,
    ledger,
    review,
    revisions,
    reworking,
    serving,
    users,
    wordfiles,
)
from assistant.cli.usage import explain
from assistant.errors import Cancelled, JushiError

NAME = "jushi"

app = typer.Typer(
    name=NAME,
    help="据实：数字出自台账的乡镇安全生产总结起草与核数工具。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(ledger.app, name="ledger")
app.command("facts")(ledger.facts)
app.command("outline")(drafting.outline)
app.command("draft")(drafting.draft)
app.command("redo")(reworking.redo)
app.command("lock")(reworking.lock)
app.command("unlock")(reworking.unlock)
app.add_typer(reworking.app, name="report")
for _name, _act in (*revisions.ACTS.items(), *review.ACTS.items(), *wordfiles.ACTS.items()):
    reworking.app.command(_name)(_act)
app.add_typer(users.app, name="user")
app.add_typer(users.audit_app, name="audit")
app.command("batch")(county.batch)
app.command("rollup")(county.rollup)
app.command("check")(checking.check)
app.command("quantities")(checking.quantities)
app.command("ask")(asking.ask)
app.add_typer(indexing.app, name="index")
app.command("search")(indexing.search)
app.command("serve")(serving.serve)
app.command("demo")(serving.demo)


def _print_version(wanted: bool) -> None:
    if wanted:
        from assistant import __version__

        typer.echo(f"据实 {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="显示版本")
    ] = False,
) -> None:
    """Options of the command as a whole."""


def main() -> None:
    """Run the command; what a person can put right ends with one sentence and exit status 2."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except Cancelled as stop:
        _fail(str(stop), 130)
    except (KeyboardInterrupt, typer.Abort):
        _fail("已停止。写完的部分已经保存，再次运行同一命令会接着写。", 130)
    except TyperException as error:
        _fail(f"出错了：{explain(error)}", 2)
    except JushiError as error:
        _fail(f"出错了：{error}", 2)
    except OSError as error:
        place = f" {error.filename}" if error.filename else ""
        _fail(f"出错了：读写文件{place} 失败（{error.strerror or error}）。请检查路径、权限和磁盘空间。", 2)


def _fail(message: str, status: int) -> None:
    typer.echo(message, err=True)
    sys.exit(status)
