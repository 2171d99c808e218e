"""Whether a figure is of less than what the ledger counts: a plan, a day, an occasion, a village."""

from __future__ import annotations

import re

from assistant.alignment.readings import Aligned, Alignment
from assistant.alignment.scoring import Score

_PLANNED = re.compile(
    r"(?<!按)(?<!年度)(?:计划|规划)(?!的|内|外|完成|性|生育)|拟(?=建|新建|投|安排|开展|组织)|预计|筹建|谋划|正在|在建|未完工|即将"
)
_PLANNED_BEHIND = re.compile(r"[^，。；]{0,8}(?:前|底)(?:完成|建成|投用)|正在|在建|尚未")
_OCCASION = re.compile(r"期间|当天|当日|当月|首日|节前(?!后)|节后")
# A village by name; 行政村, 各村, 驻村, 农村 are none.
_VILLAGE = re.compile(
    r"(?:^|(?<=[，。；：、在对为由\n\s]))(?!行政|自然|中心|示范|平安|城中|美丽|重点|部分|个别|所有|一些|辖区|镇域)"
    r"[\u4e00-\u9fff]{2,3}(?<![各全每驻包进下到入农乡镇联本该])(?:村|社区)(?![级民委规庄居里口干两组务])"
)


def is_planned(each: Aligned) -> bool:
    """Whether the figure is of what is planned or under way."""
    return bool(_PLANNED.search(each.clause.own)) or bool(_PLANNED_BEHIND.match(each.clause.after))


def is_plan_word(name: str) -> bool:
    """Whether a ledger's name itself is of what is planned or under way: 在建工程."""
    return bool(_PLANNED.search(name)) or "应" in name


def is_narrower(each: Aligned, score: Score, alignment: Alignment) -> bool:
    """Whether the sentence speaks of a day, an occasion or a village within what the fact covers."""
    marker = each.marker
    if marker and marker.partial and marker.period and marker.period in alignment.report:
        return True
    begin = each.clause.sentence.full_start
    before = alignment.layout.text[begin : each.claim.start]
    occasion = max((found.end() for found in _OCCASION.finditer(before)), default=0)
    if occasion and (marker is None or marker.start < begin + occasion):
        return True
    subject = score.subject
    places = [found[0] for found in _VILLAGE.finditer(before)]
    return any(place not in (subject.topic, subject.place) and place not in subject.name for place in places)
