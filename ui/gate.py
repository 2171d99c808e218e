"""The gate every request passes before anything is served: where from, what for, and who asks.

Deny by default: only the paths the page itself uses are open (the library brings many more, some that
fetch from other machines), only to requests of this page itself, and, with login on, only to those logged in.
"""

from __future__ import annotations

import re
import secrets
from threading import Event
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from assistant.permissions import LOCAL, Actor
from assistant.workspace import Workspace
from ui.access import is_loopback, put_actor
from ui.login import Doorkeeper, welcome_page

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEALTH, LOGIN, LOGOUT, PASSWORD, WELCOME = "/health", "/login", "/logout", "/password", "/welcome"
_OPEN = re.compile(
    r"/|/config/?|/(assets|static|svelte)/.*|/(theme\.css|favicon\.ico|manifest\.json|robots\.txt)"
    r"|/gradio_api/(queue/(join|data)|heartbeat/\w+|upload(_progress)?|component_server/?|startup-events|cancel|reset/?"
    r"|app_id/?|info/?|theme\.css|run/predict/?|file=(?!\w+:).*)"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
}
_STRANGER = "这个请求不是从据实自己的网页发出的，已拒绝。请在浏览器里直接打开据实的网址。"
_NOT_HERE = "没有这个网址。请回到据实的首页。"
LOGGED_OUT = "您还没有登录，或登录已过期。请重新登录。"


class Gate:
    """Middleware around the whole page."""

    def __init__(self, app: ASGIApp, workspace: Workspace) -> None:
        self._app = app
        self._settings = workspace.settings
        self._keeper = Doorkeeper(workspace)
        self.visited = Event()  # once somebody has been given the page
        self._started = secrets.token_hex(8)  # a page that lived through a restart sees it by this

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through with who asks written on it, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page opens no web sockets
            await send({"type": "websocket.close", "code": 1008})
            return
        request = Request(scope, receive)
        response = self._strange(request) or await self._answer(request)
        await (response or self._app)(scope, receive, _with_headers(send))
        if response is None and request.url.path == "/":
            self.visited.set()

    def _strange(self, request: Request) -> Response | None:
        """Refuse what comes from another site's page, or by another name than this machine's where nobody logs in."""
        host, origin = request.headers.get("host", ""), request.headers.get("origin")
        foreign = origin is not None and urlsplit(origin).netloc != host
        foreign |= request.headers.get("sec-fetch-site") == "cross-site" and not _is_visit(request)
        hidden = is_loopback(self._settings.host) and self._settings.login == "auto" and not self._keeper.on()
        renamed = hidden and not is_loopback(urlsplit(f"//{host}").hostname or "")
        return PlainTextResponse(_STRANGER, 403) if foreign or renamed else None

    async def _answer(self, request: Request) -> Response | None:
        """What the gate answers itself; None where the page is to."""
        path = request.url.path
        if path == HEALTH:
            return JSONResponse({"status": "ok", "started": self._started})
        actor = await self._who(request)
        own = {LOGIN: self._keeper.log_in, LOGOUT: self._keeper.log_out, PASSWORD: self._keeper.change_password}
        if path in own:
            return await own[path](request, actor)
        if actor is None:
            return _to_login(request)
        if path == WELCOME:
            return welcome_page(actor)
        put_actor(request.scope, actor)
        return None if _OPEN.fullmatch(path) else PlainTextResponse(_NOT_HERE, 404)

    async def _who(self, request: Request) -> Actor | None:
        if not await run_in_threadpool(self._keeper.on):
            return LOCAL
        return await run_in_threadpool(self._keeper.actor_of, request)


def _is_visit(request: Request) -> bool:
    """Whether a person opens the page itself, for instance by a link in a mail."""
    return request.method == "GET" and request.headers.get("sec-fetch-mode") == "navigate"


def _to_login(request: Request) -> Response:
    if request.method in ("GET", "HEAD") and request.url.path == "/":
        asked = "/" + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{LOGIN}?next={quote(asked, safe='')}", 303)
    return JSONResponse({"detail": LOGGED_OUT}, 401)


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return send_with_headers
