"""A section written again: in other words, or another style, with the sentences kept that a person locked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.drafting.clauses import same_words, split_sentences, without_repeats
from assistant.drafting.context import Style, Target
from assistant.drafting.factbook import book_of, wording
from assistant.drafting.preparation import Pair, Prepared, worked_out
from assistant.drafting.sections import Role, SectionSpec, Writer
from assistant.errors import InputError
from assistant.quantities.extract import extract
from assistant.records import Document, Fact, SectionText

_NUMBER = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}(?:是|、)|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.．、])"
)
OTHER_STYLES = (  # what the offline writer can do otherwise, with what people call it
    ("不写同比", Style(comparisons=False)),
    ("用约数", Style(approximate=True)),
    ("用约数、不写同比", Style(approximate=True, comparisons=False)),
    ("重新起草", Style()),
)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a draft was begun from besides the ledger."""

    past: tuple[Document, ...] = ()
    outline: tuple[SectionSpec, ...] | None = None
    targets: tuple[Target, ...] = ()
    unit_name: str = ""  # as the settings named it


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A section in other words, and the facts drafting worked out for it."""

    section: SectionText
    facts: tuple[Fact, ...]


def rewrite_section(
    prepared: Prepared,
    old: SectionText,
    others: Sequence[SectionText],
    write: Writer,
    *,
    style: Style | None = None,
    locked: Sequence[str] = (),
) -> Rewritten:
    """The section `old` written again, without sentences of the `others`, with the `locked` ones as they stand.

    Raises `InputError` for a heading without text, a fixed opening or closing, and a section that is in
    no outline; and what the writer raises.
    """
    spec, past = _pair(prepared, old)
    context = replace(prepared.context, style=style) if style else prepared.context
    new = write(spec, prepared.facts, past, context)
    seen = {same_words(span.text) for each in others for span in split_sentences(each.text)}
    lines = [
        "".join(without_repeats([span.text for span in split_sentences(line)], seen)) for line in new.text.split("\n")
    ]
    text = "\n".join(line for line in lines if line)
    number = _NUMBER.match(old.text)
    if spec.numbering and not old.level and number:
        text = number.group() + text
    kept = keep_sentences(text, old.text, locked)
    book = book_of(prepared.facts, context.period, context.registry)
    known = {**book.by_id, **{fact.id: fact for fact in worked_out([old], prepared.facts, context)}}
    held = [name for name in old.slots if name in known and wording(known[name]) in "".join(locked)]
    section = replace(
        new,
        key=old.key,
        heading=old.heading,
        level=old.level,
        text=kept,
        slots=tuple(dict.fromkeys((*new.slots, *held))),
    )
    return Rewritten(section, tuple(worked_out([section], prepared.facts, context)))


def keep_sentences(new: str, old: str, locked: Sequence[str]) -> str:
    """The new text with the locked sentences of the old one, each in its paragraph.

    A new sentence whose figures are all a locked one's says the same thing and goes.
    """
    wanted = [sentence for sentence in locked if sentence in old and sentence not in new]
    if not wanted:
        return new
    told = [figures for sentence in wanted if (figures := _figures(sentence))]
    lines = []
    for line in new.split("\n"):
        kept = [span.text for span in split_sentences(line) if not _told(span.text, told)]
        lines.append("".join(kept))
    for sentence in wanted:
        before = old[: old.index(sentence)]
        at = min(before.count("\n"), len(lines) - 1)
        leads = not before.rpartition("\n")[2].strip()
        lines[at] = sentence + lines[at] if leads else lines[at] + sentence
    return "\n".join(line for line in lines if line)


def _told(sentence: str, told: Sequence[frozenset[str]]) -> bool:
    figures = _figures(sentence)
    return bool(figures) and any(figures <= each for each in told)


def _figures(sentence: str) -> frozenset[str]:
    return frozenset(each.surface for each in extract(sentence) if each.is_claim)


def _pair(prepared: Prepared, old: SectionText) -> Pair:
    name = old.heading or "这一节"
    pair = next((pair for pair in prepared.pairs if pair[0].key == old.key), None)
    if pair is None:
        raise InputError(f"“{name}”不在这份稿子的提纲里，不能重写。请直接修改，或重新起草。")
    spec, past = pair
    if not old.text:
        raise InputError(f"“{name}”只有标题，没有可以重写的内容。请选它下面的一节。")
    if past is None and spec.role in (Role.OPENING, Role.CLOSING):
        raise InputError("这一节是固定的开头或结尾，没有可以重写的内容，请直接修改。")
    return spec, past
