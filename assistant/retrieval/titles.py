"""Names of laws and documents: long, short and colloquial, and document numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

LAW_ENDING = re.compile(r"(?:法|法典|条例|规定|办法|规则|细则|决定|准则|解释|标准|规程|制度|章程|公约)$")
DIGEST = re.compile(r"[（(](?:摘要|要点|摘编|节选)[）)]")
_NATION = "中华人民共和国"
_BRACKETS = re.compile(r"[《》〈〉<>“”\"\s]")
_TAIL = re.compile(  # says which text of a law it is; （试行） and （二） are parts of names
    r"[（(](?:(?:19|20)\d{2}年?[^（()）]*|修[正订改][^（()）]*|摘要|要点|摘编|节选|全文|最新[^（()）]*|含[^（()）]*)[）)]$"
)
_PARENTHESES = re.compile(r"[（(][^（()）]*[）)]$")
_ENDINGS = ("法典", "条例", "规定", "办法", "规则", "细则", "法")
NUMBER = re.compile(
    r"(?P<issuer>[\u4e00-\u9fff]{1,12}?)?\s*[〔\[［（(【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］）)】]\s*(?:第\s*)?(?P<number>\d{1,4})\s*号"
)
_PREFIXES = ("根据", "按照", "依据", "关于", "发布", "印发", "转发", "文件", "的")


def short_title(title: str) -> str:
    """How people call a law: without 中华人民共和国, brackets, and what only says which text it is."""
    bare = _BRACKETS.sub("", title)
    while _TAIL.search(bare):
        bare = _TAIL.sub("", bare)
    return bare.replace(_NATION, "") or bare


def law_named(name: str, titles: Iterable[str]) -> str:
    """The one of these short titles that a name means; empty where none does.

    A name is the title itself, its end (安全生产法 for 某省…安全生产法 is not), or an abbreviation: some of the
    title's characters in order, with its first and its kind (安法, 道交法, 食安法, 危化条例). The shortest title wins.
    """
    name = short_title(name)
    known = {title: _PARENTHESES.sub("", title) for title in titles}
    if name in known:
        return name
    ending = next((each for each in _ENDINGS if name.endswith(each)), "")
    core = name.removesuffix(ending)
    if not ending or not core:
        return ""
    fitting = [
        title
        for title, bare in known.items()
        if bare.endswith(ending) and bare[0] == core[0] and _in_order(core, bare.removesuffix(ending))
    ]
    return min(fitting, key=len, default="")


def _in_order(few: str, many: str) -> bool:
    rest = iter(many)
    return all(character in rest for character in few)


def document_number(text: str) -> str:
    """The first document number of a text in its usual form: 安委〔2023〕12号, 国务院令第493号; empty without one."""
    found = NUMBER.search(text)
    if found:
        return f"{_issuer(found)}〔{found['year']}〕{int(found['number'])}号"
    order = re.search(r"([\u4e00-\u9fff]{2,16}?)令\s*第?\s*(\d{1,4})\s*号", text)
    return f"{_issuer_name(order[1])}令第{int(order[2])}号" if order else ""


def numbers_in(text: str) -> list[str]:
    """The document numbers a question names, each as the part that tells it apart: 〔2023〕12号, 令第493号."""
    numbers = [f"〔{found['year']}〕{int(found['number'])}号" for found in NUMBER.finditer(text)]
    orders = re.finditer(r"令\s*第?\s*(\d{1,4})\s*号|(\d{1,4})\s*号令", text)
    return list(dict.fromkeys([*numbers, *(f"令第{int(found[1] or found[2])}号" for found in orders)]))


def _issuer(found: re.Match[str]) -> str:
    return _issuer_name(found["issuer"] or "")


def _issuer_name(name: str) -> str:
    for prefix in _PREFIXES:
        name = name.rpartition(prefix)[2]
    return name.removeprefix(_NATION)
