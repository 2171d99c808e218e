"""The outline and the targets in a table, to be confirmed or changed before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.drafting.context import Bound
from assistant.drafting.targets import BOUND_NAMES
from assistant.errors import InputError
from assistant.periods import chinese_name, period_id
from assistant.records import Period, ReportKind

if TYPE_CHECKING:
    from assistant.outlining import Aim, Proposal, Row


_HERE = Path(__file__).parent
CSS_FILE = _HERE / "outline.css"
_MOST_ROWS = 100
_NO_PAST = "无"


def outline_panel(elem_id: str) -> gr.HTML:
    """The table. Set `doc` (see `outline_doc`) to fill it; sends the event `begin` with ``rows`` and ``aims``."""
    return gr.HTML(
        "",
        html_template=_FRAME,
        js_on_load=(_HERE / "outline.js").read_text(encoding="utf-8"),
        apply_default_css=False,
        doc={},
        elem_id=elem_id,
    )


def outline_doc(proposal: Proposal, kind: ReportKind, period: Period, past: Sequence[str]) -> dict[str, Any]:
    """The proposal as the table takes it. `key` says what it was proposed for, so that a reload finds the changes made."""
    return {
        "key": "|".join((str(kind), period_id(period), *past)),
        "title": f"{chinese_name(period)}安全生产工作总结",
        "rows": [_row(row) for row in proposal.rows],
        "indicators": list(proposal.indicators),
        "aims": [_aim(aim) for aim in proposal.aims],
        "reached": [_aim(aim) for aim in proposal.reached],
        "bounds": [[str(bound), name] for bound, name in BOUND_NAMES.items()],
        "learned": bool(past),
    }


def rows_of(sent: object) -> list[Row]:
    """The rows as the browser sent them; raises `InputError` for what no table of ours would send."""
    return [_read_row(each) for each in _list_of(sent)]


def aims_of(sent: object) -> list[Aim]:
    """The targets as the browser sent them; raises `InputError` for what no table of ours would send."""
    return [_read_aim(each) for each in _list_of(sent)]


def _row(row: Row) -> dict[str, Any]:
    return {
        "heading": row.heading,
        "role": row.role,
        "level": row.level,
        "numbering": row.numbering,
        "must": list(row.must),
        "may": list(row.may),
        "length": row.length,
        "follows": row.follows,
        "absent": list(row.absent),
    }


def _aim(aim: Aim) -> dict[str, str]:
    return {
        "indicator": aim.indicator,
        "bound": str(aim.bound),
        "value": aim.value,
        "unit": aim.unit,
        "reached": aim.reached,
    }


def _read_row(each: Mapping[str, Any]) -> Row:
    from assistant.outlining import Row

    heading = str(each.get("heading") or "").strip()
    return Row(
        heading,
        str(each.get("role") or "工作"),
        _whole(each.get("level"), f"“{heading}”的级别"),
        str(each.get("numbering") or ""),
        tuple(str(name) for name in each.get("must") or ()),
        tuple(str(name) for name in each.get("may") or ()),
        _whole(each.get("length"), f"“{heading or '开头'}”的字数"),
        str(each.get("follows") or _NO_PAST),
        tuple(str(name) for name in each.get("absent") or ()),
    )


def _read_aim(each: Mapping[str, Any]) -> Aim:
    from assistant.outlining import Aim

    bound = str(each.get("bound") or Bound.AT_LEAST)
    if bound not in list(Bound):
        raise InputError(f"目标的要求“{bound}”不认识，请从列表里选一项。")
    return Aim(
        str(each.get("indicator") or ""),
        Bound(bound),
        str(each.get("value") or ""),
        str(each.get("unit") or ""),
        str(each.get("reached") or ""),
    )


def _list_of(sent: object) -> list[Mapping[str, Any]]:
    rows = [each for each in sent if isinstance(each, Mapping)] if isinstance(sent, list) else []
    if len(rows) > _MOST_ROWS:
        raise InputError(f"提纲最多 {_MOST_ROWS} 节。请合并或删去一些，再开始起草。")
    return rows


def _whole(given: object, what: str) -> int:
    try:
        return int(str(given))
    except ValueError:
        raise InputError(f"{what}“{given}”不是整数。请填一个数，如 200。") from None


_FRAME = """<div class="jushi-outline" data-state="empty">
<div class="top"><div><h2 class="title"></h2><p class="hint"></p></div>
<button type="button" class="begin" id="draft-start">按这个提纲开始起草</button></div>
<div class="restored" role="status" hidden></div>
<div class="lacking" role="alert" hidden></div>
<div class="scroll" tabindex="0" role="region" aria-label="提纲">
<table><caption class="hidden-label">提纲各节，可以改标题、字数、必报的指标，也可以调次序、删除、增加</caption>
<thead><tr><th>次序</th><th>标题</th><th>级别</th><th>约几个字</th><th>必须写到的数</th><th>写法</th><th><span class="hidden-label">删除</span></th></tr></thead>
<tbody class="rows"></tbody></table>
<p><button type="button" class="add">＋ 增加一节</button> <button type="button" class="reset">恢复成建议的提纲</button></p>
<fieldset class="aims"><legend>写进“下一步打算”的目标（没有就不填；程序从不替人定目标）</legend><ul></ul>
<button type="button" class="add-aim">＋ 增加一个目标</button></fieldset>
</div>
<datalist id="jushi-indicators"></datalist>
</div>"""
