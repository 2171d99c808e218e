"""Words that claim the whole: 全部整改, 全覆盖, 无一遗漏 say 100 % without a number."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.claims import Judge
from assistant.quantities.reading import Reading
from assistant.records import Kind, Quantity

_DONE = (
    "整改|整治|办结|销号|落实|签订|签约|覆盖|验收|持证|备案|建档|安装|配备|达标|合格|检验|年检|拆除|入户|消除|闭环"
    "|化解|处置|关停|搬离|更换|改造|修复|履约|纳管|监管|完成"
)
_WHOLE = re.compile(
    rf"全部(?:都|已|均|得到|按(?:期|时|要求|规定)|如期|限期|及时|予以|实现|进行)?(?:完成)?(?:{_DONE})"
    rf"|均(?:已|得到)(?:全部|按期|按时|如期|及时)?(?:完成)?(?:{_DONE})"
    r"|(?<![安健])全(?:覆盖|达标|整改|销号)|无一遗漏|无一例外"  # 安全整改, 安全达标 are words of their own
)
_DEMANDED = re.compile(
    r"(?:要求|责令|督促|必须|务必|限期|尽快|推动|推进|促进|未能?|没有|不能|尚未|不再)[^，。；]{0,8}$"
)
_WINDOW = 12


def find_wholes(text: str) -> list[Quantity]:
    """Statements of 100 % in words, in order (slogans like 动态清零 or 应改尽改 state no share); where they are demanded or planned, they are no claims.

    百分之百 and 100% are numbers and stay with `extract`.
    """
    judge = Judge(text)
    found: list[Quantity] = []
    for match in _WHOLE.finditer(text):
        start, end = match.span()
        claim = judge.is_claim(Reading(start, end, Kind.PERCENT, Decimal(100), "%", digits=start))
        claim = claim and not _DEMANDED.search(text, max(0, start - _WINDOW), start)
        found.append(Quantity(start, end, match[0], Decimal(100), "%", Kind.PERCENT, claim))
    return found
