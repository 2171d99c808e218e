"""Exact look-ups: the passages a text names outright, by law and article or by document number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, case, select

from assistant.records import Passage, SourceKind
from assistant.retrieval import storage
from assistant.retrieval.listing import State
from assistant.retrieval.lookup import Reference, read_reference
from assistant.retrieval.snapshot import Snapshot
from assistant.retrieval.storage import PASSAGES, SOURCES

_MOST = 40
_FROM_ONE_SOURCE = 3  # passages shown of a document found by its number

_BY_STATE = case({State.CURRENT.value: 0, State.COPY.value: 1, State.UPCOMING.value: 2}, value=SOURCES.c.state, else_=3)


class Finder:
    """Finds what is named; knows nothing of likeness."""

    def __init__(self, engine: Engine, snapshot: Callable[[], Snapshot]) -> None:
        self._engine = engine
        self._snapshot = snapshot

    def read(self, text: str) -> Reference:
        """What the text names outright."""
        return read_reference(text, self._snapshot().laws)

    def find(self, reference: Reference, law: str = "") -> list[Passage]:
        """The passages named, in the order named; `law` is meant where an article is named without one."""
        found: dict[str, Passage] = {}
        for named in reference.articles:
            meant = named.law or law
            if meant or not reference.unknown:  # an article of a law that is not here is no other law's
                found.update((passage.id, passage) for passage in self.articles(meant, named.article))
        for number in reference.numbers:
            found.update((passage.id, passage) for passage in self._by_number(number))
        return list(found.values())[:_MOST]

    def articles(self, law: str, article: str) -> list[Passage]:
        """An article of a law (of every law, where none is given), the version in force first."""
        query = storage.joined().where(PASSAGES.c.article == article, SOURCES.c.kind == SourceKind.LAW.value)
        if law:
            query = query.where(SOURCES.c.short == law)
        return self._passages(query.order_by(_BY_STATE, SOURCES.c.version.desc(), SOURCES.c.short, PASSAGES.c.id))

    def _by_number(self, number: str) -> list[Passage]:
        """The documents of this number; else the passages that mention it."""
        owners = select(SOURCES.c.id).where(SOURCES.c.document_number.endswith(number, autoescape=True))
        opening = storage.joined().where(PASSAGES.c.source.in_(owners), PASSAGES.c.position < _FROM_ONE_SOURCE)
        found = self._passages(opening.order_by(_BY_STATE, PASSAGES.c.source, PASSAGES.c.position))
        if found:
            return found
        mentions = storage.joined().where(PASSAGES.c.text.contains(number, autoescape=True))
        return self._passages(mentions.order_by(_BY_STATE, PASSAGES.c.source, PASSAGES.c.position).limit(_MOST))

    def _passages(self, query: Any) -> list[Passage]:  # noqa: ANN401 - a select
        with self._engine.connect() as connection:
            return [storage.passage_of(row) for row in connection.execute(query)]
