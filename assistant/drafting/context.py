"""What every writer of a section is told about the report as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.periods import following, year_of
from assistant.records import Fact, Period, ReportKind
from assistant.registry.registry import Registry, shipped_registry


@dataclass(frozen=True, slots=True)
class Style:
    """House style, as far as a town may choose it."""

    approximate: bool = False  # 236家次 → 230余家次, by rule
    comparisons: bool = True  # 同比 beside the main figures where the ledger has both years


HOUSE_STYLE = Style()


class Bound(StrEnum):
    """What a target demands of its indicator."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACTLY = "exactly"


@dataclass(frozen=True, slots=True)
class Target:
    """A target for the next period. Set by a person; no writer makes one up."""

    indicator: str  # registry id or name
    value: Decimal
    unit: str
    bound: Bound = Bound.AT_LEAST


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a regulation asks of the town, found by retrieval, with where it stands."""

    text: str  # 对重大事故隐患治理情况进行督办
    source: str  # 《安全生产法》第四十一条


@dataclass(frozen=True, slots=True)
class Context:
    """The report under work: kind, period, whose it is, and how it is to be written."""

    kind: ReportKind
    period: Period
    unit_name: str  # 禾丰镇
    registry: Registry = field(default_factory=shipped_registry)
    county: str = ""  # 清源县; empty where not known
    addressee: str = ""  # 主送机关; never guessed
    signed_on: date | None = None
    style: Style = HOUSE_STYLE
    targets: tuple[Target, ...] = ()
    rankings: tuple[Fact, ...] = ()  # facts with a place, highest first: 隐患 of each village
    requirements: tuple[Requirement, ...] = ()  # for the plan part
    past_period: Period | None = None  # of the past summary that is rolled forward
    past_kind: ReportKind | None = None
    past_plan: str = ""  # the past summary's whole plan part, so that nothing in it is planned twice
    past_unit: str = ""  # whose summary it was; empty where it does not say

    @property
    def next_period(self) -> Period:
        """The period the plan part is for: the next half after a half, the next year after anything else."""
        return following(self.period) if self.kind is ReportKind.HALF_YEAR else year_of(self.period.start.year + 1)

    @property
    def foreign(self) -> bool:
        """Whether the past summary is another town's, or does not say whose it is."""
        return self.past_period is not None and self.past_unit != self.unit_name
