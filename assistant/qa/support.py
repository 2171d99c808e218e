"""Whether the passages found bear on a question at all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from assistant.alignment.lexicon import cut
from assistant.qa.clauses import leftover
from assistant.records import Hit

_TRADE = Path(__file__).with_name("trade.txt")  # how people call the things of the trade, a pattern a line
_NUMBER = r"(?:\d[\d.,]*|[一二两三四五六七八九十百千万]+)"
_DURATION = rf"{_NUMBER}\s*(?:个)?(?:工作日|小时|分钟|日|天|年|月|个月|周)|[每半]\s*(?:年|月|日|季度|周)|立即|及时|终[生身]|定期|当[日天]|长期|随时"
_UNITS = {
    "钱": r"元|罚款|收费|费用", "元": r"元", "块": r"元", "万": r"万元", "亿": r"亿元", "倍": r"倍", "天": _DURATION, "日": _DURATION,
    "小时": _DURATION, "个小时": _DURATION, "分钟": _DURATION, "年": rf"{_NUMBER}\s*年|终[生身]", "个月": rf"{_NUMBER}\s*个?月", "岁": rf"{_NUMBER}\s*周?岁",
    "人": rf"{_NUMBER}\s*(?:人|名)|百分之", "名": rf"{_NUMBER}\s*(?:人|名)", "个人": rf"{_NUMBER}\s*(?:人|名)", "米": rf"{_NUMBER}\s*米", "公里": rf"(?<!每小时)(?<!时速){_NUMBER}\s*(?:公里|千米)",
    "吨": rf"{_NUMBER}\s*吨", "桌": rf"{_NUMBER}\s*桌", "次": rf"{_NUMBER}\s*次|每[年月日]", "平方米": rf"{_NUMBER}\s*平方米", "平": rf"{_NUMBER}\s*平方米", "度": rf"{_NUMBER}\s*度",
    "公斤": rf"{_NUMBER}\s*(?:公斤|千克)", "斤": rf"{_NUMBER}\s*(?:公斤|千克)", "层": rf"{_NUMBER}\s*层", "分": rf"{_NUMBER}\s*分", "百分之": r"百分之", "箱": rf"{_NUMBER}\s*箱", "户": rf"{_NUMBER}\s*户",
    "台": rf"{_NUMBER}\s*台", "辆": rf"{_NUMBER}\s*辆", "具": rf"{_NUMBER}\s*具", "亩": rf"{_NUMBER}\s*亩", "场": rf"{_NUMBER}\s*场", "家": rf"{_NUMBER}\s*家", "码": r"公里", "升": rf"{_NUMBER}\s*升",
    "瓶": rf"{_NUMBER}\s*瓶", "只": rf"{_NUMBER}\s*只", "把": rf"{_NUMBER}\s*把", "间": rf"{_NUMBER}\s*间", "厘米": rf"{_NUMBER}\s*厘米", "级": rf"{_NUMBER}\s*级",
}  # fmt: skip
_ASKED = re.compile(
    rf"(?:多少|几)\s*(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})|(?P<long>多久|多长时间|什么时限|多少时间|几时)|(?P<percent>百分之[几多])|(?P<metres>多远|间距|隔多)|(?P<age>多大年纪|多大年龄)|(?P<fine>罚多少)"
)
_NAMED_TIME = re.compile(
    r"[\u4e00-\u9fff]{2,8}?(?:宣传月|安全生产月|生产月|宣传周|宣传日|消防日|纪念日|活动月|安全月|安全日)"
)
PENALTY = re.compile(r"怎么[罚处]|罚多少|如何处[罚理]|处罚|罚款|挨罚|会被?罚|会怎么|会怎样|什么后果|什么责任")
PUNISHES = re.compile(r"罚款|拘留|吊销|处分")
_WHICH = re.compile(r"哪一?条|哪部法|有没有规定|是否规定|规定了?(?:没有|吗)|法律规定|依据是")
_ENOUGH = 34  # percent of the question's word pairs that must stand in the passages, where nothing else speaks for them
_MEASURED = re.compile(r"([\u4e00-\u9fff]{2})(?:是|要|为)?(?:多少|几)(?=$|[？?元米钱公])")  # 工资多少, 间隔多少米
_COUNTED = re.compile(r"(?:几|多少)个([\u4e00-\u9fff]{2,4})(?=[？?，。]|$)")  # 放几个灭火器
_LEAST = 25
_LOOKED_AT = 5
_BARE_LAW = re.compile(r"《[^《》]*》|[\u4e00-\u9fff]{2,20}?(?:法|条例|办法)(?=规定|里|中|上|第|对)")
_BARE = re.compile(
    r"规定|内容|原文|条文|全文|具体|关于|查|找|看|的|是|了|里|请|说|讲|款|项|这|条|第|[\d一二三四五六七八九十百零两]|法|条例|办法|什么|怎么|如何|一下|我|想|知道|写|有|哪些|帮|给|吗|呢|啊|和|与|、|安全生产|《|》|？|\?|，|。|\s"
)


def asks_more(question: str) -> bool:
    """Whether a question that names an article asks for more than what it says."""
    rest = re.sub(
        r"《[^《》]*》|第\s*[\d一二三四五六七八九十百零两]+\s*条(?:之[一二三四五])?|[\u4e00-\u9fff]{0,12}?(?:法|条例|办法)(?=第)",
        "",
        question,
    )
    return len(_BARE.sub("", rest)) > 4


def answer_pattern(question: str) -> re.Pattern[str] | None:
    """What an article must hold to answer the amount or the time asked for; None where none is asked for."""
    found = _ASKED.search(question)
    if not found:
        return None
    if found["unit"]:
        return re.compile(_UNITS[found["unit"]])
    if found["percent"]:
        return re.compile("百分之")
    if found["metres"]:
        return re.compile(_UNITS["米"])
    if found["age"]:
        return re.compile(_UNITS["岁"])
    return re.compile(_UNITS["钱"] if found["fine"] else _DURATION)


def unsupported(question: str, hits: Sequence[Hit], *, legal: bool, law: bool) -> str:
    """Why the passages found do not bear on the question, in Chinese; empty where they do."""
    texts = [hit.passage.text for hit in hits[:_LOOKED_AT]]
    everything = "\n".join(texts)
    if not texts:
        return "没有找到有关的条文"
    related = {hit.related for hit in hits[:_LOOKED_AT]}
    about = True if True in related else False if related == {False} else None
    return _unanswered(question, everything) or _unrelated(question, everything, about, legal=legal, law=law)


def _unanswered(question: str, text: str) -> str:
    """Why a text does not hold what is asked for outright: an amount, a time, a named day or month."""
    pattern = answer_pattern(question)
    if pattern is not None and not pattern.search(text):
        return "没有条文规定问到的数量或时限"
    counted = _COUNTED.search(question)
    if counted and counted[1] not in text:
        return f"没有条文说到“{counted[1]}”"
    named = _NAMED_TIME.search(question)
    if named and named[0][-5:] not in text and named[0][-3:] not in text:
        return f"条文里没有“{named[0][-5:]}”"
    return ""


def _unrelated(question: str, text: str, about: bool | None, *, legal: bool, law: bool) -> str:
    """Why a text is about something else: as the vectors say (`about`), else by the question's words that stand in it."""
    known = covers(_BARE_LAW.sub("", question), text)
    if _WHICH.search(question) and known < _ENOUGH:
        return "没有条文说到问的事"
    measured = _MEASURED.search(question)
    if law and (known < _LEAST or (measured and measured[1] not in text)):
        return "这部法规没有说到问的事"
    if about is not None:
        return "" if about else "没有条文说到问的事"
    if is_of_trade(question) or known >= (_ENOUGH if legal or law else 2 * _ENOUGH):
        return ""
    return "没有条文说到问的事"


def covers(question: str, text: str) -> int:
    """How many of the question's word pairs stand in a text, in percent."""
    pairs = {run[at : at + 2] for run in leftover(question) for at in range(len(run) - 1)}
    return 100 * sum(pair in text for pair in pairs) // len(pairs) if pairs else 0


def is_of_trade(question: str) -> bool:
    """Whether it uses words of the trade: those of the lexicon's fields and things, or colloquial ones for them."""
    if _trade().search(question):
        return True
    return any(token.kind in ("thing", "field") and token.concepts for token in cut(question))


@cache
def _trade() -> re.Pattern[str]:
    return re.compile("|".join(_TRADE.read_text(encoding="utf-8").split()))
