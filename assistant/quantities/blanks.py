"""Placeholders that somebody forgot to fill: *次, XX家, ××户, ___, 20xx年, {{f12}}, 【待核实】."""

from __future__ import annotations

import re

from assistant.quantities.amounts import read_unit
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Approx, Kind

_MARKS = "Xx×ＸｘXX*＊_＿○"
STARTS = "*＊Xx×Ｘｘ_＿{【"
BLANK_YEAR = re.compile(
    rf"(?:(?:20|19)[0-9]?[{_MARKS}]{{1,4}}[0-9]?|[{_MARKS}]{{2,4}})年(?:[0-9{_MARKS}]{{1,2}}月(?:[0-9{_MARKS}]{{1,2}}[日号])?|度)?"
)
_BLANK = re.compile(r"(?:[*＊]{1,8}|[_＿]{2,40}|[XxＸｘ]{1,4}|×{1,4})(?P<more>[ ]?[余多]?万?[余多]?)")
_RUN = re.compile(r"[*＊]+|[_＿]+|[XxＸｘ]+|×+")
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,60}\}\}")
_NOTE = re.compile(r"【[^【】\n]{0,80}】")
_OPEN_NOTE = re.compile(r"待|补|填|核|缺|此处|数字|[XxＸ×*＊_＿]")
_DATED = re.compile(r"[年月日%％]")


def read_blank(text: str, pos: int, vocabulary: Vocabulary) -> tuple[Reading | None, int]:
    """The placeholder at `pos`, if the marks there stand for a figure, and where to read on.

    XX镇 and **县 hide a name, 5XX a model number: not figures.
    """
    if text[pos] in "{【":
        return _bracketed(text, pos)
    found = BLANK_YEAR.match(text, pos)
    if found:
        return Reading(pos, found.end(), Kind.PLACEHOLDER, unit=blank_unit(found[0]), stated=False), found.end()
    run = _RUN.match(text, pos)
    end = run.end() if run else pos + 1
    found = _BLANK.match(text, pos)
    if not found or found.end() < end or (pos and text[pos - 1].isascii() and text[pos - 1].isalnum()):
        return None, end
    stop, unit, _ = read_unit(text, found.end(), vocabulary)
    dated = _DATED.match(text, found.end()) if not unit else None
    if dated:
        stop, unit = dated.end(), dated[0]
    if not unit and text[pos] not in "_＿":
        return None, end
    approx = Approx.MORE_THAN if "余" in found["more"] or "多" in found["more"] else Approx.EXACT
    return Reading(pos, max(stop, end), Kind.PLACEHOLDER, unit=unit, approx=approx, stated=False), max(stop, end)


def blank_unit(surface: str) -> str:
    """年, 月 or 日: what a blank date is a date of."""
    return "日" if surface[-1] in "日号" else "月" if surface[-1] == "月" else "年"


def _bracketed(text: str, pos: int) -> tuple[Reading | None, int]:
    found = (_TEMPLATE if text[pos] == "{" else _NOTE).match(text, pos)
    if not found:
        return None, pos + 1
    if text[pos] == "【" and not _OPEN_NOTE.search(found[0]):
        return None, pos + 1
    return Reading(pos, found.end(), Kind.PLACEHOLDER, stated=False), found.end()
