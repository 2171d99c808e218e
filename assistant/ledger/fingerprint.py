"""Whether the ledger is still what it was: a fingerprint that is far cheaper to take than any fact."""

from __future__ import annotations

import hashlib

from sqlalchemy import Engine, Integer, cast, func, select

from assistant.ledger.storage import FILES, SOURCES


def fingerprint(engine: Engine) -> str:
    """The same as long as no file was imported or taken away, and none is read in another way."""
    files = select(FILES.c.id, FILES.c.town, FILES.c.name, FILES.c.digest).order_by(FILES.c.id)
    counted = func.sum(cast(SOURCES.c.counted, Integer))
    sources = (
        select(SOURCES.c.layout, func.count(), func.sum(SOURCES.c.id), func.sum(SOURCES.c.rank), counted)
        .group_by(SOURCES.c.layout)
        .order_by(SOURCES.c.layout)
    )
    digest = hashlib.sha256()
    with engine.connect() as connection:
        for statement in (files, sources):
            for row in connection.execute(statement):
                digest.update(repr(tuple(map(str, row))).encode())
    return digest.hexdigest()
