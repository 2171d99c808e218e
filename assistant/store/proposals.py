"""Other wordings of a section that a person has not decided on yet; the draft does not change by them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import (
    Column,
    Engine,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    select,
)

from assistant.records import Fact, SectionText
from assistant.store.schema import METADATA

PROPOSALS = Table(
    "section_proposals",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False),
    Column("section", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("body", Text, nullable=False),  # the Proposal as JSON
    UniqueConstraint("draft", "section", "number"),
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Another wording of a section, made from its revision `based_on`, with the facts it stands on."""

    section: SectionText
    based_on: int
    label: str  # how it differs: 更精炼, 不写同比
    facts: tuple[Fact, ...] = ()


_ADAPTER = TypeAdapter(Proposal)


def save_proposals(engine: Engine, draft_id: str, section: str, proposals: Sequence[Proposal]) -> None:
    """Keep these, numbered 1, 2, 3 …, in place of the section's earlier ones."""
    rows = [
        {"draft": draft_id, "section": section, "number": number, "body": _ADAPTER.dump_json(each).decode()}
        for number, each in enumerate(proposals, 1)
    ]
    with engine.begin() as connection:
        connection.execute(delete(PROPOSALS).where(PROPOSALS.c.draft == draft_id, PROPOSALS.c.section == section))
        if rows:
            connection.execute(insert(PROPOSALS), rows)


def load_proposals(engine: Engine, draft_id: str, section: str) -> list[Proposal]:
    """The section's proposals in order; empty where there are none."""
    with engine.connect() as connection:
        bodies = connection.execute(
            select(PROPOSALS.c.body)
            .where(PROPOSALS.c.draft == draft_id, PROPOSALS.c.section == section)
            .order_by(PROPOSALS.c.number)
        ).scalars()
        return [_ADAPTER.validate_json(body) for body in bodies]
