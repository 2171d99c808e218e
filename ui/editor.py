"""The editor component: one text with its figures coloured, their proof beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import gradio as gr

from ui.failures import Act
from ui.words import FINDING, GRAVEST_FIRST, OMISSION

_HERE = Path(__file__).parent
CSS_FILE = _HERE / "editor.css"
_SCRIPTS = ("paper.js", "patches.js", "editor.js", "autosave.js", "changes.js", "sections.js", "opening.js")
_HERE_BOX = """<div class="here" role="group" aria-label="光标所在的一节" data-is="none">
<p><b class="name"></b> <span class="by"></span></p><div>{buttons}</div></div>
"""
_FILE = '<input type="file" class="returned" accept=".docx" tabindex="-1" aria-label="改好的 Word 文件">'

_LEGEND = [(str(kind), kind.label) for kind in GRAVEST_FIRST] + [(OMISSION, "没有写到"), (FINDING, "文字问题")]
_EDIT = (
    ("undo", "↶ 撤销", "撤销上一步（Ctrl+Z）"),
    ("redo", "↷ 重做", "恢复刚撤销的（Ctrl+Y）"),
)
_WALK = (
    ("previous", "↑ 上一处", "到上一处要处理的问题（Shift+F8）"),
    ("next", "↓ 下一处", "到下一处要处理的问题（F8）"),
)
_KEEP = (
    ("recheck", "重新核数", "按最新台账再核一遍，并看台账有没有改动"),
    ("save", "保存", "保存改动（Ctrl+S）；停手一会儿也会自动保存"),
    ("word", "下载 Word", "保存并下载 Word 文件"),
)
_MORE = (
    ("annex", "Word＋核数表", "文末附上每个数字的出处"),
    ("pdf", "PDF", "公文格式的 PDF"),
    ("markdown", "Markdown 文本", "纯文本，便于贴到别处"),
    ("evidence", "证据包", "稿子、核数表、每个数字的台账单元格，打成一个压缩包"),
)
_RETURN = (("returned", "导入改好的 Word", "把下载后在 Word 里改过的文件读回来，逐处采用"),)
_SECTION = (
    ("rewrite", "重写这一节", "按要求重写，几种写法并排，逐处采用"),
    ("lock", "锁定这一节", "重写和更新数字都不动它"),
    ("lockline", "锁定选中的句子", "先在正文里选中一句"),
)
_TAKE = (
    ("word", "下载批注 Word", "在原文上批注每个数字的结论"),
    ("excel", "下载核数表 Excel", "每个数字一行，带结论和出处"),
)


def editor(acts: Sequence[Act] | Act, *, elem_id: str, readonly: bool, empty: str) -> gr.HTML:
    """An editor whose script may call `acts`, of which one is ``check``: ``{"id", "text", "fresh"}`` → ``{"items", "summary"}``.

    Set the `doc` property to open a text (``id, text, base, readonly, why, note, report``) and `saved`
    (``id, note``) to say something. Sends the events `word` and `excel`. An error of an act comes back
    as ``{"error"}``. `empty` says what to do while no text is open.
    """
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    return gr.HTML(
        "",
        html_template=_frame(readonly, empty),
        js_on_load=script,
        server_functions=[acts] if callable(acts) else list(acts),
        apply_default_css=False,
        doc={},
        saved={},
        elem_id=elem_id,
    )


def _frame(readonly: bool, empty: str) -> str:
    """The fixed markup; text from ledgers and drafts only ever enters it as text nodes."""
    groups = (
        [_group(_WALK), _group(_TAKE)]
        if readonly
        else [_group(_EDIT), _group(_WALK), _group(_KEEP) + _menu(), _group(_RETURN)]
    )
    bar = '<span class="rule"></span>'.join(groups)
    legend = "".join(
        f'<span data-kind="{kind}"><i class="sample {kind}">12</i>{name} <b>0</b></span>' for kind, name in _LEGEND
    )
    role = "正文，只读" if readonly else "正文，可以直接修改"
    section, file = ("", "") if readonly else (_HERE_BOX.format(buttons=_group(_SECTION)), _FILE)
    return f"""<div class="jushi-editor" data-state="empty">
<p class="empty">{empty}</p>
<div class="bar" role="toolbar" aria-label="正文工具">{bar}<span class="status" role="status"><span class="state"></span> <span class="said"></span></span>{file}</div>
<div class="notes" role="status"></div>
<div class="legend" aria-label="颜色说明"><span class="verdict"></span>{legend}</div>
<p class="old">这个浏览器版本较旧，正文里不能显示颜色，右边的清单仍然可用。建议换用新版 Edge、Chrome 或 360 极速浏览器。</p>
<div class="sides">
<div class="paper" role="textbox" aria-multiline="true" aria-label="{role}" tabindex="0" spellcheck="false"></div>
<aside aria-label="数字的出处和问题清单">
{section}<div class="card" aria-live="polite"></div>
<div class="filters" role="group" aria-label="清单显示哪些"><button type="button" data-only="problems">要处理的</button>
<button type="button" data-only="all">全部</button></div>
<ol class="items" aria-label="数字和问题"></ol>
</aside>
<section class="panel" role="region" hidden></section>
</div>
</div>"""


def _group(buttons: Sequence[tuple[str, str, str]]) -> str:
    return "".join(_button(*each) for each in buttons)


def _menu() -> str:
    return f'<details class="menu"><summary>更多格式</summary><div class="choices">{_group(_MORE)}</div></details>'


def _button(act: str, name: str, hint: str) -> str:
    weight = ' class="strong"' if act == "save" else ""
    return f'<button type="button" data-do="{act}" title="{hint}"{weight}>{name}</button>'
