"""The gate every request passes before anything is served: it finds out who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.permissions import LOCAL
from ui.access import put_actor

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class Gate:
    """One person on their own machine: everything is asked for by `LOCAL`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, with who asks written on it."""
        put_actor(scope, LOCAL)
        await self.app(scope, receive, send)
