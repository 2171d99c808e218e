"""Vectors kept in the database by the text they were made from, so that no text is embedded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Engine, insert, select

from assistant.retrieval.embedding import Embeddings
from assistant.retrieval.likeness import QUESTIONS, SAMPLE, Centre, centre_of
from assistant.retrieval.storage import VECTORS

if TYPE_CHECKING:
    from assistant.retrieval.embedding import Vectors

_AT_ONCE = 500
_ASKED = "?"  # after the model's name: the vector of a question


def digest_of_text(text: str) -> str:
    """What a kept vector is found by."""
    return hashlib.sha256(text.encode()).hexdigest()[:40]


class KeptVectors:
    """The kept vectors of one model."""

    def __init__(self, engine: Engine, embeddings: Embeddings) -> None:
        self._engine = engine
        self._embeddings = embeddings

    def of(self, digests: Iterable[str]) -> dict[str, Vectors]:
        """Those that are there, by digest."""
        return self._read(self._embeddings.name, digests)

    def make(self, texts: Mapping[str, str]) -> dict[str, Vectors]:
        """Make vectors of texts (by digest) and keep them at once. Raises `ModelError`."""
        made = dict(zip(texts, self._embeddings.embed_passages(list(texts.values())), strict=True)) if texts else {}
        self._write(self._embeddings.name, made)
        return made

    def make_questions(self) -> None:
        """Keep the vectors of the common questions. Raises `ModelError`."""
        name = self._embeddings.name + _ASKED
        texts = {digest_of_text(text): text for text in QUESTIONS}
        missing = texts.keys() - self._read(name, texts).keys()
        self._write(name, {digest: self._embeddings.embed_query(texts[digest]) for digest in missing})

    def centre(self) -> Centre | None:
        """What questions and passages have in common, by a sample; None before enough is kept."""
        query = select(VECTORS.c.data).where(VECTORS.c.model == self._embeddings.name)
        with self._engine.connect() as connection:
            sample = connection.execute(query.order_by(VECTORS.c.digest).limit(SAMPLE)).scalars().all()
        questions = self._read(self._embeddings.name + _ASKED, map(digest_of_text, QUESTIONS))
        return centre_of(list(questions.values()), [_vector(data) for data in sample])

    def _read(self, model: str, digests: Iterable[str]) -> dict[str, Vectors]:
        wanted = list(dict.fromkeys(digests))
        found: dict[str, Vectors] = {}
        with self._engine.connect() as connection:
            for begin in range(0, len(wanted), _AT_ONCE):
                part = wanted[begin : begin + _AT_ONCE]
                query = select(VECTORS.c.digest, VECTORS.c.data).where(
                    VECTORS.c.model == model, VECTORS.c.digest.in_(part)
                )
                found.update((digest, _vector(data)) for digest, data in connection.execute(query))
        return found

    def _write(self, model: str, vectors: Mapping[str, Vectors]) -> None:
        import numpy

        rows = [
            {"model": model, "digest": digest, "data": vector.astype(numpy.float16).tobytes()}
            for digest, vector in vectors.items()
        ]
        if rows:
            with self._engine.begin() as connection:
                connection.execute(insert(VECTORS), rows)


def _vector(data: bytes) -> Vectors:
    import numpy

    return numpy.frombuffer(data, dtype=numpy.float16).astype(numpy.float32)
