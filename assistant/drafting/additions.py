"""Facts that no sentence of last year's speaks of, put where they belong in the section."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafting.clauses import split_clauses
from assistant.drafting.families import family_of, family_words, outline_data
from assistant.drafting.phrases import clause_for, facts_sentences, inside_of, label_of, nested_in, value_of
from assistant.drafting.sections import Role, SectionSpec
from assistant.drafting.sheet import Sheet
from assistant.drafting.slots import is_stand_in

_TELLING = 5  # characters from which a name standing alone says enough to take its figure
_MOST_CLAUSES = 3  # more than that into one sentence makes it unreadable
_TURN = re.compile(r"现将|总结如下|汇报如下|报告如下")


def add_facts(paragraphs: Sequence[Sequence[str]], spec: SectionSpec, sheet: Sheet) -> list[str]:
    """The paragraphs with every fact the section must or may report said once.

    A part goes inside its whole's clause, a fact of a family already spoken of into that sentence,
    and the rest into sentences of their own, one a family.
    """
    work = [list(paragraph) for paragraph in paragraphs]
    wanted = [name for name in (*spec.must, *spec.may) if name not in sheet.slots.said]
    _attach_values(work, wanted, sheet)
    _insert_parts(work, wanted, sheet)
    _insert_clauses(work, wanted, sheet)
    left = [name for name in wanted if name not in sheet.slots.said]
    for sentence in facts_sentences(left, sheet.book, sheet.context, sheet.slots):
        _place_sentence(work, sentence, spec, sheet)
    return ["".join(paragraph) for paragraph in work if paragraph]


def _attach_values(work: list[list[str]], wanted: Sequence[str], sheet: Sheet) -> None:
    """层层签订了安全生产责任书， becomes 层层签订了安全生产责任书239份，: the words are there, only the figure is not."""
    for name in wanted:
        fact, entry = sheet.book.fact(name), sheet.book.registry.find(name)
        if fact is None or entry is None or not fact.value or name in sheet.slots.said or fact.unit == "%":
            continue
        names = {known for known in (*entry.names, label_of(fact)) if len(known) >= _TELLING}
        for paragraph in work:
            for index, sentence in enumerate(paragraph):
                at = _bare_mention(sentence, names)
                if at and name not in sheet.slots.said:
                    value = sheet.slots.put(fact, value_of(fact, sheet.context))
                    paragraph[index] = sentence[:at] + value + sentence[at:]


def _bare_mention(sentence: str, names: set[str]) -> int:
    """Where a clause ends in one of the names with no figure behind it; 0 where none does."""
    position = 0
    for clause in split_clauses(sentence):
        end = position + len(clause.text)
        words = clause.text.replace("了", "")
        if not any(map(is_stand_in, clause.text)) and any(words.endswith(name) for name in names):
            return end
        position = end + len(clause.mark)
    return 0


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
                if (
                    fact is None
                    or not fact.value
                    or name in sheet.slots.said
                    or not at
                    or _has_host(name, wanted, sheet)
                ):
                    continue
                if added < _MOST_CLAUSES:
                    clause = clause_for(fact, sheet.context, sheet.slots).removeprefix("事故")
                    paragraph[index] = paragraph[index][:at] + ("，" + clause if clause else "") + paragraph[index][at:]
                    added += 1


def _has_host(name: str, wanted: Sequence[str], sheet: Sheet) -> bool:
    """Whether the fact is said inside another's clause that stands, or will stand, in the section."""
    host = nested_in(name)
    return bool(host) and (host in sheet.slots.said or host in wanted) and sheet.book.fact(host) is not None


def _family_end(sentence: str, family: str, sheet: Sheet) -> int:
    """Where the last clause of the family ends that ends in its figure; 0 where there is none."""
    depth = best = opened = 0
    for at, char in enumerate(sentence):
        opened = at if char in "（(" and depth == 0 else opened
        depth += (char in "（(“《") - (char in "）)”》")
        closes = at + 1 < len(sentence) and sentence[at + 1] in "，。；"
        if closes and depth == 0 and family and (is_stand_in(char) or char in "）)"):
            facts = sheet.slots.facts_in(char if is_stand_in(char) else sentence[opened : at + 1])
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
    paragraph = _fitting(work, sentence, sheet)
    figured = [i for i, old in enumerate(paragraph) if sheet.slots.facts_in(old)]
    at = figured[-1] + 1 if figured else len(paragraph)
    if at and paragraph[at - 1][-1] not in "。！？；：":
        paragraph[at - 1] += "。"
    paragraph.insert(at, sentence)


def _fitting(work: list[list[str]], sentence: str, sheet: Sheet) -> list[str]:
    """The paragraph that is about the sentence's family; the last one with figures, or the last, where none is."""
    families = {family_of(fact.indicator) for fact in sheet.slots.facts_in(sentence)}
    topics = {fact.topic for fact in sheet.slots.facts_in(sentence)}
    kin = families | {family_of(entry.id) for entry in sheet.book.registry if entry.topic in topics}
    texts = ["".join(paragraph) for paragraph in work]

    def rank(index: int) -> tuple[int, int, int, int]:
        here = {family_of(fact.indicator) for fact in sheet.slots.facts_in(texts[index])}
        own = sum(texts[index].count(word) for family in families for word in family_words(family))
        near = sum(texts[index].count(word) for family in kin for word in family_words(family))
        return len(here & families), own, len(here) + near, index

    return work[max(range(len(work)), key=rank)]


def _introduction(spec: SectionSpec) -> str:
    """What the section is about, for one with no past text: an aim, no deed the ledger would have to show."""
    intros: dict[str, str] = outline_data()["intros"]
    return next((intros[topic] for topic in spec.topics if topic in intros), "")
