"""A text the offline writer made, given to a model for its wording alone: its figures are slots, verbatim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.drafting.exemplar import NUMERAL, is_order, unnumbered
from assistant.drafting.flaws import SLOT
from assistant.quantities.extract import extract
from assistant.records import Kind, Quantity

_MARKED = re.compile(r"【[^】]*】")
_BREAK = re.compile(r"[，。；：！？、\n（）()]")
_NUMBER = re.compile(r"[0-9０-９][0-9０-９.．,，]*|[〇零一二三四五六七八九十百千万亿两]+")
_NAMES = frozenset({Kind.POLICY, Kind.HEADING})
_SAME = "甲乙丙丁戊己庚辛壬癸"
_SHORTEST, _LONGEST = 0.6, 1.6  # of the draft's length, for the wording of the same thing


@dataclass(frozen=True, slots=True)
class Veiled:
    """A draft with its figures behind slots: the text, and the very words each slot stands for."""

    text: str
    words: Mapping[str, str]  # slot name → what stood there
    labels: Mapping[str, str]  # how the slot is shown to a model → slot name


def veil(draft: str) -> Veiled:
    """The draft with every clause that has a figure, a date or a 【待核实：…】 behind a slot.

    The whole clause, so that no figure can come to stand behind another's name; a model sees it
    with N for the number (隐患整改率为N%).
    """
    words: dict[str, str] = {}
    labels: dict[str, str] = {}
    text, last = "", 0
    for number, (start, end) in enumerate(_clauses_with_figures(draft), 1):
        words[f"f{number}"] = draft[start:end]
        labels[_fresh(_label(draft[start:end]), labels)] = f"f{number}"
        text += draft[last:start] + "{{" + f"f{number}" + "}}"
        last = end
    return Veiled(text + draft[last:], words, labels)


def _clauses_with_figures(draft: str) -> list[tuple[int, int]]:
    """Where the clauses with figures stand, in order; a row's 一是 stays outside."""
    marked = [found.span() for found in _MARKED.finditer(draft)]
    figures = [(quantity.start, quantity.end) for quantity in extract(draft) if _is_figure(quantity)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted([*marked, *figures]):
        if spans and start < spans[-1][1]:
            start = spans.pop()[0]
        left = max((found.end() for found in _BREAK.finditer(draft, 0, start)), default=0)
        right = _BREAK.search(draft, end)
        left += len(draft[left:start]) - len(unnumbered(draft[left:start]))
        spans.append((min(left, start), right.start() if right else len(draft)))
    return spans


def unveil(text: str, veiled: Veiled) -> str:
    """The text with the very words back in the place of their slots, without those a model wrote beside them too."""
    made, last = "", 0
    for found in SLOT.finditer(text):
        words = veiled.words.get(found[1], "")
        made += text[last : found.start()]
        made = made[: len(made) - _overlap(made, words)] + words
        last = found.end() + _overlap(words, text[found.end() :])
    return made + text[last:]


def _overlap(left: str, right: str) -> int:
    """How many characters at the end of `left` are those that `right` begins with; one says nothing, 一是 is none."""
    sizes = (size for size in range(min(len(left), len(right)), 1, -1) if left.endswith(right[:size]))
    return next((size for size in sizes if unnumbered(right[:size])), 0)


def shown(veiled: Veiled) -> str:
    """The draft as a model sees it."""
    labels = {name: label for label, name in veiled.labels.items()}
    return SLOT.sub(lambda found: "{{" + labels[found[1]] + "}}", veiled.text)


def is_same_size(text: str, draft: str) -> bool:
    """Whether a wording is about as long as what it words: no summary, no padding."""
    return len(draft) * _SHORTEST <= len(text) <= len(draft) * _LONGEST + 20


def _is_figure(quantity: Quantity) -> bool:
    if quantity.kind in _NAMES or is_order(quantity):
        return False
    return bool(NUMERAL.search(quantity.surface))


def _label(words: str) -> str:
    """The clause with N for its numbers, and without what 【…】 says."""
    words = _MARKED.sub("【待核实】", words)
    pieces, last = "", 0
    for quantity in extract(words):
        if _is_figure(quantity):
            pieces += words[last : quantity.start] + _NUMBER.sub("N", quantity.surface)
            last = quantity.end
    return re.sub(r"[{}\s0-9０-９]", "", pieces + words[last:])


def _fresh(label: str, taken: Mapping[str, str]) -> str:
    if label not in taken:
        return label
    return next((f"{label}·{mark}" for mark in _SAME if f"{label}·{mark}" not in taken), f"{label}·{len(taken)}")
