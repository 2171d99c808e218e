"""How well quantities are read: the labelled sentences, and the two real reports where they are at hand.

python -m evals quantities             print the scores
python -m evals.quantities FILE        the same for another file in the form of devset/quantities.jsonl, with misses
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from assistant.quantities.extract import extract
from assistant.records import Approx, Quantity

_SHARED = Path(__file__).resolve().parents[2] / "shared"
_REPORTS = Path(__file__).resolve().parents[1] / "tests" / "quantities" / "real_reports.json"
_CLOSE = Decimal("0.0001")  # fractions are labelled with four decimals


@dataclass(frozen=True, slots=True)
class Label:
    """What a person says stands at a place; `value` is a pair where only bounds are known."""

    start: int
    end: int
    surface: str
    value: Decimal | tuple[Decimal, Decimal] | None
    unit: str
    approx: Approx
    is_claim: bool


@dataclass
class Score:
    """Claims found, missed and made up; fields of the found ones; non-claims taken for claims."""

    found: int = 0
    missed: int = 0
    extra: int = 0
    value: int = 0
    unit: int = 0
    approx: int = 0
    non_claims: int = 0
    taken: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, text: str, labels: Iterable[Label]) -> None:
        """Compare what is read in a text with its labels."""
        claims = {(read.start, read.end): read for read in extract(text) if read.is_claim}
        wanted = list(labels)
        for label in wanted:
            if label.is_claim:
                self._add_claim(text, label, claims.get((label.start, label.end)))
                continue
            self.non_claims += 1
            if any(start < label.end and label.start < end for start, end in claims):
                self.taken += 1
                self.misses.append(
                    f"taken for a claim: {label.surface or text[label.start : label.end]} in {text[:60]}"
                )
        places = {(label.start, label.end) for label in wanted if label.is_claim}
        for place, claim in claims.items():
            if place not in places:
                self.extra += 1
                self.misses.append(f"no such claim: {claim.surface} in {text[:60]}")

    def _add_claim(self, text: str, label: Label, read: Quantity | None) -> None:
        if read is None:
            self.missed += 1
            self.misses.append(f"missed: {label.surface} in {text[:60]}")
            return
        self.found += 1
        right = (_same_value(label, read), read.unit == label.unit, read.approx is label.approx)
        self.value, self.unit, self.approx = self.value + right[0], self.unit + right[1], self.approx + right[2]
        if not all(right):
            said = f"{read.value} {read.low}..{read.high} {read.unit} {read.approx}"
            self.misses.append(f"read otherwise: {label.surface} as {said} in {text[:60]}")

    def lines(self) -> list[str]:
        """The score as lines to print."""
        f1 = Fraction(2 * self.found, max(1, 2 * self.found + self.missed + self.extra))
        return [
            f"claims {self.found} found, {self.missed} missed, {self.extra} made up: F1 {_rate(f1)}",
            f"of the found: value {self._of_found(self.value)}, unit {self._of_found(self.unit)}, "
            f"approximation {self._of_found(self.approx)}",
            f"non-claims taken for claims: {self.taken} of {self.non_claims} "
            f"({_rate(Fraction(self.taken, max(1, self.non_claims)))})",
        ]

    def _of_found(self, count: int) -> str:
        return _rate(Fraction(count, max(1, self.found)))


def _rate(share: Fraction) -> str:
    return f"{Decimal(share.numerator * 1000 // share.denominator) / 10} %"


def _same_value(label: Label, read: Quantity) -> bool:
    if isinstance(label.value, tuple):
        return (read.low, read.high) == label.value
    return read.value is not None and label.value is not None and abs(read.value - label.value) < _CLOSE


def read_labels(rows: Iterable[dict[str, object]]) -> list[Label]:
    """Labels in the form of devset/README.md."""
    return [_label(row) for row in rows]


def _label(row: dict[str, object]) -> Label:
    raw = row["value"]
    value: Decimal | tuple[Decimal, Decimal] | None = None
    if isinstance(raw, list):
        value = Decimal(str(raw[0])), Decimal(str(raw[1]))
    elif raw is not None:
        value = Decimal(str(raw))
    approx = Approx(str(row["approx"]))
    return Label(
        int(str(row["start"])),
        int(str(row["end"])),
        str(row["surface"]),
        value,
        str(row["unit"]),
        approx,
        bool(row["claim"]),
    )


def score_sentences(path: Path) -> Score:
    """The score of a file of labelled sentences."""
    score = Score()
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            score.add(row["text"], read_labels(row["quantities"]))
    return score


def score_reports(folder: Path) -> Score:
    """The score of the real reports, whose labels are offsets only."""
    score = Score()
    for report in json.loads(_REPORTS.read_text(encoding="utf-8")):
        text = (folder / report["file"]).read_text(encoding="utf-8")
        rows = [{**row, "surface": text[row["start"] : row["end"]]} for row in report["quantities"]]
        score.add(text, read_labels(rows))
    return score


def main() -> None:
    """Print the scores."""
    if len(sys.argv) > 1 and sys.argv[1].endswith(".jsonl"):
        score = score_sentences(Path(sys.argv[1]))
        print("\n".join([*score.misses, *score.lines()]))
        return
    sentences, reports = _SHARED / "devset" / "quantities.jsonl", _SHARED / "seeds"
    for name, path, run in (
        ("labelled sentences", sentences, score_sentences),
        ("real reports", reports, score_reports),
    ):
        print(f"{name}:", *(run(path).lines() if path.exists() else ["not here"]), sep="\n  ")


if __name__ == "__main__":
    main()
