"""Answers as the chat shows them: figures with formula and cells, quotes with their law, why there is none.

Everything here is markup of our own around escaped text; the chat shows it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.periods import chinese_name
from assistant.qa.saying import article_name
from assistant.records import Answer, Citation, Fact, Severity
from ui.words import cells_named, stated

Message = dict[str, str]
_SHOWN_CELLS = 60
_MEASURES = {
    "yoy_diff": "比上年同期",
    "yoy_percent": "同比",
    "yoy_points": "比上年同期",
    "share": "占比",
    "rest": "其余",
}
_ON_PAGE = (  # what the command line advises, as one does it here
    (re.compile(r"(?:请先|可)?用 jushi index add 导入"), "请先到“资料”页导入"),
    (re.compile(r"(?:请先|可)?用 jushi ledger import 导入"), "请先到“台账”页导入"),
    (re.compile(r"可?用 jushi index list 查看"), "可在“资料”页查看"),
)
WAITING = '<div class="jushi-answer waiting" role="status">正在查台账和资料……</div>'


def question_message(question: str) -> Message:
    """What a person asked, as text."""
    return {"role": "user", "content": f'<div class="jushi-question">{_lines(question)}</div>'}


def waiting_message() -> Message:
    """While the answer is looked for."""
    return {"role": "assistant", "content": WAITING}


def failed_message(reason: str) -> Message:
    """In place of an answer that could not be made."""
    return {
        "role": "assistant",
        "content": f'<div class="jushi-answer declined" role="alert"><p class="said">{_lines(reason)}</p></div>',
    }


def answer_message(answer: Answer) -> Message:
    """An answer with all it stands on."""
    parts = [
        _said(answer),
        _figures(answer.figures),
        _citations(answer.citations),
        *(
            f'<p class="jushi-notice {notice.severity}">{notice.severity.label}：{escape(notice.message)}</p>'
            for notice in answer.notices
            if notice.severity is not Severity.INFO or not answer.figures
        ),
    ]
    declined = " declined" if answer.declined else ""
    return {"role": "assistant", "content": f'<div class="jushi-answer{declined}">{"".join(parts)}</div>'}


def on_page(text: str) -> str:
    """Advice about commands, as advice about the page."""
    for pattern, said in _ON_PAGE:
        text = pattern.sub(said, text)
    return text


def _said(answer: Answer) -> str:
    head = "<b>没有依据，不作回答</b>" if answer.declined else ""
    return f'{head}<p class="said">{_lines(on_page(answer.text))}</p>'


def _figures(figures: Sequence[Fact]) -> str:
    if not figures:
        return ""
    return f'<ul class="figures" aria-label="数字和依据">{"".join(map(_figure, figures))}</ul>'


def _figure(fact: Fact) -> str:
    measure = _MEASURES.get(fact.measure, "")
    name = f"{chinese_name(fact.period)}{fact.place} {fact.name}{f'（{measure}）' if measure else ''}"
    formula = f'<p class="formula">算法：{escape(fact.formula)}</p>' if fact.formula else ""
    cells = "".join(f"<li>{escape(line)}</li>" for line in cells_named(fact.evidence, _SHOWN_CELLS))
    places = f"<ul>{cells}</ul>" if cells else ""
    count = f"依据（{len(fact.evidence)} 处单元格）" if fact.evidence else "依据"
    proof = f"<details><summary>{count}</summary>{formula}{places}</details>" if formula or places else ""
    return f'<li><span class="name">{escape(name)}</span> <b>{escape(stated(fact))}</b>{proof}</li>'


def _citations(citations: Sequence[Citation]) -> str:
    if not citations:
        return ""
    return f'<ol class="citations" aria-label="出处">{"".join(map(_citation, citations))}</ol>'


def _citation(citation: Citation) -> str:
    part = article_name(citation.article) if citation.article[:1].isdigit() else citation.article
    version = f"{citation.version}版" if citation.version else ""
    opened = (
        f'<button type="button" class="link" data-passage="{escape(citation.passage, quote=True)}">看原文</button>'
        if citation.passage
        else ""
    )
    small = " ".join(filter(None, (version, citation.source)))
    return (
        f"<li><details><summary>《{escape(citation.law)}》{escape(part)}</summary><blockquote>{_lines(citation.quote)}</blockquote></details>"
        f"<small>{escape(small)}</small> {opened}</li>"
    )


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
