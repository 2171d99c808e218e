"""Enumerated paragraphs: 一是…；二是…, taken apart and numbered again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafting.headings import chinese_numeral

_MARKER = re.compile(
    r"(?:(?<=^)|(?<=[：:；;。，,\n]))\s*(?:第?[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}，)"
)


_FEWEST_MARKS = 2


@dataclass(frozen=True, slots=True)
class Enumeration:
    """What stands before the first item, and the items without marker and end mark."""

    head: str
    items: tuple[str, ...]
    separate: bool = False  # each item a paragraph of its own
    plain: bool = False  # the items are only set off by ；


def read_enumeration(paragraphs: Sequence[str]) -> Enumeration:
    """The enumeration of a section; without markers everything is head."""
    text = "\n".join(paragraphs)
    markers = list(_MARKER.finditer(text))
    if not markers:
        return _plain(text)
    bounds = [*(found.start() for found in markers[1:]), len(text)]
    items = [text[found.end() : end].strip(" \n；;。") for found, end in zip(markers, bounds, strict=True)]
    separate = sum("\n" in text[found.start() - 1 : found.start() + 1] for found in markers[1:]) >= len(markers) // 2
    return Enumeration(text[: markers[0].start()].strip(), tuple(items), separate and len(markers) > 1)


def _plain(text: str) -> Enumeration:
    """甲；乙；丙。 in one paragraph is an enumeration too, behind a colon where there is one."""
    if "\n" in text or text.count("；") < _FEWEST_MARKS or "。" in text[:-1]:
        return Enumeration(text, ())
    lead, colon, _ = text.partition("；")[0].rpartition("：")
    head, body = lead, text[len(lead + colon) :]
    items = tuple(item.strip() for item in body.rstrip("。").split("；"))
    return Enumeration(head + colon, items, plain=True)


def written_enumeration(enumeration: Enumeration) -> list[str]:
    """The paragraphs again: items numbered 一是, 二是 from the first, none left empty."""
    items = [item for item in enumeration.items if item]
    if not items:
        return [line for line in enumeration.head.split("\n") if line]
    if enumeration.plain:
        return [enumeration.head + "；".join(items) + "。"]
    numbered = [f"{chinese_numeral(number)}是{item}" for number, item in enumerate(items, 1)]
    if enumeration.separate:
        return [*(line for line in enumeration.head.split("\n") if line), *(item + "。" for item in numbered)]
    body = ("。" if any("。" in item for item in items) else "；").join(numbered) + "。"
    head = enumeration.head.split("\n")
    return [*(line for line in head[:-1] if line), head[-1] + body]
