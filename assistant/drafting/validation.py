"""Reading a model's answer: what in it may not stand, and what is left when that is cut."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.drafting.exemplar import NUMERAL, is_order
from assistant.drafting.flaws import FILLER, SLOT, Flaw, Problem, Rules
from assistant.drafting.results import unproven_results
from assistant.drafting.wording import advice_in, echoes_in, markup_in, repetitions_in
from assistant.quantities.extract import extract
from assistant.records import Kind, Quantity

_LOOSE_SLOT = re.compile(r"[{｛]{1,2}\s*([^{}｛｝\n]{1,40}?)\s*[}｝]{1,2}")
_BRACES = re.compile(r"[{}｛｝]")
_DIGIT = re.compile(r"[0-9０-９〇○]")
_UNKNOWN_NUMBER = re.compile(r"(?<![A-Za-z])[NnXx](?![A-Za-z])|[XxＸ×]{2,}")
_CHATTER = re.compile(
    r"^(?:好的|当然|以下(?:是|为)|这是|下面是|根据(?:您|你|以上|上述)|修改后|改好|正文|回答|输出)[^。\n]{0,30}?[:：，\n]"
)
_ADDED = re.compile(r"^(?:但是?|同时|此外|另外|而且|并且)，?")  # nothing stands before it
_HOLLOW = re.compile(
    r"[和及与、]?[“「《]\s+[^”」》]{0,4}[”」》]"
)  # a name whose number a model could not write: “  月”


_ALONE = re.compile(
    r"(?:^|(?<=[。；！？\n]))(?:同时|此外|另外|并且|对此|为此)[。；！？]"
)  # a sentence of which only this is left
_ENDS = "。！？；\n"  # what a sentence ends with
_SAID = frozenset({Flaw.FIGURE, Flaw.ECHO, Flaw.UNSUPPORTED, Flaw.HEADING, Flaw.MARKUP, Flaw.ADVICE})


def tidy(answer: str, labels: Mapping[str, str] | None = None) -> str:
    """The answer without fences, opening chatter, quotation marks round it and empty lines.

    `labels` are how the slots were shown to the model (检查企业N家次) and the names they stand for:
    slots are written by name in what is returned, also where braces or the unit were written carelessly.
    """
    text = answer.replace("（无）", "")  # what the prompt says where it has nothing to show
    text = re.sub(r"^```\w*\n?|\n?```$", "", text.strip()).strip()
    for _ in range(3):  # 好的，以下是正文：
        text = _CHATTER.sub("", text, count=1).strip()
    text = "\n".join(line for line in (line.strip("　 \t") for line in text.splitlines()) if line)
    if len(text) > 1 and text[0] + text[-1] in ("“”", '""', "「」"):
        text = text[1:-1]
    text = _HOLLOW.sub("", _ADDED.sub("", text))
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
        *markup_in(text, rules),
        *echoes_in(text, rules),
        *repetitions_in(text, rules),
        *advice_in(text, rules),
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
    left, right = _bounds(text, problem.start, problem.end, _ENDS)
    repeated = problem.flaw is Flaw.REPETITION and problem.start <= left and right <= problem.end
    whole_sentence = problem.flaw in (Flaw.ECHO, Flaw.ADVICE) or repeated
    start, end = _bounds(text, problem.start, problem.end, _ENDS if whole_sentence else "，：" + _ENDS)
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
    text = _ALONE.sub("", text)
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
    for found in _BRACES.finditer(SLOT.sub(lambda slot: FILLER * len(slot.group()), text)):
        yield Problem(Flaw.UNKNOWN_SLOT, *found.span(), found.group(), "花括号不完整")
    for name in rules.must:
        if not seen[name]:
            yield Problem(Flaw.MISSING_SLOT, len(text), len(text), "", "漏写了{{" + name + "}}，请写进正文")


def _figures(text: str, rules: Rules) -> Iterable[Problem]:
    bare = SLOT.sub(lambda slot: FILLER * len(slot.group()), text)
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


def _results(text: str, rules: Rules) -> Iterable[Problem]:
    for result in unproven_results(text, rules.book, plan=rules.plan):
        message = f"“{result.surface}”没有事实依据，应删去"
        yield Problem(Flaw.UNSUPPORTED, result.start, result.end, result.surface, message)
