"""Who is asking: put on each request at the gate, read again where an event of the page is handled."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any, cast

from assistant.errors import Forbidden
from assistant.permissions import LOCAL, Actor

if TYPE_CHECKING:
    import gradio as gr
    from starlette.requests import Request

_KEY = "jushi.actor"  # in the ASGI scope


def put_actor(scope: Any, actor: Actor) -> None:  # noqa: ANN401 - an ASGI scope
    """Say on a request's scope who asks; only the gate does this."""
    scope[_KEY] = actor


def actor_of(request: gr.Request | Request | None) -> Actor:
    """Who asked. Raises `Forbidden` for a request that did not come through the gate.

    Without a request the program calls itself, on this machine.
    """
    if request is None:
        return LOCAL
    plain = cast("Request", getattr(request, "request", None) or request)
    actor = plain.scope.get(_KEY)
    if not isinstance(actor, Actor):
        raise Forbidden("您还没有登录，或登录已过期。请刷新网页，重新登录。")
    return actor


def current_actor() -> Actor:
    """Who asked for the event that is being handled in this thread."""
    from gradio.context import LocalContext

    return actor_of(LocalContext.request.get(None))


def is_loopback(host: str) -> bool:
    """Whether an address to listen on, or to be asked by, is this machine's alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
