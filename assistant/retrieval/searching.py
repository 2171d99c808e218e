"""The search itself: what a question names outright, then words and vectors together."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from assistant.errors import ModelError, WorkspaceError
from assistant.records import Hit, Passage, SourceKind
from assistant.retrieval import ranking, storage
from assistant.retrieval.bystander import Bystander
from assistant.retrieval.embedding import Embeddings, unit_length
from assistant.retrieval.filling import if_free
from assistant.retrieval.kept import KeptVectors
from assistant.retrieval.likeness import BOUNDS, Centre, likeness
from assistant.retrieval.snapshot import Snapshot, Wanted
from assistant.retrieval.vectors import VectorStore
from assistant.retrieval.wording import in_words_of_law

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

POOL = 200  # passages each half proposes
_QUERIES_KEPT = 256
VECTORS_LOCK = "vectors.lock"


class Searcher:
    """Finds passages. What it holds in memory is renewed as soon as any process has changed the library."""

    def __init__(self, engine: Engine, folder: Path, store: VectorStore | None, embeddings: Embeddings | None) -> None:
        self._engine = engine
        self._folder = folder
        self._store = store
        self._embeddings = embeddings
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._words_seen = -1
        self._vectors_lock = folder.parent / VECTORS_LOCK
        self._kept = KeptVectors(engine, embeddings) if embeddings else None
        self._bystander = Bystander(engine, self._kept, store.key) if self._kept and store else None
        self._centre_found: Centre | None = None
        self._centre_of: Snapshot | None = None
        self._queries: OrderedDict[str, Vectors] = OrderedDict()
        self.vector_failure = ""  # why the last search went without vectors, in Chinese

    def snapshot(self) -> Snapshot:
        """The library as it is now."""
        with self._lock, self._engine.connect() as connection:
            seen = storage.counters(connection)[storage.WORDS]
            if self._snapshot is None or seen != self._words_seen:
                self._snapshot = Snapshot(connection, self._folder)
                self._words_seen = seen
            return self._snapshot

    def forget(self) -> None:
        """Let go of the store and of what is in memory."""
        with self._lock:
            self._snapshot, self._words_seen = None, -1
            if self._store is not None:
                self._store.close()

    def only(self, passages: Sequence[Passage], wanted: Wanted) -> list[Passage]:
        """Those of the passages that a search may find."""
        snapshot = self.snapshot()
        sources = snapshot.allowed_sources(wanted)
        return [
            passage
            for passage in passages
            if int(passage.id.partition("-")[0]) in sources and wanted.topic in (None, passage.topic)
        ]

    def find(self, query: str, wanted: Wanted, limit: int, laws: frozenset[str] = frozenset()) -> list[Hit]:
        """The best passages by words and vectors; those of `laws`, which the question names, come sooner."""
        snapshot = self.snapshot()
        sources = snapshot.allowed_sources(wanted)
        if not sources or not query.strip():
            return []
        wordings = [query]
        if wanted.kind is not SourceKind.SUMMARY and (written := in_words_of_law(query)):
            wordings.append(f"{query} {written}")
        with ThreadPoolExecutor(max_workers=1) as beside:
            alike = beside.submit(self._by_vectors, snapshot, wordings, sources, wanted)
            words = self._by_words(snapshot, wordings[-1], sources, wanted)
            vectors = alike.result()
        pool = {snapshot.ids[place] for place in words.keys() | vectors.keys()}
        with self._engine.connect() as connection:
            rows = storage.rows_by_id(connection, pool)
        key = self._store.key if self._store else ""
        unvectored = frozenset(
            place for place in words if (row := rows.get(snapshot.ids[place])) is not None and row.indexed != key
        )
        places = {place: snapshot.by_id[int(snapshot.sources[place])] for place in words.keys() | vectors.keys()}
        named = frozenset(place for place, row in places.items() if row.short in laws)
        owners = {place: row.id for place, row in places.items()}
        scores = ranking.favour(ranking.fuse(words, vectors, unvectored), owners, named)
        ordered = sorted(scores, key=lambda place: (-scores[place], place))
        found = [(place, rows[snapshot.ids[place]]) for place in ordered if snapshot.ids[place] in rows][:limit]
        best = max(scores.values(), default=0.0) or 1.0
        hits = [_hit(query, row, scores[place] / best, place in words, place in vectors) for place, row in found]
        judged = (self._judge(vectors.get(place)) for place, _ in found)
        return [replace(hit, related=related) for hit, related in zip(hits, judged, strict=True)]

    def _by_words(self, snapshot: Snapshot, query: str, sources: frozenset[int], wanted: Wanted) -> dict[int, float]:
        import numpy

        scores = snapshot.words.scores(query)
        if scores is None:
            return {}
        scores = numpy.where(snapshot.mask(sources, wanted), scores, 0)
        best = numpy.argsort(-scores, kind="stable")[:POOL]
        return {int(place): float(scores[place]) for place in best if scores[place] > 0}

    def _by_vectors(
        self, snapshot: Snapshot, wordings: Sequence[str], sources: frozenset[int], wanted: Wanted
    ) -> dict[int, float]:
        """What is alike to the question, between its wordings."""
        if self._store is None or self._bystander is None:
            return {}
        self.vector_failure = ""
        with self._engine.connect() as connection:
            seen = storage.counters(connection)[storage.STORE]
        if not seen:
            return {}  # nothing is made yet, so nothing need be loaded
        try:
            with ThreadPoolExecutor(max_workers=len(wordings)) as pool:
                vector = unit_length(sum(pool.map(self._embedded, wordings)))[0]
            with self._lock:
                near = None
                if self._fresh(seen):
                    narrow = len(sources) < len(snapshot.by_id)
                    near = self._store.nearest(vector, POOL, sorted(sources) if narrow else None)
                pieces, rows = near or self._bystander.nearest(snapshot, vector, POOL, sources)
        except (ModelError, WorkspaceError) as error:
            self.vector_failure = str(error)
            return {}
        found: dict[int, float] = {}
        for piece, score in zip(pieces, likeness(vector, rows, self._centre(snapshot)), strict=True):
            place = snapshot.places.get(piece.partition("#")[0])
            if place is not None:
                found[place] = max(found.get(place, -1.0), float(score))
        if wanted.topic:
            found = {place: score for place, score in found.items() if snapshot.topics[place] == wanted.topic}
        return found

    def _centre(self, snapshot: Snapshot) -> Centre | None:
        """What the passages of this snapshot have in common; looked for again until there are enough."""
        if self._kept is not None and (self._centre_found is None or self._centre_of is not snapshot):
            self._centre_found, self._centre_of = self._kept.centre(), snapshot
        return self._centre_found

    def _judge(self, alike: float | None) -> bool | None:
        """Whether a passage this much alike is about the question's matter, where this model's vectors can tell."""
        bounds = BOUNDS.get(self._embeddings.name) if self._embeddings else None
        return bounds.judge(alike) if bounds and alike is not None and self._centre_found else None

    def _embedded(self, query: str) -> Vectors:
        assert self._embeddings is not None
        with self._lock:
            known = self._queries.pop(query, None)
        vector: Vectors = self._embeddings.embed_query(query) if known is None else known
        with self._lock:
            self._queries[query] = vector  # the last to be forgotten
            while len(self._queries) > _QUERIES_KEPT:
                self._queries.popitem(last=False)
        return vector

    def _fresh(self, seen: int) -> bool:
        """Whether the store answers with all that was written; opens it anew where that helps.

        False while another process writes to the folder.
        """
        assert self._store is not None
        if self._store.opened and (not self._store.local or seen <= self._store.seen):
            return True
        if not self._store.local:
            self._store.open()
            return True
        with if_free(self._vectors_lock) as free:
            if free:
                self._store.open()
                self._store.settle()
                self._store.seen = seen
            return free


def _hit(query: str, row: Any, score: float, words: bool, vectors: bool) -> Hit:  # noqa: ANN401, FBT001 - a joined row
    passage = storage.passage_of(row)
    found_by = tuple(name for name, found in (("keywords", words), ("vectors", vectors)) if found)
    points = max(0, round(score * ranking.MOST))
    return Hit(passage, points, found_by, ranking.spans_of(query, passage.text))
