"""Whose ledger it is, as the titles of its sheets say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_TOWN = re.compile(
    r"^(?:\d{4}年度?)?(?:[\u4e00-\u9fff]{2,4}[县市区])?(?P<name>[\u4e00-\u9fff]{1,5}?(?:街道|镇|乡))(?!村|民|办企业)"
)

_WHOLE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,4}[县市区])?(?P<name>[\u4e00-\u9fff]{1,6}?(?:街道|镇|乡))(?:办事处|人民政府|政府)?"
)


def town_of(text: str) -> str:
    """The town a cell names, and nothing else (城东街道 for 城东街道办事处); empty where it does not name one."""
    found = _WHOLE.fullmatch("".join(text.split()))
    return found["name"] if found else ""


def town_named(titles: Iterable[str]) -> str:
    """The town that most titles begin with (青梧镇2024年安全检查台账 → 青梧镇); empty where none names one."""
    found = Counter(match["name"] for title in titles if (match := _TOWN.match(title.strip())))
    return found.most_common(1)[0][0] if found else ""
