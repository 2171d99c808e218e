"""What a figure states of its subject: its value, a change against last year, a share, what is left over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.alignment.clauses import Clause, is_counted, speaks
from assistant.records import Kind


class Role(StrEnum):
    """What a claim states."""

    VALUE = "value"
    PRIOR = "prior"  # the base of a comparison: 较上年的198家次
    CHANGE = "change"  # 同比上升12.5%, 比上年多26家次, 提高2个百分点, 增长1.5倍
    MULTIPLE = "multiple"  # 是上年的2.25倍
    SHARE = "share"  # 占隐患总数的四成
    PER = "per"  # 平均每处350元
    REST = "rest"  # 剩余9处
    TOTAL = "total"  # 共计190家次，其中…
    WHOLE = "whole"  # 全部整改
    ZERO = "zero"  # 未发生…


@dataclass(frozen=True, slots=True)
class Reading:
    """The role of a claim, the way a change goes (+1, -1, 0 unsaid) and what it is compared with."""

    role: Role
    direction: int = 0
    against: str = ""  # "year" | "preceding"
    part: bool = False  # after 其中: a part of the figure before


_UP = r"上升|增长|增加|提高|提升|上涨|攀升|新增|增|多|升|涨"
_DOWN = r"下降|减少|降低|下滑|回落|缩减|压减|减|少|降"
_CHANGE = re.compile(rf"(?P<word>(?P<up>{_UP})|(?P<down>{_DOWN}))(?:幅度?)?(?:了|约|近|达|超过?|各|均)?\s*$")
_CHANGE_THEN_NOUN = re.compile(r"(?P<word>(?P<up>增加|新增|多|增长)|(?P<down>减少|少|下降))了?[\u4e00-\u9fff“”]{1,8}$")
_REACHED = re.compile(rf"(?:{_UP}|{_DOWN})(?:到|至|为)(?:了)?\s*$")
_COMPARED = re.compile(r"同比|环比|同期|去年|上年|上一?季度|上月|上半年|相比|(?:较|比)(?!例)|20\d\d年")
_PRECEDING = re.compile(r"环比|上一?季度|上个?月|上半年")
_BASE = re.compile(
    r"(?:较|比|与|由|从|在|超过)(?:去年|上年|上一?季度|上个?月|上半年|20\d\d年度?)?(?:同期|全年)?(?:的|的?同期的?|[\u4e00-\u9fff]{0,8}的)?\s*$"
)
_FROM = re.compile(r"(?:由|从)[\u4e00-\u9fff\d]{0,12}\s*$")
_TO = re.compile(rf"[\u4e00-\u9fff]{{0,4}}(?:{_UP}|{_DOWN})(?:到|至|为)")
_SHARE = re.compile(r"占(?!道|地|用|压)|比重|占比")
_PER = re.compile(r"平均|每(?!日|天|年|月|季|周|个?星期)|[户人村家次处栋场]均")
_REST = re.compile(r"剩余|余下|其余|剩下|尚有|尚未|还有|仍有|未整改|未完成|未销号|正在整改|未办结")
_TOTAL = re.compile(r"共计|合计|总计|总共|累计|一共|共")
_PART = re.compile(r"其中|包括|分别为?$")


def read_role(clause: Clause, before: str) -> Reading:
    """The role of `clause`; `before` is the sentence up to its own words."""
    claim = clause.claim
    if claim.kind is Kind.ZERO and not is_counted(claim):
        return Reading(Role.ZERO)
    if speaks(claim):
        return Reading(Role.WHOLE)
    if claim.kind is Kind.MULTIPLE or claim.unit == "倍":
        return _read_multiple(clause, before)
    part = bool(_PART.search(clause.own) or "其中" in before)
    return _read_change(clause, before) or _read_base(clause) or Reading(_plain_role(clause), part=part)


def _read_base(clause: Clause) -> Reading | None:
    own = clause.own
    named = _BASE.search(own) and not _REACHED.search(own) and _COMPARED.search(own)
    if named or _FROM.search(own) and _TO.match(clause.after):
        return Reading(Role.PRIOR, against=_against(own))
    return None


def _plain_role(clause: Clause) -> Role:
    own, kind = clause.own, clause.claim.kind
    if _REST.search(own) or _REST.match(clause.after):
        return Role.REST
    if _PER.search(own) and kind in (Kind.MONEY, Kind.COUNT, Kind.AREA, Kind.LENGTH):
        return Role.PER
    if kind in (Kind.PERCENT, Kind.RATIO) and _SHARE.search(own):
        return Role.SHARE
    return Role.TOTAL if _TOTAL.search(own) else Role.VALUE


def _read_multiple(clause: Clause, before: str) -> Reading:
    own = clause.own
    if _CHANGE.search(own):
        found = _CHANGE.search(own)
        direction = -1 if found and found["down"] else 1
        return Reading(Role.CHANGE, direction, _against(before + own))
    return Reading(Role.MULTIPLE, against=_against(before[-30:] + own))


def _read_change(clause: Clause, before: str) -> Reading | None:
    own = clause.respective or clause.own
    if _REACHED.search(own):
        return None
    whole = before[-40:] + clause.own
    compared = bool(_COMPARED.search(whole))
    rate = clause.claim.kind is Kind.PERCENT or clause.claim.unit in ("%", "百分点")
    found = _CHANGE.search(own)
    if found and (compared or rate or clause.respective):
        return Reading(Role.CHANGE, 1 if found["up"] else -1, _against(whole))
    if not found and _COMPARED.search(clause.own):
        found = _CHANGE_THEN_NOUN.search(own)
        if found:
            return Reading(Role.CHANGE, 1 if found["up"] else -1, _against(whole))
    if clause.claim.unit == "百分点":
        return Reading(Role.CHANGE, 0, _against(whole))
    return None


def _against(words: str) -> str:
    """The comparison named last: 环比 and 上季度 are with the period before, all others with last year."""
    latest = max((found.start() for found in _PRECEDING.finditer(words)), default=-1)
    yearly = max(words.rfind("同比"), words.rfind("去年"), words.rfind("上年"))
    return "preceding" if latest > yearly else "year"
