"""Questions to begin with: only such as this workspace can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.errors import JushiError
from assistant.periods import year_of
from assistant.qa.desk import Desk
from assistant.records import SourceKind
from assistant.retrieval.listing import SourceInfo

_MOST = 6
_COUNTED = ("inspection.enterprises", "hazard.found", "training.people")

_LAWFUL = ("企业主要负责人有哪些安全生产职责？", "堵塞消防通道怎么处罚？", "发生生产安全事故多长时间内要上报？")


def suggested(desk: Desk, sources: Sequence[SourceInfo]) -> list[str]:
    """Up to six questions, each tried first; none where there is neither ledger nor library."""
    found: list[str] = []
    for question in _candidates(desk, sources):
        if len(found) < _MOST and _is_answered(question, desk):
            found.append(question)
    return found


def _candidates(desk: Desk, sources: Sequence[SourceInfo]) -> Iterator[str]:
    if desk.years:
        year = desk.this_year
        facts = desk.facts(year_of(year))
        counted = [facts[name] for name in _COUNTED if name in facts] or list(facts.values())[:2]
        yield from (f"{year}年一共{fact.name}多少{fact.unit}？" for fact in counted[:1])
        yield from (f"{year}年{fact.name}比上一年多了多少？" for fact in counted[1:2])
        rates = [fact for fact in facts.values() if fact.unit == "%" and fact.formula]
        yield from (f"{year}年{fact.name}是多少？" for fact in rates[:1])
    kinds = {source.kind for source in sources}
    if SourceKind.LAW in kinds:
        yield from _LAWFUL
    summaries = [source for source in sources if source.kind is SourceKind.SUMMARY and source.period]
    if summaries:
        newest = max(summaries, key=lambda source: source.period.end if source.period else desk.today)
        if newest.period:
            yield f"{newest.period.start.year}年的总结里消防是怎么写的？"


def _is_answered(question: str, desk: Desk) -> bool:
    from assistant.qa.answer import answer  # not before somebody comes to ask: the page is open sooner without it

    try:
        return not answer(question, desk).declined
    except JushiError:
        return False
