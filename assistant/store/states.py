"""The facts a revision was written on, with their values then: each state of the ledger is kept once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from contextlib import suppress
from operator import is_

from pydantic import TypeAdapter
from sqlalchemy import Column, Engine, LargeBinary, String, Table, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.records import Fact
from assistant.store.schema import METADATA, Clock, Moment, utc_now

STATES = Table(
    "fact_states",
    METADATA,
    Column("digest", String(64), primary_key=True),
    Column("body", LargeBinary, nullable=False),  # the facts as JSON, compressed
    Column("kept_at", Moment, nullable=False),
)

_FACTS = TypeAdapter(tuple[Fact, ...])
_LAST: list[tuple[tuple[Fact, ...], str]] = []  # the facts kept last, and their digest


def keep_facts(engine: Engine, facts: Sequence[Fact], *, clock: Clock = utc_now) -> str:
    """Keep facts as they are now; the digest to find them by. The same facts again are kept once."""
    digest = _digest_known(facts)
    if digest and _is_kept(engine, digest):
        return digest
    body = _FACTS.dump_json(tuple(sorted(facts, key=lambda fact: fact.id)))
    digest = hashlib.sha256(body).hexdigest()
    if not _is_kept(engine, digest):
        with suppress(IntegrityError), engine.begin() as connection:  # another may keep the same at this moment
            connection.execute(insert(STATES).values(digest=digest, body=zlib.compress(body), kept_at=clock()))
    _LAST[:] = [(tuple(facts), digest)]
    return digest


def load_facts(engine: Engine, digest: str) -> tuple[Fact, ...]:
    """The facts kept under a digest; none for one that is not there."""
    with engine.connect() as connection:
        body = connection.scalar(select(STATES.c.body).where(STATES.c.digest == digest))
    return () if body is None else _FACTS.validate_json(zlib.decompress(body))


def _is_kept(engine: Engine, digest: str) -> bool:
    with engine.connect() as connection:
        return connection.scalar(select(STATES.c.digest).where(STATES.c.digest == digest)) is not None


def _digest_known(facts: Sequence[Fact]) -> str:
    """The digest of the very facts that were kept last, which a person's saves come with one after another."""
    for known, digest in _LAST:
        if len(known) == len(facts) and all(map(is_, known, facts)):
            return digest
    return ""
