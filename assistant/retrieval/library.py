"""The library of regulations and past summaries: import, index, search, exact look-ups."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine, create_engine, event, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import SQLAlchemyError

from assistant.errors import InputError, WorkspaceError
from assistant.records import Hit, Passage, SourceKind
from assistant.retrieval import shelf, storage
from assistant.retrieval.articles import read_article
from assistant.retrieval.embedding import Embeddings
from assistant.retrieval.filling import Filler, only_one
from assistant.retrieval.finder import Finder
from assistant.retrieval.intake import digest_of, named_files, take_in
from assistant.retrieval.listing import Added, AddReport, Outcome, Progress, SourceInfo
from assistant.retrieval.ranking import POINTS, has_content
from assistant.retrieval.searching import VECTORS_LOCK, Searcher
from assistant.retrieval.snapshot import Wanted
from assistant.retrieval.storage import PASSAGES, SOURCES
from assistant.retrieval.titles import law_named
from assistant.retrieval.vectors import VectorStore

DATABASE_FILE = "library.db"
_WAIT = 60.0  # seconds an import waits for another one to end
_NO_WAIT = 1.0


def open_library(
    folder: Path,
    *,
    engine: Engine | None = None,
    chroma_url: str = "",
    embeddings: Embeddings | None = None,
    today: date | None = None,
) -> Library:
    """Open (or begin) the library of a workspace folder.

    The passages live in `engine`, or in ``library.db`` of the folder where none is given; vectors in the
    folder's ``vectors``, or the Chroma server at `chroma_url`. Without `embeddings` it finds by words alone.
    `today` decides which laws are in effect. Raises `WorkspaceError` when folder or database cannot be used.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        opened = engine or _own_engine(folder)
        storage.create_tables(opened)
        return Library(folder, opened, chroma_url, embeddings, today or date.today(), own_engine=engine is None)
    except (OSError, SQLAlchemyError) as error:
        raise WorkspaceError(f"打不开资料库 {folder}（{error}）。请检查权限和磁盘空间。") from error


def _own_engine(folder: Path) -> Engine:
    engine = create_engine(f"sqlite:///{folder / DATABASE_FILE}")
    event.listen(engine, "connect", _configure)
    return engine


def _configure(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 10000")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


class Library:
    """An open library. Use it as a context manager or call `close`. Several processes may have it open."""

    def __init__(
        self,
        folder: Path,
        engine: Engine,
        chroma_url: str,
        embeddings: Embeddings | None,
        today: date,
        *,
        own_engine: bool,
    ) -> None:
        self._folder = folder
        self._engine = engine
        self._own_engine = own_engine
        self._today = today
        identity = storage.identity(engine)
        store = VectorStore(folder / "vectors", chroma_url, identity, embeddings.name) if embeddings else None
        self._store_key = store.key if store else ""
        self._filler = Filler(engine, store, embeddings) if store and embeddings else None
        self._searcher = Searcher(engine, folder / "keywords", store, embeddings)
        self._finder = Finder(engine, self._searcher.snapshot)
        with engine.begin() as connection:
            if shelf.settle_states(connection, today):  # a law has come into effect meanwhile
                storage.count_up(connection, storage.WORDS)

    def add(self, paths: Sequence[Path], on_progress: Callable[[Added], None] | None = None) -> AddReport:
        """Take in files, and folders with their files; each is told as it is done, and can be searched by words at once.

        What a file refuses stands in the report. An unchanged file costs nothing, a changed one replaces
        the old one of its name. Vectors are made by `fill_vectors`.
        """
        files: list[Added] = []
        with only_one(self._folder / "library.lock", _WAIT, "导入资料"):
            for name, path in named_files(paths):
                files.append(self._add_one(name, path))
                if on_progress:
                    on_progress(files[-1])
        return AddReport(tuple(files))

    def _add_one(self, name: str, path: Path) -> Added:
        try:
            digest = digest_of(path)
            with self._engine.connect() as connection:
                known = connection.execute(select(SOURCES.c.digest).where(SOURCES.c.name == name)).scalar()
            if known == digest:
                return Added(name, Outcome.UNCHANGED, self._info(name))
            taken = take_in(path, name)
        except InputError as error:
            return Added(name, Outcome.REFUSED, reason=str(error))
        with self._engine.begin() as connection:
            shelf.put(connection, name, digest, taken, self._today)
        return Added(name, Outcome.REPLACED if known else Outcome.ADDED, self._info(name), taken.notices)

    def fill_vectors(
        self, on_progress: Callable[[Progress], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> Progress:
        """Make the missing vectors, batch after batch, each kept as soon as it is made; goes on where it was cut off."""
        if self._filler is None:
            return self.progress()
        with only_one(self._folder / VECTORS_LOCK, _NO_WAIT, "建立向量索引"):
            return self._filler.fill(on_progress or _silent, cancelled)

    def progress(self) -> Progress:
        """How far the vectors are."""
        return self._filler.progress() if self._filler else Progress(0, 0)

    def remove(self, name: str) -> SourceInfo:
        """Take a file out. Raises `InputError` when there is none of this name."""
        with only_one(self._folder / "library.lock", _WAIT, "导入资料"), self._engine.begin() as connection:
            found = shelf.infos(connection, self._store_key, name)
            if not found:
                raise InputError(f"资料库里没有“{name}”。可用 jushi index list 查看有哪些。")
            shelf.take_out(connection, name)
            shelf.settle_states(connection, self._today)
        return found[0]

    def list_sources(self) -> list[SourceInfo]:
        """The files of the library, laws first, by title and version."""
        with self._engine.connect() as connection:
            return shelf.infos(connection, self._store_key)

    def rebuild(self) -> None:
        """Make the indexes anew from the passages; call `fill_vectors` after it (kept vectors are not computed again)."""
        with only_one(self._folder / "library.lock", _WAIT, "导入资料"):
            self._searcher.forget()
            with self._engine.begin() as connection:
                shelf.settle_states(connection, self._today)
                storage.count_up(connection, storage.WORDS)
            if self._filler is not None:
                with only_one(self._folder / VECTORS_LOCK, _NO_WAIT, "建立向量索引"):
                    self._filler.clear()

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
        wanted = self._wanted(kind, year, topic, law, in_force_only=in_force_only)
        if wanted is None:
            return []
        reference = self._finder.read(query)
        named = self._searcher.only(self._finder.find(reference, wanted.law or ""), wanted)
        hits = [Hit(passage, POINTS, ("article",)) for passage in named[:limit]]
        if len(hits) == limit or (hits and not has_content(reference.rest)):
            return hits
        rest = reference.rest if hits else query
        laws = frozenset(law.law for law in reference.laws)
        seen = {passage.id for passage in named}
        found = self._searcher.find(rest, wanted, limit + len(seen), laws)
        return [*hits, *(hit for hit in found if hit.passage.id not in seen)][:limit]

    def find_article(self, text: str, *, law: str | None = None) -> list[Passage]:
        """The articles a text names: 《安全生产法》第二十一条, 安法第21条, 第21条 (of `law`, or of every law), 安委〔2023〕12号.

        In the order named, versions in force first; empty where none is named or none is there.
        """
        return self._finder.find(self._finder.read(text), self._law(law) if law else "")

    def passage(self, identity: str) -> Passage | None:
        """The passage with this id."""
        with self._engine.connect() as connection:
            row = storage.rows_by_id(connection, [identity]).get(identity)
        return storage.passage_of(row) if row is not None else None

    def first_of(self, name: str) -> Passage | None:
        """The first passage of the file of this name; None where there is no such file."""
        query = storage.joined().where(SOURCES.c.name == name).order_by(PASSAGES.c.position).limit(1)
        with self._engine.connect() as connection:
            row = connection.execute(query).first()
        return storage.passage_of(row) if row is not None else None

    def around(self, passage: Passage, distance: int = 1) -> list[Passage]:
        """The passages of the same source that stand up to `distance` before and after, with itself, in order."""
        source, _, position = passage.id.rpartition("-")
        first, last = int(position) - distance, int(position) + distance
        query = storage.joined().where(PASSAGES.c.source == int(source), PASSAGES.c.position.between(first, last))
        with self._engine.connect() as connection:
            return [storage.passage_of(row) for row in connection.execute(query.order_by(PASSAGES.c.position))]

    def knows_law(self, title: str) -> bool:
        """Whether a law of this title or short name is here, in any version."""
        return bool(self._law(title))

    def regulation(self, law_title: str, article: str) -> Passage | None:
        """The article ("第二十一条", "21", "21.1") of a law, of the version in force where there is one."""
        law, key = self._law(law_title), read_article(article)
        return next(iter(self._finder.articles(law, key)), None) if law and key else None

    def regulation_text(self, law_title: str, article: str) -> str | None:
        """As the check asks: None for an unknown law, "" for an article it has not, else the article's text.

        Without an article: the law's title where it is known.
        """
        law = self._law(law_title)
        if not law:
            return None
        if not article:
            return law
        passage = self.regulation(law_title, article)
        return passage.text if passage else ""

    @property
    def vector_failure(self) -> str:
        """Why the last search had to do without vectors, in Chinese; empty where it had not."""
        return self._searcher.vector_failure

    def _law(self, name: str) -> str:
        return law_named(name, self._searcher.snapshot().laws)

    def _wanted(
        self, kind: SourceKind | None, year: int | None, topic: str | None, law: str | None, *, in_force_only: bool
    ) -> Wanted | None:
        """What a search is limited to; None where it names a law that is not here."""
        short = self._law(law) if law else None
        return None if short == "" else Wanted(kind, year, topic, short, in_force_only)

    def _info(self, name: str) -> SourceInfo:
        with self._engine.connect() as connection:
            return shelf.infos(connection, self._store_key, name)[0]

    def close(self) -> None:
        """Let go of database and vectors."""
        self._searcher.forget()
        if self._own_engine:
            self._engine.dispose()

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _silent(_progress: Progress) -> None:
    """What is told of progress where nobody asked."""
