"""The audit log: who did what when, each entry bound to the one before it by a hash.

An entry's hash covers its content and the hash before it; the head row keeps the number and hash of the
last one, so that entries cut off the end are missed too. The head row is also what writers queue at:
appending changes it first, so no two can follow the same entry, on SQLite or PostgreSQL. Whoever owns
the whole database can write a whole new chain; only a head noted elsewhere tells (`verify`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Column, Connection, Engine, Integer, String, Table, Text, event, insert, select, update

from assistant.errors import InputError
from assistant.store.database import writing
from assistant.store.schema import METADATA, Clock, utc_now

GENESIS = "0" * 64
SHOWN_DIGITS = 16  # of a hash, where people read it or copy it by hand
_HEAD_ID = 1
_MOST_DETAIL = 2000

ENTRIES = Table(
    "audit_entries",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1, 2, 3 … without gaps
    Column("at", String(40), nullable=False),  # ISO, UTC: hashed as it stands
    Column("actor", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("before", String(64), nullable=False),  # the hash of the entry before
    Column("digest", String(64), nullable=False),
)

HEAD = Table(
    "audit_head",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
)


class Action(StrEnum):
    """What is logged."""

    IMPORT_LEDGER = "import_ledger"
    CORRECT_MAPPING = "correct_mapping"
    IMPORT_LIBRARY = "import_library"
    REMOVE_LIBRARY = "remove_library"
    DRAFT = "draft"
    SAVE_SECTION = "save_section"
    SAVE_HEAD = "save_head"
    RESTORE = "restore"
    LOCK = "lock"
    UNLOCK = "unlock"
    SUBMIT = "submit"
    COMMENT = "comment"
    RESOLVE = "resolve"
    RETURN = "return"
    SIGN = "sign"
    NEW_VERSION = "new_version"
    EXPORT = "export"
    IMPORT_WORD = "import_word"
    ADD_USER = "add_user"
    SET_PASSWORD = "set_password"  # nosec B105
    SET_ROLE = "set_role"
    DISABLE_USER = "disable_user"
    ENABLE_USER = "enable_user"
    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    SETTINGS = "settings"
    REPAIR = "repair"  # the head row was gone and has been made anew

    @property
    def label(self) -> str:
        """What people call it."""
        return _LABELS[self]


_LABELS: Mapping[str, str] = {
    Action.IMPORT_LEDGER: "导入台账",
    Action.CORRECT_MAPPING: "更正表格识别",
    Action.IMPORT_LIBRARY: "导入资料",
    Action.REMOVE_LIBRARY: "移除资料",
    Action.DRAFT: "起草",
    Action.SAVE_SECTION: "保存一节",
    Action.SAVE_HEAD: "修改标题落款",
    Action.RESTORE: "恢复旧稿",
    Action.LOCK: "锁定",
    Action.UNLOCK: "解除锁定",
    Action.SUBMIT: "送审",
    Action.COMMENT: "批注",
    Action.RESOLVE: "批注已处理",
    Action.RETURN: "退回",
    Action.SIGN: "签发",
    Action.NEW_VERSION: "另起新版",
    Action.EXPORT: "导出",
    Action.IMPORT_WORD: "导入 Word 改稿",
    Action.ADD_USER: "添加用户",
    Action.SET_PASSWORD: "修改密码",
    Action.SET_ROLE: "调整角色",
    Action.DISABLE_USER: "停用用户",
    Action.ENABLE_USER: "启用用户",
    Action.LOGIN: "登录",
    Action.LOGIN_FAILED: "登录失败",
    Action.LOGOUT: "退出登录",
    Action.SETTINGS: "修改设置",
    Action.REPAIR: "日志末端缺失，已重建",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str
    before: str
    digest: str

    @property
    def label(self) -> str:
        """What people call the action."""
        return _LABELS.get(self.action, self.action)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the log is not as it was written."""

    number: int  # of the entry; 0 where it is the log as a whole
    kind: str  # changed | removed | relinked | tail | head | noted
    message: str


def append(
    connection: Connection, actor: str, action: str, subject: str, detail: str = "", *, clock: Clock = utc_now
) -> Entry:
    """Add an entry in the caller's transaction; it is there if and only if what it tells of is.

    Every writer queues at the log's head until its transaction ends, so call this last and then commit.
    """
    number, before = _advance(connection, clock)
    at = clock().astimezone(UTC).isoformat(timespec="microseconds")
    told = (_clean(actor)[:80], _clean(action)[:40], _clean(subject), _clean(detail)[:_MOST_DETAIL])
    digest = _digest(number, at, *told, before)
    names = ("number", "at", "actor", "action", "subject", "detail", "before", "digest")
    connection.execute(insert(ENTRIES).values(dict(zip(names, (number, at, *told, before, digest), strict=True))))
    connection.execute(update(HEAD).where(HEAD.c.id == _HEAD_ID).values(digest=digest))
    return Entry(number, datetime.fromisoformat(at), *told, before, digest)


def record(engine: Engine, actor: str, action: str, subject: str, detail: str = "", *, clock: Clock = utc_now) -> Entry:
    """Add an entry in a transaction of its own, for what is done outside this database."""
    with writing(engine) as connection:
        return append(connection, actor, action, subject, detail, clock=clock)


def entries(
    engine: Engine, *, actor: str = "", action: str = "", subject: str = "", limit: int | None = None
) -> list[Entry]:
    """The entries, newest first, those of an actor, an action or a subject only where given."""
    wanted = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(limit)
    for column, value in ((ENTRIES.c.actor, actor), (ENTRIES.c.action, action), (ENTRIES.c.subject, subject)):
        if value:
            wanted = wanted.where(column == value)
    with engine.connect() as connection:
        return [Entry(row.number, datetime.fromisoformat(row.at), *row[2:8]) for row in connection.execute(wanted)]


def head_of(engine: Engine) -> tuple[int, str]:
    """The number and hash of the last entry as the head row keeps them: what to note down elsewhere."""
    with engine.connect() as connection:
        row = connection.execute(select(HEAD.c.number, HEAD.c.digest).where(HEAD.c.id == _HEAD_ID)).first()
    return (row.number, row.digest) if row else (0, GENESIS)


def verify(engine: Engine, *, head: str = "") -> list[Break]:
    """Every place where the log is not as it was written; empty where the chain holds.

    With `head`, a hash noted down earlier or as much of its beginning as the page shows, also whether the
    log still goes through that entry. Raises `InputError` where that is too little to tell.
    """
    if head and len(head) < SHOWN_DIGITS:
        raise InputError(f"“{head}”太短，对照不出什么。请写上记下的校验值，至少前 {SHOWN_DIGITS} 位。")
    with engine.connect() as connection:
        rows = connection.execution_options(yield_per=1000).execute(select(ENTRIES).order_by(ENTRIES.c.number))
        breaks, number, digest, met = _walk((tuple(row) for row in rows), head)
        kept = connection.execute(select(HEAD.c.number, HEAD.c.digest).where(HEAD.c.id == _HEAD_ID)).first()
    if kept is None and number:
        breaks.append(Break(0, "head", "日志的末端记录不见了，末尾是否少了条目无从得知。"))
    elif kept is not None and (kept.number, kept.digest) != (number, digest):
        breaks.append(Break(number, "tail", f"日志应到第 {kept.number} 条，现在到第 {number} 条，末尾被删改过。"))
    if head and not met:
        breaks.append(Break(0, "noted", f"日志里没有记下的那一条（{head[:12]}…），日志被整体改写过或换过。"))
    return breaks


def _walk(rows: Iterator[Sequence[object]], noted: str) -> tuple[list[Break], int, str, bool]:
    """The breaks between entries; the last entry's number and hash; whether the noted hash was met."""
    breaks: list[Break] = []
    last, digest, met = 0, GENESIS, GENESIS.startswith(noted)
    for row in rows:
        number, at, actor, action, subject, detail, before, written = row
        number = int(str(number))
        if number != last + 1:
            breaks.append(Break(number, "removed", f"第 {number} 条之前缺了 {number - last - 1} 条。"))
        elif before != digest:
            breaks.append(Break(number, "relinked", f"第 {number} 条接不上第 {last} 条，其中一条被改写过。"))
        if _digest(number, *map(str, (at, actor, action, subject, detail, before))) != written:
            breaks.append(Break(number, "changed", f"第 {number} 条的内容被改过。"))
        last, digest = number, str(written)
        met = met or digest.startswith(noted)
    return breaks, last, digest, met


def _advance(connection: Connection, clock: Clock) -> tuple[int, str]:
    """Take the head for this transaction: the next number and the hash it follows."""
    moved = update(HEAD).where(HEAD.c.id == _HEAD_ID).values(number=HEAD.c.number + 1)
    if not connection.execute(moved).rowcount:
        _restore_head(connection)
        append(connection, "", Action.REPAIR, "", clock=clock)
        connection.execute(moved)
    row = connection.execute(select(HEAD.c.number, HEAD.c.digest).where(HEAD.c.id == _HEAD_ID)).one()
    return row.number, row.digest


def _restore_head(connection: Connection) -> None:
    """Make the head row anew from the last entry there is; that it was gone is logged by the caller."""
    last = connection.execute(
        select(ENTRIES.c.number, ENTRIES.c.digest).order_by(ENTRIES.c.number.desc()).limit(1)
    ).first()
    number, digest = (last.number, last.digest) if last else (0, GENESIS)
    connection.execute(insert(HEAD).values(id=_HEAD_ID, number=number, digest=digest))


def _digest(number: int, *parts: str) -> str:
    """SHA-256 over the entry as JSON: unambiguous, the same on every machine."""
    told = json.dumps([number, *parts], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def _clean(text: str) -> str:
    """Text that stays on one line and that every database gives back as it was: no controls, no half characters."""
    return "".join(each if each.isprintable() or each == "\u3000" else " " for each in text)


@event.listens_for(HEAD, "after_create")
def _begin_chain(_table: Table, connection: Connection, **_rest: object) -> None:
    connection.execute(insert(HEAD).values(id=_HEAD_ID, number=0, digest=GENESIS))
