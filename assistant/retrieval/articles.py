"""Article numbers as laws write them and people type them: 第二十一条之一, 第21条, 21.1."""

from __future__ import annotations

import re

from assistant.quantities.numerals import parse_numeral

_DIGITS = "一二三四五六七八九十百千零〇○两\\d０-９"
ARTICLE = rf"第\s*([{_DIGITS}]{{1,9}})\s*条(?:\s*之\s*([{_DIGITS}]{{1,3}}))?"
_ARTICLE = re.compile(ARTICLE)
_PLAIN = re.compile(r"(\d{1,4})(?:\.(\d{1,2}))?")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９○", "0123456789〇")
_CHINESE = "〇一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def article_key(number: str, inserted: str | None = None) -> str:
    """The key of an article from its numerals: ("二十一", "一") is "21.1"; empty where they are none."""
    values = [_value(part) for part in (number, inserted) if part]
    return ".".join(str(value) for value in values) if all(values) else ""


def read_article(text: str) -> str:
    """The key of one article however written: 第二十一条, 第21条之一, 21.1; empty where it is none."""
    text = text.strip()
    plain = _PLAIN.fullmatch(text.translate(_FULL_WIDTH))
    if plain:
        return article_key(*plain.groups())
    found = _ARTICLE.match(text)
    return article_key(*found.groups()) if found else ""


def article_label(key: str) -> str:
    """How the law writes it: "21.1" is 第二十一条之一."""
    number, _, inserted = key.partition(".")
    if not number:
        return ""
    return f"第{_chinese(int(number))}条" + (f"之{_chinese(int(inserted))}" if inserted else "")


def article_order(key: str) -> tuple[int, int]:
    """What articles are sorted by."""
    number, _, inserted = key.partition(".")
    return int(number or 0), int(inserted or 0)


def _value(numeral: str) -> int:
    value = parse_numeral(numeral.translate(_FULL_WIDTH))
    return int(value) if value is not None and value == int(value) else 0


def _chinese(number: int) -> str:
    written, gap = "", False
    for place, name in _PLACES:
        digit, number = divmod(number, place)
        if digit:
            written += ("零" if gap else "") + _CHINESE[digit] + name
            gap = False
        elif written:
            gap = True
    if number:
        written += ("零" if gap else "") + _CHINESE[number]
    return written.removeprefix("一") if written.startswith("一十") else written or "〇"
