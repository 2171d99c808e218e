"""What the writing of one section has at hand, and how it changes a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.drafting.clauses import split_clauses
from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook
from assistant.drafting.sections import Role
from assistant.drafting.slots import Slots, is_stand_in
from assistant.records import Notice, Severity

_LONGEST_QUOTE = 40


@dataclass(slots=True)
class Sheet:
    """What the writing of one section has at hand, and what it has to report at the end."""

    book: FactBook
    context: Context
    role: Role
    slots: Slots
    notices: list[Notice] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)  # indicators last year's text gave and the ledger does not

    def note(self, kind: str, message: str, severity: Severity = Severity.INFO) -> None:
        """Keep a notice for the person who reads the draft; the same one only once."""
        notice = Notice(severity, kind, message)
        if notice not in self.notices:
            self.notices.append(notice)

    def unverified(self, what: str, reason: str) -> str:
        """The mark of something the ledger does not answer, as a stand-in."""
        return self.slots.mark(f"【待核实：{what}，{reason}】")


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the sentence to be replaced; offsets in the sentence."""

    start: int
    end: int
    text: str


def drop_clause(sentence: str, start: int, sheet: Sheet, why: str) -> Edit:
    """Takes out the clause around an offset, and notes why."""
    left, right = clause_bounds(sentence, start)
    sheet.note("clause_left_out", f"{why}，原文这半句已略去：“{shortened(sentence[left:right])}”。")
    return Edit(left, right, "")


def clause_bounds(sentence: str, at: int) -> tuple[int, int]:
    """Start and end of the clause around an offset, its mark left out."""
    position = 0
    for clause in split_clauses(sentence):
        end = position + len(clause.text)
        if position <= at <= end:
            return position, end
        position = end + len(clause.mark)
    return 0, len(sentence)


def apply_edits(sentence: str, edits: Sequence[Edit]) -> str:
    """The sentence with the edits made; an edit inside a wider one gives way to it."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: (edit.start, -(edit.end - edit.start))):
        if kept and edit.start < kept[-1].end:
            continue
        kept.append(edit)
    for edit in reversed(kept):
        sentence = sentence[: edit.start] + edit.text + sentence[edit.end :]
    return sentence


def shortened(text: str) -> str:
    """A piece of old text as quoted in a notice, values hidden."""
    bare = "".join("…" if is_stand_in(char) else char for char in text)
    return bare if len(bare) <= _LONGEST_QUOTE else bare[:_LONGEST_QUOTE] + "…"
