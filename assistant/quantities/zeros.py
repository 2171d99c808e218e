"""Statements of nothing: 未发生…, 没有发生, 无一人, 无…事故, 零事故, 死亡人数为零; and what they deny."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.reading import Reading
from assistant.records import Kind

_HAPPENED = "发生|出现|造成|接到|发现"
_ONE = "一[起人例户家处件名次]"
_HARM = "事故|伤亡|火灾|火情|溺水|中毒|亡人|死亡|受伤|溺亡|险情|火警"
_GRADE = (
    "一般|较大|重大|特别重大|重特大|特大|大|及|以上|和|人员|群死群伤|任何|安全|生产|道路|交通|消防|食品|责任|等级|一起|森林|校园|"
    "工矿|商贸|建筑|施工|危化|燃气|死伤|上报|涉险|瞒报|漏报|学生|群众|次生"
)
# What may follow 未 or 没, and 无, for the word to deny something that happened.
AFTER_NOT = rf"有?(?:{_HAPPENED}|{_ONE})"
AFTER_NONE = rf"(?:{_ONE}|一(?=伤|亡|死)|(?:{_GRADE}){{0,8}}(?:{_HARM}))"
_DENIAL = re.compile(
    rf"(?:[未没]有?(?:(?:{_HAPPENED})过?(?:任何)?)?|无)(?P<one>一(?P<unit>[起人例户家处件名次])(?!外)|一(?=伤|亡|死))?"
)
_WORD = re.compile(
    r"零(?:事故|死亡|发生|伤亡|火灾|火情|亡人|溺水|中毒|违规|违法|违章|投诉|上访|感染|失误|案件|新增|隐患|受伤|事件)"
)
_ALONE = re.compile(r"零(?=[，。；、）)”\"’'\n]|$)")
_DENIED = re.compile(r"[^，。；、：\n]{0,30}")
_FOUND_NOTHING = re.compile("重大|一[起例处家]|较大")


def read_denial(text: str, pos: int) -> Reading | None:
    """The statement of nothing that starts with 未, 没 or 无 at `pos`."""
    found = _DENIAL.match(text, pos)
    if not found or (found.end() == pos + 1 and text[pos] != "无"):
        return None
    if text.startswith(("无一例外", "无一遗漏", "没有一个", "未有"), pos):
        return None
    denied = _DENIED.match(text, found.end())
    what = denied[0] if denied else ""
    # 未发现问题 says what a check saw, not what the town's year was like.
    stated = "发现" not in found[0] or bool(_FOUND_NOTHING.match(what)) or bool(found["one"])
    return Reading(pos, found.end(), Kind.ZERO, Decimal(0), found["unit"] or "", stated=stated, denies=what)


def read_zero_word(text: str, pos: int) -> Reading | None:
    """零事故 and its like at `pos`, or 零 alone after 为, 是, 到 or an opening quote."""
    word = _WORD.match(text, pos)
    if word:
        return Reading(pos, word.end(), Kind.ZERO, Decimal(0), denies=word[0][1:])
    if pos and text[pos - 1] in '为是到“"‘' and _ALONE.match(text, pos):
        return Reading(pos, pos + 1, Kind.ZERO, Decimal(0))
    return None
