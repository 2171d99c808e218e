"""Stand-ins for values while a text is worked on, so that no rewriting of words ever touches a figure."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.records import Fact

_FIRST = 0xE000  # the private use area: no text of a person's contains these
_LAST = 0xF8FF


@dataclass(slots=True)
class Slots:
    """The values of a section under work, each behind one private character.

    `said` are the indicators whose value the section (or an earlier one) states.
    """

    said: set[str] = field(default_factory=set)
    _texts: list[str] = field(default_factory=list)
    _facts: list[tuple[Fact, ...]] = field(default_factory=list)

    def put(self, fact: Fact, text: str) -> str:
        """The stand-in for a fact's value as it will be written."""
        if fact.measure == "value":
            self.said.add(fact.indicator)
        return self._enter(text, (fact,))

    def mark(self, text: str) -> str:
        """The stand-in for a text that is to stay as it is, such as 【待核实：…】."""
        return self._enter(text, ())

    def fill(self, text: str) -> tuple[str, tuple[str, ...]]:
        """The text with the values in, and the ids of the facts in the order they stand there."""
        pieces: list[str] = []
        used: list[str] = []
        for char in text:
            if _FIRST <= ord(char) <= _LAST and ord(char) - _FIRST < len(self._texts):
                pieces.append(self._texts[ord(char) - _FIRST])
                used += [fact.id for fact in self._facts[ord(char) - _FIRST]]
            else:
                pieces.append(char)
        return "".join(pieces), tuple(dict.fromkeys(used))

    def facts_in(self, text: str) -> tuple[Fact, ...]:
        """The facts behind the stand-ins of a text."""
        return tuple(fact for char in text if is_stand_in(char) for fact in self._facts[ord(char) - _FIRST])

    def _enter(self, text: str, facts: tuple[Fact, ...]) -> str:
        self._texts.append(text)
        self._facts.append(facts)
        return chr(_FIRST + len(self._texts) - 1)


def is_stand_in(char: str) -> bool:
    """Whether a character stands for a value."""
    return _FIRST <= ord(char) <= _LAST
