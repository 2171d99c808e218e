"""The editor component: one text with its figures coloured, their proof beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from ui.words import FINDING, GRAVEST_FIRST

_HERE = Path(__file__).parent
CSS_FILE = _HERE / "editor.css"
Answer = dict[str, Any]

_LEGEND = [(str(kind), kind.label) for kind in GRAVEST_FIRST] + [(FINDING, "文字问题")]
_EDIT = (
    ("undo", "↶ 撤销", "撤销上一步（Ctrl+Z）"),
    ("redo", "↷ 重做", "恢复刚撤销的（Ctrl+Y）"),
)
_WALK = (
    ("previous", "↑ 上一处", "到上一处要处理的问题（Shift+F8）"),
    ("next", "↓ 下一处", "到下一处要处理的问题（F8）"),
)
_KEEP = (
    ("recheck", "重新核数", "按最新台账再核一遍"),
    ("save", "保存", "保存改动（Ctrl+S）"),
    ("word", "下载 Word", "保存并下载 Word 文件"),
    ("annex", "Word＋核数表", "保存并下载 Word，文末附上每个数字的出处"),
)
_TAKE = (
    ("word", "下载批注 Word", "在原文上批注每个数字的结论"),
    ("excel", "下载核数表 Excel", "每个数字一行，带结论和出处"),
)


def editor(check: Callable[[Answer], Answer], *, elem_id: str, readonly: bool, empty: str) -> gr.HTML:
    """An editor whose figures `check` judges.

    `check` gets ``{"id", "text", "fresh"}`` and gives ``{"items", "summary"}`` or ``{"error"}``. Set the
    `doc` property to open a text (``id, text, base, readonly, note``) and `saved` to confirm a save.
    Sends the events `save`, `word` and `excel` with ``id, text, base``. `empty` says what to do while no text is open.
    """
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in ("paper.js", "editor.js"))
    return gr.HTML(
        "",
        html_template=_frame(readonly, empty),
        js_on_load=script,
        server_functions=[check],
        apply_default_css=False,
        doc={},
        saved={},
        elem_id=elem_id,
    )


def _frame(readonly: bool, empty: str) -> str:
    """The fixed markup; text from ledgers and drafts only ever enters it as text nodes."""
    buttons = [_WALK, _TAKE] if readonly else [_EDIT, _WALK, _KEEP]
    bar = '<span class="rule"></span>'.join("".join(_button(*each) for each in group) for group in buttons)
    legend = "".join(
        f'<span data-kind="{kind}"><i class="sample {kind}">12</i>{name} <b>0</b></span>' for kind, name in _LEGEND
    )
    role = "正文，只读" if readonly else "正文，可以直接修改"
    return f"""<div class="jushi-editor" data-state="empty">
<p class="empty">{empty}</p>
<div class="bar" role="toolbar" aria-label="正文工具">{bar}<span class="status" role="status"></span></div>
<div class="legend" aria-label="颜色说明"><span class="verdict"></span>{legend}</div>
<p class="old">这个浏览器版本较旧，正文里不能显示颜色，右边的清单仍然可用。建议换用新版 Edge、Chrome 或 360 极速浏览器。</p>
<div class="sides">
<div class="paper" role="textbox" aria-multiline="true" aria-label="{role}" tabindex="0" spellcheck="false"></div>
<aside aria-label="数字的出处和问题清单">
<div class="card" aria-live="polite"></div>
<div class="filters" role="group" aria-label="清单显示哪些"><button type="button" data-only="problems">要处理的</button>
<button type="button" data-only="all">全部</button></div>
<ol class="items" aria-label="数字和问题"></ol>
</aside>
</div>
</div>"""


def _button(act: str, name: str, hint: str) -> str:
    weight = ' class="strong"' if act == "save" else ""
    return f'<button type="button" data-do="{act}" title="{hint}"{weight}>{name}</button>'
