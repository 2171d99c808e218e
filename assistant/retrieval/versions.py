"""Which text of a law is the one to cite: versions, copies, digests, repeals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.retrieval.listing import State


@dataclass(frozen=True, slots=True)
class LawText:
    """A law's text, as far as it matters here. Days are ISO dates, empty where unknown."""

    id: int
    short: str
    version: str
    effective: str
    digest_only: bool
    length: int
    repeals: tuple[str, ...] = ()


def states_of(texts: Iterable[LawText], today: str) -> dict[int, State]:
    """The state of each text by id, on a day (ISO).

    Of several versions in effect the newest is current and the older are superseded; of one version the
    full text comes before a digest, and what is left are copies.
    """
    states: dict[int, State] = {}
    current: list[LawText] = []
    for _, group in groupby(sorted(texts, key=lambda text: text.short), key=lambda text: text.short):
        versions = list(group)
        upcoming = [text for text in versions if text.effective > today]
        states.update((text.id, State.UPCOMING) for text in upcoming)
        settled = [text for text in versions if text not in upcoming]
        if settled:
            best = _best(settled)
            current.append(best)
            states.update((text.id, _beside(text, best)) for text in settled)
    for text in current:
        if _is_repealed(text, current):
            states[text.id] = State.REPEALED
    return states


def _best(texts: Sequence[LawText]) -> LawText:
    dated = [text for text in texts if text.version]
    whole = [text for text in texts if not text.digest_only]
    if dated and (not whole or any(text.version for text in whole)):
        return max(dated, key=lambda text: (text.version, not text.digest_only, text.length, -text.id))
    return max(whole or texts, key=lambda text: (text.version, text.length, -text.id))


def _beside(text: LawText, best: LawText) -> State:
    if text is best:
        return State.CURRENT
    if not text.version and not text.digest_only and text.length != best.length:
        return State.CURRENT  # nothing says which is newer, and they differ: better both than one lost
    return State.SUPERSEDED if text.version and text.version < best.version else State.COPY


def _is_repealed(text: LawText, others: Sequence[LawText]) -> bool:
    return any(
        text.short in other.repeals and other.short != text.short and other.version > text.version for other in others
    )
