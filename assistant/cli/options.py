"""Options that several commands share, and what is done with them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.errors import JushiError

if TYPE_CHECKING:
    from assistant.workspace import Workspace

WorkspaceOption = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="工作目录（默认 ./jushi-data）", show_default=False)
]
TownOption = Annotated[
    str, typer.Option("--town", help="乡镇：工作目录里有多个乡镇时，看哪一个；“全县”为合计", show_default=False)
]
PeriodOption = Annotated[
    str, typer.Option("--period", "-p", help="期间：2024、2024H1、2024Q3、2024-05、2024-01..2024-11")
]
JsonOption = Annotated[bool, typer.Option("--json", help="以 JSON 输出（格式见 docs/json.md）")]


@contextmanager
def opened(folder: Path | None, *, create: bool = True, town: str = "") -> Iterator[Workspace]:
    """The workspace for one command, seen as that of a town where one is named; one made for a command that then fails is not left behind."""
    from assistant.settings import load_settings
    from assistant.workspace import open_workspace

    settings = load_settings(folder, **({"town": town} if town else {}))
    existed = settings.workspace.exists()
    workspace = open_workspace(settings, create=create)
    try:
        yield workspace
    except JushiError:
        workspace.close()
        if not existed:
            shutil.rmtree(workspace.folder)
        raise
    finally:
        workspace.close()


def print_json(data: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
    """Print data as JSON that people can read too."""
    import json

    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))
