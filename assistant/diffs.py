"""What changed between two texts, in pieces a person can read and accept or refuse one by one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

# A figure is one token with its classifier, so that 236家→205家 is one change and not 2|3|6.
_UNIT = r"个百分点|百分点|[万亿]?[\u4e00-\u9fff]次(?![日年数序])|[万亿]?元|平方(?:米|公里)|立方米|小时|分钟|公[里斤顷]|千[米克瓦]|[%％‰℃]|[万亿]?[\u4e00-\u9fff]"
_ARABIC = rf"(?:[*＊]+|[0-9０-９]+(?:[.．,，:：/][0-9０-９]+)*)余?(?:{_UNIT})?"
_CHINESE = (
    "[〇零一二两三四五六七八九十百千]{1,7}余?[万亿]?(?:[家人户处车班台批]次|[家人户处份次起项场条名个期块支栋套])"
)
_TOKEN = re.compile(rf"{_ARABIC}|{_CHINESE}|[A-Za-z]+|.", re.DOTALL)
_FIGURE = re.compile(f"[0-9０-９*＊]|{_CHINESE}")
_STOPS = "。！？；"
_PAUSES = "，、：）”》"
_LONGEST_CRUMB = 4  # characters; more in common between two changes is a phrase that was kept


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text before and after; one of the two is empty where text was added or taken out."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether nothing changed here."""
        return self.before == self.after


def character_diff(before: str, after: str) -> tuple[Piece, ...]:
    """The two texts as pieces in order; joining their `before` gives the one, their `after` the other.

    Same and changed pieces alternate. Whole lines that stayed are recognised first, so that a change
    never reaches across a paragraph that nobody touched.
    """
    runs: list[_Run] = []
    for old, new in _by_lines(before, after):
        if old == new:
            runs.append(_Run([old], [new]))
        else:
            runs.extend(_settled(_bridged(_runs(_TOKEN.findall(old), _TOKEN.findall(new)))))
    return tuple(Piece("".join(run.old), "".join(run.new)) for run in _joined(runs))


def merge(pieces: Sequence[Piece], accepted: Collection[int]) -> str:
    """The text with these changes (indexes of pieces) taken over; the others stay as they were."""
    wanted = frozenset(accepted)
    return "".join(piece.after if index in wanted else piece.before for index, piece in enumerate(pieces))


@dataclass(slots=True)
class _Run:
    """Tokens before and after."""

    old: list[str]
    new: list[str]

    @property
    def same(self) -> bool:
        return self.old == self.new

    @property
    def length(self) -> int:
        return max(sum(map(len, self.old)), sum(map(len, self.new)))

    @property
    def is_figure(self) -> bool:
        """Whether one figure took the place of another."""
        return len(self.old) == len(self.new) == 1 and bool(_FIGURE.match(self.old[0]) and _FIGURE.match(self.new[0]))

    def __add__(self, other: _Run) -> _Run:
        return _Run(self.old + other.old, self.new + other.new)


def _by_lines(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The texts in stretches of whole lines; those that stayed have both sides equal."""
    changed = _Run([], [])
    for run in _runs(before.splitlines(keepends=True), after.splitlines(keepends=True)):
        if not run.same or not "".join(run.old).strip():
            changed += run
            continue
        yield "".join(changed.old), "".join(changed.new)
        yield "".join(run.old), "".join(run.new)
        changed = _Run([], [])
    yield "".join(changed.old), "".join(changed.new)


def _runs(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """Same and changed runs of tokens, in order and alternating."""
    numbers: dict[str, int] = {}
    codes = [[numbers.setdefault(token, len(numbers)) for token in side] for side in (old, new)]
    return _joined(
        _Run(list(old[code.src_start : code.src_end]), list(new[code.dest_start : code.dest_end]))
        for code in Levenshtein.opcodes(codes[0], codes[1])
    )


def _joined(runs: Iterable[_Run]) -> list[_Run]:
    """Without empty runs, and neighbours of one kind as one."""
    joined: list[_Run] = []
    for run in runs:
        if not run.length:
            continue
        if joined and joined[-1].same == run.same:
            joined[-1] += run
        else:
            joined.append(run)
    return joined


def _bridged(runs: list[_Run]) -> list[_Run]:
    """Crumbs that two changed stretches happen to share are taken into the change."""
    index = 1
    while index < len(runs) - 1:
        if _is_crumb(*runs[index - 1 : index + 2]):
            runs[index - 1 : index + 2] = [runs[index - 1] + runs[index] + runs[index + 1]]
            index = max(1, index - 2)
        else:
            index += 1
    return runs


def _is_crumb(left: _Run, run: _Run, right: _Run) -> bool:
    if not run.same or left.is_figure or right.is_figure or run.length > _LONGEST_CRUMB:
        return False
    if any(mark in token for token in run.old for mark in _STOPS + _PAUSES + "\n"):
        return False
    return run.length == 1 or run.length < min(left.length, right.length)


def _settled(runs: list[_Run]) -> list[_Run]:
    """Additions and deletions moved, where the words allow it, so that they begin and end at pauses."""
    for index in range(1, len(runs) - 1):
        left, run, right = runs[index - 1 : index + 2]
        added = not run.old
        if run.same or (run.old and run.new) or not left.same or not right.same:
            continue
        inside = run.new if added else run.old
        whole = left.old + inside + right.old
        start, length = _best_start(whole, len(left.old), len(inside)), len(inside)
        kept, moved, rest = whole[:start], whole[start : start + length], whole[start + length :]
        runs[index - 1 : index + 2] = [
            _Run(kept, list(kept)),
            _Run([], moved) if added else _Run(moved, []),
            _Run(rest, list(rest)),
        ]
    return runs


def _best_start(whole: list[str], start: int, length: int) -> int:
    """Where else the change may be said to begin with the same result, at the clearest pause."""
    first, last = start, start
    while first > 1 and whole[first - 1] == whole[first + length - 1]:
        first -= 1
    while last + length < len(whole) - 1 and whole[last] == whole[last + length]:
        last += 1
    return max(range(first, last + 1), key=lambda at: (_pause(whole[at - 1]) + _pause(whole[at + length - 1]), at))


def _pause(token: str) -> int:
    if token == "\n":  # nosec B105  # a word of a text, not a password
        return 4
    return 3 if token in _STOPS else 2 if token in _PAUSES else 0
