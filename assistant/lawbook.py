"""The laws of a workspace's library, as drafting looks them up; costs nothing where there is no library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.drafting.references import Search
from assistant.errors import JushiError
from assistant.records import Hit, SourceKind

if TYPE_CHECKING:
    from assistant.retrieval.library import Library

LIBRARY = "library"
_LIMIT = 8


@contextmanager
def laws_of(folder: Path) -> Iterator[Search | None]:
    """What finds passages of laws in force in this workspace folder; None where no library was begun.

    The library is opened by the first search, by words alone, so that nothing heavy is loaded. A library
    that cannot be used finds nothing: a report is written without it. Safe to use from several threads.
    """
    if not (folder / LIBRARY).is_dir():
        yield None
        return
    lock = Lock()
    with ExitStack() as stack:
        opened: list[Library] = []

        def search(query: str) -> Sequence[Hit]:
            from assistant.retrieval.library import open_library

            with lock:
                try:
                    if not opened:
                        opened.append(stack.enter_context(open_library(folder / LIBRARY, embeddings=None)))
                    return opened[0].search(query, kind=SourceKind.LAW, limit=_LIMIT)
                except JushiError:
                    return ()

        yield search
