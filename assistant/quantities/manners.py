"""Figures of how work is done, not of how much: 四个环节, 三项制度, 围绕八个重点, 发现一处、整改一处."""

from __future__ import annotations

import re

from assistant.quantities.limits import PHRASE_END
from assistant.quantities.reading import Reading
from assistant.records import Kind

_GROUPING = frozenset("个项类方大种条道张块级套支把场份步面片批点")
_ABSTRACT = re.compile(
    r"(?:重[点大要]|关键|主要|基本|突出|核心|工作|具体)?(?:环节|方面|原则|主体责任|坚持|确保|意识|转变|关口|维度|层面|步骤|阶段"
    r"|统筹|必须|严禁|到位|要素|体系|抓手|结合|统一|明确|一律|不放过|不漏|不少|百分百|100%|关系|字|等级|最[严高强实优])"
)
_LOOSE = re.compile(
    r"(?:重[点大要]|关键|主要|基本|突出|核心|工作|专项|具体|安全|管理|监管|风险)*(?:制度|措施|机制|任务|要求|目标|清单|职责|责任|行动"
    r"|工程|领域|行业|内容|能力|重点|时段|时期|要点|举措|防线|底线|红线|纪律|理念|台阶|文化)"
)
_MADE = re.compile(r"(?:制定|出台|修订|编制|印发|新建|提出|签订)了?$")
_DONE = re.compile(
    r"(?:组建|新建|新增|建成|建立|成立|购置|配备|配有|设立|设置|立案|查处|关停|取缔|发生|召开|举办|开展|组织|进行|完成|投入|印发"
    r"|制定|处置|排除|责令|停产|停业|查封|约谈|移送|培养|聘请|扑救|拆除|安装|添置)了?(?:其中)?$"
)
_NOUN_ENDS = re.compile(r"[，。；、）)\n]|$|及|和(?=[^谐])")
_NO_NOUN = frozenset("的是有为这那每同某任各逐了在第于从另其")
_SLOGAN = re.compile(r"、[^，。、]{2}一[片批方线类面域行业串个]")  # 查处一起、警示一片
_ADDED = re.compile(r"[^，。、；\n]{0,4}[+＋]")  # 1个中心+3支队伍
_PLUS = ("+", "＋")
_SCALES = frozenset("十百千万亿")
_NEAR = 6  # characters between 围绕 and the number it governs


def is_manner(text: str, reading: Reading, approach: int | None) -> bool:
    """Whether a count tells a way of working; `approach` is where a 围绕, 坚持 of the clause ends."""
    if reading.kind is not Kind.COUNT:
        return False
    start, end = reading.start, reading.end
    if _ADDED.match(text, end) or text[start - 1 : start] in _PLUS:
        return True
    first = text[reading.digits]
    if reading.unit in _GROUPING and text[end : end + 1] not in PHRASE_END and _is_grouping(text, reading, approach):
        return True
    if first in "数几" and text[reading.digits + 1 : reading.digits + 2] not in _SCALES:
        return True  # 数家, 几次: nothing to check against
    return first == "一" and reading.value == 1 and not _is_single(text, reading)


def _is_grouping(text: str, reading: Reading, approach: int | None) -> bool:
    """四个环节, 三项制度; but 制定三项制度 is a figure."""
    start, end = reading.start, reading.end
    chinese = not text[reading.digits].isdigit()
    if chinese and reading.unit == "方":
        return True  # 四方联动; nobody writes 四方 of earth in Chinese numerals
    if chinese and reading.unit == "类" and reading.value is not None and reading.value <= 10:
        return True
    if _ABSTRACT.match(text, end):
        return True
    if chinese and _LOOSE.match(text, end):
        return not _MADE.search(text, max(0, start - 4), start)
    return approach is not None and (chinese or start - approach <= _NEAR)


def _is_single(text: str, reading: Reading) -> bool:
    """Whether 一 counts: after its noun (立案一起，) or a verb that counts (召开一次), not in 发现一处、整改一处."""
    start, end = reading.start, reading.end
    again = text[reading.digits : reading.digits + 2]
    if again in text[max(0, start - 8) : start] or again in text[end : end + 8] or _SLOGAN.match(text, end):
        return False
    if _DONE.search(text, max(0, start - 6), start):
        return not _LOOSE.match(text, end)
    before = text[start - 1 : start]
    return bool(_NOUN_ENDS.match(text, end) and before and before not in _NO_NOUN and before not in PHRASE_END)
