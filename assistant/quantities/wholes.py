"""Words that claim the whole: 全部整改, 全覆盖, 无一遗漏 say 100 % without a number."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.claims import Judge
from assistant.quantities.reading import Reading
from assistant.records import Kind, Quantity

_DONE = "整改|完成|办结|销号|落实|到位|建档|验收|签订|覆盖|闭环|培训|安装|配备|达标|合格|持证|备案|检查|排查|入户|清零|拆除|关停|搬离|更换"
_WHOLE = re.compile(
    rf"(?:已|均)?(?P<word>(?:全部|全面|均已|悉数|百分百|全)(?:按期|按时|如期|限期)?(?:{_DONE})|无一遗漏|无一例外|全覆盖|动态清零|应改尽改)"
)
_NOT_WHOLE = re.compile("全面(?:排查|检查|落实|完成|培训|安装|覆盖)")


def find_wholes(text: str) -> list[Quantity]:
    """Statements of 100 % in words, in order; those of the plan part are no claims."""
    judge = Judge(text)
    found: list[Quantity] = []
    for match in _WHOLE.finditer(text):
        start, end = match.span("word")
        if _NOT_WHOLE.match(match["word"]):
            continue
        reading = Reading(start, end, Kind.PERCENT, Decimal(100), "%", digits=start)
        claim = judge.is_claim(reading)
        found.append(Quantity(start, end, match["word"], Decimal(100), "%", Kind.PERCENT, claim))
    return found
