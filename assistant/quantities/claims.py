"""Whether a figure is a claim about the town's own work: not a target, a rule, a threshold, another place's figure."""

from __future__ import annotations

import re
from bisect import bisect_right

from assistant.quantities.reading import Reading
from assistant.records import Approx, Kind

_NEVER = frozenset(
    {Kind.DATE, Kind.PERIOD, Kind.ORDINAL, Kind.ARTICLE, Kind.DOCNO, Kind.HEADING, Kind.POLICY, Kind.PLACEHOLDER}
)
_SENTENCE = re.compile(r"[。！？\n]")
_PLAN_HEAD = re.compile(
    r"下一步|下步|打算|工作思路|工作计划|工作安排|努力方向|工作目标|目标任务|工作重点|今后工作|(?:明年|下半年|来年).{0,12}(?:计划|思路|安排|举措|工作$)"
)
_HEAD = re.compile(r"[ \t　]*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|#{1,4} )")
_PLAN = re.compile(
    r"下一步|下一阶段|下步|接下来|今后|明年|来年|(?<![按照据定据法案度作查划])计划(?=开展|组织|投入|新|召开|完成|安排|建|实施|培训|检查|排查|举办|在|对|于|用|再|年内|全年|每|更换|安装|配|购)|力争|争取(?=在|年|实现|达到|把|将|做到|创建|完成|全年|到)|拟(?!定)|预计|确保(?!了)|"
    r"(?<![已即即])将(?=进一步|继续|持续|组织|开展|召开|完成|投入|新|实施|建成|安排|力争|争取|着力|加大|加强|聚焦|深入|重点|于|按|以|再|有|陆续|适时)"
)
_PAST = re.compile(r"回顾|今年以来|去年|截至|截止|过去|一年来|已(?!经?知)|累计|了")
_RULE = re.compile(
    r"每(?:日|天|周|旬|月|季度?|年|半年|[两二三四五六]年|晚|班|隔)|不得|应当|必须|须|限量|限值|限额|限速|额定|核定|不准|严禁|凡"
)
_DETACHED = re.compile(r"至少|最少|不少于|不低于|不得少于")
_AVERAGE = re.compile("平均|均")
_ELSEWHERE = re.compile(r"(?:吸取|汲取|教训|某[省市县区镇乡村地厂矿]|外地|全国|案例|通报了?)")
_OTHERS = re.compile(
    r"(?:^|[，；：])(?:[今去]年|[0-9]{4}年|上半年|全年)?(?:全|我)(?:县|市|省|国|区)(?:共|累计|[^，]{0,8}$)"
)
_OURS = re.compile(r"[我本全][镇乡]|街道|辖区")
_ABSTRACT = re.compile(
    r"(?:重[点大要]|关键|主要|基本)?(?:环节|方面|原则|主体责任|坚持|确保|意识|转变|关口|维度|层面|步骤|阶段|统筹|必须|到位|机制|要素|体系|抓手|结合|统一|明确|一律)"
)
_SPEC = re.compile(
    r"(?:装|型|规格|级|吊|瓶装|桶装|范围|以外|半径|高的|宽的|长的|厚的|的标准|的规定|的要求|灭火器|钢瓶|水带)"
)
_STOPS = "，。；：！？、\n"


class Context:
    """The surroundings of a text's figures: sentences, sections, plan parts."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(found.end() for found in _SENTENCE.finditer(text))]
        self._plans = _plan_sections(text)
        self._cache: tuple[int, int, int, bool] = (-1, -1, -1, False)

    def states(self, reading: Reading) -> bool:
        """Whether the reading is a claim; also marks a detached 至少 on it."""
        if reading.kind in _NEVER or not reading.stated:
            return False
        clause = self._clause(reading.start)
        if _DETACHED.search(clause):
            reading.approx = Approx.MORE_THAN if reading.approx is Approx.EXACT else reading.approx
            return False
        surface = self.text[reading.start : reading.end]
        if surface.startswith("不") and not surface.startswith(("不足", "不到")):
            return False
        if (
            reading.kind is not Kind.PERCENT
            and re.search("及以|以[上下]$", surface)
            and self.text[reading.end : reading.end + 1] not in _STOPS
        ):
            return False
        if _ABSTRACT.match(self.text, reading.end) or _SPEC.match(self.text, reading.end):
            return False
        if reading.kind is Kind.DURATION and clause.endswith("每"):
            return False
        rule = _RULE.search(clause)
        if rule and not _AVERAGE.search(clause):
            return False
        return not self._planned_or_elsewhere(reading.start)

    def _clause(self, pos: int) -> str:
        window = self.text[max(0, pos - 40) : pos]
        cut = max(window.rfind(mark) for mark in "，。；：！？\n")
        return window[cut + 1 :]

    def _planned_or_elsewhere(self, pos: int) -> bool:
        index = bisect_right(self.starts, pos) - 1
        begin = self.starts[index]
        if self._cache[0] != begin:
            end = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
            self._cache = self._survey(begin, end)
        _, plan, elsewhere, past = self._cache
        if 0 <= plan < pos or 0 <= elsewhere < pos:
            return True
        return not past and any(start <= pos < end for start, end in self._plans)

    def _survey(self, begin: int, end: int) -> tuple[int, int, int, bool]:
        plan = _PLAN.search(self.text, begin, end)
        past = bool(_PAST.search(self.text, begin, plan.start() if plan else end))
        elsewhere = _ELSEWHERE.search(self.text, begin, end) or _OTHERS.search(self.text, begin, end)
        if elsewhere and _OURS.search(self.text, elsewhere.end(), end):
            elsewhere = None
        return begin, plan.start() if plan else -1, elsewhere.start() if elsewhere else -1, past


def _plan_sections(text: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    opened, level, place = -1, 0, 0
    for line in text.splitlines(keepends=True):
        head = _HEAD.match(line)
        if head and len(line) < 60:
            depth = 2 if "（" in head[0] or "(" in head[0] else 1
            if opened >= 0 and depth <= level:
                spans.append((opened, place))
                opened = -1
            if opened < 0 and _PLAN_HEAD.search(line) and "总结" not in line:
                opened, level = place, depth
        place += len(line)
    if opened >= 0:
        spans.append((opened, len(text)))
    return spans
