"""What a draft was begun from, kept so that a section can be written again; and drafts that were cut off."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Column, Engine, ForeignKey, String, Table, Text, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.errors import Conflict
from assistant.periods import period_id
from assistant.permissions import LOCAL
from assistant.records import ALL_TOWNS, Draft, Fact, Period, ReportKind
from assistant.store import audit, drafts
from assistant.store.database import writing
from assistant.store.schema import METADATA

COUNTY = "county"  # in the ids of drafts about all towns together

INPUTS = Table(
    "draft_inputs",
    METADATA,
    Column("draft", String(64), ForeignKey("drafts.id"), primary_key=True),
    Column("body", Text, nullable=False),  # JSON; the workflow knows its shape
)

_TRIES = 10


def begin_draft(
    engine: Engine,
    kind: ReportKind,
    period: Period,
    facts: Sequence[Fact],
    model: str,
    digest: str,
    body: str,
    *,
    town: str = "",
    by: str = LOCAL.name,
) -> Draft:
    """The draft to go on with: the one with this `digest` that was cut off, or a new one with `body` as its inputs.

    Drafts of different towns of one database have different ids, so that they can be begun at the same time.
    """
    for _ in range(_TRIES):
        try:
            with writing(engine) as connection:
                stem, earlier = _earlier(engine, kind, period, town)
                for each in earlier:
                    draft = drafts.load_draft(engine, each)
                    if draft.extra.get("inputs") == digest and draft.extra.get("state") == "writing":
                        return draft
                extra = {"inputs": digest, "state": "writing", "model": model} | ({"town": town} if town else {})
                new = Draft(f"{stem}-{len(earlier) + 1}", kind, period, "", "", (), tuple(facts), extra=extra)
                drafts.put_head(connection, new, period_id(period))
                connection.execute(insert(INPUTS).values(draft=new.id, body=body))
                audit.append(connection, by, audit.Action.DRAFT, new.id, model)
                return new
        except IntegrityError:  # on a server somebody else can have taken the number meanwhile
            continue
    raise Conflict("同时起草的人太多，这次没有轮到。请稍后再试。")


def finished_draft(engine: Engine, kind: ReportKind, period: Period, digest: str, *, town: str = "") -> Draft | None:
    """The latest finished draft with this `digest`, with what people have changed in it since; None where there is none."""
    for each in _earlier(engine, kind, period, town)[1]:
        draft = drafts.load_draft(engine, each)
        if draft.extra.get("inputs") == digest and draft.extra.get("state") == "finished":
            return draft
    return None


def _earlier(engine: Engine, kind: ReportKind, period: Period, town: str) -> tuple[str, list[str]]:
    """What the ids of such drafts begin with, and those there are, newest first."""
    stem = f"{kind}-{period_id(period)}" + (f"-{COUNTY if town == ALL_TOWNS else town[:24]}" if town else "")
    ids = select(drafts.DRAFTS.c.id).where(drafts.DRAFTS.c.id.startswith(f"{stem}-", autoescape=True))
    with engine.connect() as connection:
        known = connection.scalars(ids.order_by(drafts.DRAFTS.c.created_at.desc(), drafts.DRAFTS.c.id)).all()
    return stem, [each for each in known if each.rpartition("-")[0] == stem]


def load_inputs(engine: Engine, draft_id: str) -> str:
    """The inputs as they were kept; empty for a draft of an earlier version, which kept none."""
    with engine.connect() as connection:
        return connection.execute(select(INPUTS.c.body).where(INPUTS.c.draft == draft_id)).scalar() or ""
