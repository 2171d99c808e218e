"""What may be wrong with a model's answer, and the rules it is held to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.drafting.factbook import FactBook

SLOT = re.compile(r"\{\{([^{}\n]*)\}\}")
FILLER = "某"  # a character that stands for one of a slot's where numbers are looked for


class Flaw(StrEnum):
    """What may be wrong with an answer."""

    UNKNOWN_SLOT = "unknown_slot"
    REPEATED_SLOT = "repeated_slot"
    MISSING_SLOT = "missing_slot"
    FIGURE = "figure"
    MARKUP = "markup"
    HEADING = "heading"
    REPETITION = "repetition"
    ECHO = "echo"
    UNSUPPORTED = "unsupported"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One flaw: where it stands in the answer (start == end for what is missing), and what to say of it."""

    flaw: Flaw
    start: int
    end: int
    surface: str
    message: str  # Chinese; goes into the repair prompt and into the notices


@dataclass(frozen=True, slots=True)
class Rules:
    """What an answer is held to."""

    slots: tuple[str, ...]  # every slot offered, in order
    must: tuple[str, ...]  # those that have to be used
    names: frozenset[str] = field(default=frozenset(), kw_only=True)  # what the slots say themselves: 检查企业
    book: FactBook  # what results the ledger proves
    heading: str = ""
    plan: bool = False
    done: bool = False  # a part that tells what was done: nothing in it says what others should do
    references: frozenset[str] = frozenset()  # numbers allowed because a source has them
    material: str = ""  # what the model may repeat: exemplar, passages
    instructions: tuple[str, ...] = ()  # our own words to it, which it may not
    example: str = ""  # the example's words: whole sentences of it it may not
    earlier: tuple[str, ...] = ()  # sentences of sections already written
    draft: str = ""  # a text to be worded anew: what it says may be said
