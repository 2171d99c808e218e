"""Text with `{{f12}}` slots, and the facts rendered into it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.drafting.context import HOUSE_STYLE, Style
from assistant.drafting.factbook import wording
from assistant.drafting.figures import indicators_at
from assistant.drafting.phrases import label_of, phrase_label
from assistant.records import Fact, Notice, Severity
from assistant.registry.registry import Registry

SLOT = re.compile(r"\{\{\s*(?P<name>[\w.\-]+)\s*\}\}")
_CLASSIFIERS = (
    "人次|家次|台次|车次|辆次|户次|所次|场次|条次|批次|[次家户处个名份张件期块幅场起宗栋座间具支条项辆台人只根亩套封]"
)
_BEHIND = re.compile(rf"\s*[余多]?\s*(?:个百分点|百分点|%|％|万元|亿元|元|(?:{_CLASSIFIERS}))?")
_LOOSE = re.compile(r"(?:大?约|将?近|超过|超|逾|不少于|至少|高达)$")
_BARE = re.compile(
    r"(?:全年|上半年|年内|年初|一年来|今年以来|20\d\d年|累计|共计?|先后|同时|并|还|其中|已|全镇|我镇|镇|、)*"
)
_CLAUSE = re.compile(r"[^，。；：！？\n（）()、]*$")
_GOVERNED = re.compile(r"(?:对|向|给)(?P<what>[\u4e00-\u9fa5]{2,12})$")
_COMPARED = re.compile(
    r"(?:同比|较上年(?:同期)?|比上年(?:同期)?|较去年(?:同期)?|比去年(?:同期)?)(?:有所)?(?P<way>上升|增长|增加|提高|下降|减少|降低|持平)?了?$"
)
_WAYS = {True: ("上升", "增长", "增加", "提高"), False: ("下降", "减少", "降低")}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text with its slots filled."""

    text: str
    used: tuple[str, ...]  # ids of the facts rendered, in order
    unknown: tuple[str, ...] = ()  # slot names no fact answers to; they are cut from the text
    notices: tuple[Notice, ...] = ()  # labels that were repaired


@dataclass(slots=True)
class _Piece:
    """A slot under way: the text before it (since the one before), its fact and what stands for it."""

    before: str
    fact: Fact
    value: str
    label: str = ""
    notices: list[Notice] = field(default_factory=list)


def render_slots(text: str, slots: Mapping[str, Fact], registry: Registry, style: Style = HOUSE_STYLE) -> Rendered:
    """The text with every slot replaced by its fact.

    `slots` maps slot names ("f12") to facts. A slot renders name and value together (检查企业184家次)
    unless the text around it already says the name or the unit, which it then absorbs. Whether it says
    the name is judged as the check judges it: by aligning the words with all indicators. A label that
    is another indicator's is put right and reported; 余 and 约 around a slot go, for the value is exact.
    """
    pieces, tail, unknown = _parsed(text, slots, registry, style)
    said = _said(pieces, tail, registry)
    behind = [*(piece.before for piece in pieces[1:]), tail]
    for piece, indicator, after in zip(pieces, said, behind, strict=False):
        if piece.fact.measure == "value":
            _give_verb(piece, after)
            _label(piece, indicator, registry)
        else:
            _compare(piece)
    return Rendered(
        text="".join(piece.before + piece.label + piece.value for piece in pieces) + tail,
        used=tuple(dict.fromkeys(piece.fact.id for piece in pieces)),
        unknown=unknown,
        notices=tuple(notice for piece in pieces for notice in piece.notices),
    )


def _parsed(
    text: str, slots: Mapping[str, Fact], registry: Registry, style: Style
) -> tuple[list[_Piece], str, tuple[str, ...]]:
    """The slots with the text before each, what follows the last one, and the unknown names."""
    pieces: list[_Piece] = []
    unknown: list[str] = []
    before, last = "", 0
    for found in SLOT.finditer(text):
        before += text[last : found.start()]
        last = found.end()
        fact = slots.get(found["name"])
        if fact is None:
            unknown.append(found["name"])
            continue
        value, last = _with_unit(fact, text, last, registry, style)
        pieces.append(_Piece(_LOOSE.sub("", before.rstrip(" ")), fact, value))
        before = ""
    return pieces, before + text[last:], tuple(dict.fromkeys(unknown))


def _with_unit(fact: Fact, text: str, end: int, registry: Registry, style: Style) -> tuple[str, int]:
    """The value with its unit, and where the text goes on: behind the unit it had already written."""
    behind = _BEHIND.match(text, end)
    written = behind.group().strip().lstrip("余多").strip() if behind else ""
    value = wording(fact, approximate=style.approximate)
    if not written:
        return value, behind.end() if behind and behind.group().strip() else end
    entry = registry.find(fact.indicator)
    equal = entry is not None and written in entry.equal_units
    after = text[behind.end() : behind.end() + 1] if behind else ""
    absorbs = equal or written == fact.unit or written in value or not re.match(r"[\u4e00-\u9fa5]", after)
    if not absorbs or behind is None:
        return value, end
    return (wording(fact, approximate=style.approximate, unit=written) if equal else value), behind.end()


def _said(pieces: Sequence[_Piece], tail: str, registry: Registry) -> list[str]:
    """For each slot the indicator that the words around it speak of; empty where they name none."""
    text, starts = "", []
    for piece in pieces:
        text += piece.before
        starts.append(len(text))
        text += piece.value
    found = indicators_at(text + tail, registry)
    return [found.get(start, "") for start in starts]


def _label(piece: _Piece, said: str, registry: Registry) -> None:
    """Name the value where the text does not, and put a wrong name right."""
    own = piece.fact.indicator
    clause = _own_clause(piece.before)
    bare = _BARE.fullmatch(clause) is not None
    if not bare and (said == own or _says(clause, piece.fact, registry)):
        return
    label = label_of(piece.fact)
    wrong = _name_at_end(clause, registry)
    if wrong:
        piece.before = piece.before[: len(piece.before) - len(wrong)]
        piece.notices.append(Notice(Severity.WARNING, "label_repaired", f"“{wrong}”与所填数据不符，已改为“{label}”。"))
    elif not bare:
        piece.before += "，" if piece.before[-1] not in "，。；：、（\n" else ""
    overlap = next(
        (size for size in range(min(len(label), len(piece.before)), 0, -1) if piece.before.endswith(label[:size])), 0
    )
    piece.label = label[overlap:]


def _give_verb(piece: _Piece, after: str) -> None:
    """检查学校16所次 for 对学校16所次, with no verb behind it."""
    found = _GOVERNED.search(_own_clause(piece.before))
    if found and label_of(piece.fact).endswith(found["what"]) and not re.match(r"[\u4e00-\u9fa5]", after):
        piece.before = piece.before[: -len(found.group())]
        piece.before += label_of(piece.fact)


def _own_clause(before: str) -> str:
    found = _CLAUSE.search(before)
    return found.group() if found else ""


def _says(clause: str, fact: Fact, registry: Registry) -> bool:
    """Whether the clause ends in one of the fact's own names."""
    entry = registry.find(fact.indicator)
    names = (fact.name, label_of(fact), *(entry.names if entry else ()))
    bare = re.sub(r"(?:[共达为计]|累计|总计|合计)+$", "", clause)
    return any(bare.endswith(name) for name in names if len(name) >= 2)


def _name_at_end(clause: str, registry: Registry) -> str:
    """The longest name of any indicator the clause ends in."""
    names = (name for entry in registry for name in (*entry.names, phrase_label(entry.id)) if name)
    return max((name for name in names if len(name) >= 2 and clause.endswith(name)), key=len, default="")


def _compare(piece: _Piece) -> None:
    """同比上升 with the way the facts went, whatever the text said."""
    fact = piece.fact
    found = _COMPARED.search(piece.before)
    rose = fact.value > 0
    if fact.value == 0:
        piece.before = piece.before[: found.start()] if found else piece.before
        piece.label, piece.value = "与上年同期", "持平"
        return
    if found and found["way"] in _WAYS[rose]:
        return
    if found and found["way"]:
        piece.before = piece.before[: found.start("way")]
        piece.notices.append(Notice(Severity.WARNING, "label_repaired", f"“{found['way']}”与数据方向不符，已改正。"))
    piece.label = ("" if found else "同比") + ("上升" if rose else "下降")
