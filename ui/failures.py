"""The one door of every event: whether this person may, and what goes wrong said in one sentence with the next step."""

from __future__ import annotations

import functools
import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any, TypeVar, cast

from assistant.errors import Cancelled, Conflict, Forbidden, JushiError
from assistant.permissions import Operation, require
from ui.access import current_actor

_LOG = logging.getLogger("jushi.ui")
_SURPRISE = "程序内部出错，这一步没有完成；已保存的内容都在。请再试一次；若还是这样，请把服务窗口里的提示发给维护人员。"

Act = Callable[..., Any]  # what an event of the page calls; the library matches arguments to components
Handler = TypeVar("Handler", bound=Act)
OPERATION = "jushi_operation"  # what a guarded handler carries, so that a test can find the unguarded


def sentence(error: Exception) -> str:
    """What to tell a person about an error; the unexpected ones go to the log with their traceback."""
    if isinstance(error, JushiError):
        return str(error)
    if isinstance(error, OSError):
        _LOG.warning("file trouble", exc_info=error)
        return f"读写文件失败（{error.strerror or '原因不明'}）。请检查磁盘空间和工作目录的权限，再试一次。"
    _LOG.error("unexpected", exc_info=error)
    return _SURPRISE


def told(handler: Handler, operation: Operation = Operation.READ) -> Handler:
    """The handler for those whose role allows `operation`, with whatever it raises shown as a message on the page."""
    if inspect.isgeneratorfunction(handler):

        @functools.wraps(handler)
        def stream(*args: Any, **kwargs: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever the handler takes and gives
            with _shown_on_page():
                require(current_actor(), operation)
                yield from handler(*args, **kwargs)

        return cast("Handler", _marked(stream, operation))

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the handler takes and gives
        with _shown_on_page():
            require(current_actor(), operation)
            return handler(*args, **kwargs)

    return cast("Handler", _marked(run, operation))


def answered(handler: Handler, operation: Operation = Operation.READ) -> Handler:
    """The same door for what a script of the page calls (`server_functions`): an error comes back as ``{"error": …}``."""

    @functools.wraps(handler)
    def answer(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the handler takes and gives
        try:
            require(current_actor(), operation)
            return handler(*args, **kwargs)
        except Exception as error:  # noqa: BLE001 - the last place before the person
            return {"error": sentence(error)}

    return cast("Handler", _marked(answer, operation))


@contextmanager
def _shown_on_page() -> Iterator[None]:
    import gradio as gr

    try:
        yield
    except gr.Error:
        raise
    except Exception as error:  # noqa: BLE001 - the last place before the person
        raise gr.Error(escape(sentence(error)), title=_title(error), duration=15, print_exception=False) from error


def _marked(wrapped: Act, operation: Operation) -> Act:
    setattr(wrapped, OPERATION, operation)
    return wrapped


def _title(error: Exception) -> str:
    if isinstance(error, Cancelled):
        return "已停止"
    if isinstance(error, Forbidden):
        return "没有权限"
    return "没有保存" if isinstance(error, Conflict) else "没有完成"
