"""Streams of an answer: cutting out what a reasoning model thinks aloud, and stopping while nothing comes."""

from __future__ import annotations

import queue
import re
import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

from assistant.errors import Cancelled
from assistant.llm.chat import Chunk

T = TypeVar("T")

_TAG = re.compile(r"<(?P<close>/?)(?:think|thinking|thought|reasoning)>", re.IGNORECASE)
_LONGEST_TAG = len("</reasoning>")


class ThoughtCutter:
    """Lets the answer through and keeps back ``<think>…</think>``, also where the tags are split over pieces.

    Some chat templates put the opening tag into the prompt, so that only the closing one comes: what
    has been let through before it is then taken back by a chunk with `restart`.
    """

    def __init__(self) -> None:
        self.thought = False
        self._inside = False
        self._pending = ""

    def feed(self, piece: str) -> Iterator[Chunk]:
        """What of the answer so far can be let through."""
        self._pending += piece
        while found := _TAG.search(self._pending):
            before, self._pending = self._pending[: found.start()], self._pending[found.end() :]
            self.thought = True
            if found["close"] and not self._inside:
                yield Chunk(restart=True)
            elif before and not self._inside:
                yield Chunk(before)
            self._inside = not found["close"]
        keep = self._held_back()
        ready, self._pending = self._pending[: len(self._pending) - keep], self._pending[len(self._pending) - keep :]
        if ready and not self._inside:
            yield Chunk(ready)

    def finish(self) -> Iterator[Chunk]:
        """What was held back in case it became a tag."""
        if self._pending and not self._inside:
            yield Chunk(self._pending)
        self._pending = ""

    def _held_back(self) -> int:
        start = self._pending.rfind("<", max(0, len(self._pending) - _LONGEST_TAG))
        return len(self._pending) - start if start >= 0 else 0


def interruptible(make: Callable[[], Iterator[T]], cancelled: Callable[[], bool], tick: float = 0.1) -> Iterator[T]:
    """The items of ``make()``, made in a thread of its own; raises `Cancelled` within `tick` seconds of the wish.

    The thread ends with the next item or the endpoint's timeout; it never keeps the program from exiting.
    """
    items: queue.Queue[tuple[T | None, BaseException | None, bool]] = queue.Queue()
    stop = threading.Event()

    def work() -> None:
        stream = make()
        try:
            for item in stream:
                items.put((item, None, False))
                if stop.is_set():
                    break
        except BaseException as error:  # noqa: BLE001  raised again in the thread that waits
            items.put((None, error, True))
        else:
            items.put((None, None, True))
        finally:
            close = getattr(stream, "close", None)
            if close:
                close()

    threading.Thread(target=work, name="model-stream", daemon=True).start()
    try:
        while True:
            if cancelled():
                raise Cancelled("已按要求停止，停止前写好的内容都已保留。")
            try:
                item, error, last = items.get(timeout=tick)
            except queue.Empty:
                continue
            if error is not None:
                raise error
            if last:
                return
            yield item  # type: ignore[misc]  # only the last entry carries None
    finally:
        stop.set()
