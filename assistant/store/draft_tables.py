"""The tables of drafts and of the saved states of their parts."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from assistant.store.schema import METADATA, Moment

DRAFTS = Table(
    "drafts",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("period", String(32), nullable=False),
    Column("head", Text, nullable=False),  # the Draft without its sections, as JSON
    Column("created_at", Moment, nullable=False),
)

REVISIONS = Table(
    "section_revisions",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False),
    Column("section", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the SectionText as JSON
    Column("author", String(64), nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("facts", String(64)),  # the state of the ledger it was written on; none where that was not looked at
    Column("automatic", Boolean, nullable=False, server_default=false()),  # saved by itself while a person typed
    UniqueConstraint("draft", "section", "number"),
)

HEADS = Table(
    "head_revisions",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),  # the Head as JSON
    Column("author", String(64), nullable=False),
    Column("why", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    Column("automatic", Boolean, nullable=False, server_default=false()),
)


@cache
def adapter(kind: type) -> TypeAdapter[Any]:
    """How a record is written as JSON and read again."""
    return TypeAdapter(kind)
