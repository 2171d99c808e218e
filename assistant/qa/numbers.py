"""The figures in a text, however written: 二十四小时 and 24小时 are one."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.quantities.numerals import parse_numeral

_NUMBER = re.compile(r"\d[\d.,]*|[〇零一二两三四五六七八九十百千万亿]{1,12}")
_IDLE = frozenset("一两万千百十")
_LONGEST = 12


def figures_in(text: str) -> frozenset[Decimal]:
    """Every number in a text; 一 alone and the 一 of words (一律, 统一) count too, which can only make a check stricter."""
    found = set()
    for match in _NUMBER.finditer(text):
        written = match[0].replace(",", "").rstrip(".")
        if len(written) > _LONGEST or written in _IDLE:
            continue
        value = parse_numeral(written)
        if value is not None:
            found.add(value)
    return frozenset(found)
