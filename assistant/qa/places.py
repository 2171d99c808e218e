"""The villages a question names: known ones, and names of places the ledger does not know."""

from __future__ import annotations

import re

from assistant.qa.clauses import without_idle
from assistant.qa.desk import Desk
from assistant.qa.timing import covered

_PLACE = re.compile(
    r"[\u4e00-\u9fff]{1,4}?(?P<kind>街道(?!办)|社区|(?:镇|乡)(?!村|里|上|政府|级|域|内|全|今|的?总)|村(?!级|民|居|委|里|子|上)|县|市(?!场|区|民)|省)"
)
_WIDER = re.compile(
    r"全[县市省国区州]|(?<![辖社片地林景园校山厂城])(?:县|市|省|区)(?:里|上|级|直)?(?:今年|去年)?(?=(?:20\d{2}年?|今年|去年|前年|[上下]半年)?(?:一?共|总共|有|发生|检查|排查|出|查))|邻[镇乡村县]|隔壁(?:[镇乡村县])?|(?:别|其他|其它|兄弟|周边|外)(?:的)?(?:乡镇|[镇乡县市])|全国"
)
_GENERIC = "的个些哪各全每几多本我该分按逐乡农城行政自然这那一到在是和与或了查有"


def places_apart(clause: str, desk: Desk) -> tuple[str, tuple[str, ...], str]:
    """(unknown place or other town, known villages in order, the clause without the known ones)."""
    spans: list[tuple[int, int]] = []
    villages: list[tuple[int, str]] = []
    for name in sorted(desk.places, key=len, reverse=True):
        at = clause.find(name)
        if at >= 0 and not any(start <= at < end for start, end in spans):
            villages.append((at, name))
            spans.append((at, at + len(name)))
    own = {desk.town, desk.town[:-1]} - {""} if desk.town else set()
    for name in sorted(own, key=len, reverse=True):
        at = clause.find(name)
        if len(name) > 1 and at >= 0 and not any(start <= at < end for start, end in spans):
            spans.append((at, at + len(name)))
    text = covered(clause, spans)
    return _unknown_place(text), tuple(name for _, name in sorted(villages)), text


def _unknown_place(text: str) -> str:
    """A village, town or county that is named and is not known; empty where none is."""
    wide = _WIDER.search(text)
    if wide:
        return wide[0]
    for found in _PLACE.finditer(text):
        name = without_idle(found[0])
        if len(name) > len(found["kind"]) + 1 and name[-len(found["kind"]) - 1] not in _GENERIC:
            return name
    return ""
