"""Making vectors behind the keyword search: batch after batch, each kept at once, never twice for one text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from assistant.errors import Conflict, ModelError
from assistant.retrieval import storage
from assistant.retrieval.embedding import Embeddings
from assistant.retrieval.listing import Progress, State
from assistant.retrieval.pieces import digest_of_text, pieces_of
from assistant.retrieval.storage import DROPPED, PASSAGES, SOURCES, VECTORS
from assistant.retrieval.vectors import VectorStore

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

_SEARCHED = PASSAGES.join(
    SOURCES, SOURCES.c.id == PASSAGES.c.source
)  # a copy is never searched, so it needs no vectors
_KEPT_BATCH = 256  # passages at once where their vectors are there already


@dataclass(frozen=True, slots=True)
class _Piece:
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


class Filler:
    """Makes the vectors of one library with one model, into one store."""

    def __init__(self, engine: Engine, store: VectorStore, embeddings: Embeddings) -> None:
        self._engine = engine
        self._store = store
        self._embeddings = embeddings

    def progress(self) -> Progress:
        """How far it is."""
        with self._engine.connect() as connection:
            count = select(func.count()).select_from(_SEARCHED).where(SOURCES.c.state != State.COPY.value)
            total = connection.execute(count).scalar_one()
            done = connection.execute(count.where(PASSAGES.c.indexed == self._store.key)).scalar_one()
        return Progress(done, total)

    def fill(self, on_progress: Callable[[Progress], None], cancelled: Callable[[], bool]) -> Progress:
        """Make what is missing. A model that fails stops it, with the reason in the result; what was made stays."""
        self._open()
        self._reconcile()
        self._forget_dropped()
        progress = self.progress()
        on_progress(progress)
        while not progress.complete and not cancelled():
            try:
                self._fill_batch(self._next_batch())
            except ModelError as error:
                return Progress(progress.done, progress.total, str(error))
            progress = self.progress()
            on_progress(progress)
        return progress

    def clear(self) -> None:
        """Empty the store and mark every passage as missing there."""
        self._open()
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
        pieces = {row.id: _pieces_of(row) for row in rows}
        kept = self._kept(piece.digest for each in pieces.values() for piece in each)
        ready = [row for row in rows if all(piece.digest in kept for piece in pieces[row.id])]
        if not ready:
            ready = list(rows[: self._embeddings.batch])
            missing = {
                piece.digest: piece.text for row in ready for piece in pieces[row.id] if piece.digest not in kept
            }
            kept.update(self._make(missing))
        self._put([piece for row in ready for piece in pieces[row.id]], kept)
        with self._engine.begin() as connection:
            for row in ready:
                changed = update(PASSAGES).where(PASSAGES.c.id == row.id)
                connection.execute(changed.values(indexed=self._store.key, pieces=len(pieces[row.id])))
            self._store.seen = storage.count_up(connection, storage.STORE)

    def _kept(self, digests: Iterator[str]) -> dict[str, Vectors]:
        import numpy

        wanted = list(dict.fromkeys(digests))
        found: dict[str, Vectors] = {}
        with self._engine.connect() as connection:
            for begin in range(0, len(wanted), 500):
                query = select(VECTORS.c.digest, VECTORS.c.data).where(
                    VECTORS.c.model == self._embeddings.name, VECTORS.c.digest.in_(wanted[begin : begin + 500])
                )
                for digest, data in connection.execute(query):
                    found[digest] = numpy.frombuffer(data, dtype=numpy.float16).astype(numpy.float32)
        return found

    def _make(self, texts: dict[str, str]) -> dict[str, Vectors]:
        import numpy

        vectors = self._embeddings.embed_passages(list(texts.values()))
        made = dict(zip(texts, vectors, strict=True))
        rows = [
            {"model": self._embeddings.name, "digest": digest, "data": vector.astype(numpy.float16).tobytes()}
            for digest, vector in made.items()
        ]
        with self._engine.begin() as connection:
            connection.execute(insert(VECTORS), rows)
        return made

    def _put(self, pieces: Sequence[_Piece], kept: dict[str, Vectors]) -> None:
        import numpy

        vectors = numpy.stack([kept[piece.digest] for piece in pieces])
        self._store.put([piece.id for piece in pieces], vectors, [piece.source for piece in pieces])


def _pieces_of(row: Any) -> list[_Piece]:  # noqa: ANN401 - a joined row
    texts = pieces_of(row.title, row.article, json.loads(row.path), row.text)
    return [
        _Piece(f"{row.id}#{number}", row.source_id, text, digest_of_text(text)) for number, text in enumerate(texts)
    ]
