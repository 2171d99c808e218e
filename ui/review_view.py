"""A report as its reviewer sees it: the text with its doubtful figures and comments, where it stands, what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

from assistant.permissions import Actor, Operation, allowed
from assistant.records import CheckReport, Draft
from assistant.reviewing import ReviewState, Status
from assistant.store.comments import Comment
from assistant.workflow import section_spans
from ui.marks import to_utf16
from ui.words import GRAVEST_FIRST, summary_of

_DOUBTFUL = GRAVEST_FIRST[:3]
Doc = dict[str, Any]
Names = Mapping[str, str]  # login name → the name shown


def paper_of(draft: Draft, report: CheckReport, comments: Sequence[Comment], names: Names, *, may: bool) -> Doc:
    """What the script of the review paper draws. Offsets count UTF-16 units within a section's text, as browsers do."""
    spans = section_spans(draft)
    sections = []
    for section in draft.sections:
        span = spans[section.key]
        marks: list[Doc] = [
            {
                "start": verdict.start - span.start,
                "end": verdict.end - span.start,
                "kind": f"doubt {verdict.verdict}",
                "why": f"{verdict.verdict.label}：{verdict.message}",
            }
            for verdict in report.verdicts
            if verdict.verdict in _DOUBTFUL and span.start <= verdict.start and verdict.end <= span.end
        ]
        marks += [
            {
                "start": each.place.start,
                "end": each.place.end,
                "kind": "remark" if each.open else "remark settled",
                "number": each.number,
            }
            for each in comments
            if each.place and each.place.section == section.key and each.place.end > each.place.start
        ]
        to_utf16(section.text, marks)
        sections.append({"key": section.key, "heading": section.heading, "text": section.text, "marks": marks})
    return {
        "id": draft.id,
        "may": may,
        "before": [[look, text] for look, text in (("title", draft.title), ("to", draft.addressee)) if text],
        "after": [["sign", text] for text in (draft.signature, draft.signed_on) if text],
        "sections": sections,
        "comments": [_comment(each, draft, names) for each in comments],
    }


def _comment(comment: Comment, draft: Draft, names: Names) -> Doc:
    headings = {section.key: section.heading or "开头" for section in draft.sections}
    about = comment.quote or (f"整节：{headings.get(comment.section, '')}" if comment.section else "全文")
    settled = f"{_named(comment.resolved_by, names)} {moment(comment.resolved_at)} 处理" if not comment.open else ""
    return {
        "number": comment.number,
        "quote": about if len(about) <= 60 else about[:59] + "…",
        "text": comment.text,
        "author": _named(comment.author, names),
        "at": moment(comment.at),
        "settled": settled,
        "lost": bool(comment.quote) and comment.lost,
    }


def from_utf16(text: str, offset: int) -> int:
    """The place in a text, of one the browser counted."""
    return len(text.encode("utf-16-le")[: 2 * max(offset, 0)].decode("utf-16-le", "ignore"))


def moment(at: datetime | None) -> str:
    """When, as a person reads it: 11月21日 22:10."""
    if at is None:
        return ""
    local = at.astimezone()
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def standing_html(state: ReviewState, report: CheckReport, actor: Actor, names: Names) -> str:
    """Where the report stands, in a line and a half, and what this person can do next."""
    by = f"{escape(_named(state.by, names))} {moment(state.at)}" if state.by else ""
    act = {Status.SUBMITTED: "送审", Status.RETURNED: "退回", Status.SIGNED: "签发"}.get(state.status, "")
    facts = [
        f"第 {state.version} 版",
        f"{by} {act}" if act and by else "",
        escape(summary_of(report)),
        f"{state.open_comments} 条批注没处理" if state.open_comments else "没有未处理的批注",
    ]
    hashed = (
        f'<p class="hash">签发内容的校验码（SHA-256）：<code>{escape(state.bound_hash)}</code></p>'
        if state.status is Status.SIGNED
        else ""
    )
    warning = f'<p class="jushi-notice error" role="alert">{escape(state.warning)}</p>' if state.warning else ""
    return (
        f'<div class="jushi-standing-review {state.status}"><p class="line"><b class="state">{state.label}</b>'
        f"{'<i></i>'.join(f'<span>{each}</span>' for each in facts if each)}</p>"
        f'{warning}<p class="next">{_next(state, actor)}</p>{hashed}</div>'
    )


def _next(state: ReviewState, actor: Actor) -> str:
    """What can be done next, for this person."""
    if state.status is Status.SIGNED:
        return _next_when_signed(state, actor)
    if state.status is Status.SUBMITTED:
        if state.changed:  # the warning says it
            return ""
        judging = "请看正文（画波浪线的数字要核实），选中文字可以批注；没有问题点“签发”，有问题写明原因后点“退回”。"
        return judging if allowed(actor.role, Operation.SIGN) else "正在等审核人签发或退回。"
    returned = f"退回原因：{escape(state.why)}　" if state.status is Status.RETURNED else ""
    if not allowed(actor.role, Operation.SUBMIT):
        return returned + "还在写，等文秘送审以后再审。"
    return returned + ("改好以后再点“送审”。" if returned else "写好、核过数以后，点“送审”交给审核人。")


def _next_when_signed(state: ReviewState, actor: Actor) -> str:
    if state.successor:
        return f"签发后的总结不能再改。已另起新版 {escape(state.successor)}，请在上面选新版继续。"
    may = allowed(actor.role, Operation.NEW_VERSION)
    return "签发后的总结不能再改。" + (
        "要修改，请点“建立新版本”，原来签发的这份会一直留着。" if may else "要修改，请文秘另起新版。"
    )


def _named(name: str, names: Names) -> str:
    return names.get(name, name)
