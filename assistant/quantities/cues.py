"""Words that say what the figures after them are: planned, ruled, of another place, or a result after all.

Each alternative starts with a plain character, so that the one search over a text skips from one such
character to the next; conditions on what stands before it follow as look-behinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUES: dict[str, tuple[str, ...]] = {
    "clause": ("，", "；", "：", ",", ";", ":"),
    "sentence": ("。", "！", "？", "!", r"\?"),
    "paragraph": ("\n",),
    # From here on the paragraph is about the future.
    "ahead": tuple(
        word + rf"(?<![^，。；：！？\n \u3000”）)]{word})"
        for word in ("下一步", "下一阶段", "下阶段", "下步", "接下来", "今后", "明年", "来年")
    ),
    # The sentence is, until a word of the past comes.
    "plan": (
        "力争",
        "争取(?=在|年|实现|达到|把|将|做到|创建|完成|全年|到(?=20|年底|明年))",
        "预计",
        "有望",
        "目标(?=是|为|[：:]|任务[：:])",
        "要(?=达到|实现)",
        "计划(?<![^，。；：、\n年步镇乡将们道还也并办后内月期]计划)"
        "(?=[开组投新召完安建实培检排举在对于用再全每更配购年今明下逐分为利筹启]|20[0-9]{2})",
        "拟(?<![模虚比]拟)(?=[开组投新召建对于在用安])",
        "将(?<!已将)(?=进一步|继续|持续|组织|开展|召开|完成(?![^，。]{0,4}的)|投入(?!使用|运[行营])|新(?![建增装购]的)|实施|建成(?!的)"
        "|安排|力争|争取|着力|加大|加强|聚焦|深入|于|以(?![往上下])|再|有(?![关效限力的毒证])|陆续|适时|坚持|全面推|做到|不断|每"
        "|实现|达到|确保|在(?![建用册营])|通过(?!验收|年检|审核)|全力|逐步|尽快|按)",
    ),
    # Only the clause is.
    "aim": ("确保(?!了)", "务必", "努力(?=实现|做到|达到|完成)"),
    # Only statements of nothing are meant: 严防事故 is no report that there was none.
    "guard": ("防止", "严防", "杜绝", "避免", "预防", "遏制", "防范"),
    # Back to what was done.
    "past": (
        "回顾",
        "今年以来",
        "截至",
        "截止",
        "过去",
        "一年来",
        "目前",
        "已(?!知)",
        "现有",
        "实际",
        "以来(?<=年以来)",
    ),
    # The sentence is about somewhere else, until a word for one's own place comes.
    "place": (
        "某(?=省(?!道)|市(?![场政民售])|县|区(?!域)|地(?![块段下产])|镇|乡[^镇])",
        "外省",
        "外地(?=发生|一|某|近)",
        "外县",
        "邻县",
        "邻市",
        "邻镇",
        *(
            head + "[国省市县区](?<![在居是为被由向对到经受于前据按与].[国省市县区])"
            "(?=共|累计|每年|因|发生|已?(?:排查|检查|发现|整改|开展)|各类|事故|今年|去年|上半年|20[0-9]{2}年|生产安全|火灾|有|接报|合计|总(?!体|结|工))"
            for head in "全我"
        ),
    ),
    # An accident elsewhere is spoken of; its dead and injured are not the town's.
    "lesson": (
        "特别重大(?=[^，。]{0,20}(?:事故|火灾|爆炸)[^。]{0,6}(?:造成|致|教训))",
        *(
            dot + "(?<=[0-9].)(?=[0-9]{1,2}”?[^，。]{0,24}(?:事故|火灾|爆炸|坍塌|坠落|倒塌))"
            for dot in ("·", "•", "・", r"\.")
        ),
    ),
    # So too in a sentence that draws lessons.
    "moral": ("吸取", "汲取"),
    "ours": (
        "我[镇乡]",
        "我街道",
        "本[镇乡]",
        "本街道",
        "本辖区",
        "全[镇乡]",
        "全街道",
        "辖区",
        "街道(?=[^，。]{0,6}[开组检排发整投])",
        "该[镇乡]",
    ),
    "rule": (
        "每(?=[日天周旬月季年晚班]|半[年月]|个[月季工]|[两二三四五六0-9]{1,2}(?:个月|年|天|日|小时)|学期|逢|隔|满)",
        "不得",
        "应当",
        "必须(?<![三个产务业营]必须)",
        "须(?<![无必]须)",
        "限量(?=[0-9为是])",
        "限值",
        "限额",
        "限速(?=[0-9为在不])",
        "额定",
        "核定载",
        "不准",
        "严禁(?=在|超过|[0-9])",
        "凡(?=[是有未涉])",
        "原则上",
        "规定(?=限量|的|为|在|不)",
        "处(?=[0-9一二三四五六七八九十]{1,3}[万千百]?元?以上)",
        "标准(?=为|是)",
        "最高不",
        "最低不",
    ),
    "floor": ("至少", "最少", "不少于", "不低于", "不得少于", "不得低于"),
    "mean": ("平均", "均(?=[^为已])", "累计", "共(?!同)", "合计"),
    "approach": (
        "围绕",
        "聚焦",
        "紧盯",
        "紧扣",
        "坚持",
        "按照",
        "按(?=[“0-9一二三四五六七八九十])",
        "把好",
        "严把",
        "实行",
        "抓住",
        "抓好",
        "健全",
        "筑牢",
        "守住",
        "强化",
        "遵循",
        "秉持",
        "突出",
        "落实(?=[“一二三四五六七八九十])",
    ),
}
_FLAT = [(name, form) for name, forms in _CUES.items() for form in forms]
_SEARCH = re.compile("|".join(f"{form}()" for _, form in _FLAT))
_NAMES = ("", *(name for name, _ in _FLAT))


def find_cues(text: str) -> Iterator[re.Match[str]]:
    """Every cue of the text, in order."""
    return _SEARCH.finditer(text)


def cue_name(cue: re.Match[str]) -> str:
    """Which of the kinds above a cue is."""
    return _NAMES[cue.lastindex or 0]
