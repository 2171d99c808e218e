"""One error at a time into reports that are right: how many does the check catch, and does it say why?

``python -m evals.mutations`` prints a table by kind of error, the accusations on the untouched texts, how many
figures the ledger fits by value alone, and with ``--ablations`` the same with parts of the alignment off.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.alignment import readings, scoring
from assistant.alignment.scoring import Switches
from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.periods import half_of, parse_period, year_of
from assistant.quantities.render import plain
from assistant.records import Aggregation, Fact, VerdictKind
from assistant.registry.registry import shipped_registry
from assistant.retrieval.loaders import load_document
from assistant.shipped import shipped
from evals.drafting import REPORTS, facts_of, towns
from evals.factcheck import read_own, score
from evals.mutants import Mutant, Sample, mutate

_SEED = 20241231
_REPORTS = {"2022年总结": "2022", "2023年上半年总结": "2023H1", "2023年总结": "2023"}
#: Reasons that are right for each kind of error. A changed figure may by chance be last year's, another period's or
#: another subject's value, and then is called so.
_BY_CHANCE = frozenset(("stale", "wrong_period", "wrong_subject"))
RIGHT = {
    "digit": _BY_CHANCE | {"wrong_value", "bad_ratio", "bad_sum", "bad_approximation"},
    "transposition": _BY_CHANCE | {"wrong_value", "bad_ratio", "bad_sum", "bad_approximation"},
    "stale": frozenset(("stale",)),
    "unit": frozenset(("wrong_unit",)),
    "period": frozenset(("wrong_period", "stale")),
    "subject": _BY_CHANCE,
    "rounding": frozenset(("bad_approximation", "stale")),
    "sum": _BY_CHANCE | {"bad_sum"},
    "ratio": frozenset(("bad_ratio",)),
    "direction": frozenset(("wrong_direction",)),
    "zero": frozenset(("zero_contradicted",)),
}


@dataclass(slots=True)
class Outcome:
    """What became of the mutants of one kind."""

    made: int = 0
    caught: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Count another outcome in."""
        self.made += other.made
        self.caught += other.caught
        self.right += other.right


def load_samples() -> list[Sample]:
    """The past reports of the sample town, their planted errors put right, a list by half-years, drafts."""
    folder = shipped("corpus")
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    rows = [{key: fact[key] for key in ("indicator", "period", "value", "unit")} for fact in truth["facts"]]
    facts = tuple(facts_from_rows(rows))
    planted = json.loads((folder / "planted.json").read_text(encoding="utf-8"))
    reports = [
        Sample(name, _right_text(folder / "past" / f"{name}.docx", planted), parse_period(period), facts)
        for name, period in _REPORTS.items()
    ]
    return [*reports, _by_halves(facts, 2023), *_drafts_from_real_reports()]


def _drafts_from_real_reports() -> Iterator[Sample]:
    """Drafts of the example town rolled forward from two real reports; none where those are not at hand."""
    from assistant.drafting.draft import assemble, context_for
    from assistant.workflow import draft_text

    for town in towns():
        for kind, name in REPORTS if town.foreign else ():
            period, registry = parse_period(name), shipped_registry()
            facts = tuple(facts_of(town, period))
            for path in town.foreign:
                past = [load_document(path)]
                about = context_for(kind, period, registry, past, unit_name=town.unit)
                text = draft_text(assemble(kind, period, facts, past, about))
                yield Sample(f"{path.stem[:3]} {name}", text, period, facts)


def _right_text(path: Path, planted: list[dict[str, str]]) -> str:
    text = load_document(path).text
    for error in planted:
        if Path(error["file"]).stem == path.stem:
            right = error["context"].replace(error["written"], error["true"])
            if error["reason"] == "wrong_direction":
                right = error["context"].replace("上升", "下降")
            text = text.replace(error["context"], right)
    return text


def _by_halves(facts: tuple[Fact, ...], year: int) -> Sample:
    """全年…，其中上半年…、下半年…: a line for every total of which both halves are known."""
    known = {(fact.indicator, fact.period): fact for fact in facts}
    lines = []
    for entry in shipped_registry():
        parts = [known.get((entry.id, period)) for period in (year_of(year), half_of(year, 1), half_of(year, 2))]
        whole, first, second = parts
        if entry.aggregation is Aggregation.SUM and whole and first and second and entry.unit != "元" and second.value:
            texts = [f"{plain(fact.value)}{fact.unit}" for fact in (whole, first, second)]
            lines.append(f"全年{entry.name}{texts[0]}，其中上半年{texts[1]}、下半年{texts[2]}。")
    return Sample("分上下半年", "\n".join(lines), year_of(year), facts, frozenset(("sum",)))


def run(switches: Switches | None = None, *, rounds: int = 1) -> tuple[dict[str, Outcome], Counter[str]]:
    """The outcome by kind of error, and counts over the untouched texts (claims, accused, chance)."""
    chance = random.Random(_SEED)
    outcomes = {kind: Outcome() for kind in RIGHT}
    counts: Counter[str] = Counter()
    for sample in load_samples():
        full = check(sample.text, sample.facts, sample.period)
        untouched = check(sample.text, sample.facts, sample.period, switches=switches)
        counts["claims"] += len(untouched.verdicts)
        counts["chance"] += untouched.chance_matches
        counts["accused"] += untouched.count(VerdictKind.CONTRADICTED)
        counts["open"] += untouched.count(VerdictKind.UNSUPPORTED)
        seen: set[tuple[str, bool]] = set()
        for _ in range(rounds):
            for mutant in mutate(sample, full, chance):
                key = (mutant.text, mutant.facts is sample.facts)
                if key not in seen:
                    seen.add(key)
                    _try(mutant, outcomes[mutant.kind], switches)
    return outcomes, counts


def _try(mutant: Mutant, outcome: Outcome, switches: Switches | None) -> None:
    # Only headings act beyond their paragraph: the lines up to the error's are enough, and quicker.
    stop = mutant.text.find("\n", mutant.end)
    text = mutant.text if stop < 0 else mutant.text[:stop]
    report = check(text, mutant.facts, mutant.sample.period, switches=switches)
    hits = [each for each in report.verdicts if each.start < mutant.end and mutant.start < each.end]
    wrong = [each for each in hits if each.verdict is VerdictKind.CONTRADICTED]
    named = any(each.reason in RIGHT[mutant.kind] for each in wrong)
    outcome.add(Outcome(1, int(bool(wrong)), int(named)))
    if not named:
        told = f"{hits[0].verdict.value} {hits[0].reason}" if hits else "not read"
        outcome.missed.append(f"…{text[max(0, mutant.start - 16) : mutant.end]}: {told}")


def print_table(outcomes: dict[str, Outcome], counts: Counter[str], title: str, *, details: bool) -> None:
    """The outcome as a table."""
    print(
        f"{title}: of {counts['claims']} right figures {counts['accused']} accused, {counts['open']} left open; "
        f"the ledger fits {counts['chance']} by value alone"
    )
    total = Outcome()
    for kind, outcome in outcomes.items():
        total.add(outcome)
        _print_row(kind, outcome)
        for line in outcome.missed if details else ():
            print("      ", line)
    _print_row("all", total)


def _print_row(kind: str, outcome: Outcome) -> None:
    made = outcome.made or 1
    caught, right = 1000 * outcome.caught // made, 1000 * outcome.right // made
    print(
        f"  {kind:14}{outcome.made:6}  caught {caught // 10:3}.{caught % 10} %  reason {right // 10:3}.{right % 10} %"
    )


def print_thresholds() -> None:
    """What the two thresholds of a match do: right verdicts of our own cases, mutants caught, accusations."""
    for name, module, values in (
        ("ACCEPT", readings, (30, 40, 50, 60, 70)),
        ("FIRM", scoring, (50, 60, 70, 80, 90, 100)),
    ):
        kept = getattr(module, name)
        for value in values:
            setattr(module, name, value)
            cases, _ = score(read_own())
            outcomes, counts = run()
            made, caught = (sum(getattr(each, part) for each in outcomes.values()) for part in ("made", "caught"))
            print(
                f"  {name:7}{value:4}  cases right {cases['right']}/{cases['claims']}, accused {cases['accused']}; "
                f"mutants caught {caught}/{made}, true accused {counts['accused']}"
            )
        setattr(module, name, kept)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="list what was missed or misnamed")
    parser.add_argument("--ablations", action="store_true", help="also with units, joint assignment, topics off")
    parser.add_argument("--thresholds", action="store_true", help="only what the two thresholds of a match do")
    parser.add_argument("--rounds", type=int, default=1, help="random errors per figure and kind")
    options, _ = parser.parse_known_args()
    if options.thresholds:
        print_thresholds()
        return
    print_table(*run(rounds=options.rounds), "all parts", details=options.details)
    if options.ablations:
        for name in ("units", "joint", "topics"):
            print_table(*run(Switches(**{name: False})), f"without {name}", details=False)


if __name__ == "__main__":
    main()
