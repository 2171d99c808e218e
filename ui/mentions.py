"""Ready sentences for figures a report has not mentioned yet, rendered by code from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

from assistant.drafting.context import Context
from assistant.drafting.factbook import FactBook, book_of, wording
from assistant.drafting.phrases import facts_sentences
from assistant.drafting.slots import Slots
from assistant.records import Fact
from assistant.store.drafts import load_draft
from assistant.workflow import context_of
from ui.desk import Desk


class Mentions:
    """The sentences of one desk's drafts, made once for each state of the ledger. Safe to use from several threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._books: dict[str, tuple[Sequence[Fact], FactBook, Context]] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._lock = Lock()

    def sentence(self, draft_id: str, indicator: str) -> str:
        """全年召开安委会会议14次。 Empty where the ledger has no figure for it."""
        with self._lock:
            book, context = self._book(draft_id)
            known = self._known.get((draft_id, indicator))
            if known is None:
                known = self._known[draft_id, indicator] = _sentence(indicator, book, context)
        return known

    def _book(self, draft_id: str) -> tuple[FactBook, Context]:
        facts = self._desk.facts(self._desk.period_of(draft_id))
        held = self._books.get(draft_id)
        if held is None or held[0] is not facts:  # the ledger was read anew
            draft = load_draft(self._desk.workspace.engine, draft_id)
            context = context_of(self._desk.workspace, draft.kind, draft.period, ())
            held = self._books[draft_id] = (facts, book_of(facts, draft.period, context.registry), context)
            self._known = {key: text for key, text in self._known.items() if key[0] != draft_id}
        return held[1], held[2]


def _sentence(indicator: str, book: FactBook, context: Context) -> str:
    slots = Slots()
    text, _ = slots.fill("".join(facts_sentences([indicator], book, context, slots)))
    fact = book.fact(indicator)
    return text or (f"{fact.name}{wording(fact)}。" if fact else "")
