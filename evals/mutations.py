"""One error at a time into reports that are right: how many does the check catch, and does it say why?

``python -m evals.mutations`` prints a table by kind of error, the accusations on the untouched texts, how many
figures the ledger fits by value alone, and the same with parts of the alignment switched off.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from assistant.alignment.scoring import Switches
from assistant.alignment.units import UnitFit, fit_units
from assistant.alignment.values import Fit, fit_value
from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.periods import half_of, parse_period, year_earlier
from assistant.quantities.extract import extract
from assistant.quantities.render import plain
from assistant.records import Approx, CheckReport, Fact, Kind, Period, Verdict, VerdictKind
from assistant.registry.registry import shipped_registry
from assistant.shipped import shipped

_GOOD = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SEED = 20241231
_UNITS = {
    "人次": "人", "家次": "家", "户次": "户", "台次": "台", "车次": "辆", "所次": "所", "万元": "亿元", "元": "万元", "人": "人次",
    "栋": "户", "公里": "米", "批次": "份",
}  # fmt: skip
#: Reasons that are right for each kind of error; the second line of a chance hit is right as well: a changed digit that
#: happens to make last year's value is called stale.
_RIGHT = {
    "digit": {"wrong_value", "bad_ratio", "bad_sum", "bad_approximation", "stale", "wrong_period", "wrong_subject"},
    "transposition": {"wrong_value", "bad_ratio", "bad_sum", "bad_approximation", "stale", "wrong_period", "wrong_subject"},
    "stale": {"stale"},
    "unit": {"wrong_unit"},
    "period": {"wrong_period", "stale"},
    "subject": {"wrong_subject", "stale", "wrong_period"},
    "rounding": {"bad_approximation"},
    "sum": {"bad_sum"},
    "ratio": {"bad_ratio"},
    "direction": {"wrong_direction"},
    "zero": {"zero_contradicted"},
}


@dataclass(frozen=True, slots=True)
class Sample:
    """A report that is right, and its facts."""

    name: str
    text: str
    period: Period
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one error: where it stands and of which kind it is."""

    sample: Sample
    kind: str
    text: str
    start: int
    end: int
    written: str
    facts: tuple[Fact, ...] | None = None  # where the ledger was changed instead of the text


@dataclass(slots=True)
class Outcome:
    """What became of the mutants of one kind."""

    made: int = 0
    caught: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)


def load_samples() -> list[Sample]:
    """The past reports of the sample town, their planted errors put right, with its facts."""
    folder = shipped("corpus")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    rows = [{key: fact[key] for key in ("indicator", "period", "value", "unit")} for fact in truth["facts"]]
    facts = tuple(facts_from_rows(rows))
    planted = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    names = {"2022年总结": "2022", "2023年上半年总结": "2023H1", "2023年总结": "2023"}
    return [
        Sample(name, _right_text(folder / "past" / "src" / f"{name}.md", planted), parse_period(period), facts)
        for name, period in names.items()
    ]


def _right_text(path: Path, planted: list[dict[str, str]]) -> str:
    text = re.sub(r"^#+ *", "", path.read_text(encoding="utf-8"), flags=re.M)
    for error in planted:
        if Path(error["file"]).stem == path.stem:
            right = error["context"].replace(error["written"], error["true"])
            if error["reason"] == "wrong_direction":
                right = error["context"].replace("上升", "下降")
            text = text.replace(error["context"], right)
    return text


def mutate(sample: Sample, report: CheckReport, chance: random.Random) -> Iterator[Mutant]:
    """Every mutant of a sample: each supported figure, wrong in each way that suits it."""
    for verdict in report.verdicts:
        if verdict.verdict not in _GOOD or verdict.fact is None:
            continue
        for kind, maker in _MAKERS.items():
            written = maker(verdict, sample, report, chance)
            if written is not None and written != verdict.surface:
                text = sample.text[: verdict.start] + written + sample.text[verdict.end :]
                yield Mutant(sample, kind, text, verdict.start, verdict.start + len(written), written)
    yield from _turned(sample)
    yield from _happened(sample, report)


def _turned(sample: Sample) -> Iterator[Mutant]:
    """上升 for 下降 and the other way round."""
    turned = {"增长": "下降", "上升": "下降", "下降": "上升", "提高": "降低", "减少": "增加", "增加": "减少"}
    for found in re.finditer(r"(?:同比|较上年|比上年|环比)(增长|上升|下降|提高|减少|增加)([\d.]+(?:%|起|个百分点|家次|处))", sample.text):
        text = sample.text[: found.start(1)] + turned[found[1]] + sample.text[found.end(1) :]
        yield Mutant(sample, "direction", text, found.start(2), found.end(2), turned[found[1]] + found[2])


def _happened(sample: Sample, report: CheckReport) -> Iterator[Mutant]:
    """A zero statement while the ledger has one."""
    for verdict in report.verdicts:
        if verdict.claim.kind is Kind.ZERO and verdict.verdict in _GOOD and verdict.fact is not None:
            denied = verdict.fact
            facts = tuple(_changed(fact) if fact.id == denied.id else fact for fact in sample.facts)
            yield Mutant(sample, "zero", sample.text, verdict.start, verdict.end, verdict.surface, facts)


def _changed(fact: Fact) -> Fact:
    from dataclasses import replace

    return replace(fact, value=fact.value + 1)


Maker = Callable[[Verdict, Sample, CheckReport, random.Random], str | None]


def _plain_figure(verdict: Verdict) -> re.Match[str] | None:
    """The digits of an exact figure that states its fact's own value."""
    claim = verdict.claim
    fact = verdict.fact
    if claim.approx is not Approx.EXACT or fact is None or verdict.reason not in ("exact", "rounded"):
        return None
    if fit_value(claim, fact.value, fact.unit) is Fit.NO:  # a change or a rate made of two facts
        return None
    return _DIGITS.search(claim.surface)


def _put(verdict: Verdict, number: str) -> str:
    return _DIGITS.sub(number, verdict.surface, count=1)


def _digit(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    found = _DIGITS.search(verdict.surface)
    if not found or verdict.claim.kind in (Kind.ZERO, Kind.MULTIPLE):
        return None
    places = [at for at, char in enumerate(found.group()) if char.isdigit()]
    at = chance.choice(places)
    low = 1 if at == 0 else 0
    digits = [char for char in "0123456789"[low:] if char != found.group()[at]]
    number = found.group()[:at] + chance.choice(digits) + found.group()[at + 1 :]
    return _if_wrong(verdict, _put(verdict, number))


def _transposition(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    found = _DIGITS.search(verdict.surface)
    if not found or verdict.claim.kind is Kind.ZERO:
        return None
    number = found.group()
    pairs = [
        at for at in range(len(number) - 1) if number[at : at + 2].isdigit() and number[at] != number[at + 1] and (at or number[1] != "0")
    ]
    if not pairs:
        return None
    at = chance.choice(pairs)
    return _if_wrong(verdict, _put(verdict, number[:at] + number[at + 1] + number[at] + number[at + 2 :]))


def _if_wrong(verdict: Verdict, written: str) -> str | None:
    """The changed figure, unless it still holds: 1.3万余 for 13400 read as 1.2万余 does not."""
    read = [each for each in extract(f"共{written}。") if each.is_claim]
    fact = verdict.fact
    if len(read) != 1 or fact is None or read[0].value == verdict.claim.value:
        return None
    return written if fit_value(read[0], fact.value, fact.unit) is Fit.NO else None


def _stale(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    fact = verdict.fact
    if not _plain_figure(verdict) or fact is None or verdict.claim.kind is Kind.PERCENT:
        return None
    return _value_of(verdict, sample, fact.indicator, year_earlier(fact.period))


def _period(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    fact = verdict.fact
    if not _plain_figure(verdict) or fact is None or verdict.claim.kind is Kind.PERCENT:
        return None
    year = Period(fact.period.start.replace(month=1), fact.period.end.replace(month=12, day=31))
    other = half_of(year.start.year, 1) if fact.period == year else year
    return _value_of(verdict, sample, fact.indicator, other)


def _value_of(verdict: Verdict, sample: Sample, indicator: str, period: Period) -> str | None:
    fact = verdict.fact
    other = next((each for each in sample.facts if (each.indicator, each.period) == (indicator, period)), None)
    if other is None or fact is None or other.value == fact.value or not other.value:
        return None
    return _if_wrong(verdict, _put(verdict, _scaled(verdict, other.value)))


def _scaled(verdict: Verdict, value: Decimal) -> str:
    if verdict.claim.kind is Kind.PERCENT:
        return plain(value.quantize(Decimal("0.1")))
    return plain(value / 10000 if "万" in verdict.surface else value)


def _subject(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    if not _plain_figure(verdict) or verdict.claim.kind is not Kind.COUNT:
        return None
    others = [
        other
        for other in report.verdicts
        if other.fact is not None
        and verdict.fact is not None
        and other.fact.indicator != verdict.fact.indicator
        and other.claim.kind is Kind.COUNT
        and other.fact.period == verdict.fact.period
        and other.fact.value >= 10
        and fit_units(verdict.claim.unit, other.fact.unit) is not UnitFit.FOREIGN
    ]
    if not others:
        return None
    other = min(others, key=lambda each: abs(each.start - verdict.start))
    return _if_wrong(verdict, _put(verdict, plain(other.fact.value))) if other.fact else None


def _unit(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    fact, claim = verdict.fact, verdict.claim
    if not _plain_figure(verdict) or fact is None:
        return None
    wrong = next((wrong for unit, wrong in _UNITS.items() if claim.surface.endswith(unit)), None)
    right = next((unit for unit in _UNITS if claim.surface.endswith(unit)), "")
    entry = shipped_registry().find(fact.indicator)
    equal = entry.equal_units if entry else ()
    if wrong is None or (claim.kind is not Kind.MONEY and fit_units(wrong, fact.unit, equal) is not UnitFit.TIMES):
        return None
    return claim.surface.removesuffix(right) + wrong


def _rounding(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    fact, claim = verdict.fact, verdict.claim
    if not _plain_figure(verdict) or fact is None or claim.kind is not Kind.COUNT or fact.value < 30:
        return None
    step = Decimal(10) ** (len(str(int(fact.value))) - 1)
    above = (fact.value // step + 1) * step
    below = (fact.value // step) * step
    options = [f"{plain(above)}余{claim.unit}", f"超过{plain(above)}{claim.unit}"]
    if below < fact.value:
        options.append(f"近{plain(below)}{claim.unit}")
    return chance.choice(options)


def _sum(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    after = sample.text[verdict.end : verdict.end + 3]
    before = sample.text[max(0, verdict.start - 12) : verdict.start]
    if not _plain_figure(verdict) or verdict.claim.kind is not Kind.COUNT:
        return None
    if not (after.startswith("，其中") and _has_parts(sample.text, verdict.end)) and "合计" not in before:
        return None
    return _put(verdict, plain((verdict.claim.value or Decimal(0)) + chance.choice((2, 5, 10))))


def _has_parts(text: str, start: int) -> bool:
    return bool(re.match(r"，其中[^，。；]*\d+[^，。；]*[、，](?:下半年|[^，。；]{2,6})\d", text[start : start + 40])) and "半年" in text[start : start + 20]


def _ratio(verdict: Verdict, sample: Sample, report: CheckReport, chance: random.Random) -> str | None:
    if verdict.claim.kind is not Kind.PERCENT or verdict.claim.value is None:
        return None
    if "率" not in sample.text[max(0, verdict.start - 8) : verdict.start]:
        return None
    value = verdict.claim.value + chance.choice((Decimal("1.3"), Decimal("-2.1"), Decimal("0.6")))
    return _put(verdict, plain(min(value, Decimal(100)))) if value != verdict.claim.value else None


_MAKERS: dict[str, Maker] = {
    "digit": _digit,
    "transposition": _transposition,
    "stale": _stale,
    "unit": _unit,
    "period": _period,
    "subject": _subject,
    "rounding": _rounding,
    "sum": _sum,
    "ratio": _ratio,
}


def run(switches: Switches | None = None, *, rounds: int = 2) -> tuple[dict[str, Outcome], Counter[str]]:
    """The outcome by kind of error, and counts over the untouched texts (claims, accused, chance)."""
    chance = random.Random(_SEED)
    outcomes = {kind: Outcome() for kind in _RIGHT}
    counts: Counter[str] = Counter()
    for sample in load_samples():
        full = check(sample.text, sample.facts, sample.period)
        plain_report = check(sample.text, sample.facts, sample.period, switches=switches)
        counts["claims"] += len(plain_report.verdicts)
        counts["chance"] += plain_report.chance_matches
        counts["accused"] += plain_report.count(VerdictKind.CONTRADICTED)
        seen: set[str] = set()
        for turn in range(rounds):
            for mutant in mutate(sample, full, chance):
                if mutant.text in seen and mutant.facts is None or turn and mutant.facts:
                    continue
                seen.add(mutant.text)
                _try(mutant, outcomes[mutant.kind], switches)
    return outcomes, counts


def _try(mutant: Mutant, outcome: Outcome, switches: Switches | None) -> None:
    # Nothing crosses a paragraph but its headings: the lines up to the error's are enough, and quicker.
    stop = mutant.text.find("\n", mutant.end)
    text = mutant.text if stop < 0 else mutant.text[:stop]
    report = check(text, mutant.facts or mutant.sample.facts, mutant.sample.period, switches=switches)
    hits = [each for each in report.verdicts if each.start < mutant.end and mutant.start < each.end]
    wrong = [each for each in hits if each.verdict is VerdictKind.CONTRADICTED]
    outcome.made += 1
    outcome.caught += bool(wrong)
    outcome.right += any(each.reason in _RIGHT[mutant.kind] for each in wrong)
    if not wrong or wrong[0].reason not in _RIGHT[mutant.kind]:
        told = hits[0] if hits else None
        around = text[max(0, mutant.start - 16) : mutant.end]
        outcome.missed.append(f"…{around}: {told.verdict.value + ' ' + told.reason if told else 'not read'}")


def print_table(outcomes: dict[str, Outcome], counts: Counter[str], title: str, *, details: bool) -> None:
    """The outcome as a table."""
    print(f"{title}: {counts['accused']} of {counts['claims']} right figures accused; the ledger fits {counts['chance']} by value alone")
    total = Outcome()
    for kind, outcome in outcomes.items():
        total.made, total.caught, total.right = total.made + outcome.made, total.caught + outcome.caught, total.right + outcome.right
        _print_row(kind, outcome)
        for line in outcome.missed if details else ():
            print("      ", line)
    _print_row("all", total)


def _print_row(kind: str, outcome: Outcome) -> None:
    made = outcome.made or 1
    caught, right = 1000 * outcome.caught // made, 1000 * outcome.right // made
    print(f"  {kind:14}{outcome.made:6}  caught {caught // 10:3}.{caught % 10} %  reason {right // 10:3}.{right % 10} %")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="list what was missed or misnamed")
    parser.add_argument("--ablations", action="store_true", help="also with units, joint assignment and topics off")
    parser.add_argument("--rounds", type=int, default=2, help="random errors per figure and kind")
    options = parser.parse_args()
    print_table(*run(rounds=options.rounds), "all parts", details=options.details)
    if options.ablations:
        for name in ("units", "joint", "topics"):
            switches = Switches(**{name: False})
            print_table(*run(switches, rounds=1), f"without {name}", details=False)


if __name__ == "__main__":
    main()
