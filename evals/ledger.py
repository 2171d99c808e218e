"""How well ledgers are read: the made-up towns, and the example town where it is at hand."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from sqlalchemy import create_engine

from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.periods import parse_period
from assistant.records import Fact, Notice, Severity
from assistant.registry.registry import Registry, shipped_registry
from evals.ledger_towns import Town, make_town


@dataclass
class Score:
    """Facts right and wrong over towns."""

    facts: int = 0
    right: int = 0
    silent: int = 0  # wrong, and no warning about the indicator's sheet
    extra: int = 0
    warnings: int = 0
    warned: int = 0
    misses: list[str] = field(default_factory=list)
    notices: Counter[str] = field(default_factory=Counter)


def score_town(town: Town, registry: Registry, score: Score) -> None:
    """Import a town into a fresh database and compare every fact with the truth."""
    with tempfile.TemporaryDirectory() as folder:
        paths = town.write(Path(folder))
        engine = create_engine("sqlite://")
        report = import_files(engine, paths, registry)
        score.notices.update(notice.kind for notice in report.notices)
        found: dict[str, dict[str, Fact]] = {}
        for (indicator, period), expected in town.truth.items():
            if period not in found:
                facts = facts_for(engine, parse_period(period), registry, comparisons=False)
                found[period] = {fact.indicator: fact for fact in facts}
            _compare(town, indicator, period, expected, found[period].get(indicator), report.notices, score)
        known = {indicator for indicator, _ in town.truth}
        for period, facts_of in found.items():
            for indicator in facts_of:
                rate = registry.find(indicator)
                if indicator not in known and rate and not rate.formula:
                    score.extra += 1
                    score.misses.append(
                        f"town {town.number}: {indicator} {period} = {facts_of[indicator].value} extra {facts_of[indicator].evidence[:1]}"
                    )
        _count_warnings(town, report.notices, score)
        engine.dispose()


def _compare(
    town: Town,
    indicator: str,
    period: str,
    expected: Decimal,
    fact: Fact | None,
    notices: tuple[Notice, ...],
    score: Score,
) -> None:
    score.facts += 1
    if (fact is None and not expected) or (fact is not None and fact.value == expected):
        score.right += 1
        return
    warned = any(
        notice.severity is not Severity.INFO and notice.kind not in ("duplicate_row", "void_row", "hidden_sheet")
        for notice in notices
    )
    if fact is not None and not warned:
        score.silent += 1
    got = f"{fact.value} {fact.evidence[:2]}" if fact else "nothing"
    score.misses.append(
        f"town {town.number}: {indicator} {period}: {expected} expected, got {got} (sheet {town.home.get(indicator)})"
    )


def _count_warnings(town: Town, notices: tuple[Notice, ...], score: Score) -> None:
    told = {(n.kind, n.cell.sheet, int("".join(filter(str.isdigit, n.cell.cell)) or 0)) for n in notices if n.cell}
    loose = {(kind, row) for kind, _, row in told}
    for kind, sheet, row in town.warnings:
        score.warnings += 1
        if (kind, sheet, row) in told or (kind, row) in loose:
            score.warned += 1
        else:
            score.misses.append(f"town {town.number}: no {kind} for {sheet} row {row}")


def main(towns: int = 40, first: int = 0) -> Score:
    """Score made-up towns and print what went wrong."""
    score = Score()
    for number in range(first, first + towns):
        score_town(make_town(number), shipped_registry(), score)
    share = Decimal(100 * score.right) / max(score.facts, 1)
    print(
        f"台账：{towns} 个虚构乡镇，事实 {score.right}/{score.facts}（{share:.2f}%），无提示的错误 {score.silent}，"
        f"多出 {score.extra}，应有提示 {score.warned}/{score.warnings}"
    )
    return score


if __name__ == "__main__":
    result = main(int(sys.argv[1]) if len(sys.argv) > 1 else 40, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    seen: dict[str, str] = {}
    for miss in result.misses:
        seen.setdefault(" ".join(miss.split()[:3]), miss)
    print("\n".join(list(seen.values())[:80]))
    print(result.notices)
