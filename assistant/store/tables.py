"""Every table of drafts and of what belongs to them."""

from __future__ import annotations

from sqlalchemy import Engine

from assistant.store import drafts, inputs, locks, proposals
from assistant.store.schema import METADATA

__all__ = ["create_tables"]

TABLES = (drafts.DRAFTS, drafts.REVISIONS, inputs.INPUTS, locks.LOCKS, proposals.PROPOSALS)


def create_tables(engine: Engine) -> None:
    """Make the tables where they are missing."""
    METADATA.create_all(engine, tables=TABLES)
