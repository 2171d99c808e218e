"""What checks of a draft said, each bound to the hash of the words it was about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, ForeignKey, Index, Integer, Row, String, Table, Text, insert, select

from assistant.periods import period_id
from assistant.records import CheckReport, VerdictKind
from assistant.store.draft_tables import adapter
from assistant.store.schema import METADATA, Clock, Moment, utc_now

CHECKS = Table(
    "draft_checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("draft", String(64), ForeignKey("drafts.id"), nullable=False),
    Column("content_hash", String(64), nullable=False),  # of the words checked: `contents.content_hash`
    Column("period", String(32), nullable=False),
    Column("counts", Text, nullable=False),  # verdict → how many, as JSON
    Column("body", Text, nullable=False),  # the CheckReport as JSON
    Column("author", String(64), nullable=False),
    Column("checked_at", Moment, nullable=False),
)
Index("draft_checks_by_draft", CHECKS.c.draft, CHECKS.c.id)


@dataclass(frozen=True, slots=True)
class KeptCheck:
    """A check as kept: which words, what it counted, who had it made and when."""

    id: int
    content_hash: str
    period: str
    counts: Mapping[VerdictKind, int]
    author: str
    checked_at: datetime


def keep_check(
    engine: Engine, draft_id: str, content_hash: str, report: CheckReport, *, author: str, clock: Clock = utc_now
) -> KeptCheck:
    """Keep what a check said of these words; one that says the same as the last is not kept twice."""
    counts = {kind: report.count(kind) for kind in VerdictKind}
    body = adapter(CheckReport).dump_json(report).decode()
    with engine.begin() as connection:
        last = _newest(connection, draft_id)
        if last is not None and (last.content_hash, last.body) == (content_hash, body):
            return _kept(last)
        at = clock()
        done = connection.execute(
            insert(CHECKS).values(
                draft=draft_id,
                content_hash=content_hash,
                period=period_id(report.period),
                counts=adapter(dict[VerdictKind, int]).dump_json(counts).decode(),
                body=body,
                author=author,
                checked_at=at,
            )
        )
        [number] = done.inserted_primary_key or (0,)
    return KeptCheck(number, content_hash, period_id(report.period), counts, author, at)


def checks_of(engine: Engine, draft_id: str) -> list[KeptCheck]:
    """Every check that was kept of a draft, newest first."""
    wanted = select(CHECKS).where(CHECKS.c.draft == draft_id).order_by(CHECKS.c.id.desc())
    with engine.connect() as connection:
        return [_kept(row) for row in connection.execute(wanted)]


def load_report(engine: Engine, check: int) -> CheckReport | None:
    """The whole of a check that was kept: its text, verdicts with evidence, findings."""
    with engine.connect() as connection:
        body = connection.scalar(select(CHECKS.c.body).where(CHECKS.c.id == check))
    report: CheckReport | None = adapter(CheckReport).validate_json(body) if body else None
    return report


def _newest(connection: Connection, draft_id: str) -> Row[Any] | None:
    wanted = select(CHECKS).where(CHECKS.c.draft == draft_id).order_by(CHECKS.c.id.desc()).limit(1)
    return connection.execute(wanted).first()


def _kept(row: Row[Any]) -> KeptCheck:
    counts = adapter(dict[VerdictKind, int]).validate_json(row.counts)
    return KeptCheck(row.id, row.content_hash, row.period, counts, row.author, row.checked_at)
