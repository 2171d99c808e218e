"""A draft copied into a new one: everything as it is now, with nothing of its history but who wrote what last."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, insert, literal, select

from assistant.store.draft_tables import DRAFTS, HEADS, REVISIONS
from assistant.store.inputs import INPUTS


def copy_draft(connection: Connection, draft_id: str, new_id: str, why: str, at: datetime) -> None:
    """Copy a draft's head, inputs and the latest revision of each section, in the caller's transaction."""
    row = connection.execute(select(DRAFTS).where(DRAFTS.c.id == draft_id)).one()
    head = json.dumps(json.loads(row.head) | {"id": new_id}, ensure_ascii=False)
    connection.execute(insert(DRAFTS).values({**row._mapping, "id": new_id, "head": head, "created_at": at}))
    _copy(connection, INPUTS, draft_id, draft=literal(new_id))
    first: dict[str, ColumnElement[Any]] = {"draft": literal(new_id), "number": literal(1), "why": literal(why)}
    _copy(connection, HEADS, draft_id, newest=True, **first, saved_at=literal(at, HEADS.c.saved_at.type))
    _copy(connection, REVISIONS, draft_id, newest=True, **first, saved_at=literal(at, REVISIONS.c.saved_at.type))


def _copy(
    connection: Connection, table: Table, draft_id: str, *, newest: bool = False, **changed: ColumnElement[Any]
) -> None:
    """Copy a draft's rows of a table, the newest revisions only where asked, with these columns changed."""
    columns = [each for each in table.c if each.name != "id"]
    taken = [changed.get(each.name, each).label(each.name) for each in columns]
    wanted = select(*taken).where(table.c.draft == draft_id)
    if newest:
        other = table.alias()
        same = [other.c[key] == table.c[key] for key in ("draft", "section") if key in table.c]
        wanted = wanted.where(table.c.number == select(func.max(other.c.number)).where(*same).scalar_subquery())
    connection.execute(insert(table).from_select([each.name for each in columns], wanted))
