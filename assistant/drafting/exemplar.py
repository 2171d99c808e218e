"""Last year's section as something to learn from: no figures, no dates, no instructions, no results to copy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.drafting.outcomes import zero_word
from assistant.quantities.extract import extract
from assistant.quantities.mask import MARK, mask
from assistant.quantities.wholes import find_wholes
from assistant.records import Kind, Quantity

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
_ORDER = re.compile(r"^(?:[一二三四五六七八九十]+是|其[一二三四五六七八九十]+[，、是])")
_REST = re.compile(r"其余|剩余|余下|其中|另有|上述|对(?:能|不能|其余|未)|不能(?:立即|当场)")
_LEANING = re.compile(
    r"(?:按照|按|通过|根据|依据|结合|针对|围绕|为|以|对|在|采取)[^，]*"
    r"(?:原则|要求|办法|措施|基础上|过程中|方式|形式|契机|重点|抓手|目标|部署|精神)[，；]?$"
)
NUMERAL = re.compile(r"[0-9０-９〇○零一二三四五六七八九十百千万亿两]")
_QUOTABLE = frozenset({Kind.POLICY, Kind.ARTICLE, Kind.DOCNO})


_TELLING = 12  # characters from which a sentence is worth carrying over
_MOSTLY = 0.6


@dataclass(frozen=True, slots=True)
class Exemplar:
    """What a model is shown of last year's section, and what it may repeat of it.

    `narrative` are its sentences without any figure, date or stated result, fit to be used as they are;
    of a sentence with a few figures what is left, where that is most of it and its beginning.
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

    Clauses that state a figure, a date or a result are left out: a small model copies even the mark
    that hides a figure, and what is to be reported this year is listed as slots.
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
        shown = without_figures(sentence)
        if shown:
            kept.append(shown)
        if len(shown) >= max(_TELLING, len(sentence) * _MOSTLY):
            narrative.append(shown)
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
    if find_wholes(sentence) or zero_word(sentence):
        return False
    return not any(_counts(quantity) for quantity in extract(sentence))


def _counts(quantity: Quantity) -> bool:
    """Whether a number is one that only this year's facts may give: anything but a name, a reference, 一是, 全年."""
    if quantity.kind is Kind.ZERO or quantity.kind is Kind.PLACEHOLDER:
        return True
    return quantity.kind not in _QUOTABLE and bool(NUMERAL.search(quantity.surface)) and not is_order(quantity)


def is_order(quantity: Quantity) -> bool:
    """Whether a number only counts the points of a text: 一是, 第一, 首先."""
    return quantity.kind is Kind.ORDINAL and not quantity.unit and not re.search(r"[0-9０-９]", quantity.surface)


def quotable(text: str) -> frozenset[str]:
    """The numbers in a text that are parts of names and references, not figures."""
    return frozenset(q.surface for q in extract(text) if q.kind in _QUOTABLE and not q.is_claim)


def without_figures(sentence: str) -> str:
    """The sentence with its figures masked, without the clauses that only state figures or results."""
    clauses = clauses_of(sentence)
    kept = [is_plain(clause) and MARK not in mask(clause) for clause in clauses]
    for index, clause in enumerate(clauses):
        if _REST.match(clause) and not all(kept[:index]):  # 其余隐患… of a number that is gone
            kept[index] = False
    for index in range(len(clauses) - 2, -1, -1):
        if _LEANING.match(clauses[index]) and not kept[index + 1]:  # 按照…的原则， with nothing behind it
            kept[index] = False
    words = [clause for clause, stays in zip(clauses, kept, strict=True) if stays]
    if not words or not kept[0]:  # without its beginning the rest has no subject
        return ""
    text = "".join(words).rstrip("，、：；。")
    return text + (sentence[-1] if sentence[-1] in "。；！" else "。")


def _cut(sentences: Sequence[str], limit: int) -> str:
    text = ""
    for sentence in sentences:
        if text and len(text) + len(sentence) > limit:
            break
        text += sentence
    return text


def unnumbered(sentence: str) -> str:
    """The sentence without a leading 一是 or 其二, for a place where the others of its row are missing."""
    return _ORDER.sub("", sentence)
