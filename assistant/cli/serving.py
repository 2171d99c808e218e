"""`jushi serve` and `jushi demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import WorkspaceOption


def serve(
    port: Annotated[int | None, typer.Option("--port", help="端口（默认 7860）", show_default=False)] = None,
    workspace: WorkspaceOption = None,
) -> None:
    """打开网页：起草、编辑、核数、导出都在浏览器里做。"""
    import gc
    import importlib

    gc.disable()  # no garbage is looked for while modules are loaded: what they hold stays until the end
    try:
        from assistant.settings import load_settings

        settings = load_settings(workspace, **({} if port is None else {"port": port}))
        application = importlib.import_module("ui.app")
        gc.freeze()
    finally:
        gc.enable()
    application.serve(settings)


def demo(
    out: Annotated[Path, typer.Option("--out", "-o", help="结果放在哪个文件夹")] = Path("out"),
) -> None:
    """用随附的示例镇走一遍全过程，不用模型、不用联网。"""
    from assistant.cli.demo import run

    run(out)
