"""Names of places in a past summary: the unit's own, redacted ones, and those of another town."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.drafting.clauses import Clause, end_of, join_clauses, split_clauses
from assistant.drafting.context import Context

_MASK = r"[X×xＸ*＊○]{2,}"
_OFFICES = "党委|政府|人大|领导|干部|纪委|安委|村两级"
_KINDS = ("街道", "镇", "乡")
_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|"
    "甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门"
)
_PROVINCE = re.compile(rf"(?:{_PROVINCES})(?:省|市|壮族自治区|维吾尔自治区|回族自治区|自治区)")
_TOWN = re.compile(rf"{_MASK}(?P<kind>镇|乡|街道)")
_COUNTY = re.compile(rf"{_MASK}(?P<kind>县|区|市)")
_SEAT = re.compile(rf"(?<!《){_MASK}(?P<kind>[县区市])(?=委|政府|人民政府|安委|应急)")
_ROAD = re.compile(rf"{_MASK}(?=国道|省道|县道|乡道)")
_PRAISED = re.compile(rf"(?P<word>平安|美丽|和谐|幸福){_MASK}")
_MASKED = re.compile(rf"{_MASK}|_{{2,}}|[\[［][^\]］\d]{{1,8}}[\]］]|某某")
_LISTED = re.compile(
    r"(?:在|对|赴|到)(?P<names>[\u4e00-\u9fa5]{2,4}(?:、(?:[\u4e00-\u9fa5]{2,4}|[X×*＊]{2,}))+)"
    r"(?:等)?(?:[一二三四五六七八九十两\d]+个?)?(?P<kind>市场|圩镇|村|社区|水库|路段|片区)"
)
_VENUE = re.compile(
    r"(?:在|于|赴|到)(?P<name>[\u4e00-\u9fa5]{2,6}?)(?P<kind>宾馆|酒店|饭店|大厦|公司|小学|中学|工厂|水库|敬老院|商场|煤矿|市场)"
)
_VILLAGE = re.compile(r"(?:在|对|赴|到|、)(?P<name>[\u4e00-\u9fa5]{2,3}?)(?:村|社区)(?=[、，。等开组进发召举])")
_GENERAL = re.compile(
    r"进|农|全镇|全乡|我镇|镇[内上区政中]|辖区|各|重点|大型|中小|部分|有关|相关|沿街|周边|集镇|集贸|农贸|建材|商贸|所有|一些|部门|企业|规模|易燃|"
    r"学校|人员|农村|乡村|行政|自然|试点|偏远|城乡|深入|安全|消防|公共|生产|经营|场所|单位|镇村|示范|薄弱|问题|隐患|老旧|涉|建筑"
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence with its place names seen to; empty where nothing of it could stay."""

    text: str
    cut: tuple[str, ...] = ()  # what was taken out, for the notices


def settle_places(sentence: str, context: Context) -> Placed:
    """The sentence with the unit's own name where the old unit's (or XX镇) stood.

    Clauses about redacted names, and (where the past summary is not this unit's own) about named
    places, are taken out: this town cannot be said to have done things there.
    """
    named = _own_names(sentence, context)
    clauses = split_clauses(_without_foreign_titles(named, context))
    kept: list[Clause | None] = []
    cut: list[str] = []
    for clause in clauses:
        gone = _MASKED.search(clause.text) or (context.foreign and _particular(clause.text, context))
        kept.append(None if gone else clause)
        if gone:
            cut.append(clause.text)
    return Placed(join_clauses(kept, end_of(sentence)), tuple(cut))


def settle_kind(text: str, unit: str) -> str:
    """全乡 and 乡党委会 where our own phrases, made for a 镇, stand in the report of a 乡; 街道党工委 in a 街道's."""
    own = _kind_of(unit)
    if own in ("", "镇"):
        return text
    if own == "街道":
        text = re.sub(r"(?<![一-龥])镇(?:党委会|党委)", "街道党工委", text)
        text = re.sub(r"(?<![一-龥])镇政府", "街道办事处", text)
    return re.sub(rf"(?<=[全我本该])镇(?!村)|(?<![一-龥])镇(?={_OFFICES})", own, text)


def short_name(unit: str) -> str:
    """禾丰 for 禾丰镇; a one-character name keeps its 镇."""
    bare = re.sub(r"(?:镇|乡|街道办事处|街道)$", "", unit)
    return bare if len(bare) >= 2 else unit


def _own_names(text: str, context: Context) -> str:
    text = _TOWN.sub(context.unit_name, text)
    text = _PRAISED.sub(lambda found: found["word"] + short_name(context.unit_name), text)
    text = _COUNTY.sub(context.county, text) if context.county else _SEAT.sub(lambda found: found["kind"], text)
    text = _ROAD.sub("", text)
    text = _own_kind(text, context)
    if context.past_unit and context.foreign:
        text = text.replace(context.past_unit, context.unit_name)
        praised = re.compile(
            rf"(?P<word>平安|美丽|和谐|幸福|活力){re.escape(short_name(context.past_unit))}(?!村|社区|街)"
        )
        text = praised.sub(lambda found: found["word"] + short_name(context.unit_name), text)
    return text


def _own_kind(text: str, context: Context) -> str:
    """全镇 and 镇政府 for the 全乡 and 乡政府 of a report that was a 乡's."""
    old, own = _kind_of(context.past_unit), _kind_of(context.unit_name)
    if not old or not own or old == own:
        return text
    return re.sub(rf"(?<=[全我本该]){old}(?![镇村])|(?<![城下家]){old}(?={_OFFICES})", own, text)


def _kind_of(unit: str) -> str:
    """乡 of 霜桥乡; 街道 of 城东街道办事处."""
    name = unit.removesuffix("办事处")
    return next((kind for kind in _KINDS if name.endswith(kind)), "")


def _without_foreign_titles(text: str, context: Context) -> str:
    """《…》 of another province are taken out of lists; other mentions of a province go with their clause."""
    if not context.foreign:
        return text
    provincial = re.compile(rf"、?《[^》]*(?:{_PROVINCES})(?:省|市|自治区)[^》]*》")
    return re.sub(r"(?<=[宣传贯彻落实学习])、", "", provincial.sub("", text))


def _particular(clause: str, context: Context) -> bool:
    """Whether the clause is about named places; 石桥大桥 is one, where the old unit was 石桥镇."""
    old = short_name(context.past_unit)
    if _PROVINCE.search(clause) or (old and old != short_name(context.unit_name) and old in clause):
        return True
    for pattern in (_LISTED, _VENUE, _VILLAGE):
        for found in pattern.finditer(clause):
            name = found.groupdict().get("names") or found["name"]
            if not _GENERAL.search(name):
                return True
    return False
