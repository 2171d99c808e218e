"""The words the reader knows: units by what is counted, policy names, and words that only look like numbers.

They stand in plain text files, shipped in ``data/``; a town lays its own files of the same names over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from assistant.errors import InputError
from assistant.records import Kind

_SHIPPED = Path(__file__).with_name("data")
_TRIGGERS = "零〇一二两俩三四五六七八九十百千万亿半数几"


@dataclass(frozen=True, slots=True)
class Unit:
    """A classifier or unit as written, and what follows it when it is none (家 before 长)."""

    name: str
    kind: Kind
    never_before: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Units, policy names and words, arranged for lookup."""

    units: dict[str, Unit]
    policies: frozenset[str]
    words: frozenset[str]
    unit_lengths: dict[str, tuple[int, ...]]  # by first character, the longest first
    _by_pair: dict[str, tuple[tuple[int, str], ...]] = field(repr=False)

    def word_at(self, text: str, pos: int) -> tuple[int, int] | None:
        """The span of the longest known word or policy name that covers the numeral at `pos`."""
        best: tuple[int, int] | None = None
        for pair in (text[pos : pos + 2], text[pos - 1 : pos + 1] if pos else ""):
            for offset, word in self._by_pair.get(pair, ()):
                start = pos - offset
                if start >= 0 and text.startswith(word, start) and (best is None or len(word) > best[1] - best[0]):
                    best = (start, start + len(word))
        return best


@cache
def shipped_vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return load_vocabulary()


def load_vocabulary(own: Path | None = None) -> Vocabulary:
    """The shipped vocabulary, with the files units.txt, policies.txt and words.txt of a town's folder added."""
    folders = [_SHIPPED, *([own] if own else [])]
    units = {unit.name: unit for folder in folders for unit in _read_units(folder / "units.txt")}
    policies = frozenset(line for folder in folders for line in _lines(folder / "policies.txt"))
    words = frozenset(line for folder in folders for line in _lines(folder / "words.txt"))
    return Vocabulary(units, policies, words - policies, _lengths(units), _pairs(policies | words))


def _lengths(units: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for name in units:
        lengths.setdefault(name[0], set()).add(len(name))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}


def _pairs(words: Iterable[str]) -> dict[str, tuple[tuple[int, str], ...]]:
    pairs: dict[str, list[tuple[int, str]]] = {}
    for word in words:
        for offset, char in enumerate(word):
            if char in _TRIGGERS:
                pair = word[offset : offset + 2] if offset + 1 < len(word) else word[offset - 1 : offset + 1]
                pairs.setdefault(pair, []).append((offset, word))
    return {pair: tuple(places) for pair, places in pairs.items()}


def _read_units(path: Path) -> Iterator[Unit]:
    for line in _lines(path):
        kind, _, names = line.partition(":")
        for entry in names.split():
            name, _, never_before = entry.partition("!")
            yield Unit(name, _kind(kind, path), never_before)


def _kind(name: str, path: Path) -> Kind:
    try:
        return Kind(name.strip())
    except ValueError:
        choices = "、".join(Kind)
        raise InputError(f"词表 {path.name} 中的类别“{name}”看不懂，可写：{choices}。") from None


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    lines = (line.strip() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return [line for line in lines if line and not line.startswith("#")]
