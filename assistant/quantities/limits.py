"""Figures that bound or describe, and report nothing: 3层及以上, 10人以上聚餐, 5公斤装, 三日内, 24小时值班."""

from __future__ import annotations

import re

from assistant.quantities.reading import Reading
from assistant.records import Approx, Kind

PHRASE_END = frozenset('，。；：！？、）)”"\n ')
_RELATIVE = frozenset({Kind.PERCENT, Kind.RATIO, Kind.MULTIPLE, Kind.ZERO})
_MEASURED = frozenset({Kind.LENGTH, Kind.WEIGHT, Kind.AREA})
_MEASURES = frozenset({"升", "毫升", "L", "层", "立方米"})
_AGES = frozenset({"岁", "周岁"})
_ONE_OF = frozenset({"年", "夜", "晚", "日", "天"})
_LIMITS = ("超过", "不足", "低于", "高于", "大于", "小于", "少于", "多于", "不到", "不满")
_HOURS = frozenset({"小时", "个小时", "分钟", "学时", "课时", "晚", "夜"})
_COUNTED_AFTER = re.compile(r"的[^，。；、]{1,12}[0-9一二两三四五六七八九十]")  # 超过50人的企业12家
_DOING = re.compile("用于|参加|参与|得到|受到|完成|开展|已|被|实现")  # 20人以上参加 is a figure, 20人以上聚餐 a rule
_CONDITION = re.compile(r"的[，；、]|(?:并处)?[0-9一二三四五六七八九十百]{1,4}[^，。]{1,3}以下")  # 十倍以上二十倍以下
_EQUIPMENT = (
    r"(?:液化气|干粉|泡沫|水基|二氧化碳|手提式?|推车式?|氧气|乙炔|重型|自卸|载货|危化品)*"
    r"(?:灭火器|钢瓶|气瓶|水带|罐车|槽车|货车|叉车|行车|起重机|锅炉|客车|面包车|校车|车辆(?=[0-9]))"
)
_SPECIFIED = re.compile(
    r"装(?![置备])|型|规格|级(?!别)|吊车|瓶装|桶装|范围|以外|半径|距离|及?以[上下内](?=的|[^，。；、])|[高宽深厚]"
    rf"|的(?:标准|规定|要求|限量|限值)|{_EQUIPMENT}"
)
_NAMED = {
    "座": re.compile(
        r"(?:及?以[上下])?的?(?:小型|微型|中型|大型|商务|营运|非营运)*(?:客车|面包车|校车|客运|轿车|车辆|汽车)"
    ),
    "轮": re.compile(r"(?:摩托|电动|农用|巡逻|货|汽|载货|低速)?车"),
    "组": re.compile("村民"),
    "期": re.compile("工程|标段"),
}
_DEADLINE = re.compile(
    r"(?:之|以)?内|[之以]?前|值班|值守|领导|带班|待命|在岗|专人|不间断|轮班|备勤|开机|畅通|监控|行动|攻坚|一[次轮换检查巡调]|来|以来|时间内"
    r"|[^，。、；\n]{0,8}圈"
)
_LASTING = re.compile(r"(?:连续|历时|为期|用时|长达|耗时|整整|达|近|约)$")


def is_limit(text: str, reading: Reading, *, averaged: bool) -> bool:
    """Whether the words next to the figure make it a threshold, a specification or a deadline.

    `averaged` says that the clause speaks of an average: 平均6分钟内到达 is a result.
    """
    end = reading.end
    if reading.approx is not Approx.EXACT and _CONDITION.match(text, end):
        return True
    if reading.kind in _RELATIVE:
        return False
    if _is_bound(text, reading):
        return True
    if reading.kind is Kind.DURATION:
        return not averaged and _is_deadline(text, reading)
    return text[end : end + 1] not in ("，", "。", "；", "、", "") and _is_specification(text, reading)


def _is_bound(text: str, reading: Reading) -> bool:
    end = reading.end
    after = text[end] if end < len(text) else "。"
    if text.startswith(_LIMITS, reading.start) and after in "的）)":
        return reading.kind is not Kind.COUNT or bool(_COUNTED_AFTER.match(text, end))
    if not text.startswith(("以上", "以下"), end - 2):
        return False
    return text[end - 3] in "及和含" or (after not in PHRASE_END and not _DOING.match(text, end))


def _is_specification(text: str, reading: Reading) -> bool:
    """What a thing is like, by the noun after it: 5公斤装, 7座面包车, 10—20米范围, 62岁的村民, 360度监控."""
    end, unit = reading.end, reading.unit
    named = _NAMED.get(unit)
    if unit in _AGES or unit == "度" or (named and named.match(text, end)):
        return True
    if reading.kind in _MEASURED or unit in _MEASURES:
        return bool(_SPECIFIED.match(text, end))
    return text.startswith(("范围", "的标准"), end)


def _is_deadline(text: str, reading: Reading) -> bool:
    """三日内, 24小时值班, 近三年, 每两年: no durations of anything done."""
    start = reading.start
    if (
        text[start - 1 : start] == "每"
        or text.startswith("阅读", max(0, start - 2))
        or (text[start] == "近" and reading.unit not in _HOURS and text[start - 2 : start] != "连续")
        or text[reading.end - 1] == "内"
    ):
        return True
    if (reading.value == 1 and reading.unit in _ONE_OF) or (reading.value == 24 and reading.unit == "小时"):
        return not _LASTING.search(text, max(0, start - 3), start)
    return bool(_DEADLINE.match(text, reading.end))
