"""How people say things and how laws write them: 驾照 and 机动车驾驶证, 鞭炮 and 烟花爆竹.

The table is ours, from the words of the township's daily work; it can be read and extended.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).with_name("colloquial.csv")


def in_words_of_law(question: str) -> str:
    """What laws call the things a question speaks of, without what it already says; empty where it uses no such word."""
    found = [word for said, written in _wordings() if said.search(question) for word in written]
    return " ".join(dict.fromkeys(word for word in found if word not in question))


@cache
def _wordings() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((re.compile(row["said"]), tuple(row["written"].split())) for row in csv.DictReader(file))
