"""Which figures of a text a change of the ledger touches: its own, and every rate, total and comparison made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.factcheck.check import check
from assistant.records import Fact, Period, Verdict
from assistant.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Touched:
    """A claim whose due value is another than before, with both verdicts."""

    before: Verdict
    after: Verdict

    @property
    def start(self) -> int:
        """Offset of the claim's first character."""
        return self.after.start


def find_touched(
    text: str,
    before: Sequence[Fact],
    after: Sequence[Fact],
    period: str | Period,
    *,
    registry: Registry | None = None,
) -> list[Touched]:
    """The claims of `text` whose verdict or due value differs between two states of the facts, in order.

    Claims are told apart by what they state, never by their digits: a fact that was 8 touches neither 18 nor
    another indicator's 8.
    """
    old = {verdict.claim: verdict for verdict in check(text, before, period, registry=registry).verdicts}
    new = check(text, after, period, registry=registry).verdicts
    return [
        Touched(old[verdict.claim], verdict)
        for verdict in new
        if verdict.claim in old and _due(old[verdict.claim]) != _due(verdict)
    ]


def _due(verdict: Verdict) -> tuple[str, str]:
    return verdict.verdict, verdict.expected
