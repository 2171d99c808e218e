"""The drafting under way, as the page shows it."""

from __future__ import annotations

import re
import time
from html import escape

from assistant.records import Notice, SectionText, Severity
from assistant.registry.registry import Registry
from ui.jobs import Job, State

_SLOT = re.compile(r"\{\{[^}]*\}{0,2}")  # the place of a figure that code will fill

EMPTY = (
    '<div class="jushi-empty"><b>这里会一节一节显示写好的内容</b>'
    "<p>左边选好总结种类和期间，加上一份往年总结（没有也可以），点“开始起草”。<br>"
    "所有数字都由程序从台账里填写；往年总结只借用它的写法，旧数字不会带过来。</p></div>"
)


def progress_html(job: Job, registry: Registry) -> str:
    """A line on how far it is, and the sections written so far."""
    sections = "".join(_section_html(section, registry) for section in job.sections)
    tail = f'<section class="tail"><p>{_lines(job.tail)}<i class="caret"></i></p></section>' if job.tail else ""
    return f'<div class="jushi-progress {job.state}">{_status_html(job)}<div class="written" tabindex="0" role="region" aria-label="写好的内容">{sections}{tail}</div></div>'


def unfinished_html(name: str, sections: int) -> str:
    """For a page on which nothing is being drafted while a draft lies cut off."""
    return (
        f'<div class="jushi-progress stopped"><p class="said" role="status">《{escape(name)}》上次没有写完，'
        f"写好的 {sections} 节都在。用同样的设置点“开始起草”，会接着写。</p></div>"
    )


def _status_html(job: Job) -> str:
    figures = sum(len(section.slots) for section in job.sections)
    so_far = (
        f"{len(job.sections)} 节，{sum(len(section.text) for section in job.sections)} 字，{figures} 个数字来自台账"
    )
    if job.state is State.RUNNING:
        seconds = int(time.monotonic() - job.started)
        said = f"正在起草：已写好 {so_far}（{seconds} 秒）"
        hint = '<p class="hint">可以离开或刷新网页，起草会在后台继续。</p><div class="moving" aria-hidden="true"><i></i></div>'
        return f'<p class="said" role="status">{said}</p>{hint}'
    if job.state is State.DONE:
        seconds_taken = max(1, round(job.seconds))
        return f'<p class="said" role="status">写好了：{so_far}（{seconds_taken} 秒）</p>'
    return f'<p class="said" role="alert">{escape(job.message)}</p>'


def _missing_html(section: SectionText, registry: Registry) -> str:
    entries = [registry.find(name) for name in section.missing]
    names = "、".join(entry.name if entry else name for entry, name in zip(entries, section.missing, strict=True))
    return f'<p class="notice warning">台账里没有这些数，本节没有写：{escape(names)}</p>' if names else ""


def _section_html(section: SectionText, registry: Registry) -> str:
    notices = "".join(_notice_html(notice) for notice in section.notices if notice.severity is not Severity.INFO)
    heading = f"<h4>{escape(section.heading)}</h4>" if section.heading else ""
    body = "".join(f"<p>{escape(line)}</p>" for line in section.text.split("\n") if line)
    note = f"<small>{len(section.slots)} 个数字来自台账</small>" if section.slots else ""
    return f"<section>{heading}{body}{note}{_missing_html(section, registry)}{notices}</section>"


def _notice_html(notice: Notice) -> str:
    return f'<p class="notice {notice.severity}">{notice.severity.label}：{escape(notice.message)}</p>'


def _lines(text: str) -> str:
    return _SLOT.sub("□", escape(text)).replace("\n", "<br>")
