"""The facts a revision was written on, with their values then: each state of the ledger is kept once."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from contextlib import suppress

from pydantic import TypeAdapter
from sqlalchemy import Column, Connection, Engine, LargeBinary, String, Table, insert, select
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


def keep_facts(engine: Engine, facts: Sequence[Fact], *, clock: Clock = utc_now) -> str:
    """Keep facts as they are now; the digest to find them by. The same facts again are kept once."""
    body = _FACTS.dump_json(tuple(sorted(facts, key=lambda fact: fact.id)))
    digest = hashlib.sha256(body).hexdigest()
    with engine.connect() as connection:
        if _body(connection, digest) is not None:
            return digest
    with suppress(IntegrityError), engine.begin() as connection:  # another may keep the same at this moment
        connection.execute(insert(STATES).values(digest=digest, body=zlib.compress(body), kept_at=clock()))
    return digest


def load_facts(engine: Engine, digest: str) -> tuple[Fact, ...]:
    """The facts kept under a digest; none for one that is not there."""
    with engine.connect() as connection:
        body = _body(connection, digest)
    return () if body is None else _FACTS.validate_json(zlib.decompress(body))


def _body(connection: Connection, digest: str) -> bytes | None:
    return connection.scalar(select(STATES.c.body).where(STATES.c.digest == digest))
