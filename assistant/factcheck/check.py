"""The check of a text against facts: one verdict for every claim, and the findings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from assistant.alignment.readings import Aligned, Alignment, by_sentence, read
from assistant.alignment.roles import Role
from assistant.alignment.scoring import Switches
from assistant.alignment.values import range_of
from assistant.errors import InputError
from assistant.factcheck.changes import judge_change
from assistant.factcheck.citations import Regulations
from assistant.factcheck.combinations import judge_per, judge_rate, judge_rest, judge_share, judge_total, judge_whole
from assistant.factcheck.consistency import find_sums
from assistant.factcheck.county import as_written, is_of_county, named_in, read_as_town
from assistant.factcheck.findings import find_all
from assistant.factcheck.judgement import judge_value, leave_open
from assistant.factcheck.zeros import judge_zero
from assistant.periods import parse_period
from assistant.quantities.extract import extract
from assistant.quantities.wholes import find_wholes
from assistant.records import CheckReport, Fact, Kind, Period, Quantity, Verdict, VerdictKind
from assistant.registry.registry import Registry, shipped_registry

MAX_LENGTH = 200_000  # characters; a year's reports of a town stay below
MAX_CLAIMS = 5_000


def check(
    text: str,
    facts: Sequence[Fact],
    period: str | Period,
    *,
    registry: Registry | None = None,
    must_report: Sequence[str] = (),
    regulations: Regulations | None = None,
    switches: Switches | None = None,
) -> CheckReport:
    """Check `text`, a report on `period`, against `facts`.

    Every claim gets exactly one verdict. `must_report` are ids of indicators that must be mentioned.
    `regulations` is asked for every law cited, as ``regulations("安全生产法", "第二十一条")`` (the article "" where
    none is cited): None means that the law is not imported, "" that it has no such article, anything else
    is the article's text. `switches` turn parts of the alignment off, for measurements. Raises
    `UnknownPeriod` for a period that is none, `InputError` for a text too long to be one report.
    """
    _refuse_endless(len(text), MAX_LENGTH, "字")
    report = parse_period(period) if isinstance(period, str) else period
    entries, said = registry or shipped_registry(), text
    if is_of_county(facts):
        said, facts = read_as_town(text), named_in(text, facts)
    quantities = gather(said)
    _refuse_endless(sum(each.is_claim for each in quantities), MAX_CLAIMS, "个数字")
    alignment = read(said, quantities, facts, report, entries, switches=switches)
    sentences = by_sentence(alignment.aligned)
    verdicts = tuple(name_broken_sums(judge_all(alignment, sentences), sentences))
    kept = {verdict.claim for verdict in verdicts}
    quantities = [each for each in quantities if each in kept or not each.is_claim]
    findings = find_all(alignment, sentences, quantities, verdicts, must_report, regulations)
    findings = findings if said is text else as_written(findings, text)
    return CheckReport(text, report, tuple(quantities), verdicts, findings, count_chance(verdicts, facts))


def _refuse_endless(size: int, most: int, unit: str) -> None:
    if size > most:
        raise InputError(f"这份材料有{size}{unit}，超过一次能核对的{most}{unit}。请分成几部分分别核对。")


def gather(text: str) -> list[Quantity]:
    """The quantities of a text with its statements of the whole (全部整改), in order."""
    numbers = extract(text)
    starts = [each.start for each in numbers]
    ends = [each.end for each in numbers]
    wholes = [whole for whole in find_wholes(text) if bisect_left(starts, whole.end) <= bisect_right(ends, whole.start)]
    return sorted([*numbers, *wholes], key=lambda each: each.start)


def judge_all(alignment: Alignment, sentences: Sequence[list[Aligned]]) -> list[Verdict]:
    """The verdict of every claim, in order; a statement of the whole that nothing can bear out is no claim."""
    verdicts = [_judge(each, alignment, group, at) for group in sentences for at, each in enumerate(group)]
    return [verdict for verdict in verdicts if verdict is not None]


def name_broken_sums(verdicts: Sequence[Verdict], sentences: Sequence[list[Aligned]]) -> list[Verdict]:
    """Give wrong values of a total and parts that do not add up the reason bad_sum."""
    broken = {
        each.claim
        for sentence in sentences
        for group in find_sums(sentence)
        if group.is_broken
        for each in (group.total, *group.parts)
    }
    return [
        replace(verdict, reason="bad_sum") if verdict.reason == "wrong_value" and verdict.claim in broken else verdict
        for verdict in verdicts
    ]


def _judge(each: Aligned, alignment: Alignment, sentence: list[Aligned], at: int) -> Verdict | None:
    role, earlier = each.reading.role, sentence[:at]
    if each.claim.value is None and each.claim.low is None:
        return leave_open(each.claim, "unreadable", "看不出具体数值，无法核对。")
    if role is Role.WHOLE:
        return judge_whole(each, alignment, earlier)
    if role is Role.ZERO:
        return judge_zero(each, alignment)
    if role in (Role.CHANGE, Role.MULTIPLE):
        return judge_change(each, alignment)
    if role is Role.SHARE:
        return judge_share(each, alignment, earlier)
    return _judge_amount(each, alignment, sentence, earlier)


def _judge_amount(each: Aligned, alignment: Alignment, sentence: list[Aligned], earlier: list[Aligned]) -> Verdict:
    role = each.reading.role
    if role is Role.PER:
        return judge_per(each, alignment, earlier)
    if role is Role.TOTAL:
        return judge_total(each, alignment, sentence)
    if role is Role.REST and not _names_the_rest(each):
        return judge_rest(each, alignment, earlier)
    if each.claim.kind is Kind.PERCENT and (each.chosen is None or not each.chosen.value):
        derived = judge_rate(each, alignment, sentence)
        if derived is not None and (each.chosen is None or derived.verdict is not VerdictKind.CONTRADICTED):
            return derived
    return judge_value(each, alignment)


def _names_the_rest(each: Aligned) -> bool:
    """Whether the ledger itself keeps what is left over: 未整改隐患."""
    return each.chosen is not None and bool(each.chosen.form.scopes)


def count_chance(verdicts: Sequence[Verdict], facts: Sequence[Fact]) -> int:
    """How many claims a fact fits by its value alone, whatever its subject, unit or period."""
    values = sorted({fact.value for fact in facts})
    count = 0
    for verdict in verdicts:
        low, high = range_of(verdict.claim)
        at = bisect_left(values, low)
        count += at < len(values) and values[at] <= high
    return count
