"""A question cut into what is asked one after the other, and the words that ask for nothing."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.qa import cues

_SENTENCES = re.compile(r"[？?。；;！!\n]+")
_COMMAS = re.compile(r"[，,、]")
_ASKING = (
    cues.REST, cues.SHARE, cues.MULTIPLE, cues.PERCENT, cues.CHANGE_FIRM, cues.AVERAGE, cues.VALUE, cues.WHETHER,
    cues.PLACE_ASKED, cues.TIME_ASKED, cues.SPREAD_ASKED,
)  # fmt: skip

#: Words that narrow nothing: how people talk around what they ask.
_IDLE = tuple(Path(__file__).with_name("idle.txt").read_text(encoding="utf-8").split())
_LONG_IDLE = re.compile("|".join(sorted((word for word in _IDLE if len(word) > 1), key=len, reverse=True)))
_SHORT_IDLE = re.compile("|".join(word for word in _IDLE if len(word) == 1))
_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_LEADS = re.compile(r"(?:相比|比较|对比|比起来|相比较)(?:的话|来说|来看)?$")
_TELLING = 2  # characters of a run that are no idle words, from which it narrows a question


def is_asking(text: str) -> bool:
    """Whether a piece of a question asks for anything itself; 和2023年相比 only says what is compared."""
    return not _LEADS.search(text.strip()) and any(pattern.search(text) for pattern in _ASKING)


def clauses_of(question: str) -> list[str]:
    """What is asked one after the other; a piece that asks nothing itself belongs to its neighbour."""
    found: list[str] = []
    for sentence in _SENTENCES.split(question):
        if sentence.strip():
            found += _of_sentence(sentence.strip())
    return found


def _of_sentence(sentence: str) -> list[str]:
    pieces: list[str] = []
    waiting = ""
    for piece in _COMMAS.split(sentence):
        joined = f"{waiting}，{piece}" if waiting else piece
        if is_asking(piece):
            pieces.append(joined)
            waiting = ""
        else:
            waiting = joined
    if waiting.strip("， "):
        if pieces:
            pieces[-1] = f"{pieces[-1]}，{waiting}"
        else:
            pieces.append(waiting)
    return pieces


def leftover(text: str) -> tuple[str, ...]:
    """The words that are not idle: what would narrow a question to something else."""
    runs = _RUN.findall(_LONG_IDLE.sub("\u3000", text))
    return tuple(run for run in runs if len(_SHORT_IDLE.sub("", run)) >= _TELLING)


def without_idle(text: str) -> str:
    """The end of a text after its last idle word of two or more characters."""
    return _LONG_IDLE.sub("\u3000", text).rpartition("\u3000")[2]
