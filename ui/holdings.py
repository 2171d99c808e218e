"""The library as the page keeps it: opened once, fed in the background, and the desk that questions are asked at."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING

from assistant.consulting import has_library, open_desk, open_library
from assistant.permissions import LOCAL
from assistant.qa.desk import Desk as AskingDesk
from assistant.records import SourceKind
from assistant.retrieval.listing import Added, Progress
from assistant.store import audit
from assistant.workspace import Workspace
from ui.failures import sentence
from ui.uploads import TEXTS, keep

if TYPE_CHECKING:
    from assistant.retrieval.library import Library
    from assistant.retrieval.listing import SourceInfo

_LOG = logging.getLogger("jushi.ui")
_MANY = 200  # files whose outcome is remembered
PAST = "past"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the import is. Shared by every page that looks on; a new one is made with every change."""

    waiting: int = 0  # files not taken in yet
    current: str = ""  # the file being read
    files: tuple[Added, ...] = ()  # what became of those of the last import
    vectors: Progress | None = None  # how far they are, while they are being made
    failure: str = ""
    version: int = 0
    changes: int = 0  # how often the files of the library became others
    rebuilt: bool = False  # the indexes were made anew

    @property
    def busy(self) -> bool:
        """Whether anything is still being done."""
        return bool(self.waiting or self.vectors)


@dataclass(slots=True)
class _Shared:
    library: Library | None = None
    desk: AskingDesk | None = None
    thread: Thread | None = None
    waiting: list[Path] = field(default_factory=list)
    outdated: bool = False  # the library was opened with other vectors than are set now


class Holdings:
    """The library of one workspace. Safe to use from several threads; importing goes on when the page is closed."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._lock = Lock()
        self._shared = _Shared()
        self.standing = Standing()

    def renew(self, workspace: Workspace) -> None:
        """Go on with other settings: a library opened with other vectors is opened anew, once it is idle."""
        with self._lock:
            self._shared.outdated = self._shared.outdated or _vectors_of(workspace) != _vectors_of(self._workspace)
            self._workspace = workspace
            self._shared.desk = None
            self._let_go()

    def _let_go(self) -> None:
        if self._shared.outdated and self._shared.thread is None:
            library, self._shared.library, self._shared.outdated = self._shared.library, None, False
            if library is not None:
                library.close()

    def library(self) -> Library | None:
        """The library, or None where nothing has been imported yet."""
        with self._lock:
            return self._opened() if self._shared.library or has_library(self._workspace) else None

    @property
    def working(self) -> bool:
        """Whether something is being taken in or made ready."""
        return self._shared.thread is not None

    def sources(self) -> list[SourceInfo]:
        """The files of the library."""
        library = self.library()
        return library.list_sources() if library else []

    def asking_desk(self) -> AskingDesk:
        """What questions are answered from, as ledger and library are now."""
        with self._lock:
            known = self._shared.desk
        if known is None:
            library = self.library()
            known = open_desk(self._workspace, library if library and library.list_sources() else None)
            with self._lock:
                self._shared.desk = known
        return known

    def forget(self) -> None:
        """Ledger or library have changed: questions are asked at a new desk."""
        with self._lock:
            self._shared.desk = None

    def take(self, paths: Sequence[Path], by: str = LOCAL.name) -> None:
        """Take files in for somebody, in the background; `standing` says how far it is."""
        names = "、".join(path.name for path in paths)
        audit.record(self._workspace.engine, by, audit.Action.IMPORT_LIBRARY, names)
        with self._lock:
            if not self.standing.busy:
                self.standing = Standing(version=self.standing.version, changes=self.standing.changes)
            self._shared.waiting += paths
            self._note(waiting=len(self._shared.waiting))
            self._begin()

    def resume(self) -> None:
        """Go on with the vectors that are missing, if any are."""
        library = self.library()
        if library is not None and not library.progress().complete:
            with self._lock:
                self._begin()

    def rebuild(self) -> None:
        """Make the indexes anew from what was taken in; the vectors follow in the background."""
        library = self.library()
        if library is not None:
            library.rebuild()
            self.forget()
            with self._lock:
                self.standing = Standing(version=self.standing.version, changes=self.standing.changes, rebuilt=True)
                self._note()
                self._begin()

    def remove(self, name: str, by: str = LOCAL.name) -> None:
        """Take a file out of the library. Raises `InputError` where there is none of this name."""
        library = self.library()
        if library is not None:
            library.remove(name)
            audit.record(self._workspace.engine, by, audit.Action.REMOVE_LIBRARY, name)
            self.forget()
            with self._lock:
                self._note(changes=self.standing.changes + 1)

    def _opened(self) -> Library:
        if self._shared.library is None:
            self._shared.library = open_library(self._workspace)
        return self._shared.library

    def _begin(self) -> None:
        if self._shared.thread is None:
            self._shared.thread = Thread(target=self._work, name="library", daemon=True)
            self._shared.thread.start()

    def _note(self, **changes: object) -> None:
        self.standing = replace(self.standing, version=self.standing.version + 1, **changes)  # type: ignore[arg-type]

    def _work(self) -> None:
        try:
            with self._lock:
                library = self._opened()
            while True:
                while (path := self._next()) is not None:
                    self._take_in(library, path)
                self._fill(library)
                if self._done():
                    return
        except Exception as error:  # noqa: BLE001 - the thread's last place; the person is told
            with self._lock:
                self._shared.waiting.clear()
                self._shared.thread = None
                self._note(waiting=0, current="", vectors=None, failure=sentence(error))

    def _next(self) -> Path | None:
        with self._lock:
            path = self._shared.waiting.pop(0) if self._shared.waiting else None
            self._note(waiting=len(self._shared.waiting) + (path is not None), current=path.name if path else "")
            return path

    def _take_in(self, library: Library, path: Path) -> None:
        report = library.add([path])
        for added in report.files:
            summary = added.source is not None and added.source.kind is SourceKind.SUMMARY
            if summary and path.suffix.lower() in TEXTS and path.exists():
                keep(path, self._workspace.folder / PAST)
        self.forget()
        with self._lock:
            files = (*self.standing.files, *report.files)[-_MANY:]
            self._note(files=files, changes=self.standing.changes + report.changed)

    def _fill(self, library: Library) -> None:
        def tell(progress: Progress) -> None:
            with self._lock:
                self._note(vectors=None if progress.complete else progress)

        tell(library.progress())  # at once: the store takes a while to open
        progress = library.fill_vectors(tell, cancelled=lambda: bool(self._shared.waiting))
        with self._lock:
            self._note(vectors=None, failure=progress.failure)

    def _done(self) -> bool:
        with self._lock:
            if self._shared.waiting:
                return False
            self._shared.thread = None
            self._let_go()
            return True


def _vectors_of(workspace: Workspace) -> tuple[object, ...]:
    settings = workspace.settings
    key = settings.embedding_api_key.get_secret_value()
    return settings.embedding, settings.embedding_base_url, settings.embedding_model, key, settings.chroma_url
