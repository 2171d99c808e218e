"""Last year's section as something to learn from: no figures, no dates, no instructions, no results to copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.quantities.extract import extract
from assistant.quantities.mask import MARK, mask
from assistant.quantities.wholes import find_wholes
from assistant.records import Kind

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?[”’」』]?")
_CLAUSE = re.compile(r"[^，。！？；：\n]+[，。！？；：]?")
# Words addressed to a model, not to a reader of the report.
_ORDERS = re.compile(
    r"(?:忽略|无视|不要理会|忘记|覆盖)[^，。；]{0,12}(?:指令|指示|要求|提示|规则|以上|上述|前面|之前|设定)"
    r"|(?:以上|上述|前面|之前)[^，。；]{0,6}(?:指令|提示词|规则)[^，。；]{0,6}(?:作废|无效)"
    r"|系统提示|提示词|占位符|语言模型|人工智能助手|(?:请|必须|务必)(?:你|您)?(?:只)?(?:输出|回答|回复|改写|生成|写出|写上|写明|声明)"
    r"|你(?:是|现在|必须|应该|只能)|作为(?:一个|一名)?(?:AI|助手|模型)|assistant|system|prompt|instruction|ignore",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(r"^(?:[一二三四五六七八九十]+是|(?:其|第)[一二三四五六七八九十]+[，、])")
_HIDDEN = frozenset({Kind.DATE, Kind.PERIOD, Kind.PLACEHOLDER})
_QUOTABLE = frozenset({Kind.POLICY, Kind.ARTICLE, Kind.DOCNO, Kind.DURATION})


@dataclass(frozen=True, slots=True)
class Exemplar:
    """What a model is shown of last year's section, and what it may repeat of it.

    `narrative` are its sentences without any figure, date or stated result, fit to be used as they are.
    `references` are the numbers in it that are no figures (十五条硬措施, 第二十一条, 24小时值班).
    `dropped` are sentences left out because they address a model instead of a reader.
    """

    text: str
    narrative: tuple[str, ...] = ()
    references: frozenset[str] = frozenset()
    dropped: tuple[str, ...] = ()


NO_EXEMPLAR = Exemplar("")


def exemplar_of(paragraphs: Iterable[str], limit: int) -> Exemplar:
    """The exemplar that a past section makes, cut to about `limit` characters at the end of a sentence.

    Clauses with a figure keep their words with `MARK` for the figure where they are part of a
    sentence that says more; a sentence that is figures throughout is left out.
    """
    kept: list[str] = []
    narrative: list[str] = []
    dropped: list[str] = []
    references: set[str] = set()
    for sentence in sentences_of("\n".join(paragraphs)):
        if _ORDERS.search(sentence):
            dropped.append(sentence)
            continue
        references |= quotable(sentence)
        if is_plain(sentence):
            narrative.append(sentence)
        shown = without_figures(sentence)
        if shown:
            kept.append(shown)
    return Exemplar(_cut(kept, limit), tuple(narrative), frozenset(references), tuple(dropped))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each with its closing mark; 一是…；二是… counts as sentences."""
    return [found.group().strip() for found in _SENTENCE.finditer(text) if found.group().strip("　 \t。；")]


def clauses_of(sentence: str) -> list[str]:
    """The clauses of a sentence, each with the mark after it."""
    return [found.group() for found in _CLAUSE.finditer(sentence)]


def gives_orders(text: str) -> bool:
    """Whether a text speaks to a language model (忽略以上要求…)."""
    return bool(_ORDERS.search(text))


def is_plain(sentence: str) -> bool:
    """Whether a sentence states no figure, date, zero or whole, so that it is as true this year as last."""
    if find_wholes(sentence):
        return False
    return not any(
        quantity.is_claim or quantity.kind in _HIDDEN for quantity in extract(sentence) if quantity.surface != "全年"
    )


def quotable(text: str) -> frozenset[str]:
    """The numbers in a text that are parts of names and references, not figures."""
    return frozenset(q.surface for q in extract(text) if q.kind in _QUOTABLE and not q.is_claim)


def without_figures(sentence: str) -> str:
    """The sentence with its figures masked, without the clauses that only state figures or results."""
    clauses = [mask(clause) for clause in clauses_of(sentence) if not find_wholes(clause) and not _denies(clause)]
    words = [clause for clause in clauses if MARK not in clause]
    if not words:
        return ""
    text = "".join(words).rstrip("，、：；。")
    return text + (sentence[-1] if sentence[-1] in "。；！" else "。")


def _denies(clause: str) -> bool:
    return any(quantity.kind is Kind.ZERO for quantity in extract(clause))


def _cut(sentences: Sequence[str], limit: int) -> str:
    text = ""
    for sentence in sentences:
        if text and len(text) + len(sentence) > limit:
            break
        text += sentence
    return text


def strip_structure(sentence: str) -> str:
    """The sentence without a leading 一是, 其二."""
    return _STRUCTURE.sub("", sentence)
