"""Nearness from the kept vectors alone, for a process that looks on while another one writes to the vector folder.

An embedded Chroma writes to its folder even when it is only asked, so two processes in it at once can lose each
other's vectors. Whoever looks on compares with the vectors in the database instead: exact, and fast enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Engine, select

from assistant.retrieval import storage
from assistant.retrieval.filling import pieces_of_row
from assistant.retrieval.kept import KeptVectors
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.storage import PASSAGES

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors


class Bystander:
    """The vectors of the passages that have theirs, in memory; only what is new is read again."""

    def __init__(self, engine: Engine, kept: KeptVectors, key: str) -> None:
        self._engine = engine
        self._kept = kept
        self._key = key
        self._of: Snapshot | None = None
        self._known: set[str] = set()
        self._pieces: list[str] = []
        self._sources: list[int] = []
        self._parts: list[Vectors] = []

    def nearest(
        self, snapshot: Snapshot, vector: Vectors, limit: int, sources: frozenset[int]
    ) -> tuple[list[str], Vectors]:
        """As `VectorStore.nearest`."""
        import numpy

        self._read(snapshot)
        if not self._parts:
            return [], numpy.zeros((0, len(vector)), dtype=numpy.float32)
        if len(self._parts) > 1:
            self._parts = [numpy.concatenate(self._parts)]
        rows = self._parts[0]
        likeness = numpy.where(numpy.isin(self._sources, list(sources)), rows @ vector, -2)
        best = numpy.argsort(-likeness)[:limit]
        best = best[likeness[best] > -2]
        return [self._pieces[place] for place in best], rows[best]

    def _read(self, snapshot: Snapshot) -> None:
        import numpy

        if self._of is not snapshot:
            self._of, self._known, self._pieces, self._sources, self._parts = snapshot, set(), [], [], []
        with self._engine.connect() as connection:
            indexed = connection.execute(select(PASSAGES.c.id).where(PASSAGES.c.indexed == self._key)).scalars().all()
            rows = storage.rows_by_id(connection, [identity for identity in indexed if identity not in self._known])
        pieces = [piece for row in rows.values() for piece in pieces_of_row(row)]
        kept = self._kept.of(piece.digest for piece in pieces)
        found = [piece for piece in pieces if piece.digest in kept]
        self._known.update(rows)
        self._pieces += [piece.id for piece in found]
        self._sources += [piece.source for piece in found]
        if found:
            self._parts.append(numpy.stack([kept[piece.digest] for piece in found]))
