"""Whether a figure is a claim about the town's own work: no target, rule, threshold or other place's figure.

A `Judge` walks the text once, from figure to figure, and keeps in mind what the cue words before a figure
have set: a plan (下一步, 力争), a rule (每月, 不得), another place (某市, 全县), or the way back (回顾, 我镇).
"""

from __future__ import annotations

import re

from assistant.quantities.cues import find_cues
from assistant.quantities.reading import Reading
from assistant.quantities.sections import plan_sections
from assistant.records import Approx, Kind

_NEVER = frozenset(
    {Kind.DATE, Kind.PERIOD, Kind.ORDINAL, Kind.ARTICLE, Kind.DOCNO, Kind.HEADING, Kind.POLICY, Kind.PLACEHOLDER}
)
_MEASURED = frozenset({Kind.LENGTH, Kind.WEIGHT, Kind.AREA})

_CASUALTY = re.compile(r"[^，。；\n]{0,3}(?:死亡|遇难|受伤|失联|失踪|重伤|轻伤|伤亡|丧生|溺亡)")
_CASUALTY_BEFORE = re.compile(r"(?:死亡|遇难|受伤|失联|失踪|重伤|轻伤|溺亡|损失)(?:失)?[^，。；\n]{0,4}$")
_LESSON = re.compile(r"[^，。；\n]{0,20}(?:教训|警示)")
_ABSTRACT = re.compile(
    r"(?:重[点大要]|关键|主要|基本|突出|核心|工作|具体)?(?:环节|方面|原则|主体责任|坚持|确保|意识|转变|关口|维度|层面|步骤|阶段"
    r"|统筹|必须|严禁|到位|要素|体系|抓手|结合|统一|明确|一律|不放过|不漏|不少|百分百|100%|关系|字|等级)"
)
_LOOSE = re.compile(
    r"(?:重[点大要]|关键|主要|基本|突出|核心|工作|专项|具体|安全|管理|监管|风险)*(?:制度|措施|机制|任务|要求|目标|清单|职责|责任|行动"
    r"|工程|领域|行业|内容|能力|重点|时段|时期|要点|举措|防线|底线|红线|纪律|理念|台阶|文化)"
)
_MADE = re.compile(r"(?:制定|出台|修订|编制|印发|新建|提出|签订)了?$")
_GROUPED = frozenset(
    {
        "个",
        "项",
        "类",
        "大",
        "种",
        "条",
        "道",
        "张",
        "块",
        "级",
        "套",
        "支",
        "把",
        "场",
        "份",
        "步",
        "面",
        "片",
        "批",
        "点",
    }
)
_SPEC = re.compile(
    r"装(?![置备])|型|规格|级(?!别)|吊车|瓶装|桶装|范围|以外|半径|距离|[及]?以[上下内](?=的|[^，。；、])|[高宽深长厚](?:的|度)?|的(?:标准|规定|要求|限量|限值)"
    r"|(?:液化气|干粉|泡沫|水基|二氧化碳|手提式?|推车式?|氧气|乙炔|重型|自卸|载货|危化品)*(?:灭火器|钢瓶|气瓶|水带|罐车|槽车|货车|叉车|行车|起重机|锅炉|客车|面包车|校车|车辆(?=[0-9]))"
)
_VEHICLE_SEATS = re.compile(r"[及以上下]*(?:的)?(?:客车|面包车|校车|客运|小型|微型|中型|商务)")
_DEADLINE = re.compile(
    r"(?:之|以)?内|[之以]?前|值班|值守|待命|在岗|专人|不间断|轮班|备勤|开机|畅通|监控|行动|攻坚|一[次轮换检查巡调]|来|以来|时间内|[^，。、；\n]{0,8}圈"
)
_LASTING = re.compile(r"(?:连续|历时|为期|用时|长达|耗时|整整|达|近|约)$")
_DONE_ONE = re.compile(
    r"(?:组建|新建|新增|建成|建立|成立|购置|配备|配有|设立|设置|立案|查处|关停|取缔|发生|召开|举办|开展|组织|进行|完成|投入|印发|制定|处置|排除|责令|停产|停业|查封|约谈|移送|培养|聘请|扑救|拆除|安装|添置)了?(?:其中)?$"
)
_END = re.compile(r"[，。；、）)\n]|$|及|和(?=[^谐])")
_ADDED = re.compile(r"[^，。、；\n]{0,4}[+＋]")  # 1个中心+3支队伍
_PLUS = ("+", "＋")
_SLOGAN = re.compile(r"、[^，。、]{2}一[片批方线类面域行业串个]")  # 查处一起、警示一片
_NO_NOUN = frozenset("的是有为这那每同某任各逐了在第于从另其")
_PHRASE_END = frozenset('，。；：！？、）)”"\n ')
_WINDOW = 12  # characters to look around for 死亡 and the like
_NEAR = 6  # characters between 围绕 and the number it governs
_SCALES = frozenset("十百千万亿")
_RELATIVE = frozenset({Kind.PERCENT, Kind.RATIO, Kind.MULTIPLE, Kind.ZERO})
_CASUALTY_UNITS = frozenset({"人", "名", "元"})
_MEASURES = frozenset({"升", "毫升", "L", "层", "岁", "周岁", "立方米"})
_ONE_OF = frozenset({"年", "夜", "晚", "日", "天"})
_TURNING_BACK = frozenset({"回顾", "今年以来", "一年来", "过去"})
_STANDING = ("我镇", "全镇", "我乡", "全乡", "辖区", "本镇", "本乡")
_CONDITION = re.compile(r"的[，；、]|(?:并处)?[0-9一二三四五六七八九十百]{1,4}[^，。]{1,3}以下")  # 十倍以上二十倍以下
_LIMITS = ("超过", "不足", "低于", "高于", "大于", "小于", "少于", "多于", "不到", "不满")
_DOING = re.compile("用于|参加|参与|得到|受到|完成|开展|已|被|实现")


class Judge:
    """Says of the readings of one text, asked in order, whether they are claims."""

    def __init__(self, text: str, year: int | None = None) -> None:
        self.text, self.year = text, year
        self._cues = find_cues(text)
        self._next = next(self._cues, None)
        self._plans = iter(plan_sections(text))
        self._section = next(self._plans, None)
        self._plan = self._ahead = self._past = self._place = self._lesson = False
        self._flags: dict[str, int] = {}

    def is_claim(self, reading: Reading) -> bool:
        """Whether the reading states a checkable figure; also marks a detached 至少 on it."""
        if reading.period and self.year and reading.period.start.year > self.year:
            self._advance(reading.start)
            self._plan, self._past = True, False  # 到2025年底 in the report of 2024
        if not reading.stated or reading.kind in _NEVER:
            return False
        self._advance(reading.start)
        return not (
            self._is_ruled(reading)
            or self._is_planned(reading)
            or self._is_elsewhere(reading)
            or self._is_threshold(reading)
            or self._is_manner(reading)
        )

    def _advance(self, pos: int) -> None:
        """Takes in the cues before `pos`."""
        while self._next is not None and self._next[0] < pos:
            self._take(*self._next)
            self._next = next(self._cues, None)

    def _take(self, start: int, end: int, name: str) -> None:
        if name == "clause":
            self._flags.clear()
        elif name in ("sentence", "paragraph"):
            self._flags.clear()
            self._plan = self._past = self._place = False
            if name == "paragraph":
                self._ahead = self._lesson = False
        elif name in ("ahead", "plan"):
            self._plan, self._past = True, False
            self._ahead = self._ahead or name == "ahead"
        elif name == "past":
            self._plan, self._past = False, True
            self._ahead = self._ahead and self.text[start:end] not in _TURNING_BACK
        elif name == "ours":
            self._place = self._lesson = False
        elif name in ("place", "lesson"):
            self._lesson = True
            self._place = self._place or name == "place"
        else:
            self._flags[name] = end

    def _is_ruled(self, reading: Reading) -> bool:
        """每月2次, 不得超过3人, 至少组织1次; 平均每月2次 is a result."""
        flags = self._flags
        bound = self.text[reading.start] == "不" and not self.text.startswith(("不足", "不到"), reading.start)
        if not flags and not bound:
            return False
        if "floor" in flags and reading.approx is Approx.EXACT:
            most = self.text.startswith("最多", flags["floor"] - 2)
            reading.approx = Approx.LESS_THAN if most else Approx.MORE_THAN
        if ("floor" in flags or bound) and not self._past:
            return True
        return "rule" in flags and "mean" not in flags

    def _is_planned(self, reading: Reading) -> bool:
        if self._plan or "aim" in self._flags:
            return True
        if "guard" in self._flags and reading.kind is Kind.ZERO:
            return True
        if self._past:
            return False
        return self._ahead or self._in_plan_section(reading.start)

    def _in_plan_section(self, pos: int) -> bool:
        while self._section is not None and self._section[1] <= pos:
            self._section = next(self._plans, None)
        if self._section is None or pos < self._section[0]:
            return False
        # 我镇3家规模企业 states what there is, in a plan too.
        return not self.text.startswith(_STANDING, max(0, pos - 2))

    def _is_elsewhere(self, reading: Reading) -> bool:
        if self._place:
            return True
        text, start, end = self.text, reading.start, reading.end
        if reading.unit not in _CASUALTY_UNITS:
            return False
        if not (_CASUALTY.match(text, end) or _CASUALTY_BEFORE.search(text, max(0, start - _WINDOW), start)):
            return False
        return self._lesson or bool(_LESSON.match(text, end))

    def _is_threshold(self, reading: Reading) -> bool:
        """3层及以上, 10人以上聚餐, 5公斤装, 60岁以上老人, 10—20米范围, 三日内."""
        text, end = self.text, reading.end
        after = text[end] if end < len(text) else "。"
        if reading.approx is not Approx.EXACT and _CONDITION.match(text, end):
            return True
        if reading.kind in _RELATIVE:
            return False
        if after in "的）)" and text.startswith(_LIMITS, reading.start):
            return True
        if text[end - 1] in "上下" and text[end - 2] == "以":
            bound = text[end - 3] in "及和含" or (after not in _PHRASE_END and not _DOING.match(text, end))
            if bound:
                return True
        if reading.kind is Kind.DURATION:
            return self._is_deadline(reading)
        return after not in "，。；、" and self._is_specification(reading)

    def _is_specification(self, reading: Reading) -> bool:
        """What a thing is like, by the noun after it: 5公斤装, 7座面包车, 10—20米范围, 360度监控."""
        text, end, unit = self.text, reading.end, reading.unit
        if reading.kind in _MEASURED or unit in _MEASURES:
            return bool(_SPEC.match(text, end))
        if unit == "座":
            return bool(_VEHICLE_SEATS.match(text, end))
        return (
            unit == "度" or (unit == "组" and text.startswith("村民", end)) or text.startswith(("范围", "的标准"), end)
        )

    def _is_deadline(self, reading: Reading) -> bool:
        """三日内, 24小时值班, 近三年, 每两年: no durations of anything done."""
        text, start = self.text, reading.start
        if "mean" in self._flags:
            return False
        if text[start - 1 : start] == "每" or text[start] == "近" or text[reading.end - 1] == "内":
            return True
        if (reading.value == 1 and reading.unit in _ONE_OF) or (reading.value == 24 and reading.unit == "小时"):
            return not _LASTING.search(text, max(0, start - 3), start)
        return bool(_DEADLINE.match(text, reading.end))

    def _is_manner(self, reading: Reading) -> bool:
        """四个环节, 三项制度, 围绕八个重点: how the work is done, not how much; 一处 in 发现一处、整改一处."""
        if reading.kind is not Kind.COUNT:
            return False
        text, start, end = self.text, reading.start, reading.end
        if _ADDED.match(text, end) or text[start - 1 : start] in _PLUS:
            return True
        first = text[reading.digits]
        chinese = not first.isdigit()
        if reading.unit in _GROUPED and text[end : end + 1] not in _PHRASE_END:
            if _ABSTRACT.match(text, end):
                return True
            if chinese and _LOOSE.match(text, end):
                return not _MADE.search(text, max(0, start - 4), start)
            approach = self._flags.get("approach")
            if approach is not None and (chinese or start - approach <= _NEAR):
                return True
        if first in "数几" and text[reading.digits + 1 : reading.digits + 2] not in _SCALES:
            return True  # 数家, 几次: nothing to check against
        return first == "一" and reading.value == 1 and self._is_one(reading)

    def _is_one(self, reading: Reading) -> bool:
        """一次 of a phrase; a figure only after its noun (立案一起，) or a verb that counts (召开一次)."""
        text, start, end = self.text, reading.start, reading.end
        again = text[reading.digits : reading.digits + 2]
        if again in text[max(0, start - 8) : start] or again in text[end : end + 8]:
            return True
        if _SLOGAN.match(text, end):
            return True
        if _DONE_ONE.search(text, max(0, start - 6), start):
            return bool(_LOOSE.match(text, end))
        before = text[start - 1 : start]
        return not (_END.match(text, end) and before and before not in _NO_NOUN and before not in _PHRASE_END)
