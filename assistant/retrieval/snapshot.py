"""What a search holds in memory of the library: which passages there are, and the index of their words."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from assistant.records import SourceKind
from assistant.retrieval import storage
from assistant.retrieval.keywords import KeywordIndex
from assistant.retrieval.listing import State
from assistant.retrieval.pieces import head_of
from assistant.retrieval.storage import PASSAGES, SOURCES

if TYPE_CHECKING:
    from numpy import bool_, int64
    from numpy.typing import NDArray

FORM = "1"  # of the keyword index: another form makes old ones useless


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a search is limited to. `law` is a short title of the library."""

    kind: SourceKind | None = None
    year: int | None = None
    topic: str | None = None
    law: str | None = None
    in_force_only: bool = True


class Snapshot:
    """The passages of the library at one moment, by place: `ids[3]` belongs to source `sources[3]`."""

    def __init__(self, connection: Connection, folder: Path) -> None:
        import numpy

        columns = (PASSAGES.c.id, PASSAGES.c.source, PASSAGES.c.topic)
        rows = connection.execute(select(*columns).order_by(PASSAGES.c.source, PASSAGES.c.position)).all()
        self.by_id = {row.id: row for row in _source_rows(connection)}
        self.ids = [row.id for row in rows]
        self.places = {identity: place for place, identity in enumerate(self.ids)}
        self.sources: NDArray[int64] = numpy.array([row.source for row in rows], dtype=numpy.int64)
        self.topics = numpy.array([row.topic for row in rows], dtype=str)
        self.laws = sorted({row.short for row in self.by_id.values() if row.kind == SourceKind.LAW})
        self.words = self._words(connection, folder)

    def _words(self, connection: Connection, folder: Path) -> KeywordIndex:
        """The keyword index, from the folder where it was made for just these passages."""
        contents = sorted((row.id, row.digest) for row in self.by_id.values())
        name = hashlib.sha256(f"{FORM}{contents}".encode()).hexdigest()[:32]
        index = KeywordIndex.load(folder / name)
        if index is None or index.ids != self.ids:
            rows = connection.execute(storage.joined().order_by(PASSAGES.c.source, PASSAGES.c.position))
            index = KeywordIndex.build(self.ids, [fields_of(row) for row in rows])
            for old in folder.glob("*"):
                shutil.rmtree(old, ignore_errors=True)
            index.save(folder / name)
        return index

    def allowed_sources(self, wanted: Wanted) -> frozenset[int]:
        """The sources a search may find passages of."""
        return frozenset(identity for identity, row in self.by_id.items() if _fits(row, wanted))

    def mask(self, sources: frozenset[int], wanted: Wanted) -> NDArray[bool_]:
        """Which passages a search may find."""
        import numpy

        allowed = numpy.isin(self.sources, list(sources))
        return allowed & (self.topics == wanted.topic) if wanted.topic else allowed


def fields_of(row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a joined row
    """The texts a passage is found by: where it stands, and what it says."""
    return head_of(row.title, row.article, json.loads(row.path)), row.text


def _fits(row: Any, wanted: Wanted) -> bool:  # noqa: ANN401 - a row of sources
    if row.state == State.COPY or (wanted.in_force_only and row.state != State.CURRENT):
        return False
    if wanted.kind is not None and row.kind != wanted.kind:
        return False
    if wanted.year is not None and (row.first or row.version)[:4] != str(wanted.year):
        return False
    return wanted.law is None or (row.kind == SourceKind.LAW and row.short == wanted.law)


def _source_rows(connection: Connection) -> list[Any]:
    columns = [column for column in SOURCES.c if column.name not in ("text", "repeals")]
    return list(connection.execute(select(*columns)))
