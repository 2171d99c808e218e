"""A whole draft: outline, sections one after the other, title, addressee, signature."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace

from assistant.drafting.clauses import split_sentences, without_repeats
from assistant.drafting.commonplaces import worn_phrases
from assistant.drafting.context import Context
from assistant.drafting.frame import addressee_of, closing_of, date_of, opening_of, signature_of, title_of
from assistant.drafting.headings import numbered
from assistant.drafting.preparation import Pair, context_for, prepare, worked_out
from assistant.drafting.rollforward import write_section
from assistant.drafting.sections import PastReport, PastSection, Role, SectionSpec, Writer
from assistant.drafting.targets import weak_targets
from assistant.records import Document, Draft, Fact, Notice, Period, ReportKind, SectionText, Severity

__all__ = ["assemble", "context_for"]


def assemble(
    kind: ReportKind,
    period: Period,
    facts: Sequence[Fact],
    past: Sequence[Document],
    context: Context,
    *,
    write: Writer = write_section,
    rankings: Sequence[Fact] | None = None,
    on_section: Callable[[SectionText], None] | None = None,
    done: Sequence[SectionText] = (),
    outline: Sequence[SectionSpec] | None = None,
    workers: int = 1,
    on_outline: Callable[[Sequence[SectionSpec]], None] | None = None,
) -> Draft:
    """The draft of a report, written section by section.

    `past` are past summaries: that of the same kind and the latest year is rolled forward; `rankings`
    are facts with a place (隐患 of each village), for the problems part. `on_section` is called with
    each section as soon as it is written; sections in `done` are kept as they are. `outline` is the
    learned one as a person edited it. `workers` sections are written at a time; they are called back
    in order all the same. `on_outline` is called once, before anything is written, with the sections that
    get a text (some may turn out to have nothing to say). Raises what the writer raises; what was called
    back stays written, and what others had finished by then is called back first.
    """
    prepared = prepare(kind, period, facts, past, context, outline=outline, rankings=rankings)
    report, context, pairs = prepared.report, prepared.context, prepared.pairs
    if on_outline:
        on_outline([spec for spec, section in pairs if not _is_parent(spec, section)])
    bench = _Bench(write, facts, context, {section.key: section for section in done}, on_section or _ignore)
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        bench.begin(pool, pairs if workers > 1 else ())
        for number, (spec, section) in enumerate(pairs):
            try:
                bench.take(spec, section)
            except BaseException:
                pool.shutdown(wait=True, cancel_futures=True)
                bench.keep_finished(pairs[number:])
                raise
    weak = weak_targets(context.targets, facts, context)
    worn = worn_phrases("\n".join(section.text for section in bench.sections))
    return Draft(
        id="",
        kind=kind,
        period=period,
        title=title_of(context, report),
        unit_name=context.unit_name,
        sections=tuple(bench.sections),
        facts=(*facts, *worked_out(bench.sections, facts, context)),
        notices=(*(report.notices if report else ()), *_about_past(report, context), *bench.notices, *weak, *worn),
        addressee=addressee_of(context, report),
        signature=signature_of(context),
        signed_on=date_of(context.signed_on),
    )


class _Bench:
    """The sections under way: numbers them as they come, leaves out what is empty, calls back."""

    def __init__(
        self,
        write: Writer,
        facts: Sequence[Fact],
        context: Context,
        done: dict[str, SectionText],
        on_section: Callable[[SectionText], None],
    ) -> None:
        self.sections: list[SectionText] = []
        self.notices: list[Notice] = []
        self._write, self._facts, self._context, self._done = write, facts, context, done
        self._call = on_section
        self._parents: list[SectionSpec] = []  # headings that wait for their first sub-section
        self._counts = [0] * 5
        self._ahead: dict[str, Future[SectionText]] = {}
        self._seen: set[str] = set()  # sentences of the sections so far

    def begin(self, pool: Executor, pairs: Sequence[Pair]) -> None:
        """Start on the sections that are to be written ahead of their turn."""
        for spec, past in pairs:
            if spec.key not in self._done and not _is_parent(spec, past) and not _is_formula(spec, past):
                self._ahead[spec.key] = pool.submit(self._write, spec, self._facts, past, self._context)

    def take(self, spec: SectionSpec, past: PastSection | None) -> None:
        """Write a section, or keep the one that is done; a heading waits until something stands under it."""
        self._parents = [parent for parent in self._parents if 0 < parent.level < spec.level]
        done = self._done.get(spec.key)
        text = self._without_repeats(done or self._written(spec, past))
        text = done or text  # what is done stays as it is, and is not said again by what follows
        if text.text:
            self._open_parents()
            self._add(spec, text)
        elif _is_parent(spec, past):
            self._parents.append(spec)
        else:
            self._leave_out(spec, text)

    def keep_finished(self, pairs: Sequence[Pair]) -> None:
        """After the first of these sections failed: take those that were written ahead; the others keep their numbers."""
        ahead = [spec.key for spec, _ in pairs if self._is_written(spec)]
        for spec, past in pairs:
            if not ahead:
                return
            if spec.key == ahead[0]:
                ahead.pop(0)
                self.take(spec, past)
            elif spec.key in self._done or _is_parent(spec, past):
                self.take(spec, past)
            else:
                self._open_parents()
                self._number(spec)

    def _is_written(self, spec: SectionSpec) -> bool:
        ahead = self._ahead.get(spec.key)
        return ahead is not None and not ahead.cancelled() and not ahead.exception()

    def _open_parents(self) -> None:
        for parent in self._parents:
            self._add(parent, SectionText(parent.key, parent.heading, parent.level, ""))
        self._parents = []

    def _written(self, spec: SectionSpec, past: PastSection | None) -> SectionText:
        if _is_parent(spec, past):
            return SectionText(spec.key, spec.heading, spec.level, "")
        if past is None and spec.role is Role.OPENING:
            return SectionText(spec.key, "", spec.level, opening_of(self._context))
        if past is None and spec.role is Role.CLOSING:
            return SectionText(spec.key, "", spec.level, closing_of(self._context))
        ahead = self._ahead.get(spec.key)
        return ahead.result() if ahead else self._write(spec, self._facts, past, self._context)

    def _without_repeats(self, section: SectionText) -> SectionText:
        """The section without sentences that an earlier one has said word for word."""
        paragraphs = [
            "".join(without_repeats([span.text for span in split_sentences(line)], self._seen))
            for line in section.text.split("\n")
        ]
        return replace(section, text="\n".join(line for line in paragraphs if line))

    def _add(self, spec: SectionSpec, section: SectionText) -> None:
        number = self._number(spec)
        if spec.key in self._done:
            finished = self._done[spec.key]
        elif spec.level:
            finished = replace(section, heading=number + spec.heading if spec.heading else "")
        else:
            finished = replace(section, text=number + section.text)
        finished = replace(finished, key=spec.key, level=spec.level)
        self.sections.append(finished)
        self._call(finished)

    def _number(self, spec: SectionSpec) -> str:
        """The section's number; paragraphs numbered 一是, 二是 count too."""
        if not spec.numbering or (spec.level and not spec.heading):
            return ""
        self._counts[spec.level] += 1
        self._counts[spec.level + 1 :] = [0] * (len(self._counts) - spec.level - 1)
        return numbered(spec.numbering, self._counts[spec.level])

    def _leave_out(self, spec: SectionSpec, text: SectionText) -> None:
        self.notices += text.notices
        if spec.heading:
            message = f"“{spec.heading}”一节既没有台账数据，也没有可沿用的往年文字，已略去。"
            self.notices.append(Notice(Severity.INFO, "section_left_out", message))


def _is_formula(spec: SectionSpec, past: PastSection | None) -> bool:
    """Whether a section is a fixed opening or closing, with nothing to write."""
    return past is None and spec.role in (Role.OPENING, Role.CLOSING)


def _is_parent(spec: SectionSpec, past: PastSection | None) -> bool:
    """Whether a section is only a heading over its sub-sections."""
    return not spec.length and not spec.must and not spec.may and not (past and past.paragraphs)


def _about_past(report: PastReport | None, context: Context) -> list[Notice]:
    """What a person should know about the past summary that was followed."""
    if report is None:
        return [Notice(Severity.INFO, "no_past", "没有往年总结，按通用提纲起草，只写台账中有的内容。")]
    kept = f"没有数字的叙述沿用自“{report.file}”，请核对今年是否仍然如此。"
    notices = [Notice(Severity.INFO, "narrative_kept", kept)]
    if context.past_period is None:
        notices.append(
            Notice(
                Severity.WARNING,
                "past_period_unknown",
                f"看不出“{report.file}”是哪一年的总结，文中年份未作推移，请核对。",
            )
        )
    if context.foreign:
        whose = report.unit_name or "未写明单位"
        message = f"“{report.file}”不是{context.unit_name}的总结（{whose}），沿用的文字请逐句核对是否符合本地情况。"
        notices.append(Notice(Severity.WARNING, "foreign_past", message))
    return notices


def _ignore(section: SectionText) -> None:
    """Nobody listens."""
