"""What was changed, by whom and when; two states of a section compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from assistant.diffs import Piece
from assistant.revising import Change
from ui.review_view import moment

_MANY = 300  # rows
_NEAR = 60  # characters of what stayed shown on either side of a change
NO_HISTORY = '<div class="jushi-empty">还没有修改记录。<br>稿子写好、改过以后，每一次改动都记在这里。</div>'
NO_CHANGE = '<p class="jushi-empty">点左边的一次改动，这里显示改了什么。</p>'


def history_html(changes: Sequence[Change], names: Mapping[str, str]) -> str:
    """Every change of a draft, newest first; each row says which by `data-section` and `data-number`."""
    if not changes:
        return NO_HISTORY
    rows = "".join(_row(change, names) for change in changes[:_MANY])
    more = f'<p class="jushi-count">只列出最近 {_MANY} 次。</p>' if len(changes) > _MANY else ""
    return (
        '<div class="jushi-table tall jushi-history"><table><thead><tr><th scope="col">时间</th><th scope="col">谁</th>'
        '<th scope="col">哪一节</th><th scope="col">怎么来的</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{more}"
    )


def _row(change: Change, names: Mapping[str, str]) -> str:
    now = ' <small class="now">现在的</small>' if change.current else ""
    how = escape(change.why) + (f"<br><small>模型 {escape(change.model)}</small>" if change.model else "")
    return (
        f"<tr><td>{moment(change.when)}</td><td>{escape(author_named(change.author, names))}</td>"
        f'<td><button type="button" class="link" data-section="{escape(change.section)}" data-number="{change.number}">'
        f"{escape(change.heading or '开头')}</button> 第 {change.number} 稿{now}</td><td>{how}</td></tr>"
    )


def author_named(author: str, names: Mapping[str, str]) -> str:
    """Who wrote it: a person's shown name, or what kind of writer."""
    return names.get(author, {"offline": "程序", "model": "模型", "rollforward": "程序"}.get(author, author))


def diff_html(pieces: Sequence[Piece]) -> str:
    """Two texts in one: what went and what came, each said by a word and a line of its own, not by colour alone."""
    changed = [index for index, piece in enumerate(pieces) if not piece.same]
    if not changed:
        return '<p class="jushi-said">这两稿的文字一样。</p>'
    body = "".join(
        _same(piece.before, first=index == 0, last=index == len(pieces) - 1) if piece.same else _changed(piece)
        for index, piece in enumerate(pieces)
    )
    out, came = (sum(len(getattr(piece, side)) for piece in pieces if not piece.same) for side in ("before", "after"))
    return (
        f'<p class="jushi-count">改了 {len(changed)} 处：删去 {out} 字，增加 {came} 字。</p>'
        f'<div class="jushi-diff" tabindex="0" aria-label="两稿的不同">{body}</div>'
    )


def _changed(piece: Piece) -> str:
    gone = f"<del><b>删</b>{_lines(piece.before)}</del>" if piece.before else ""
    come = f"<ins><b>增</b>{_lines(piece.after)}</ins>" if piece.after else ""
    return gone + come


def _same(text: str, *, first: bool, last: bool) -> str:
    """What stayed; of a long stretch only what stands near the changes."""
    head, tail = (0 if first else _NEAR), (0 if last else _NEAR)
    if len(text) <= head + tail + 2 * _NEAR:
        return _lines(text)
    left = _lines(text[:head]) if head else ""
    right = _lines(text[-tail:]) if tail else ""
    return f'{left}<span class="gap">……（{len(text) - head - tail} 字没有改）……</span>{right}'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
