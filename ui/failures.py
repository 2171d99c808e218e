"""What goes wrong while a person uses the page, said in one sentence with the next step."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from html import escape
from typing import Any, TypeVar

from assistant.errors import Cancelled, Conflict, JushiError

_LOG = logging.getLogger("jushi.ui")
_SURPRISE = "程序内部出错，这一步没有完成；已保存的内容都在。请再试一次；若还是这样，请把服务窗口里的提示发给维护人员。"

Act = Callable[..., Any]  # what an event of the page calls; the library matches arguments to components
Handler = TypeVar("Handler", bound=Act)


def sentence(error: Exception) -> str:
    """What to tell a person about an error; the unexpected ones go to the log with their traceback."""
    if isinstance(error, JushiError):
        return str(error)
    if isinstance(error, OSError):
        _LOG.warning("file trouble", exc_info=error)
        return f"读写文件失败（{error.strerror or '原因不明'}）。请检查磁盘空间和工作目录的权限，再试一次。"
    _LOG.error("unexpected", exc_info=error)
    return _SURPRISE


def told(handler: Handler) -> Handler:
    """The handler, with whatever it raises shown to the person as a message on the page."""

    @functools.wraps(handler)
    def run(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - whatever the handler takes and gives
        import gradio as gr

        try:
            return handler(*args, **kwargs)
        except gr.Error:
            raise
        except Exception as error:  # noqa: BLE001 - the last place before the person
            raise gr.Error(escape(sentence(error)), title=_title(error), duration=15, print_exception=False) from error

    return run  # type: ignore[return-value]


def _title(error: Exception) -> str:
    if isinstance(error, Cancelled):
        return "已停止"
    return "没有保存" if isinstance(error, Conflict) else "没有完成"
