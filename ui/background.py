"""The web server in a thread of its own."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from assistant.errors import SettingsError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_PATIENCE = 60.0  # seconds to start in
_FAREWELL = 3  # seconds that requests under way have when the server closes


class Background:
    """Serves an application until closed. Returns when it can be asked; raises `SettingsError` where it cannot start."""

    def __init__(self, app: ASGIApp, host: str, port: int) -> None:
        import uvicorn

        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_FAREWELL,
        )
        self._server = uvicorn.Server(config)
        self._thread = Thread(target=self._server.run, name="web", daemon=True)
        self._thread.start()
        self._wait_until_started(port)

    def close(self) -> None:
        """Stop serving."""
        self._server.should_exit = True
        self._thread.join(timeout=_FAREWELL + 1)

    def _wait_until_started(self, port: int) -> None:
        for _ in range(int(_PATIENCE * 100)):
            if self._server.started:
                return
            self._thread.join(timeout=0.01)
            if not self._thread.is_alive():
                break
        raise SettingsError(f"网页服务没有启动（端口 {port}）。请看服务窗口里的提示，或换一个端口再试。")
