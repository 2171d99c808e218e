"""How the check does on labelled cases: ``python -m evals.factcheck [FILE.jsonl …]``.

Without a file: our own cases of tests/factcheck/cases.txt, and the development set where it is present.
A case is ``{"id", "period", "ledger": rows, "text", "claims": [{"start", "end", "surface", "verdict"}]}``.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.factcheck.check import check
from assistant.ledger.facts import facts_from_rows
from assistant.records import VerdictKind

ROOT = Path(__file__).resolve().parent.parent
OWN_CASES = ROOT / "tests" / "factcheck" / "cases.txt"
DEVSET = ROOT.parent / "shared" / "devset" / "factcheck.jsonl"
_LETTERS = {
    "S": VerdictKind.SUPPORTED,
    "A": VerdictKind.APPROX_OK,
    "C": VerdictKind.CONTRADICTED,
    "U": VerdictKind.UNSUPPORTED,
}
_MARKED = re.compile(r"\{(?P<surface>[^:{}]*):(?P<letter>[SACU])\}|(?P<plain>[^{}]+)")


@dataclass(frozen=True, slots=True)
class Case:
    """A text with its ledger rows and the verdicts it should get, by span."""

    id: str
    period: str
    rows: tuple[dict[str, object], ...]
    text: str
    claims: dict[tuple[int, int], VerdictKind]


@dataclass(frozen=True, slots=True)
class Miss:
    """A claim that got another verdict than it should, or a verdict where there is no claim."""

    case: str
    surface: str
    due: str
    given: str


def read_jsonl(path: Path) -> Iterator[Case]:
    """The cases of a file in the form of the development set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        claims = {(claim["start"], claim["end"]): VerdictKind(claim["verdict"]) for claim in entry["claims"]}
        yield Case(entry["id"], entry["period"], tuple(entry["ledger"]), entry["text"], claims)


def read_own(path: Path = OWN_CASES) -> Iterator[Case]:
    """Our own cases: rows "topic/indicator period value unit", then a text with its claims in braces."""
    for block in re.split(r"\n(?=# \S+ 20)", path.read_text(encoding="utf-8"))[1:]:
        first, *rows, marked = block.strip().splitlines()
        _, identity, period = first.split()
        text, claims = "", {}
        for piece in _MARKED.finditer(marked):
            if piece["letter"]:
                span = (len(text), len(text) + len(piece["surface"]))
                claims[span] = _LETTERS[piece["letter"]]
            text += piece["surface"] if piece["letter"] else piece["plain"]
        yield Case(identity, period, tuple(map(_row, rows)), text, claims)


def _row(line: str) -> dict[str, object]:
    name, period, value, unit = line.split()
    topic, _, indicator = name.partition("/")
    return {"topic": topic, "indicator": indicator, "period": period, "value": value, "unit": unit}


def score(cases: Iterable[Case]) -> tuple[Counter[str], list[Miss]]:
    """Counts (claims, right, wrong, caught, true, accused, spurious) and every miss."""
    counts: Counter[str] = Counter()
    misses: list[Miss] = []
    for case in cases:
        report = check(case.text, facts_from_rows(case.rows), case.period)
        given = {(verdict.start, verdict.end): verdict for verdict in report.verdicts}
        for span, due in case.claims.items():
            verdict = given.pop(span, None)
            kind = verdict.verdict if verdict else None
            _count(counts, due, kind)
            if kind is not due:
                told = f"{kind.value} ({verdict.reason})" if kind and verdict else "no verdict"
                misses.append(Miss(case.id, case.text[slice(*span)], due.value, told))
        counts["spurious"] += len(given)
        misses += [Miss(case.id, each.surface, "no claim", each.verdict.value) for each in given.values()]
    return counts, misses


def _count(counts: Counter[str], due: VerdictKind, given: VerdictKind | None) -> None:
    counts["claims"] += 1
    counts["right"] += given is due
    if due is VerdictKind.CONTRADICTED:
        counts["wrong"] += 1
        counts["caught"] += given is VerdictKind.CONTRADICTED
    else:
        counts["true"] += 1
        counts["accused"] += given is VerdictKind.CONTRADICTED


def print_score(name: str, cases: Iterable[Case]) -> None:
    """The score of some cases, with what went wrong."""
    counts, misses = score(cases)
    claims = counts["claims"] or 1
    print(
        f"{name}: {counts['right']}/{counts['claims']} right ({1000 * counts['right'] // claims / 10} %), "
        f"errors caught {counts['caught']}/{counts['wrong']}, true accused {counts['accused']}/{counts['true']}, "
        f"verdicts on non-claims {counts['spurious']}"
    )
    for miss in misses:
        print(f"  {miss.case}: “{miss.surface}” should be {miss.due}, is {miss.given}")


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    options, _ = parser.parse_known_args()
    files = [path for path in options.files if path.suffix == ".jsonl"]
    if not files:
        print_score("own cases", read_own())
        files = [DEVSET] if DEVSET.exists() else []
    for path in files:
        print_score(path.name, read_jsonl(path))


if __name__ == "__main__":
    main()
