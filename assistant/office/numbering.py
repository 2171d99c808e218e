"""Automatic list numbers as the reader sees them: 一、（一）1. — Word keeps them out of the text.

Rules after ECMA-376 part 1, 17.9: one counter per abstract list and level; a paragraph on a level restarts
the levels below it; an instance may override a level's start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.office.ooxml import Element, child, value, w

_CN = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "japaneseDigitalTenThousand",
)
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: where it starts, how it counts, and its text with %1 %2 for the counters."""

    start: int
    form: str
    text: str
    plain: bool  # all counters in Arabic figures (isLgl)


@dataclass(slots=True)
class Numbering:
    """The lists of one document, counting as its paragraphs go by."""

    _abstract_of: dict[str, str] = field(default_factory=dict)
    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    _linked: dict[tuple[str, str], int] = field(default_factory=dict)
    _counters: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[tuple[str, int]] = field(default_factory=set)

    def level_of_style(self, num_id: str, style: str) -> int:
        """The level a paragraph style is tied to in a list."""
        return self._linked.get((self._abstract_of.get(num_id, ""), style), 0)

    def label(self, num_id: str, level: int) -> str:
        """Count one paragraph of the list and level; its visible number ("" for bullets and no list)."""
        abstract = self._abstract_of.get(num_id)
        levels = self._levels.get(abstract or "", {})
        if abstract is None or level not in levels:
            return ""
        counters = self._counters.setdefault(abstract, {})
        if (num_id, level) not in self._seen and (num_id, level) in self._restarts:
            counters[level] = self._restarts[num_id, level]
        else:
            counters[level] = counters.get(level, levels[level].start - 1) + 1
        self._seen.add((num_id, level))
        for lower in [lower for lower in counters if lower > level]:
            del counters[lower]
        return _render(levels, counters, level)


def read_numbering(root: Element | None, styles: Element | None) -> Numbering:
    """The lists of numbering.xml; lists that only point to a list style are followed to it."""
    lists = Numbering()
    if root is None:
        return lists
    links: dict[str, str] = {}
    for abstract in root.findall(w("abstractNum")):
        identity = abstract.get(w("abstractNumId"), "")
        lists._levels[identity] = _read_levels(abstract)
        links[identity] = value(abstract, "numStyleLink") or ""
        for level in abstract.findall(w("lvl")):
            if style := value(level, "pStyle"):
                lists._linked[identity, style] = int(level.get(w("ilvl"), 0))
    for instance in root.findall(w("num")):
        num_id = instance.get(w("numId"), "")
        lists._abstract_of[num_id] = value(instance, "abstractNumId") or ""
        for override in instance.findall(w("lvlOverride")):
            if (start := value(override, "startOverride")) is not None:
                lists._restarts[num_id, int(override.get(w("ilvl"), 0))] = int(start)
    _follow_links(lists, links, styles)
    return lists


def _follow_links(lists: Numbering, links: dict[str, str], styles: Element | None) -> None:
    """Point instances of an abstract list that is only a link to the list its style uses."""
    if styles is None:
        return
    num_of_style = {
        style.get(w("styleId")): value(child(child(style, "pPr"), "numPr"), "numId")
        for style in styles.findall(w("style"))
    }
    targets = {
        identity: lists._abstract_of.get(num_of_style.get(style) or "", "")
        for identity, style in links.items()
        if style
    }
    for num_id, abstract in list(lists._abstract_of.items()):
        if targets.get(abstract):
            lists._abstract_of[num_id] = targets[abstract]


def _read_levels(abstract: Element) -> dict[int, Level]:
    return {
        int(level.get(w("ilvl"), 0)): Level(
            start=int(value(level, "start") or 1),
            form=value(level, "numFmt") or "decimal",
            text=value(level, "lvlText") or "",
            plain=child(level, "isLgl") is not None,
        )
        for level in abstract.findall(w("lvl"))
    }


def _render(levels: dict[int, Level], counters: dict[int, int], level: int) -> str:
    own = levels[level]
    if own.form in ("bullet", "none") and "%" not in own.text:
        return "" if own.form == "bullet" else own.text
    label = own.text
    for index in range(9):
        mark = f"%{index + 1}"
        if mark in label:
            other = levels.get(index, own)
            number = counters.get(index, other.start)
            form = "decimal" if own.plain and index != level else other.form
            label = label.replace(mark, format_number(number, form))
    return label


def format_number(number: int, form: str) -> str:
    """A list number in one of Word's number formats; formats this program does not know count in Arabic figures."""
    if form in _CHINESE:
        return _chinese(number)
    simple: dict[str, Callable[[], str]] = {
        "none": lambda: "",
        "decimalZero": lambda: f"{number:02}",
        "decimalFullWidth": lambda: "".join(chr(0xFF10 + int(digit)) for digit in str(number)),
        "decimalEnclosedCircle": lambda: _from_block(number, 0x2460, 20),
        "decimalEnclosedCircleChinese": lambda: _from_block(number, 0x2460, 20),
        "decimalEnclosedParen": lambda: _from_block(number, 0x2474, 20),
        "decimalEnclosedFullstop": lambda: _from_block(number, 0x2488, 20),
        "ideographEnclosedCircle": lambda: _from_block(number, 0x3280, 10),
        "ideographTraditional": lambda: _STEMS[(number - 1) % 10],
        "ideographZodiac": lambda: _BRANCHES[(number - 1) % 12],
        "chineseLegalSimplified": lambda: _chinese(number, _FORMAL, "拾佰"),
        "lowerLetter": lambda: chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1),
        "upperLetter": lambda: chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1),
        "lowerRoman": lambda: _roman(number),
        "upperRoman": lambda: _roman(number).upper(),
    }
    return simple.get(form, lambda: str(number))()


def _from_block(number: int, first: int, count: int) -> str:
    return chr(first + number - 1) if 1 <= number <= count else str(number)


def _chinese(number: int, digits: str = _CN, tens: str = "十百") -> str:
    """1–999 as a Chinese list counts: 十一, 二十, 一百零三."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    head = f"{digits[hundreds]}{tens[1]}" if hundreds else ""
    if not rest:
        return head
    ten, one = divmod(rest, 10)
    last = digits[one] if one else ""
    if not ten:
        return head + ("零" if hundreds else "") + last
    first = "" if ten == 1 and not hundreds and digits is _CN else digits[ten]
    return head + first + tens[0] + last


def _roman(number: int) -> str:
    text = ""
    for worth, letters in (*_ROMAN, *_ROMAN_SMALL):
        text += letters * (number // worth)
        number %= worth
    return text
