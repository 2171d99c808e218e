"""Placeholders that somebody forgot to fill: *次, XX家, ××户, ___, 20xx年, {{f12}}, 【待核实】."""

from __future__ import annotations

import re

from assistant.quantities.amounts import read_unit
from assistant.quantities.reading import Reading
from assistant.quantities.vocabulary import Vocabulary
from assistant.records import Approx, Kind

_MARKS = "Xx×ＸｘXX*＊_＿○"
STARTS = "*＊Xx×Ｘ_＿"
_BLANK_YEAR = re.compile(
    rf"(?:(?:20|19)[0-9]?[{_MARKS}]{{1,4}}[0-9]?|[{_MARKS}]{{2,4}})年(?:[0-9{_MARKS}]{{1,2}}月(?:[0-9{_MARKS}]{{1,2}}[日号])?|度)?"
)
_BLANK = re.compile(
    r"(?:[*＊]{1,8}|[_＿]{2,40}|[XxＸｘ]{1,4}|×{1,4})(?:[.．][XxＸ×*＊_]{1,2})?(?P<more>[ ]?[余多]?万?[余多]?)"
)
_RUN = re.compile(r"[*＊]+|[_＿]+|[XxＸｘ]+|×+")
_TEMPLATE = re.compile(r"\{\{[^{}\n]{0,60}\}\}")
_NOTE = re.compile(r"【[^【】\n]{0,80}】")
_OPEN_NOTE = re.compile(r"待|补|填|核|缺|此处|数字|[XxＸ×*＊_＿]")
_JOINED = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ+")
_DATED = re.compile(r"[年月日%％]")


def read_blank(text: str, pos: int, vocabulary: Vocabulary) -> Reading | None:
    """The placeholder made of marks at `pos`, if they stand for a figure.

    XX镇 and **县 hide a name, 5XX a model number: not figures.
    """
    if pos and text[pos - 1] in STARTS:
        return None  # inside a run of marks that was looked at from its start
    if year := read_blank_year(text, pos):
        return year
    run, found = _RUN.match(text, pos), _BLANK.match(text, pos)
    if not run or not found or found.end() < run.end() or (pos and text[pos - 1] in _JOINED):
        return None
    end, unit, _ = read_unit(text, found.end(), vocabulary)
    dated = _DATED.match(text, found.end()) if not unit else None
    if dated:
        end, unit = dated.end(), dated[0]
    if not unit and text[pos] not in "_＿":
        return None
    approx = Approx.MORE_THAN if "余" in found["more"] or "多" in found["more"] else Approx.EXACT
    return Reading(pos, max(end, run.end()), Kind.PLACEHOLDER, unit=unit, approx=approx)


def read_blank_year(text: str, pos: int) -> Reading | None:
    """20xx年, 202X年6月, ****年."""
    found = _BLANK_YEAR.match(text, pos)
    if not found:
        return None
    unit = "日" if found[0][-1] in "日号" else "月" if found[0][-1] == "月" else "年"
    return Reading(pos, found.end(), Kind.PLACEHOLDER, unit=unit)


def read_note(text: str, pos: int) -> Reading | None:
    """{{f12}}, or 【…】 where it asks for something to be filled in or checked."""
    found = _TEMPLATE.match(text, pos) or _NOTE.match(text, pos)
    if not found or (text[pos] == "【" and not _OPEN_NOTE.search(found[0])):
        return None
    return Reading(pos, found.end(), Kind.PLACEHOLDER)
