"""The tables of the first version. A database it made is taken over as it is: only what is missing is made."""

from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables that are missing."""
    there = set(sa.inspect(op.get_bind()).get_table_names())
    for name, make in _TABLES.items():
        if name not in there:
            make(name)


def _make_drafts(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("head", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )


def _make_revisions(name: str) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("draft", "section", "number"),
    )


def _make_inputs(name: str) -> None:
    op.create_table(
        name,
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def _make_locks(name: str) -> None:
    op.create_table(
        name,
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("sentence", sa.Text, nullable=False),
        sa.UniqueConstraint("draft", "section", "sentence"),
    )


def _make_proposals(name: str) -> None:
    op.create_table(
        name,
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("section", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.UniqueConstraint("draft", "section", "number"),
    )


_TABLES: dict[str, Callable[[str], None]] = {
    "drafts": _make_drafts,
    "section_revisions": _make_revisions,
    "draft_inputs": _make_inputs,
    "section_locks": _make_locks,
    "section_proposals": _make_proposals,
}
