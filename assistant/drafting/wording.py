"""How an answer is worded: markup, headings, echoes of what was asked, repetitions, advice to others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from assistant.drafting.exemplar import clauses_of, gives_orders, sentences_of
from assistant.drafting.flaws import FILLER, SLOT, Flaw, Problem, Rules

_HEADING = re.compile(
    r"^\s*(?:#{1,6}\s*|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、．]\s*|标题[:：]|小标题[:：])"
)
_LABEL = re.compile(r"(?:^|(?<=[。；！？\n]))([^，。；：:、！？【（\n{}]{2,8})[：:]", re.MULTILINE)  # 高温汛期：抓好…
_LEADS_ON = re.compile(r"(?:如下|以下|下列|是|为|到|出|指)$")
_MARKUP = re.compile(r"\*{1,3}|#{1,6}|`{1,3}|^\s*[-*+•·]\s+|</?\w+>|\|.*\||~~|__", re.MULTILINE)
_ECHO = re.compile(
    r"占位符|往年写法|小标题|提示词|约\S{1,6}字|Markdown|以上内容|如有(?:需要|疑问)|希望对(?:您|你)|（此处|\[此处"
)
_LATIN = re.compile(r"[A-Za-z]{3,}")
_OTHERS = r"(?:各级|部门|单位|学校|幼儿园|企业|商户|商铺|业主|经营者|村|社区|站所|家长|师生|学生|群众|村民|居民|驾驶员)"
_MUST = r"(?:(?<![主重首必需扼简紧摘只纪显概])要(?![求点素害件约么道领义闻])|应当|应该|应(?=加强|加大|做好|定期|及时|严格|建立|落实|进一步)|必须|务必|须(?!知))"
_ADVICE = re.compile(rf"{_OTHERS}[^，。；]{{0,6}}{_MUST}|^(?:还|也|都|均|更)?{_MUST}")
_FIGURE = re.compile(r"\{\{|[0-9]")
_BEGINNING = re.compile(r"^(?:重点|深入|同时|并且?|以及|及时|共)+")
_SAME = 88  # rapidfuzz points from which two sentences say the same
_LONG_ENOUGH = 8  # words of a sentence that may not recur
_CLAUSE_LONG_ENOUGH = 6
_ELSEWHERE_LONG_ENOUGH = 8  # words of a clause that may not recur in another section
_TOO_LONG = 14  # of the example's words: 并安排专人跟踪督办 is anybody's, a longer piece is about its grain stores


def markup_in(text: str, rules: Rules) -> Iterable[Problem]:
    """Markdown, headings, numbers of headings, and labels before a colon, which a narrative has no use for."""
    for found in _MARKUP.finditer(text):
        yield Problem(Flaw.MARKUP, *found.span(), found.group(), "用了Markdown或其他标记，应写成普通的一段话")
    for found in _LABEL.finditer(text):
        if found[1] not in rules.material and not _LEADS_ON.search(found[1]):
            yield Problem(Flaw.HEADING, *found.span(), found.group(), f"写了小标题“{found.group()}”，应写成普通的句子")
    start = 0
    for line in text.split("\n"):
        yield from _headings(line, start, rules.heading)
        start += len(line) + 1


def _headings(line: str, start: int, heading: str) -> Iterable[Problem]:
    numbered = _HEADING.match(line)
    title = heading and line.strip(" ：:。") == heading
    if title or (numbered and len(line) < 30 and line[-1:] not in "。；，"):
        yield Problem(Flaw.HEADING, start, start + len(line), line, f"写了标题“{line}”，只写正文")
    elif numbered:
        yield Problem(Flaw.HEADING, start, start + numbered.end(), numbered.group(), "写了标题序号，只写一段正文")
    elif heading and line.startswith((heading + "：", heading + "。")):
        yield Problem(Flaw.HEADING, start, start + len(heading) + 1, heading, "正文里重复了标题")


def echoes_in(text: str, rules: Rules) -> Iterable[Problem]:
    """Words about the task, foreign words, and sentences of our own instructions or example."""
    for found in _ECHO.finditer(text):
        yield Problem(Flaw.ECHO, *found.span(), found.group(), f"“{found.group()}”不是正文")
    for found in _LATIN.finditer(SLOT.sub(lambda slot: FILLER * len(slot.group()), text)):
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


def repetitions_in(text: str, rules: Rules) -> Iterable[Problem]:
    """Sentences said before, clauses said before here or in another section, the heading once more."""
    seen = [_words(sentence) for sentence in rules.earlier]
    for sentence, start in _placed(text, sentences_of(text)):
        words = _words(sentence)
        if len(words) >= _LONG_ENOUGH:
            if any(fuzz.ratio(words, other, score_cutoff=_SAME) for other in seen):
                yield Problem(Flaw.REPETITION, start, start + len(sentence), sentence, f"“{sentence[:20]}”与前文重复")
            seen.append(words)
    said: set[str] = set()
    elsewhere = {_words(clause) for sentence in rules.earlier for clause in clauses_of(sentence)}
    for clause, start in _clauses(text):
        words = _words(clause)
        bare = _BEGINNING.sub("", words) in rules.names and not _FIGURE.search(clause)  # its figure says it
        again = len(words) >= _CLAUSE_LONG_ENOUGH and (words in said or _is_heading(words, rules.heading))
        padding = len(words) >= _ELSEWHERE_LONG_ENOUGH and words in elsewhere and not _FIGURE.search(clause)
        if bare:
            message = f"“{clause}”由数据自己说出"
            yield Problem(Flaw.REPEATED_SLOT, start, start + len(clause), clause, message)
        elif again or (padding and clause.strip("，。；") not in rules.material):
            yield Problem(Flaw.REPETITION, start, start + len(clause), clause, f"“{clause}”与前文重复")
        said.add(words)


def _is_heading(words: str, heading: str) -> bool:
    """Whether a clause only says the heading again: 确保群众饮食安全得到维护 under …，群众饮食安全得到维护."""
    return words.removeprefix("确保") in {_words(heading), *map(_words, clauses_of(heading))}


def advice_in(text: str, rules: Rules) -> Iterable[Problem]:
    """Sentences of a part that tells what was done which say what others should do (各级学校要加强…)."""
    if not rules.done:
        return
    for sentence, start in _placed(text, sentences_of(text)):
        for clause in clauses_of(sentence):
            if _ADVICE.search(clause) and clause.strip("，。；：！") not in rules.material:
                message = f"“{clause.strip('，。；')}”是对别人的要求，本节只写已经做了的工作"
                yield Problem(Flaw.ADVICE, start, start + len(sentence), sentence, message)
                break


def _clauses(text: str) -> Iterable[tuple[str, int]]:
    return _placed(text, [clause for sentence in sentences_of(text) for clause in clauses_of(sentence)])


def _placed(text: str, pieces: Iterable[str]) -> Iterable[tuple[str, int]]:
    """Each piece with its place in the text, in order."""
    position = 0
    for piece in pieces:
        position = text.index(piece, position)
        yield piece, position
        position += len(piece)


def _words(sentence: str) -> str:
    """A sentence without slots, punctuation and spaces: what it says."""
    return re.sub(r"[\W_]+", "", SLOT.sub("", sentence))
