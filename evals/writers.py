"""Four ways to let a model write, and the offline writer, on the same towns: ``python -m evals.writers``.

    python -m evals.writers --gguf FILE | --url URL --model NAME [--town FOLDER …] [--writer NAME …] [--kind annual]
        [--answers FOLDER]    keep the model's answers there: a run that was cut off goes on, writers share first answers

naive          last year's section and this year's figures in the prompt, the answer as it comes
naive+check    the same, sentences with a figure the check contradicts or cannot find cut
slots          facts as slots, the answer cut to what may stand, no second question
slots+repair   the writer as shipped
offline        no model

Without a model only the offline writer is measured.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.drafting.context import Context
from assistant.drafting.draft import assemble, context_for
from assistant.drafting.exemplar import sentences_of
from assistant.drafting.factbook import book_of
from assistant.drafting.flaws import Flaw, Rules
from assistant.drafting.model_writer import writer_with
from assistant.drafting.results import unproven_results
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import PastSection, Role, SectionSpec, Writer
from assistant.drafting.validation import find_problems
from assistant.drafting.widening import widened
from assistant.factcheck.check import check
from assistant.llm.chat import ChatModel, Message, Options, complete
from assistant.periods import parse_period
from assistant.quantities.render import render
from assistant.records import Document, Draft, Fact, Period, ReportKind, SectionText, VerdictKind
from assistant.registry.registry import shipped_registry
from assistant.retrieval.loaders import load_document
from assistant.settings import load_settings
from assistant.workflow import draft_text, import_ledger
from assistant.workspace import facts_around, open_workspace
from evals.asked_model import add_model_options, model_from
from evals.recorded import RecordedModel

ROOT = Path(__file__).resolve().parent.parent
TOWNS = (ROOT / "corpus", ROOT / "evals" / "towns" / "shuangqiao")
KINDS = {"annual": (ReportKind.ANNUAL, "2024"), "half-year": (ReportKind.HALF_YEAR, "2024H1")}
_FORMAT = (Flaw.MARKUP, Flaw.HEADING, Flaw.ECHO)
_BASE = ".due"  # only the base of a ratio: said through the ratio
_BAD = (VerdictKind.CONTRADICTED, VerdictKind.UNSUPPORTED)


@dataclass(frozen=True)
class Town:
    """A town's facts around a period and its past summaries."""

    name: str
    facts: tuple[Fact, ...]
    past: tuple[Document, ...]


@dataclass(frozen=True)
class Score:
    """What one writer made of one report."""

    figures: int
    wrong: int
    stale: int
    invented: int
    must: int
    told: int
    statements: int
    defects: int
    repeated: int
    length: int
    tokens: int
    seconds: float
    model_seconds: float

    @property
    def row(self) -> str:
        """The score in one line."""
        covered = self.told / self.must if self.must else 1.0
        overhead = 1 - self.model_seconds / self.seconds if self.model_seconds else 1.0
        return (
            f"{self.figures:4} {self.wrong:4} {self.stale:4} {self.invented:4}   {self.told:3}/{self.must:<3} {covered:6.1%}"
            f" {self.statements:5} {self.defects:5} {self.repeated:5} {self.length:6} {self.tokens:7} {self.seconds:7.1f}"
            f" {overhead:6.1%}"
        )


HEADER = "  数字 错值 旧值 虚构   必报覆盖         无据  格式  重复   字数    词元    秒   自身开销"


def load_town(folder: Path, period: Period) -> Town:
    """The facts of a town's ledgers, read as a user's would be, and its past summaries."""
    with tempfile.TemporaryDirectory() as scratch:
        workspace = open_workspace(load_settings(Path(scratch)))
        ledger = folder / "ledger"
        files = sorted(ledger.iterdir()) if ledger.is_dir() else sorted(folder.glob("ledger_*"))
        import_ledger(workspace, files)
        facts = facts_around(workspace, period)
        workspace.close()
    past = folder / "past"
    documents = sorted(past.glob("*.docx")) if past.is_dir() else sorted(folder.glob("past_*.docx"))
    return Town(folder.name, tuple(facts), tuple(load_document(path) for path in documents))


def writers_for(model: ChatModel | None, facts: Sequence[Fact], period: Period) -> dict[str, Writer]:
    """The writers to compare, by name."""
    if model is None:
        return {"offline": write_section}
    naive = naive_writer(model)
    return {
        "naive": naive,
        "naive+check": checked(naive, facts, period),
        "slots": writer_with(model, repair=False),
        "slots+repair": writer_with(model),
        "offline": write_section,
    }


def naive_writer(model: ChatModel) -> Writer:
    """What anybody would try first: the figures and last year's text in the prompt."""

    def write(spec: SectionSpec, facts: Sequence[Fact], past: PastSection | None, context: Context) -> SectionText:
        book = book_of(facts, context.period, context.registry)
        told = [fact for name in (*spec.must, *spec.may) if (fact := book.fact(name))]
        if spec.role is not Role.WORK or not told:
            return write_section(spec, facts, past, context)
        lines = "；".join(f"{fact.name}{render(fact.value, fact.unit)}" for fact in told)
        question = (
            f"请写{context.unit_name}今年安全生产工作总结中“{spec.heading}”一节，约{spec.length}字。\n"
            f"今年的数据（只能用这些数字）：{lines}。\n去年这一节：\n{past.text if past else '（无）'}\n只输出正文。"
        )
        reply = complete(model, [Message("user", question)], Options(max_tokens=600, temperature=0.3, seed=1))
        usage = reply.usage
        return SectionText(
            spec.key, spec.heading, spec.level, reply.text, (), "model", tokens=usage.tokens, seconds=usage.seconds
        )

    return write


def checked(write: Writer, facts: Sequence[Fact], period: Period) -> Writer:
    """A writer whose sentences with a figure that is wrong or found nowhere are cut."""

    def write_checked(
        spec: SectionSpec, given: Sequence[Fact], past: PastSection | None, context: Context
    ) -> SectionText:
        section = write(spec, given, past, context)
        bad = [verdict for verdict in check(section.text, facts, period).verdicts if verdict.verdict in _BAD]
        kept, position = "", 0
        for sentence in sentences_of(section.text):
            position = section.text.index(sentence, position)
            if not any(position <= verdict.start < position + len(sentence) for verdict in bad):
                kept += sentence
            position += len(sentence)
        return replace(section, text=kept)

    return write_checked


def score(draft: Draft, town: Town, specs: Sequence[SectionSpec], seconds: float) -> Score:
    """The figures of a draft judged by our own check; its form by the rules a model's answer is held to."""
    facts = town.facts
    own = "\n".join(document.text for document in town.past)
    report = check(draft_text(draft), facts, draft.period)
    reasons = Counter(verdict.reason for verdict in report.verdicts if verdict.verdict in _BAD)
    unsupported = report.count(VerdictKind.UNSUPPORTED)
    told = {verdict.fact.indicator for verdict in report.verdicts if verdict.fact and verdict.verdict not in _BAD}
    book = book_of(facts, draft.period, widened(shipped_registry(), facts))
    must = dict.fromkeys(name for spec in specs for name in spec.must)
    due = [name for name in must if (fact := book.fact(name)) and fact.value and not name.endswith(_BASE)]
    plans = {spec.key for spec in specs if spec.role is Role.PLAN}
    sections = [section for section in draft.sections if section.text]
    problems: Counter[Flaw] = Counter()
    earlier: list[str] = []
    statements = 0
    for section in sections:
        rules = Rules((), (), book, heading=section.heading.rpartition("、")[2], earlier=tuple(earlier), material=own)
        problems.update(problem.flaw for problem in find_problems(section.text, rules))
        earlier += sentences_of(section.text)
        if section.writer == "model" and section.key not in plans:
            statements += len(unproven_results(section.text, book))
    return Score(
        figures=len(report.verdicts),
        wrong=report.count(VerdictKind.CONTRADICTED) - reasons["stale"],
        stale=reasons["stale"],
        invented=unsupported,
        must=len(due),
        told=sum(name in told for name in due),
        statements=statements,
        defects=sum(problems[flaw] for flaw in _FORMAT),
        repeated=problems[Flaw.REPETITION],
        length=sum(len(section.text) for section in sections),
        tokens=sum(section.tokens for section in sections),
        seconds=seconds,
        model_seconds=float(sum(section.seconds for section in sections)),
    )


def measure(
    write: Writer, town: Town, kind: ReportKind, period: Period, model: ChatModel | None = None
) -> tuple[Draft, Score]:
    """One report by one writer, and its score; recorded answers count with the seconds they took."""
    specs: list[SectionSpec] = []

    def noted(spec: SectionSpec, facts: Sequence[Fact], past: PastSection | None, context: Context) -> SectionText:
        specs.append(spec)
        return write(spec, facts, past, context)

    context = context_for(kind, period, shipped_registry(), town.past)
    started, replayed = time.monotonic(), _replayed(model)
    draft = assemble(kind, period, town.facts, town.past, context, write=noted)
    seconds = time.monotonic() - started + _replayed(model) - replayed
    return draft, score(draft, town, specs, seconds)


def _replayed(model: ChatModel | None) -> float:
    return float(model.replayed) if isinstance(model, RecordedModel) else 0.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="比较几种起草办法")
    add_model_options(parser)
    parser.add_argument("--town", type=Path, action="append", help="乡镇目录，可多次给出")
    parser.add_argument("--kind", choices=sorted(KINDS), action="append", help="年度或半年，可多次给出")
    parser.add_argument("--writer", action="append", help="只测这一种，可多次给出")
    parser.add_argument("--out", type=Path, help="把草稿全文存到这个目录")
    options = parser.parse_args(arguments)
    model = model_from(options)
    print(f"{'':24}{HEADER}")
    for folder in options.town or [town for town in TOWNS if town.is_dir()]:
        for kind_name in options.kind or sorted(KINDS):
            kind, period_id = KINDS[kind_name]
            period = parse_period(period_id)
            town = load_town(folder, period)
            for name, write in writers_for(model, town.facts, period).items():
                if options.writer and name not in options.writer:
                    continue
                draft, result = measure(write, town, kind, period, model)
                print(f"{town.name[:8]:8} {kind_name[:6]:6} {name:12} {result.row}", flush=True)
                if options.out:
                    save(draft, options.out / f"{town.name}-{kind_name}-{name}.txt")
    if model is not None:
        model.close()


def save(draft: Draft, path: Path) -> None:
    """The whole draft and its notices as text."""
    path.parent.mkdir(parents=True, exist_ok=True)
    notices = [f"{notice.kind}\t{notice.message}" for section in draft.sections for notice in section.notices]
    path.write_text(draft_text(draft) + "\n\n----\n" + "\n".join(notices), encoding="utf-8")


if __name__ == "__main__":
    main()
