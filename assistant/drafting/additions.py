"""Facts that no sentence of last year's speaks of, put where they belong in the section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.families import family_of, outline_data
from assistant.drafting.phrases import clause_for, facts_sentences, inside_of, nested_in
from assistant.drafting.rewriting import Sheet
from assistant.drafting.sections import Role, SectionSpec
from assistant.drafting.slots import is_stand_in

_MOST_CLAUSES = 3  # more than that into one sentence makes it unreadable
_TURN = re.compile(r"现将|总结如下|汇报如下|报告如下")


def add_facts(paragraphs: Sequence[Sequence[str]], spec: SectionSpec, sheet: Sheet) -> list[str]:
    """The paragraphs with every fact the section must or may report said once.

    A part goes inside its whole's clause, a fact of a family already spoken of into that sentence,
    and the rest into sentences of their own, one a family.
    """
    work = [list(paragraph) for paragraph in paragraphs]
    wanted = [name for name in (*spec.must, *spec.may) if name not in sheet.slots.said]
    _insert_parts(work, wanted, sheet)
    _insert_clauses(work, wanted, sheet)
    left = [name for name in wanted if name not in sheet.slots.said]
    for sentence in facts_sentences(left, sheet.book, sheet.context, sheet.slots):
        _place_sentence(work, sentence, spec, sheet)
    return ["".join(paragraph) for paragraph in work if paragraph]


def _insert_parts(work: list[list[str]], wanted: Sequence[str], sheet: Sheet) -> None:
    """（其中重大隐患2处） right behind the figure of the whole."""
    for paragraph in work:
        for index, sentence in enumerate(paragraph):
            for at, char in reversed(list(enumerate(sentence))):
                facts = sheet.slots.facts_in(char) if is_stand_in(char) else ()
                if not facts or facts[0].measure != "value":
                    continue
                inner = inside_of(facts[0].indicator, wanted, sheet.book, sheet.context, sheet.slots)
                if inner:
                    paragraph[index] = paragraph[index][: at + 1] + inner + paragraph[index][at + 1 :]


def _insert_clauses(work: list[list[str]], wanted: Sequence[str], sheet: Sheet) -> None:
    """A fact of a family a sentence already reports joins that sentence, behind the family's last clause."""
    for paragraph in work:
        for index in range(len(paragraph)):
            added = 0
            for name in wanted:
                fact = sheet.book.fact(name)
                at = _family_end(paragraph[index], family_of(name), sheet)
                if fact is None or not fact.value or name in sheet.slots.said or nested_in(name) or not at:
                    continue
                if added < _MOST_CLAUSES and family_of(name) != "accident":
                    clause = clause_for(fact, sheet.context, sheet.slots)
                    paragraph[index] = paragraph[index][:at] + ("，" + clause if clause else "") + paragraph[index][at:]
                    added += 1


def _family_end(sentence: str, family: str, sheet: Sheet) -> int:
    """Where the last clause of the family ends that ends in its figure; 0 where there is none."""
    depth, best = 0, 0
    for at, char in enumerate(sentence):
        depth += (char in "（(“《") - (char in "）)”》")
        closes = at + 1 < len(sentence) and sentence[at + 1] in "，。；"
        if closes and depth == 0 and family and is_stand_in(char):
            facts = sheet.slots.facts_in(char)
            best = at + 1 if facts and family_of(facts[0].indicator) == family else best
    return best


def _place_sentence(work: list[list[str]], sentence: str, spec: SectionSpec, sheet: Sheet) -> None:
    """A new sentence stands behind the last one with figures, before 现将…总结如下 in an opening."""
    if not work:
        work.append([_introduction(spec), sentence])
        return
    if spec.role is Role.OPENING:
        paragraph = work[0]
        at = next((i for i, old in enumerate(paragraph) if _TURN.search(old)), len(paragraph))
        paragraph.insert(at, sentence)
        return
    for paragraph in reversed(work):
        figured = [i for i, old in enumerate(paragraph) if any(map(is_stand_in, old)) and sheet.slots.facts_in(old)]
        if figured:
            paragraph.insert(figured[-1] + 1, sentence)
            return
    work[-1].append(sentence)


def _introduction(spec: SectionSpec) -> str:
    """What the section is about, for one with no past text: an aim, no deed the ledger would have to show."""
    intros: dict[str, str] = outline_data()["intros"]
    return next((intros[topic] for topic in spec.topics if topic in intros), "")
