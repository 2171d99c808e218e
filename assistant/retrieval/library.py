"""The library of regulations and past summaries: import, index, search, exact look-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from assistant.records import Hit, Passage, SourceKind
from assistant.retrieval.embedding import Embeddings
from assistant.retrieval.listing import Added, AddReport, Progress, SourceInfo


def open_library(
    folder: Path, *, engine: Engine | None = None, chroma_url: str = "", embeddings: Embeddings | None = None
) -> Library:
    """Open (or begin) the library of a workspace folder.

    The passages live in `engine`, or in ``library.db`` of the folder where none is given; vectors in the
    folder's ``vectors``, or the Chroma server at `chroma_url`. Without `embeddings` it finds by words alone.
    Raises `WorkspaceError` when the folder or the server cannot be used.
    """
    raise NotImplementedError


class Library:
    """An open library. Use it as a context manager or call `close`."""

    def add(self, paths: Sequence[Path], on_progress: Callable[[Added], None] | None = None) -> AddReport:
        """Take in files, and folders with their files; each is told as it is done, and can be searched by words at once.

        What a file refuses stands in the report. An unchanged file costs nothing, a changed one replaces
        the old one of its name. Vectors are made by `fill_vectors`.
        """
        raise NotImplementedError

    def fill_vectors(
        self, on_progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> Progress:
        """Make the missing vectors, batch after batch, each kept as soon as it is made; goes on where it was cut off."""
        raise NotImplementedError

    def progress(self) -> Progress:
        """How far the vectors are."""
        raise NotImplementedError

    def remove(self, name: str) -> SourceInfo:
        """Take a file out. Raises `InputError` when there is none of this name."""
        raise NotImplementedError

    def list_sources(self) -> list[SourceInfo]:
        """The files of the library, laws first, by title and version."""
        raise NotImplementedError

    def rebuild(self) -> None:
        """Make the indexes anew from the passages; call `fill_vectors` after it (kept vectors are not computed again)."""
        raise NotImplementedError

    def search(
        self,
        query: str,
        *,
        kind: SourceKind | None = None,
        year: int | None = None,
        topic: str | None = None,
        law: str | None = None,
        in_force_only: bool = True,
        limit: int = 10,
    ) -> list[Hit]:
        """The passages that answer a query best, best first: articles it names, then words and vectors together.

        `year` is a summary's year (or the year of a law's version), `topic` one of the registry's topics,
        `law` a law's title or short name. An unknown law finds nothing.
        """
        raise NotImplementedError

    def find_article(self, text: str, *, law: str | None = None) -> list[Passage]:
        """The articles a text names: 《安全生产法》第二十一条, 安法第21条, 第21条 (of `law`, or of every law), 安委〔2023〕12号.

        In the order named, versions in force first; empty where none is named or none is there.
        """
        raise NotImplementedError

    def passage(self, identity: str) -> Passage | None:
        """The passage with this id."""
        raise NotImplementedError

    def around(self, passage: Passage, distance: int = 1) -> list[Passage]:
        """The passages of the same source that stand up to `distance` before and after, with itself, in order."""
        raise NotImplementedError

    def knows_law(self, title: str) -> bool:
        """Whether a law of this title or short name is here, in any version."""
        raise NotImplementedError

    def regulation(self, law_title: str, article: str) -> Passage | None:
        """The article ("第二十一条", "21", "21.1") of a law, of the version in force where there is one."""
        raise NotImplementedError

    def regulation_text(self, law_title: str, article: str) -> str | None:
        """As the check asks: None for an unknown law, "" for an article it has not, else the article's text.

        Without an article: the law's title where it is known.
        """
        raise NotImplementedError

    def close(self) -> None:
        """Let go of database and vectors."""
        raise NotImplementedError

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
