"""How good drafts are: ``python -m evals.drafting [TOWN …]``.

Each town (the sample town, the second town of ours, and the team's example town where present) is
imported, and both reports of 2024 are drafted with no past summary and with each it has. A draft is
held against the ledger by our own check and by counts of its own: figures wrong, stale or invented,
facts missing, marks left, sentences twice, defects of form, length, seconds.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.drafting.clauses import same_words
from assistant.drafting.draft import assemble, context_for
from assistant.drafting.past import read_past
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import Writer
from assistant.factcheck.check import check
from assistant.periods import parse_period, year_earlier
from assistant.records import CheckReport, Document, Draft, Fact, Period, ReportKind, Severity, VerdictKind
from assistant.registry.registry import shipped_registry
from assistant.retrieval.loaders import load_document
from assistant.settings import Settings
from assistant.shipped import shipped
from assistant.workflow import draft_text, import_ledger
from assistant.workspace import facts_around, open_workspace

_OURS = Path(__file__).with_name("towns")
_EXAMPLE = Path(__file__).resolve().parents[2] / "shared" / "towns" / "example"
_SEEDS = _EXAMPLE.parent.parent / "seeds"
REPORTS = ((ReportKind.ANNUAL, "2024"), (ReportKind.HALF_YEAR, "2024H1"))
_HELD = (VerdictKind.SUPPORTED, VerdictKind.APPROX_OK)
_MARK = re.compile(r"【待核实[^】]*】")
_FORM = (  # what no official text has
    ("slot", re.compile(r"\{\{|\}\}")),
    ("markdown", re.compile(r"^\s*(?:#{1,6} |[-*] |\d+\. \*\*)|\*\*", re.M)),
    ("redaction", re.compile(r"[X×＊*]{2,}(?:镇|县|乡|村)?|##\w+##|_{2,}")),
    ("marks", re.compile(r"[，、；：。][，、；。]|（）|^[，；。、]", re.M)),
    ("unfinished", re.compile(r"[，、；]$", re.M)),
)
_SHORTEST = 8  # characters from which a sentence said twice is a repetition


@dataclass(frozen=True)
class Town:
    """A town whose reports are drafted."""

    name: str
    unit: str
    ledger: tuple[Path, ...]
    past: tuple[Path, ...]
    foreign: tuple[Path, ...] = ()  # other towns' reports, each used as the past summary by itself


@dataclass
class Scores:
    """The counts of one draft."""

    town: str
    kind: str
    past: str
    figures: int = 0
    wrong: int = 0
    stale: int = 0
    invented: int = 0
    missing: int = 0
    marks: int = 0
    repeated: int = 0
    form: list[str] = field(default_factory=list)
    findings: int = 0
    length: int = 0
    seconds: float = 0

    @property
    def is_clean(self) -> bool:
        """Whether nothing at all is wrong with the draft; open marks are honest, and no defect."""
        return not (self.wrong or self.stale or self.invented or self.missing or self.repeated or self.form)


def towns() -> Iterator[Town]:
    """The towns at hand."""
    sample = shipped("corpus")
    yield Town("sample", "", _files(sample / "ledger", ".xlsx", ".csv"), _files(sample / "past", ".docx"))
    for folder in sorted(path for path in _OURS.iterdir() if path.is_dir()):
        yield Town(folder.name, "", _files(folder / "ledger", ".xlsx", ".csv"), _files(folder / "past", ".docx"))
    if _EXAMPLE.exists():
        ledger = _files(_EXAMPLE, ".xlsx", ".csv")
        yield Town("example", "禾丰镇", ledger, _files(_EXAMPLE, ".docx"), _files(_SEEDS, ".txt"))


def _files(folder: Path, *endings: str) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*") if path.suffix in endings))


def facts_of(town: Town, period: Period) -> list[Fact]:
    """The town's facts around a period, imported into a workspace that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = open_workspace(Settings.model_validate({"workspace": Path(folder) / "w"}))
        import_ledger(workspace, town.ledger)
        facts = facts_around(workspace, period)
        workspace.engine.dispose()
        return facts


def score_town(town: Town, write: Writer = write_section) -> Iterator[Scores]:
    """The scores of both reports, with no past summary, with the town's own, and with each foreign one."""
    past_choices: list[tuple[str, tuple[Path, ...]]] = [("none", ()), ("own", town.past)]
    past_choices += [(path.name[:3], (path,)) for path in town.foreign]
    for kind, name in REPORTS:
        period = parse_period(name)
        facts = facts_of(town, period)
        for label, paths in past_choices:
            documents = [load_document(path) for path in paths]
            yield score_draft(town, label, kind, period, facts, documents, write)


def score_draft(
    town: Town,
    label: str,
    kind: ReportKind,
    period: Period,
    facts: Sequence[Fact],
    past: Sequence[Document],
    write: Writer = write_section,
) -> Scores:
    """Draft one report and count what is wrong with it."""
    about = context_for(kind, period, shipped_registry(), past, unit_name=town.unit)
    started = time.perf_counter()
    draft = assemble(kind, period, facts, past, about, write=write)
    seconds = time.perf_counter() - started
    text = draft_text(draft)
    report = check(text, facts, period)
    scores = Scores(town.name, str(kind), label, length=len(text), seconds=seconds)
    scores.figures = len(report.verdicts)
    _count_verdicts(scores, report, facts, period)
    scores.missing = len(missing_facts(draft, report, facts))
    scores.marks = len(_MARK.findall(text))
    scores.repeated = len(repeated_sentences(text))
    scores.form = [name for name, pattern in _FORM if pattern.search(text)] + _foreign_names(
        text, past, about.unit_name
    )
    scores.findings = sum(each.severity is not Severity.INFO and each.kind != "placeholder" for each in report.findings)
    return scores


def _count_verdicts(scores: Scores, report: CheckReport, facts: Sequence[Fact], period: Period) -> None:
    """Contradicted figures are stale where they are last year's value, else wrong; unsupported ones are invented."""
    before = {(fact.indicator, fact.value) for fact in facts if fact.period == year_earlier(period)}
    for verdict in report.verdicts:
        if verdict.verdict in _HELD:
            continue
        fact, value = verdict.fact, verdict.claim.value
        if fact is not None and value is not None and (fact.indicator, value) in before:
            scores.stale += 1
        elif verdict.verdict is VerdictKind.CONTRADICTED:
            scores.wrong += 1
        else:
            scores.invented += 1


def missing_facts(draft: Draft, report: CheckReport, facts: Sequence[Fact]) -> list[str]:
    """The period's facts the draft does not state, noughts and the bases of ratios left aside."""
    registry = shipped_registry()
    bases = {name for entry in registry for name in registry.inputs(entry)[1:] if entry.id == "pledge.rate"}
    stated = {verdict.fact.indicator for verdict in report.verdicts if verdict.fact and verdict.verdict in _HELD}
    stated |= {fact_id.partition("@")[0] for section in draft.sections for fact_id in section.slots}
    due = {
        fact.indicator
        for fact in facts
        if fact.period == draft.period and fact.measure == "value" and not fact.place and fact.value != 0
    }
    return sorted(due - stated - bases)


def repeated_sentences(text: str) -> list[str]:
    """The sentences said more than once."""
    seen: set[str] = set()
    repeated = []
    for sentence in re.split(r"[。\n]", text):
        words = same_words(sentence)
        if len(words) >= _SHORTEST and words in seen:
            repeated.append(sentence)
        seen.add(words)
    return repeated


def _foreign_names(text: str, past: Sequence[Document], unit: str) -> list[str]:
    """The old unit's name where it is another's and still stands in the text."""
    named = {read_past(document).unit_name for document in past} - {"", unit}
    return [f"foreign name {name}" for name in named if name in text]


def print_scores(rows: Sequence[Scores], show: Callable[[str], None] = print) -> None:
    """A line for each draft, and one for all."""
    show(
        "town         kind       past   figures wrong stale invented missing marks repeated findings  chars  sec  form"
    )
    for row in rows:
        show(
            f"{row.town:<12} {row.kind:<10} {row.past:<6} {row.figures:>7} {row.wrong:>5} {row.stale:>5}"
            f" {row.invented:>8} {row.missing:>7} {row.marks:>5} {row.repeated:>8} {row.findings:>8}"
            f" {row.length:>6} {row.seconds:>4.1f}  {' '.join(row.form) or '-'}"
        )
    clean = sum(row.is_clean for row in rows)
    show(f"{clean} of {len(rows)} drafts clean; {sum(row.figures for row in rows)} figures")


def main() -> None:
    """Print the scores of the offline writer."""
    wanted = {name for name in sys.argv[1:] if not name.startswith("-")} - {"drafting"}
    rows = [row for town in towns() if not wanted or town.name in wanted for row in score_town(town)]
    print_scores(rows)


if __name__ == "__main__":
    main()
