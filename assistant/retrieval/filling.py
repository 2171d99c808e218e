"""Making vectors behind the keyword search: batch after batch, each kept at once, never twice for one text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, delete, func, select, update

from assistant.errors import Conflict, ModelError
from assistant.retrieval import storage
from assistant.retrieval.embedding import Embeddings
from assistant.retrieval.kept import KeptVectors, digest_of_text
from assistant.retrieval.listing import Progress, State
from assistant.retrieval.pieces import pieces_of
from assistant.retrieval.storage import DROPPED, PASSAGES, SOURCES
from assistant.retrieval.vectors import VectorStore

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

_SEARCHED = PASSAGES.join(
    SOURCES, SOURCES.c.id == PASSAGES.c.source
)  # a copy is never searched, so it needs no vectors
_SAMPLE, _SAME = 20, 0.99
_KEPT_BATCH = 256  # passages at once where their vectors are there already


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A text to make a vector from; `id` is its passage's with its own number."""

    id: str
    source: int
    text: str
    digest: str


@contextmanager
def only_one(lock: Path, wait: float, doing: str) -> Iterator[None]:
    """Keep every other process out meanwhile. Raises `Conflict` when one is in for longer than `wait` seconds."""
    from filelock import FileLock, Timeout

    try:
        with FileLock(lock, timeout=wait):
            yield
    except Timeout as error:
        raise Conflict(f"另一个程序正在{doing}，请等它结束后再试。") from error


@contextmanager
def if_free(lock: Path) -> Iterator[bool]:
    """Whether nobody is in; keeps everybody out meanwhile if so."""
    from filelock import FileLock, Timeout

    own = FileLock(lock)
    try:
        own.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        own.release()


class Filler:
    """Makes the vectors of one library with one model, into one store."""

    def __init__(self, engine: Engine, store: VectorStore, embeddings: Embeddings) -> None:
        self._engine = engine
        self._store = store
        self._embeddings = embeddings
        self._kept = KeptVectors(engine, embeddings)

    def progress(self) -> Progress:
        """How far it is."""
        with self._engine.connect() as connection:
            count = select(func.count()).select_from(_SEARCHED).where(SOURCES.c.state != State.COPY.value)
            total = connection.execute(count).scalar_one()
            done = connection.execute(count.where(PASSAGES.c.indexed == self._store.key)).scalar_one()
        return Progress(done, total)

    def fill(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Progress:
        """Make what is missing. A model that fails stops it, with the reason in the result; what was made stays."""
        try:
            self._open()
            self._reconcile()
            self._forget_dropped()
            done = self._fill(on_progress, cancelled)
            if done.complete and not self._answers():
                self.clear()
                done = self._fill(on_progress, cancelled)
            return done
        finally:
            self._store.close()  # it applies writes late: opened anew, it answers with all of them

    def _fill(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Progress:
        progress = self.progress()
        on_progress(progress)
        try:
            while not progress.complete and not cancelled():
                self._fill_batch(self._next_batch())
                progress = self.progress()
                on_progress(progress)
            if progress.complete:
                self._kept.make_questions()
        except ModelError as error:
            return Progress(progress.done, progress.total, str(error))
        return progress

    def _answers(self) -> bool:
        """Whether the store, opened anew, finds a sample of passages by their own vectors."""
        with self._engine.connect() as connection:
            indexed = select(PASSAGES.c.id).where(PASSAGES.c.indexed == self._store.key).order_by(PASSAGES.c.id)
            ids = connection.execute(indexed).scalars().all()
            rows = storage.rows_by_id(connection, ids[:: max(1, len(ids) // _SAMPLE)])
        pieces = [pieces_of_row(row)[0] for row in rows.values()]
        kept = self._kept.of(piece.digest for piece in pieces)
        self._open()
        for piece in pieces:
            near = self._store.nearest(kept[piece.digest], 1, [piece.source])
            if near is None or not near[0] or float(near[1][0] @ kept[piece.digest]) < _SAME:
                return False
        return True

    def clear(self) -> None:
        """Empty the store and mark every passage as missing there."""
        self._store.clear()
        with self._engine.begin() as connection:
            self._mark_all_missing(connection)

    def _open(self) -> None:
        """Open the store, seeing all that was written; nobody else writes meanwhile."""
        with self._engine.connect() as connection:
            seen = storage.counters(connection)[storage.STORE]
        self._store.open()
        self._store.seen = seen

    def _reconcile(self) -> None:
        """A store with fewer vectors than were put into it (deleted, restored, replaced) is filled anew."""
        with self._engine.begin() as connection:
            expected = connection.execute(
                select(func.coalesce(func.sum(PASSAGES.c.pieces), 0)).where(PASSAGES.c.indexed == self._store.key)
            ).scalar_one()
            if self._store.count() < expected:
                self._mark_all_missing(connection)

    def _mark_all_missing(self, connection: Connection) -> None:
        connection.execute(update(PASSAGES).where(PASSAGES.c.indexed == self._store.key).values(indexed=""))
        self._store.seen = storage.count_up(connection, storage.STORE)

    def _forget_dropped(self) -> None:
        with self._engine.connect() as connection:
            dropped = connection.execute(select(DROPPED.c.source)).scalars().all()
        for source in dropped:
            self._store.drop(source)
            with self._engine.begin() as connection:
                connection.execute(delete(DROPPED).where(DROPPED.c.source == source))
                self._store.seen = storage.count_up(connection, storage.STORE)

    def _next_batch(self) -> list[Any]:
        query = storage.joined().where(PASSAGES.c.indexed != self._store.key, SOURCES.c.state != State.COPY.value)
        query = query.order_by(PASSAGES.c.source, PASSAGES.c.position).limit(_KEPT_BATCH)
        with self._engine.connect() as connection:
            return list(connection.execute(query))

    def _fill_batch(self, rows: Sequence[Any]) -> None:
        """As many of these passages as have their vectors already, else one batch of the model."""
        pieces = {row.id: pieces_of_row(row) for row in rows}
        kept = self._kept.of(piece.digest for each in pieces.values() for piece in each)
        ready = [row for row in rows if all(piece.digest in kept for piece in pieces[row.id])]
        if not ready:
            ready = list(rows[: self._embeddings.batch])
            missing = {
                piece.digest: piece.text for row in ready for piece in pieces[row.id] if piece.digest not in kept
            }
            kept.update(self._kept.make(missing))
        self._put([piece for row in ready for piece in pieces[row.id]], kept)
        with self._engine.begin() as connection:
            for row in ready:
                changed = update(PASSAGES).where(PASSAGES.c.id == row.id)
                connection.execute(changed.values(indexed=self._store.key, pieces=len(pieces[row.id])))
            self._store.seen = storage.count_up(connection, storage.STORE)

    def _put(self, pieces: Sequence[TextPiece], kept: dict[str, Vectors]) -> None:
        import numpy

        vectors = numpy.stack([kept[piece.digest] for piece in pieces])
        self._store.put([piece.id for piece in pieces], vectors, [piece.source for piece in pieces])


def pieces_of_row(row: Any) -> list[TextPiece]:  # noqa: ANN401 - a joined row
    """The texts of one passage."""
    texts = pieces_of(row.title, row.article, json.loads(row.path), row.text)
    return [
        TextPiece(f"{row.id}#{number}", row.source_id, text, digest_of_text(text)) for number, text in enumerate(texts)
    ]
