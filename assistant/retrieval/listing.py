"""What the library tells about its files: what each became, and how far its vectors are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assistant.records import Notice, Period, SourceKind

READABLE = (".docx", ".doc", ".wps", ".pdf", ".txt", ".md", ".html", ".htm", ".rtf", ".odt", ".docm", ".mht")


class State(StrEnum):
    """Whether a law's text is the one to cite."""

    CURRENT = "current"
    SUPERSEDED = "superseded"  # a newer version of the same law is in the library
    REPEALED = "repealed"  # another law of the library says that it ends this one
    UPCOMING = "upcoming"  # not yet in effect
    COPY = "copy"  # the same version stands in another file, which is the one searched


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A file of the library."""

    name: str
    kind: SourceKind
    title: str
    passages: int
    vectors: int  # passages whose vectors are made
    version: str = ""  # of a law: 2021-06-10
    state: State = State.CURRENT
    document_number: str = ""  # 安委〔2023〕12号
    period: Period | None = None  # of a summary
    digest_only: bool = False  # 摘要: not the words of the law


class Outcome(StrEnum):
    """What adding a file did."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Added:
    """One file of an `AddReport`. `reason` says why it was refused, in Chinese; `source` is None then."""

    name: str
    outcome: Outcome
    source: SourceInfo | None = None
    notices: tuple[Notice, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AddReport:
    """What adding files did, file by file in order."""

    files: tuple[Added, ...]

    @property
    def changed(self) -> bool:
        """Whether the library is another than before."""
        return any(each.outcome in (Outcome.ADDED, Outcome.REPLACED) for each in self.files)

    @property
    def refused(self) -> tuple[Added, ...]:
        """The files that could not be taken in."""
        return tuple(each for each in self.files if each.outcome is Outcome.REFUSED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the vectors are: passages done of all; `failure` says in Chinese what stopped them."""

    done: int
    total: int
    failure: str = ""

    @property
    def complete(self) -> bool:
        """Whether every passage has its vector."""
        return self.done >= self.total
