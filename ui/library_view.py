"""The library as the page shows it: how far an import is, what there is, what was found, a document to read."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from assistant.periods import chinese_name
from assistant.qa.saying import article_name
from assistant.records import Hit, Passage, Severity, SourceKind
from assistant.retrieval.listing import Added, Outcome, Progress, SourceInfo, State
from ui.holdings import Standing

KINDS = {SourceKind.LAW: "法规", SourceKind.SUMMARY: "往年总结", SourceKind.OTHER: "其他文件"}
_STATES = {
    State.CURRENT: "现行",
    State.SUPERSEDED: "已有新版本",
    State.REPEALED: "已废止",
    State.UPCOMING: "尚未施行",
    State.COPY: "与另一文件相同",
}
_OUTCOMES = {
    Outcome.ADDED: "已导入",
    Outcome.REPLACED: "已换成这次的",
    Outcome.UNCHANGED: "以前导入过，没有变化",
}
HINT = (
    '<div class="jushi-said">法律法规、文件通知、往年总结都可以拖进来（Word、PDF、网页、文本），一次可以拖多个。'
    "<br>导入后马上就能查找和提问；往年总结会同时出现在“起草”页，供参照写法。</div>"
)
NOTHING_HERE = (
    '<div class="jushi-empty"><b>还没有资料</b><p>把法律法规和往年总结拖到上面。<br>'
    "导入后可以在这里查条文、看原文，也可以到“问答”页直接提问。</p></div>"
)
NOTHING_OPEN = '<div class="jushi-empty"><b>原文显示在这里</b><p>点左边找到的一条，或在“已有资料”里点一个名称，就能读到原文。</p></div>'
NOTHING_ASKED = '<p class="jushi-count">输入要找的内容后按回车，例如：《安全生产法》第二十一条、堵塞消防通道。</p>'


def standing_html(standing: Standing) -> str:
    """How far the import is, and what became of each file."""
    if not (standing.busy or standing.files or standing.failure or standing.rebuilt):
        return HINT
    failed = [added for added in standing.files if added.outcome is Outcome.REFUSED]
    good = len(standing.files) - len(failed)
    if standing.waiting:
        done, whole = len(standing.files), len(standing.files) + standing.waiting
        said = f"正在导入第 {done + 1} 份，共 {whole} 份：{escape(standing.current)}"
        bar = _bar(done, whole)
    else:
        idle = "索引已重建" if standing.rebuilt else "资料都在"
        said = (f"导入了 {good} 份资料" if good else "没有导入资料") if standing.files else idle
        said += f"，有 {len(failed)} 份没有导入" if failed else ""
        said += "，现在就可以查找和提问。" if good or not standing.files else "。"
        bar = _vectors(standing.vectors) if standing.vectors else ""
    failure = (
        f'<p class="jushi-notice warning">按意思查找没有准备好（{escape(standing.failure)}），现在按关键词查找。</p>'
        if standing.failure
        else ""
    )
    role = "alert" if failed and not good else "status"
    bad = " bad" if failed and not good else ""
    return (
        f'<div class="jushi-said jushi-standing{bad}" role="{role}" data-busy="{str(standing.busy).lower()}"><b>{said}</b>{bar}{failure}'
        f"{_files(standing.files)}</div>"
    )


def _files(files: Sequence[Added]) -> str:
    """What could not be taken in, at once; the others on request."""
    refused = [added for added in files if added.outcome is Outcome.REFUSED]
    others = [added for added in files if added.outcome is not Outcome.REFUSED]
    shown = "".join(f'<p class="refused">没有导入：{escape(added.reason)}</p>' for added in refused)
    if not others:
        return shown
    remarks = sum(len(added.notices) for added in others)
    name = "每份文件的情况" + (f"（{remarks} 条提示）" if remarks else "")
    return f'{shown}<details><summary>{name}</summary><ul class="files">{"".join(map(_file, others))}</ul></details>'


def _file(added: Added) -> str:
    notices = "".join(
        f'<p class="jushi-notice {notice.severity}">{notice.severity.label}：{escape(notice.message)}</p>'
        for notice in added.notices
    )
    return f"<li>✓ {escape(added.name)}：{_OUTCOMES[added.outcome]}{notices}</li>"


def _bar(done: int, whole: int) -> str:
    share = done * 100 // whole if whole else 100
    return (
        f'<div class="bar" role="progressbar" aria-valuemin="0" aria-valuemax="100" aria-valuenow="{share}" aria-label="进度">'
        f'<i style="width:{share}%"></i></div>'
    )


def _vectors(progress: Progress) -> str:
    return (
        f'<p class="hint">正在后台准备“按意思查找”：{progress.done}／{progress.total} 段（可以离开或刷新网页）</p>'
        f"{_bar(progress.done, progress.total)}"
    )


def sources_html(sources: Sequence[SourceInfo], *, removable: bool = True) -> str:
    """What there is, with version and state; a name opens the document, the last column removes it."""
    if not sources:
        return NOTHING_HERE
    rows = "".join(_source(source, removable=removable) for source in sources)
    drop = '<th scope="col">删除</th>' if removable else ""
    return (
        f'<p class="jushi-count">共 {len(sources)} 份资料、{sum(source.passages for source in sources)} 段。点名称看原文。</p>'
        '<div class="jushi-table tall" tabindex="0" role="region" aria-label="已有资料"><table><thead><tr><th scope="col">类别</th>'
        f'<th scope="col">名称</th><th scope="col">版本、期间</th><th scope="col">状态</th>{drop}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _source(source: SourceInfo, *, removable: bool) -> str:
    law = source.kind is SourceKind.LAW
    version = f"{source.version}版" if source.version else chinese_name(source.period) if source.period else "—"
    number = f"<br><small>{escape(source.document_number)}</small>" if source.document_number else ""
    state = _STATES[source.state] if law or source.state is not State.CURRENT else "—"
    digest = '　<small class="warn">摘要，不是法条原文</small>' if source.digest_only else ""
    name = escape(source.name, quote=True)
    drop = f'<td><button type="button" class="link bad" data-drop="{name}" aria-label="删除 {name}">删除</button></td>'
    drop = drop if removable else ""
    return (
        f"<tr><td>{KINDS[source.kind]}</td>"
        f'<td><button type="button" class="link" data-open="{name}">{escape(source.title or source.name)}</button><br><small>{name}</small>{digest}</td>'
        f'<td class="version">{escape(version)}{number}</td>'
        f'<td><span class="state {source.state}">{state}</span></td>'
        f"{drop}</tr>"
    )


def hits_html(query: str, hits: Sequence[Hit]) -> str:
    """What was found, best first, with the words found marked."""
    if not hits:
        return f'<div class="jushi-empty"><b>没有找到“{escape(query)}”</b><p>换几个字试试，或看看“已有资料”里有没有这部法规。</p></div>'
    return f'<p class="jushi-count" role="status">找到 {len(hits)} 条，最有关的在前。</p><ol class="jushi-hits">{"".join(map(_hit, hits))}</ol>'


def _hit(hit: Hit) -> str:
    passage = hit.passage
    return (
        f'<li><button type="button" data-passage="{escape(passage.id, quote=True)}"><b>{escape(place_of(passage))}</b>'
        f"{_state(passage)}<span>{marked(passage.text, hit.spans)}</span></button></li>"
    )


def place_of(passage: Passage) -> str:
    """《安全生产法》第二十一条, or the summary with its heading."""
    part = article_name(passage.article) if passage.article else " ".join(passage.path[-1:])
    return f"《{passage.title}》{part}"


def _state(passage: Passage) -> str:
    if passage.kind is not SourceKind.LAW:
        return f"<small>{KINDS[passage.kind]}</small>"
    version = f"{passage.version}版" if passage.version else ""
    old = "" if passage.in_force else '<em class="old">已不是现行版本</em>'
    return f"<small>{escape(version)}{old}</small>"


def marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with these places marked; everything in it is shown as text."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            parts += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join([*parts, escape(text[at:])])


def document_html(
    passages: Sequence[Passage], here: Passage | None, spans: Sequence[tuple[int, int]], source: SourceInfo | None
) -> str:
    """A document to read, with the passage asked for in sight."""
    first = here or passages[0]
    place = escape(first.id.rpartition("-")[2], quote=True)
    version = f"{first.version}版" if first.version else chinese_name(first.period) if first.period else ""
    details = [
        KINDS[first.kind],
        version,
        source.document_number if source else "",
        _STATES[source.state] if source and first.kind is SourceKind.LAW else "",
        first.source,
    ]
    digest = (
        f'<p class="jushi-notice warning">{Severity.WARNING.label}：这是摘要，不是法条原文；引用请以公布的原文为准。</p>'
        if source and source.digest_only
        else ""
    )
    body, path = [], tuple[str, ...]()
    for passage in passages:
        if passage.path != path:
            path = passage.path
            body.append(f"<h4>{escape(' › '.join(path))}</h4>" if path else "")
        found = here is not None and passage.id == here.id
        lines = marked(passage.text, spans if found else ()).replace("\n", "<br>")
        body.append(f'<p class="{"here" if found else ""}">{lines}</p>')
    return (
        f'<article class="jushi-reading" data-doc="{escape(first.source, quote=True)}" data-at="{place}"><header><h3>{escape(first.title)}</h3><p>{escape("　".join(filter(None, details)))}</p>{digest}</header>'
        f'<div class="text" tabindex="0" role="region" aria-label="原文">{"".join(body)}</div></article>'
    )
