"""What past summaries say: quoted, with source and period, and whether the ledger agrees."""

from __future__ import annotations

import re
from time import monotonic

from assistant.periods import chinese_name
from assistant.qa import declining
from assistant.qa.desk import Desk
from assistant.qa.timing import find_times
from assistant.records import Answer, Citation, Hit, Notice, Passage, Period, Severity, SourceKind, VerdictKind

_ASKED = re.compile(
    r"(?:总结|报告|汇报|材料|年报)(?:里|中|上|里面|当中)|(?:往年|去年|上年|前年|以前|过去|之前|历年|上次|\d{4}年|半年)[^，。？]{0,8}(?:的)?(?:总结|报告|汇报)(?!.{0,6}(?:几小时|多久|时限))|(?:总结|报告)[^，。？]{0,8}(?:怎么写|写了|写过|提到|提过|说了|说过|讲了)|(?:以前|往年|过去|去年|前年|当时|之前)[^，。？]{0,6}(?:怎么写|写了|写过|是怎么说)"
)
_IDLE = re.compile(
    r"总结|报告|汇报|材料|里面?|中|怎么写的?|写了|写过|提到|提过|说了|说过|什么|哪些|关于|有没有|的|是|怎么|吗|呢|？|\?"
)
_MOST, _NEAR = 3, 600


def asks_for_summary(question: str) -> bool:
    """Whether it asks what was written before, rather than what was done."""
    return bool(_ASKED.search(question))


def answer_summary(question: str, desk: Desk) -> Answer:
    """The passages of past summaries that speak of it, each with what the ledger says of its figures."""
    began = monotonic()
    if desk.search is None:
        return declining.declined("还没有导入往年总结，不能回答这个问题。请先用 jushi index add 导入往年总结。")
    period = _period_of(question, desk)
    query = _query(question, desk)
    hits = [hit for hit in desk.search(query, kind=SourceKind.SUMMARY, limit=20) if _is_of(hit.passage, period)]
    if not hits:
        return declining.declined(_nothing(desk, query, period))
    hits.sort(key=lambda hit: period is not None and hit.passage.period != period)  # 2023年 means the annual one first
    best = [hit for hit in hits if hit.score >= _NEAR] or hits[:1]
    passages = [hit.passage for hit in best[:_MOST]]
    lines = [_line(passage) for passage in passages]
    agreed = [_agreement(passage, desk) for passage in passages]
    text = "\n".join(f"{line}\n{verdict}" if verdict else line for line, verdict in zip(lines, agreed, strict=True))
    notices = () if desk.check else (Notice(Severity.INFO, "unchecked", "没有台账可以对照，没有核对原文里的数字。"),)
    return declining.timed(
        Answer(text, citations=tuple(_citation(passage) for passage in passages), notices=notices), began
    )


def _period_of(question: str, desk: Desk) -> Period | None:
    whens = find_times(question, desk.this_year)
    return whens[0].period(desk.this_year) if whens else None


def _query(question: str, desk: Desk) -> str:
    bare = question
    for when in reversed(find_times(question, desk.this_year)):
        bare = bare[: when.start] + bare[when.end :]
    return _IDLE.sub(" ", bare).strip(" ，。") or question


def _is_of(passage: Passage, period: Period | None) -> bool:
    """Whether a passage is of the period asked for: its summary's, or one of the same year where a year is asked."""
    if period is None:
        return True
    return passage.period is not None and (passage.period == period or passage.period in period)


def _nothing(desk: Desk, query: str, period: Period | None) -> str:
    """That no summary says it, and which there are."""
    assert desk.search is not None
    others = list(desk.search(query, kind=SourceKind.SUMMARY, limit=20))
    titles = list(dict.fromkeys(hit.passage.title for hit in others))[:3]
    near = f"最接近的是{'、'.join(f'《{title}》' for title in titles)}。" if titles else "还没有导入往年总结。"
    when = f"{chinese_name(period)}的" if period else ""
    return f"没有找到{when}往年总结里的有关内容，不能回答。{near}"


def _line(passage: Passage) -> str:
    place = " ".join(passage.path)
    when = f"（{chinese_name(passage.period)}）" if passage.period else ""
    return f"《{passage.title}》{when}{place}：“{passage.text.strip()}”"


def _agreement(passage: Passage, desk: Desk) -> str:
    """Whether the ledger bears out the passage's figures, with what it says instead."""
    if desk.check is None or passage.period is None:
        return ""
    if not desk.facts(passage.period):
        return f"台账里没有{chinese_name(passage.period)}的数据，无法核对。"
    report = desk.check(passage.text, passage.period)
    wrong = [verdict for verdict in report.verdicts if verdict.verdict is VerdictKind.CONTRADICTED]
    good = report.count(VerdictKind.SUPPORTED) + report.count(VerdictKind.APPROX_OK)
    open_ones = len(report.verdicts) - good - len(wrong)
    if not report.verdicts:
        return "其中没有需要与台账核对的数字。"
    if wrong:
        said = "；".join(f"“{verdict.surface}”台账为{verdict.expected or '另一个数'}" for verdict in wrong)
        return f"与台账不符：{said}。"
    return "其中的数字台账都能印证。" if not open_ones else "其中的数字没有与台账不符的，但有的台账里查无依据。"


def _citation(passage: Passage) -> Citation:
    return Citation(
        passage.title,
        passage.path[-1] if passage.path else "",
        passage.version,
        passage.text,
        passage.source,
        passage.id,
    )


def cited(hit: Hit) -> Citation:
    """The quote of a passage found."""
    return _citation(hit.passage)
