"""Revisions keep the facts they stand on, and how they came about; title and signature have revisions too; checks are kept."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the columns and tables; what is there stays as it is."""
    op.add_column("section_revisions", sa.Column("facts", sa.String(64), nullable=True))
    op.add_column("section_revisions", sa.Column("automatic", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "fact_states",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "head_revisions",
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("automatic", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "draft_checks",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("draft", sa.String(64), sa.ForeignKey("drafts.id"), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("period", sa.String(32), nullable=False),
        sa.Column("counts", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("draft_checks_by_draft", "draft_checks", ["draft", "id"])
