"""Who may do what: the one table of roles and operations that the command line and the page are guarded by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from assistant.errors import Forbidden


class Role(StrEnum):
    """What a user is to the program."""

    ADMIN = "admin"
    SECRETARY = "secretary"
    REVIEWER = "reviewer"
    READER = "reader"

    @property
    def label(self) -> str:
        """What people call it."""
        return _ROLE_LABELS[self]


_ROLE_LABELS = {Role.ADMIN: "管理员", Role.SECRETARY: "文秘", Role.REVIEWER: "审核人", Role.READER: "查阅人"}


class Operation(StrEnum):
    """What can be done, as far as the program tells people apart by it."""

    READ = "read"  # the ledger, its problems and facts; the library; drafts and their history
    ASK = "ask"
    CHECK = "check"  # any report against the ledger
    IMPORT_LEDGER = "import_ledger"
    CORRECT_MAPPING = "correct_mapping"
    IMPORT_LIBRARY = "import_library"  # and take out of it
    DRAFT = "draft"  # begin a report, write sections anew
    EDIT = "edit"  # text, restore, locks, figures brought up to date, what came back from Word
    SUBMIT = "submit"
    COMMENT = "comment"  # and mark comments as dealt with
    RETURN = "return"
    SIGN = "sign"
    NEW_VERSION = "new_version"  # an editable copy of a signed report
    EXPORT = "export"  # Word, Markdown, PDF, Excel, the evidence package
    SETTINGS = "settings"
    USERS = "users"
    AUDIT = "audit"  # see the log and check its chain

    @property
    def label(self) -> str:
        """What people call it."""
        return _OPERATION_LABELS[self]


_OPERATION_LABELS = {
    Operation.READ: "查看台账、资料和稿子",
    Operation.ASK: "问答",
    Operation.CHECK: "核数",
    Operation.IMPORT_LEDGER: "导入台账",
    Operation.CORRECT_MAPPING: "更正表格识别",
    Operation.IMPORT_LIBRARY: "导入资料",
    Operation.DRAFT: "起草、重写",
    Operation.EDIT: "编辑、恢复、锁定",
    Operation.SUBMIT: "送审",
    Operation.COMMENT: "批注",
    Operation.RETURN: "退回",
    Operation.SIGN: "签发",
    Operation.NEW_VERSION: "另起新版",
    Operation.EXPORT: "导出",
    Operation.SETTINGS: "修改设置",
    Operation.USERS: "管理用户",
    Operation.AUDIT: "查看操作日志",
}

_ADMIN = frozenset({Role.ADMIN})
_WRITERS = frozenset({Role.ADMIN, Role.SECRETARY})
_JUDGES = frozenset({Role.ADMIN, Role.REVIEWER})
_STAFF = _WRITERS | _JUDGES
_ALL = frozenset(Role)

TABLE: Mapping[Operation, frozenset[Role]] = MappingProxyType(
    {
        Operation.READ: _ALL,
        Operation.ASK: _ALL,
        Operation.CHECK: _ALL,
        Operation.IMPORT_LEDGER: _WRITERS,
        Operation.CORRECT_MAPPING: _WRITERS,
        Operation.IMPORT_LIBRARY: _WRITERS,
        Operation.DRAFT: _WRITERS,
        Operation.EDIT: _WRITERS,
        Operation.SUBMIT: _WRITERS,
        Operation.COMMENT: _STAFF,
        Operation.RETURN: _JUDGES,
        Operation.SIGN: _JUDGES,
        Operation.NEW_VERSION: _WRITERS,
        Operation.EXPORT: _STAFF,
        Operation.SETTINGS: _ADMIN,
        Operation.USERS: _ADMIN,
        Operation.AUDIT: _ADMIN,
    }
)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something: the login name, the role, and the name shown to others."""

    name: str
    role: Role
    display: str = ""

    @property
    def label(self) -> str:
        """The name shown to others."""
        return self.display or self.name


LOCAL = Actor("本机用户", Role.ADMIN)  # single-user mode: whoever sits at the machine


def allowed(role: Role, operation: Operation) -> bool:
    """Whether a role may do this."""
    return role in TABLE[operation]


def require(actor: Actor, operation: Operation) -> None:
    """Raise `Forbidden` where the actor's role may not do this."""
    if not allowed(actor.role, operation):
        able = "、".join(role.label for role in Role if allowed(role, operation))
        raise Forbidden(
            f"{actor.label}的角色是{actor.role.label}，不能“{operation.label}”。请找{able}来做，或请管理员调整角色。"
        )
