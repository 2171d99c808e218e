"""Retrieval, measured: ``python -m evals retrieval``.

Asks the statute articles and the laws of the ``shared`` folder beside the project (or of the folder that
JUSHI_EVAL_DATA names): ``retrieval/``, ``laws/`` and ``devset/questions.jsonl``. Printed side by side: words alone,
vectors alone, both as the program fuses them. Vectors are made once and kept in the user's cache folder.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy
from sqlalchemy import create_engine

from assistant.records import SourceKind
from assistant.retrieval import shelf, storage
from assistant.retrieval.articles import article_label, read_article
from assistant.retrieval.embedding import Embeddings, open_embeddings
from assistant.retrieval.filling import pieces_of_row
from assistant.retrieval.intake import Piece, Taken
from assistant.retrieval.kept import KeptVectors
from assistant.retrieval.library import open_library
from assistant.retrieval.listing import Progress
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.titles import short_title

DATA = Path(os.environ.get("JUSHI_EVAL_DATA", Path(__file__).resolve().parents[2] / "shared"))
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "jushi" / "evals"
LIMIT = 30
_ID = re.compile(r"(?P<title>.*?)(?P<article>第[^第条]+条(?:之.+)?)")

Place = tuple[str, str]
Find = Callable[[str], Sequence[Place]]


@dataclass(frozen=True)
class Asked:
    """A question with the places that answer it, and others that may come first as well."""

    question: str
    gold: frozenset[Place]
    also: frozenset[Place] = frozenset()


@dataclass(frozen=True)
class Scores:
    """Means over the questions, from 0 to 1."""

    recall_5: float
    recall_10: float
    recall_30: float
    reciprocal_rank_10: float
    first_three: float  # a good place among the first three


def score(asked: Sequence[Asked], find: Find) -> Scores:
    """Ask every question."""
    rows = [_score_one(each, list(find(each.question))[:LIMIT]) for each in asked]
    return Scores(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def _score_one(asked: Asked, found: list[Place]) -> tuple[float, ...]:
    recalls = [len(asked.gold.intersection(found[:cut])) / len(asked.gold) for cut in (5, 10, LIMIT)]
    rank = next((rank for rank, place in enumerate(found[:10], 1) if place in asked.gold), 0)
    good = (asked.gold | asked.also).intersection(found[:3])
    return (*recalls, 1 / rank if rank else 0.0, float(bool(good)))


class Collection:
    """A library under measurement, and its two halves alone."""

    def __init__(self, name: str, embeddings: Embeddings | None) -> None:
        folder = CACHE / name
        folder.mkdir(parents=True, exist_ok=True)
        self.engine = create_engine(f"sqlite:///{folder / 'library.db'}")
        self.folder = folder
        self.embeddings = embeddings
        self.library = open_library(folder, engine=self.engine, embeddings=embeddings)

    def put(self, laws: Iterable[Taken]) -> None:
        """Make these laws the library's, unless they are already."""
        with self.engine.begin() as connection:
            known = {info.title for info in shelf.infos(connection, "")}
            for taken in laws:
                if taken.title not in known:
                    shelf.put(connection, taken.title, taken.title, taken, date.today())

    def fill(self) -> None:
        """Make the vectors that are missing, telling how far it is."""
        began = told = time.monotonic()

        def tell(progress: Progress) -> None:
            nonlocal told
            if time.monotonic() - told > 20:
                told = time.monotonic()
                print(f"  vectors: {progress.done} of {progress.total} after {told - began:.0f} s", flush=True)

        failure = self.library.fill_vectors(tell).failure
        if failure:
            print(f"  {failure}")

    def by_words(self, question: str) -> list[Place]:
        """The order of BM25 alone."""
        scores = self._snapshot.words.scores(question)
        return [] if scores is None else self._best(dict(zip(self._snapshot.ids, scores, strict=True)))

    def by_vectors(self, question: str) -> list[Place]:
        """The order of the cosine alone."""
        owners, vectors = self._vectors
        if self.embeddings is None:
            return []
        likeness: dict[str, float] = {}
        for owner, cosine in zip(owners, vectors @ self.embeddings.embed_query(question), strict=True):
            likeness[owner] = max(likeness.get(owner, -1.0), float(cosine))
        return self._best(likeness)

    def fused(self, question: str) -> list[Place]:
        """The program's own search."""
        hits = self.library.search(question, kind=SourceKind.LAW, limit=LIMIT)
        return [(short_title(hit.passage.title), hit.passage.article) for hit in hits]

    def _best(self, scores: dict[str, float]) -> list[Place]:
        best = sorted(scores, key=lambda identity: -scores[identity])[: LIMIT * 2]
        current = [self._rows[identity] for identity in best if self._rows[identity].state == "current"]
        return [(row.short, row.article) for row in current][:LIMIT]

    @cached_property
    def _snapshot(self) -> Snapshot:
        with self.engine.connect() as connection:
            return Snapshot(connection, self.folder / "keywords")

    @cached_property
    def _rows(self) -> dict[str, Any]:
        with self.engine.connect() as connection:
            return storage.rows_by_id(connection, self._snapshot.ids)

    @cached_property
    def _vectors(self) -> tuple[list[str], Any]:
        if self.embeddings is None:
            return [], None
        pieces = [(row.id, piece.digest) for row in self._rows.values() for piece in pieces_of_row(row)]
        kept = KeptVectors(self.engine, self.embeddings).of(digest for _, digest in pieces)
        found = [(owner, kept[digest]) for owner, digest in pieces if digest in kept]
        return [owner for owner, _ in found], numpy.stack([vector for _, vector in found])


def statute_articles(source: Path) -> Iterable[Taken]:
    """The articles of a corpus file, those of one law together."""
    laws: dict[str, list[Piece]] = {}
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        title, article = _split(row["law_article"])
        text = f"{article_label(article)} {row['text']}"
        laws.setdefault(title, []).append(Piece(text, 0, len(text), (), article))
    for title, pieces in laws.items():
        text = "\n".join(piece.text for piece in pieces)
        yield Taken(SourceKind.LAW, title, text, tuple(pieces), version="2020-01-01", effective="2020-01-01")


def _split(law_article: str) -> Place:
    found = _ID.fullmatch(law_article)
    return (found["title"], read_article(found["article"])) if found else (law_article, "")


def lay_questions(source: Path) -> list[Asked]:
    """The lay questions about statutes with their gold articles."""
    asked = []
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        places = [_split(each) for each in row["gold"]]
        asked.append(Asked(row["question"], frozenset((short_title(title), article) for title, article in places)))
    return asked


def town_questions(source: Path) -> list[Asked]:
    """The law questions of the development set."""
    asked = []
    for line in source.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["group"] == "law":
            expected = row["expected"]
            also = [(expected["law"], number) for number in expected["also_acceptable"]]
            also += [(other["law"], number) for other in expected.get("also_law", ()) for number in other["articles"]]
            gold = frozenset((expected["law"], str(number)) for number in expected["articles"])
            asked.append(Asked(row["question"], gold, frozenset((law, str(number)) for law, number in also)))
    return asked


def report(name: str, collection: Collection, asked: Sequence[Asked]) -> None:
    """Print the halves and the whole side by side."""
    print(f"{name}: {len(collection._snapshot.ids)} passages, {len(asked)} questions")
    print(f"  {'':10s}{'R@5':>8s}{'R@10':>8s}{'R@30':>8s}{'MRR@10':>8s}{'first 3':>9s}")
    finds: dict[str, Find] = {"words": collection.by_words}
    if collection.embeddings is not None:
        finds["vectors"] = collection.by_vectors
    finds["fused"] = collection.fused
    for method, find in finds.items():
        got = score(asked, find)
        row = (got.recall_5, got.recall_10, got.recall_30, got.reciprocal_rank_10)
        print(f"  {method:10s}" + "".join(f"{value:8.3f}" for value in row) + f"{got.first_three:9.3f}")


def main() -> None:
    """Measure both collections."""
    if not (DATA / "retrieval").is_dir():
        print(f"needs the folder {DATA} (or set JUSHI_EVAL_DATA)")
        return
    embeddings = open_embeddings()
    laws = Collection("laws", embeddings)
    laws.library.add(sorted((DATA / "laws").glob("*.md")))
    laws.fill()
    report("laws of the township's work", laws, town_questions(DATA / "devset" / "questions.jsonl"))
    statutes = Collection("statutes", embeddings)
    statutes.put(statute_articles(DATA / "retrieval" / "stard_corpus.jsonl"))
    statutes.fill()
    report("statute articles", statutes, lay_questions(DATA / "retrieval" / "stard_queries.jsonl"))


if __name__ == "__main__":
    main()
