"""Reading a model's answer: what in it may not stand, and what is left when that is cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from assistant.drafting.exemplar import NUMERAL, clauses_of, gives_orders, is_order, sentences_of
from assistant.drafting.factbook import FactBook
from assistant.drafting.results import unproven_results
from assistant.quantities.extract import extract
from assistant.records import Kind, Quantity

SLOT = re.compile(r"\{\{([^{}\n]*)\}\}")
_LOOSE_SLOT = re.compile(r"[{｛]{1,2}\s*([^{}｛｝\n]{1,40}?)\s*[}｝]{1,2}")
_BRACES = re.compile(r"[{}｛｝]")
_DIGIT = re.compile(r"[0-9０-９〇○]")
_UNKNOWN_NUMBER = re.compile(r"(?<![A-Za-z])[NnXx](?![A-Za-z])|[XxＸ×]{2,}")
_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]\s*|标题[:：]|小标题[:：])"
)
_MARKUP = re.compile(r"\*{1,3}|#{1,6}|`{1,3}|^\s*[-*+•·]\s+|</?\w+>|\|.*\||~~|__", re.MULTILINE)
_CHATTER = re.compile(
    r"^(?:好的|当然|以下(?:是|为)|这是|下面是|根据(?:您|你|以上|上述)|修改后|改好|正文|回答|输出)[^。\n]{0,30}?[:：，\n]"
)
_ECHO = re.compile(
    r"占位符|往年写法|小标题|提示词|约\S{1,6}字|Markdown|以上内容|如有(?:需要|疑问)|希望对(?:您|你)|（此处|\[此处"
)
_LATIN = re.compile(r"[A-Za-z]{3,}")
_SAME = 88  # rapidfuzz points from which two sentences say the same
_LONG_ENOUGH = 8  # words of a sentence that may not recur
_CLAUSE_LONG_ENOUGH = 6
_TOO_LONG = 14  # of the example's words: 并安排专人跟踪督办 is anybody's, a longer piece is about its grain stores
_FILLER = "某"
_HOLLOW = re.compile(
    r"[和及与、]?[“「《]\s+[^”」》]{0,4}[”」》]"
)  # a name whose number a model could not write: “  月”


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


_SAID = frozenset({Flaw.FIGURE, Flaw.ECHO, Flaw.UNSUPPORTED, Flaw.HEADING, Flaw.MARKUP})


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
    book: FactBook  # what results the ledger proves
    heading: str = ""
    plan: bool = False
    references: frozenset[str] = frozenset()  # numbers allowed because a source has them
    material: str = ""  # what the model may repeat: exemplar, passages
    instructions: tuple[str, ...] = ()  # our own words to it, which it may not
    example: str = ""  # the example's words: whole sentences of it it may not
    earlier: tuple[str, ...] = ()  # sentences of sections already written
    draft: str = ""  # a text to be worded anew: what it says may be said


def tidy(answer: str, labels: Mapping[str, str] | None = None) -> str:
    """The answer without fences, opening chatter, quotation marks round it and empty lines.

    `labels` are how the slots were shown to the model (检查企业N家次) and the names they stand for:
    slots are written by name in what is returned, also where braces or the unit were written carelessly.
    """
    text = re.sub(r"^```\w*\n?|\n?```$", "", answer.strip()).strip()
    for _ in range(3):  # 好的，以下是正文：
        text = _CHATTER.sub("", text, count=1).strip()
    text = "\n".join(line for line in (line.strip("　 \t") for line in text.splitlines()) if line)
    if len(text) > 1 and text[0] + text[-1] in ("“”", '""', "「」"):
        text = text[1:-1]
    text = _HOLLOW.sub("", text)
    known = _known_labels(labels or {})
    text = _LOOSE_SLOT.sub(lambda found: "{{" + known.get(_bare(found[1]), found[1]) + "}}", text)
    return text.replace("}}{{", "}}，{{")


def _known_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Every way to write a slot that can only mean this one: its label, the label without N and unit."""
    stems = Counter(label.rpartition("N")[0] for label in labels)
    known = {_bare(label): name for label, name in labels.items()}
    known |= {stem: name for label, name in labels.items() if stems[stem := label.rpartition("N")[0]] == 1}
    return known


def _bare(label: str) -> str:
    return re.sub(r"\s+", "", label)


def find_problems(text: str, rules: Rules) -> list[Problem]:
    """Everything in the text that may not stand, by place."""
    problems = [
        *_slots(text, rules),
        *_figures(text, rules),
        *_markup(text, rules),
        *_echoes(text, rules),
        *_repetitions(text, rules),
        *_results(text, rules),
    ]
    standing = [each for each in problems if not (each.flaw in _SAID and each.surface and each.surface in rules.draft)]
    return sorted(standing, key=lambda problem: (problem.start, problem.end))


def cut_problems(text: str, rules: Rules) -> tuple[str, list[Problem]]:
    """The text without what may not stand, and the problems that were cut; slots in good order survive."""
    cut: list[Problem] = []
    for _ in range(20):  # each round takes something away; the bound is for safety only
        problems = [problem for problem in find_problems(text, rules) if problem.start < problem.end]
        if not problems:
            return text, cut
        cut.append(problems[0])
        text = _without(text, problems[0])
    return "", cut


def _without(text: str, problem: Problem) -> str:
    """The text without a problem: a mark alone, a slot alone beside others; otherwise its clause, or its sentence."""
    if problem.flaw in (Flaw.MARKUP, Flaw.HEADING):
        return _joined(text[: problem.start], text[problem.end :])
    whole_sentence = problem.flaw is Flaw.ECHO or (
        problem.flaw is Flaw.REPETITION and problem.surface[-1] in "。！？；"
    )
    start, end = _bounds(text, problem.start, problem.end, "。！？；\n" if whole_sentence else "，。！？；：\n")
    others = [found for found in SLOT.finditer(text[start:end]) if not _covers(problem, start + found.start())]
    if others and problem.flaw in (Flaw.UNKNOWN_SLOT, Flaw.REPEATED_SLOT):
        return _joined(text[: problem.start], text[problem.end :])
    slots = "" if whole_sentence else "，".join(found.group() for found in others)
    mark = text[end - 1] if end > start and text[end - 1] in "，。；！？：" else ""
    return _joined(text[:start] + slots, (mark if slots or mark in "。；！？" else "") + text[end:])


def _covers(problem: Problem, place: int) -> bool:
    """Whether the slot at this place is the problem itself: what stands round it alone says nothing (共排查隐患，)."""
    return problem.flaw in (Flaw.UNKNOWN_SLOT, Flaw.REPEATED_SLOT) and problem.start <= place < problem.end


def _bounds(text: str, start: int, end: int, marks: str) -> tuple[int, int]:
    """From after the mark before `start` to after the mark at or behind `end`."""
    left = max(text.rfind(mark, 0, start) for mark in marks) + 1
    rights = [found + 1 for mark in marks if (found := text.find(mark, max(end - 1, start))) >= 0]
    return left, min(rights, default=len(text))


def _joined(left: str, right: str) -> str:
    """Two pieces with the punctuation between them in order."""
    text = left + right
    text = re.sub(r"[，、：；]+([。；！？])", r"\1", text)
    text = re.sub(r"([。；！？\n])[，、；。：！？]+", r"\1", text)
    text = re.sub(r"[，、]{2,}", lambda marks: "，" if "，" in marks.group() else "、", text)
    return text.lstrip("，、；。：\n")


# --- The single checks ------------------------------------------------------------------------


def _slots(text: str, rules: Rules) -> Iterable[Problem]:
    seen: Counter[str] = Counter()
    for found in SLOT.finditer(text):
        name = found[1]
        seen[name] += 1
        if name not in rules.slots:
            yield Problem(Flaw.UNKNOWN_SLOT, *found.span(), found.group(), f"没有{found.group()}这项数据，应删去")
        elif seen[name] > 1:
            yield Problem(Flaw.REPEATED_SLOT, *found.span(), found.group(), f"{found.group()}写了不止一次")
    for found in _BRACES.finditer(SLOT.sub(lambda slot: _FILLER * len(slot.group()), text)):
        yield Problem(Flaw.UNKNOWN_SLOT, *found.span(), found.group(), "花括号不完整")
    for name in rules.must:
        if not seen[name]:
            yield Problem(Flaw.MISSING_SLOT, len(text), len(text), "", "漏写了{{" + name + "}}，请写进正文")


def _figures(text: str, rules: Rules) -> Iterable[Problem]:
    bare = SLOT.sub(lambda slot: _FILLER * len(slot.group()), text)
    covered: list[tuple[int, int]] = []
    for quantity in extract(bare):
        covered.append((quantity.start, quantity.end))
        if quantity.surface.strip("*#") and not _allowed(quantity, rules):
            yield _figure(quantity.start, quantity.end, quantity.surface)
    for found in _DIGIT.finditer(bare):
        if not any(start <= found.start() < end for start, end in covered):
            yield _figure(*found.span(), found.group())
    for found in _UNKNOWN_NUMBER.finditer(bare):
        yield _figure(*found.span(), found.group())


def _figure(start: int, end: int, surface: str) -> Problem:
    return Problem(Flaw.FIGURE, start, end, surface, f"写了数字“{surface}”，只能用给出的数据")


def _allowed(quantity: Quantity, rules: Rules) -> bool:
    """Whether a number in an answer is none (一岗双责, 一是), or stands in a source."""
    if quantity.kind is Kind.ZERO:
        return True  # 未发生…: a result, looked at as such
    if not NUMERAL.search(quantity.surface) or quantity.surface in rules.references or is_order(quantity):
        return True
    return quantity.kind is Kind.POLICY and not _DIGIT.search(quantity.surface)


def _markup(text: str, rules: Rules) -> Iterable[Problem]:
    for found in _MARKUP.finditer(text):
        yield Problem(Flaw.MARKUP, *found.span(), found.group(), "用了Markdown或其他标记，应写成普通的一段话")
    start = 0
    for line in text.split("\n"):
        numbered = _HEADING.match(line)
        title = rules.heading and line.strip(" ：:。") == rules.heading
        if title or (numbered and len(line) < 30 and line[-1:] not in "。；，"):
            yield Problem(Flaw.HEADING, start, start + len(line), line, f"写了标题“{line}”，只写正文")
        elif numbered:
            yield Problem(Flaw.HEADING, start, start + numbered.end(), numbered.group(), "写了标题序号，只写一段正文")
        elif rules.heading and line.startswith((rules.heading + "：", rules.heading + "。")):
            yield Problem(Flaw.HEADING, start, start + len(rules.heading) + 1, rules.heading, "正文里重复了标题")
        start += len(line) + 1


def _echoes(text: str, rules: Rules) -> Iterable[Problem]:
    for found in _ECHO.finditer(text):
        yield Problem(Flaw.ECHO, *found.span(), found.group(), f"“{found.group()}”不是正文")
    for found in _LATIN.finditer(SLOT.sub(lambda slot: _FILLER * len(slot.group()), text)):
        if found.group() not in rules.material:
            yield Problem(Flaw.ECHO, *found.span(), found.group(), f"外文“{found.group()}”不是正文")
    for sentence, start in _placed(text, sentences_of(text)):
        pieces = [sentence, *clauses_of(sentence)]
        if gives_orders(sentence) or any(_is_ours(piece, rules) for piece in pieces):
            yield Problem(Flaw.ECHO, start, start + len(sentence), sentence, f"“{sentence[:20]}”是要求或示例，不是正文")


def _is_ours(piece: str, rules: Rules) -> bool:
    """Whether a sentence or clause is out of our instructions, or out of the example."""
    words = _words(piece)
    if len(words) >= _LONG_ENOUGH and any(words in own for own in rules.instructions):
        return True
    return len(words) >= _TOO_LONG and words in rules.example


def _repetitions(text: str, rules: Rules) -> Iterable[Problem]:
    seen = [_words(sentence) for sentence in rules.earlier]
    for sentence, start in _placed(text, sentences_of(text)):
        words = _words(sentence)
        if len(words) >= _LONG_ENOUGH:
            if any(fuzz.ratio(words, other, score_cutoff=_SAME) for other in seen):
                yield Problem(Flaw.REPETITION, start, start + len(sentence), sentence, f"“{sentence[:20]}”与前文重复")
            seen.append(words)
    said: set[str] = set()
    for clause, start in _placed(text, [clause for sentence in sentences_of(text) for clause in clauses_of(sentence)]):
        words = _words(clause)
        if len(words) >= _CLAUSE_LONG_ENOUGH and words in said:
            yield Problem(Flaw.REPETITION, start, start + len(clause), clause, f"“{clause}”与前文重复")
        said.add(words)


def _placed(text: str, pieces: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Each piece with its place in the text, in order."""
    position = 0
    for piece in pieces:
        position = text.index(piece, position)
        yield piece, position
        position += len(piece)


def _results(text: str, rules: Rules) -> Iterable[Problem]:
    for result in unproven_results(text, rules.book, plan=rules.plan):
        message = f"“{result.surface}”没有事实依据，应删去"
        yield Problem(Flaw.UNSUPPORTED, result.start, result.end, result.surface, message)


def _words(sentence: str) -> str:
    """A sentence without slots, punctuation and spaces: what it says."""
    return re.sub(r"[\W_]+", "", SLOT.sub("", sentence))
