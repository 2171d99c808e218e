"""Wrong versions of reports that are right: one error each, of a known kind."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.alignment.units import UnitFit, fit_units
from assistant.alignment.values import Fit, fit_value
from assistant.periods import half_of, year_earlier
from assistant.quantities.extract import extract
from assistant.quantities.render import plain
from assistant.records import Approx, CheckReport, Fact, Kind, Period, Verdict, VerdictKind
from assistant.registry.registry import shipped_registry

_GOOD = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PARTS = re.compile(r"，其中上半年[\d.]+[^，。；\d]*、下半年[\d.]+")
_COMPARED = re.compile(r"(?:同比|较上年|比上年|环比)(增长|上升|下降|提高|减少|增加)([\d.]+(?:%|起|个百分点|家次|处))")
_TURNED = {"增长": "下降", "上升": "下降", "下降": "上升", "提高": "降低", "减少": "增加", "增加": "减少"}
_UNITS = {
    "人次": "人", "家次": "家", "户次": "户", "台次": "台", "车次": "辆", "所次": "所", "万元": "亿元", "元": "万元",
    "人": "人次", "公里": "米",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A report that is right, its facts, and the kinds of error to put into it (all, where none are named)."""

    name: str
    text: str
    period: Period
    facts: tuple[Fact, ...]
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one error: where it stands and of which kind it is."""

    sample: Sample
    kind: str
    text: str
    start: int
    end: int
    facts: tuple[Fact, ...]  # changed where the ledger and not the text is made to differ


@dataclass(frozen=True, slots=True)
class Site:
    """A figure that is right, with what a maker of errors needs."""

    verdict: Verdict
    fact: Fact
    sample: Sample
    report: CheckReport
    chance: random.Random

    @property
    def surface(self) -> str:
        """The figure as written."""
        return self.verdict.surface

    def put(self, number: str) -> str:
        """The figure with another number."""
        return _DIGITS.sub(number, self.surface, count=1)

    def if_wrong(self, written: str) -> str | None:
        """The changed figure, unless it still holds: 1.3万余 for 13400 read as 1.2万余 does not."""
        read = [each for each in extract(f"共{written}。") if each.is_claim]
        if len(read) != 1 or read[0].value == self.verdict.claim.value:
            return None
        return written if fit_value(read[0], self.fact.value, self.fact.unit) is Fit.NO else None

    @property
    def is_plain(self) -> bool:
        """Whether the figure is exact and states its fact's own value, and no change or rate of two facts."""
        claim = self.verdict.claim
        stated = self.verdict.reason in ("exact", "rounded") and claim.approx is Approx.EXACT
        fits = fit_value(claim, self.fact.value, self.fact.unit) is not Fit.NO
        return stated and fits and bool(_DIGITS.search(self.surface))

    def value_at(self, period: Period) -> Decimal | None:
        """The indicator's value in another period, where it is another and not zero."""
        found = next(
            (each for each in self.sample.facts if (each.indicator, each.period) == (self.fact.indicator, period)), None
        )
        return found.value if found and found.value and found.value != self.fact.value else None


Maker = Callable[[Site], str | None]


def mutate(sample: Sample, report: CheckReport, chance: random.Random) -> Iterator[Mutant]:
    """Every mutant of a sample: each supported figure, wrong in each way that suits it."""
    for verdict in report.verdicts:
        if verdict.verdict not in _GOOD or verdict.fact is None or verdict.claim.kind is Kind.ZERO:
            continue
        site = Site(verdict, verdict.fact, sample, report, chance)
        for kind, make in MAKERS.items():
            written = make(site) if not sample.kinds or kind in sample.kinds else None
            if written is not None and written != verdict.surface:
                text = sample.text[: verdict.start] + written + sample.text[verdict.end :]
                yield Mutant(sample, kind, text, verdict.start, verdict.start + len(written), sample.facts)
    if not sample.kinds:
        yield from _turn(sample)
        yield from _let_happen(sample, report)


def _turn(sample: Sample) -> Iterator[Mutant]:
    """上升 for 下降 and the other way round."""
    for found in _COMPARED.finditer(sample.text):
        text = sample.text[: found.start(1)] + _TURNED[found[1]] + sample.text[found.end(1) :]
        yield Mutant(sample, "direction", text, found.start(2), found.end(2), sample.facts)


def _let_happen(sample: Sample, report: CheckReport) -> Iterator[Mutant]:
    """A statement of nothing while the ledger has one."""
    for verdict in report.verdicts:
        if verdict.claim.kind is Kind.ZERO and verdict.verdict in _GOOD and verdict.fact is not None:
            denied = verdict.fact.id
            facts = tuple(replace(fact, value=fact.value + 1) if fact.id == denied else fact for fact in sample.facts)
            yield Mutant(sample, "zero", sample.text, verdict.start, verdict.end, facts)


def _change_digit(site: Site) -> str | None:
    found = _DIGITS.search(site.surface)
    if not found or site.verdict.claim.kind is Kind.MULTIPLE:
        return None
    number = found.group()
    at = site.chance.choice([place for place, char in enumerate(number) if char.isdigit()])
    digits = [char for char in "0123456789"[0 if at else 1 :] if char != number[at]]
    return site.if_wrong(site.put(number[:at] + site.chance.choice(digits) + number[at + 1 :]))


def _transpose(site: Site) -> str | None:
    found = _DIGITS.search(site.surface)
    number = found.group() if found else ""
    places = [
        at
        for at in range(len(number) - 1)
        if number[at : at + 2].isdigit() and number[at] != number[at + 1] and (at or number[1] != "0")
    ]
    if not places:
        return None
    at = site.chance.choice(places)
    return site.if_wrong(site.put(number[:at] + number[at + 1] + number[at] + number[at + 2 :]))


def _keep_last_year(site: Site) -> str | None:
    if not site.is_plain or site.verdict.claim.kind is Kind.PERCENT:
        return None
    value = site.value_at(year_earlier(site.fact.period))
    return site.if_wrong(site.put(_scaled(site, value))) if value else None


def _swap_period(site: Site) -> str | None:
    if not site.is_plain or site.verdict.claim.kind is Kind.PERCENT:
        return None
    year = Period(site.fact.period.start.replace(month=1), site.fact.period.end.replace(month=12, day=31))
    value = site.value_at(half_of(year.start.year, 1) if site.fact.period == year else year)
    return site.if_wrong(site.put(_scaled(site, value))) if value else None


def _scaled(site: Site, value: Decimal) -> str:
    return plain(value / 10000 if "万" in site.surface else value)


def _swap_subject(site: Site) -> str | None:
    claim = site.verdict.claim
    if not site.is_plain or claim.kind is not Kind.COUNT:
        return None
    others = [
        other
        for other in site.report.verdicts
        if other.fact is not None
        and other.fact.indicator != site.fact.indicator
        and other.claim.kind is Kind.COUNT
        and other.fact.period == site.fact.period
        and other.fact.value >= 10
        and fit_units(claim.unit, other.fact.unit) is not UnitFit.FOREIGN
    ]
    nearest = min(others, key=lambda other: abs(other.start - site.verdict.start), default=None)
    return site.if_wrong(site.put(plain(nearest.fact.value))) if nearest and nearest.fact else None


def _swap_unit(site: Site) -> str | None:
    claim = site.verdict.claim
    right = next((unit for unit in _UNITS if site.surface.endswith(unit)), None)
    if not site.is_plain or right is None:
        return None
    entry = shipped_registry().find(site.fact.indicator)
    equal = entry.equal_units if entry else ()
    if claim.kind is not Kind.MONEY and fit_units(_UNITS[right], site.fact.unit, equal) is not UnitFit.TIMES:
        return None
    return site.surface.removesuffix(right) + _UNITS[right]


def _round_badly(site: Site) -> str | None:
    claim = site.verdict.claim
    if not site.is_plain or claim.kind is not Kind.COUNT or site.fact.value < 30:
        return None
    step = Decimal(10) ** (len(str(int(site.fact.value))) - 1)
    below, above = site.fact.value // step * step, (site.fact.value // step + 1) * step
    options = [f"{plain(above)}余{claim.unit}", f"超过{plain(above)}{claim.unit}"]
    if below < site.fact.value:
        options.append(f"近{plain(below)}{claim.unit}")
    return site.chance.choice(options)


def _break_sum(site: Site) -> str | None:
    if not site.is_plain or not _PARTS.match(site.sample.text, site.verdict.end):
        return None
    more = site.chance.choice((2, 5, 10))
    return site.put(plain((site.verdict.claim.value or Decimal(0)) + more))


def _bend_ratio(site: Site) -> str | None:
    value = site.verdict.claim.value
    named = "率" in site.sample.text[max(0, site.verdict.start - 8) : site.verdict.start]
    if site.verdict.claim.kind is not Kind.PERCENT or value is None or not named:
        return None
    bent = value + site.chance.choice((Decimal("1.3"), Decimal("-2.1"), Decimal("0.6")))
    return site.if_wrong(site.put(plain(min(bent, Decimal(100)))))


MAKERS: dict[str, Maker] = {
    "digit": _change_digit,
    "transposition": _transpose,
    "stale": _keep_last_year,
    "unit": _swap_unit,
    "period": _swap_period,
    "subject": _swap_subject,
    "rounding": _round_badly,
    "sum": _break_sum,
    "ratio": _bend_ratio,
}
