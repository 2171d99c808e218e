"""What a question is answered from: the ledger's facts, the library, and the check, as plain callables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from assistant.records import Answer, CheckReport, Fact, Hit, Passage, Period, SourceKind
from assistant.registry.registry import Registry

FactsFor = Callable[[Period], Sequence[Fact]]
FindArticle = Callable[[str], Sequence[Passage]]
KnowsLaw = Callable[[str], bool]
Check = Callable[[str, Period], CheckReport]


class Ranking(Protocol):
    """An indicator's figure of each village (largest first) or each month (in order) of a period."""

    def __call__(self, indicator: str, period: Period, by: Literal["place", "month"]) -> Sequence[Fact]:
        """The facts, each with its place or its month; empty where the ledger does not tell them apart."""


class Search(Protocol):
    """The passages that answer a query best."""

    def __call__(
        self, query: str, *, kind: SourceKind | None = None, law: str | None = None, limit: int = 10
    ) -> Sequence[Hit]:
        """Best first; `law` is a law's title or short name."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything an answer may rest on.

    `years` are those the ledger has data for; the newest is what 今年 means unless the question says otherwise.
    `town` is the town's name (empty where nothing says it); of a `county` the places are its towns, else a
    town's villages. Without `search` there is no library.
    """

    registry: Registry
    facts_for: FactsFor
    ranking: Ranking
    years: tuple[int, ...]
    today: date
    town: str = ""
    county: bool = False
    places: tuple[str, ...] = ()
    search: Search | None = None
    find_article: FindArticle | None = None
    check: Check | None = None
    _facts: dict[Period, tuple[Fact, ...]] = field(default_factory=dict, compare=False)

    @property
    def this_year(self) -> int:
        """The year 今年 means: the newest one with data."""
        return max(self.years, default=self.today.year)

    @property
    def all_places(self) -> str:
        """What the places are called together."""
        return "各乡镇" if self.county else "各村（社区）"

    @property
    def by_place(self) -> str:
        """How figures are called that are told apart by place."""
        return "分乡镇" if self.county else "分村"

    def facts(self, period: Period) -> dict[str, Fact]:
        """The values of a period by indicator, without comparisons."""
        if period not in self._facts:
            self._facts[period] = tuple(fact for fact in self.facts_for(period) if fact.measure == "value")
        return {fact.indicator: fact for fact in self._facts[period]}

    def fact(self, indicator: str, period: Period) -> Fact | None:
        """The value of an indicator in a period, or None where the ledger has none."""
        return self.facts(period).get(indicator)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, with its answer."""

    question: str
    answer: Answer
