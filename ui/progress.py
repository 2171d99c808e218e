"""The drafting under way, as the page shows it."""

from __future__ import annotations

import re
import time
from html import escape

from assistant.drafting.costs import Prices
from assistant.records import Notice, SectionText, Severity
from assistant.registry.registry import Registry
from ui.jobs import Job, State

_SLOT = re.compile(r"\{\{[^}]*\}{0,2}")  # the place of a figure that code will fill
_MINUTE = 60

EMPTY = (
    '<div class="jushi-empty"><b>这里先给出提纲，再一节一节显示写好的内容</b>'
    "<p>左边选好总结种类和期间，加上一份往年总结（没有也可以），点“下一步：看提纲”。<br>"
    "所有数字都由程序从台账里填写；往年总结只借用它的写法，旧数字不会带过来。</p></div>"
)


def progress_html(job: Job, registry: Registry, prices: Prices | None = None) -> str:
    """A line on how far it is, and the sections written so far."""
    sections = "".join(_section_html(section, registry, prices) for section in job.sections)
    tail = f'<section class="tail"><p>{_lines(job.tail)}<i class="caret"></i></p></section>' if job.tail else ""
    first = "" if job.first_words is None else f' data-first="{round(job.first_words * 1000)}"'
    return (
        f'<div class="jushi-progress {job.state}"{first}>{_status_html(job, prices)}'
        f'<div class="written" tabindex="0" role="region" aria-label="写好的内容">{sections}{tail}</div></div>'
    )


def unfinished_html(name: str, sections: int) -> str:
    """For a page on which nothing is being drafted while a draft lies cut off."""
    return (
        f'<div class="jushi-progress stopped"><p class="said" role="status">《{escape(name)}》上次没有写完，'
        f"写好的 {sections} 节都在。点“接着写”从停下的地方写下去；要改提纲或重新写，请点“下一步：看提纲”。</p></div>"
    )


def _status_html(job: Job, prices: Prices | None) -> str:
    figures = sum(len(section.slots) for section in job.sections)
    so_far = (
        f"{len(job.sections)} 节，{sum(len(section.text) for section in job.sections)} 字，{figures} 个数字来自台账"
    )
    if job.state is State.RUNNING:
        return _running_html(job, so_far)
    if job.state is State.DONE:
        seconds_taken = max(1, round(job.seconds))
        used = _use_of(job.sections, prices)
        return f'<p class="said" role="status">写好了：{so_far}（{_duration(seconds_taken).strip()}{"；" + used if used else ""}）</p>'
    return f'<p class="said" role="alert">{escape(job.message)}</p>'


def _running_html(job: Job, so_far: str) -> str:
    seconds = int(time.monotonic() - job.started)
    hint = '<p class="hint">可以离开或刷新网页，起草会在后台继续；写好一节存一节。</p>'
    if not job.planned:
        return f'<p class="said" role="status">正在读台账、定提纲……（{seconds} 秒）</p>{hint}{_bar(None)}'
    spec = job.planned[job.place - 1]
    left = job.seconds_left
    wait = f"，大约还要{_duration(left)}" if left else ""
    said = f"正在写第 {job.place} 节/共 {len(job.planned)} 节：{escape(spec.heading or '开头')}"
    return (
        f'<p class="said" role="status">{said}</p><p class="hint">已写好 {so_far}；已用 {_duration(seconds)}{wait}。</p>'
        f"{hint}{_bar(job)}"
    )


def _bar(job: Job | None) -> str:
    if job is None:
        return '<div class="moving" aria-hidden="true"><i></i></div>'
    done, whole = job.place - 1, len(job.planned)
    return (
        f'<div class="steps" role="progressbar" aria-label="起草进度" aria-valuemin="0" aria-valuemax="{whole}" '
        f'aria-valuenow="{done}"><i style="width:{done * 100 // whole}%"></i></div>'
    )


def _duration(seconds: int) -> str:
    """12 秒, 3 分钟: as far as a person waiting wants to know."""
    if seconds < 2 * _MINUTE:
        return f" {seconds} 秒"
    return f" {round(seconds / _MINUTE)} 分钟"


def _use_of(sections: list[SectionText], prices: Prices | None) -> str:
    """What a model used for these sections; empty where none wrote."""
    tokens = sum(section.tokens for section in sections)
    if not tokens:
        return ""
    cost = prices.cost(sections) if prices else None
    seconds = sum(section.seconds for section in sections)
    return f"模型 {tokens} 词元，{seconds:.1f} 秒" + (f"，{cost:f} 元" if cost is not None else "")


def _missing_html(section: SectionText, registry: Registry) -> str:
    entries = [registry.find(name) for name in section.missing]
    names = "、".join(entry.name if entry else name for entry, name in zip(entries, section.missing, strict=True))
    return f'<p class="notice warning">台账里没有这些数，本节没有写：{escape(names)}</p>' if names else ""


def _section_html(section: SectionText, registry: Registry, prices: Prices | None) -> str:
    notices = "".join(_notice_html(notice) for notice in section.notices if notice.severity is not Severity.INFO)
    heading = f"<h4>{escape(section.heading)}</h4>" if section.heading else ""
    body = "".join(f"<p>{escape(line)}</p>" for line in section.text.split("\n") if line)
    figures = f"{len(section.slots)} 个数字来自台账" if section.slots else ""
    note = "；".join(filter(None, (figures, _use_of([section], prices))))
    small = f"<small>{note}</small>" if note else ""
    return f"<section>{heading}{body}{small}{_missing_html(section, registry)}{notices}</section>"


def _notice_html(notice: Notice) -> str:
    return f'<p class="notice {notice.severity}">{notice.severity.label}：{escape(notice.message)}</p>'


def _lines(text: str) -> str:
    return _SLOT.sub("□", escape(text)).replace("\n", "<br>")
