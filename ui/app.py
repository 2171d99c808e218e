"""The page: built on a workspace, served on the address the settings name."""

from __future__ import annotations

import errno
import gc
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from assistant.errors import JushiError, SettingsError
from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from ui.background import Background
from ui.desk import Desk
from ui.loading import left_undescribed, load_page_library, services_left_unbuilt

if TYPE_CHECKING:
    import gradio as gr

    from ui.gate import Gate

_HERE = Path(__file__).parent
_TEMPORARY = "tmp"
# Nothing is fetched from elsewhere: fonts are the system's, and the library's own reports home are off.
_QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    # Otherwise every event ends with a pandas summary of the 10,000 before it, for a monitoring page that is off.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
}


def build(workspace: Workspace, desk: Desk | None = None) -> gr.Blocks:
    """The whole page for one workspace; on this desk, where somebody else is to work on it too."""
    load_page_library()
    from ui.page import lay_out

    with services_left_unbuilt(), left_undescribed():
        page = lay_out(workspace, desk)
        page.queue(default_concurrency_limit=8, max_size=200)
    return page


def serve(settings: Settings, *, block: bool = True) -> str:
    """Serve the page until stopped; without `block`, return its address and serve in the background.

    Raises `SettingsError` where the port is taken or the address is not this machine's.
    """
    _claim(settings.host, settings.port)
    workspace = open_workspace(settings)
    os.environ.update(_QUIET)
    os.environ["GRADIO_TEMP_DIR"] = str((workspace.folder / _TEMPORARY).resolve())
    with _nothing_collected():
        desk = Desk(workspace)
        page = build(workspace, desk)
    gate = application(page, workspace)
    server = Background(gate, settings.host, settings.port)
    address = f"http://{'127.0.0.1' if settings.host in ('0.0.0.0', '') else settings.host}:{settings.port}"  # nosec B104  # only compared with
    print(f"据实已经打开：{address}（在浏览器中访问；按 Ctrl+C 结束）", flush=True)  # noqa: T201
    if block:
        _wait(page, server, gate.visited, desk)
    return address


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """No garbage is looked for while modules are loaded: what they hold stays until the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _wait(page: gr.Blocks, server: Background, visited: Event, desk: Desk) -> None:
    """Serve until the person presses Ctrl+C, which goes on to the command line.

    While the first browser lays the page out, what it will ask for is made ready.
    """
    from ui.page import make_ready

    try:
        visited.wait()
        with suppress(JushiError):  # the page asks for it again, and says what is wrong
            make_ready(desk)
        Event().wait()
    except KeyboardInterrupt:
        print("据实正在关闭。保存过的内容都在，起草到一半的下次接着写。", flush=True)  # noqa: T201
        raise
    finally:
        page.close(verbose=False)
        server.close()


def application(page: gr.Blocks, workspace: Workspace) -> Gate:
    """The page behind its gate, as any ASGI server can serve it."""
    import gradio as gr
    from fastapi import FastAPI

    from ui.gate import Gate
    from ui.uploads import MAX_SIZE, fetch_nothing

    fonts = ["Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "WenQuanYi Micro Hei", "system-ui", "sans-serif"]
    with left_undescribed():
        frame = gr.mount_gradio_app(
            FastAPI(openapi_url=None),
            page,
            path="/",
            server_name=workspace.settings.host,
            server_port=workspace.settings.port,
            theme=gr.themes.Default(
                font=fonts,
                font_mono=["monospace"],
                primary_hue="blue",
                neutral_hue="slate",
                text_size="lg",
                radius_size="sm",
            ).set(button_primary_background_fill="#1d5fae", button_primary_background_fill_hover="#174e90"),
            css_paths=sorted(_HERE.glob("*.css")),
            js=(_HERE / "page.js").read_text(encoding="utf-8"),
            head=f"<script>{(_HERE / 'connection.js').read_text(encoding='utf-8')}</script>",
            footer_links=[],
            run_history=False,
            show_error=False,
            ssr_mode=False,
            enable_monitoring=False,
            max_file_size=MAX_SIZE,
            allowed_paths=[],
        )
    page.config = page.get_config_file()
    fetch_nothing()
    page.has_launched = True  # else the library takes any path a request names for an uploaded file
    return Gate(frame, workspace)


def _claim(host: str, port: int) -> None:
    """Find out before anything is loaded whether the port can be had."""
    try:
        family = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise SettingsError(
                f"网页地址“{host}”不是这台电脑的。请把 JUSHI_HOST 设为 127.0.0.1（只本机能用）或 0.0.0.0（同一局域网都能用）。"
            ) from error
        raise SettingsError(
            f"端口 {port} 已被占用或不能使用（{error.strerror}）。可能据实已经打开，请先在浏览器访问 http://127.0.0.1:{port}；"
            f"或换一个端口：jushi serve --port {port + 1}。"
        ) from error
