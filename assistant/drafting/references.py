"""Rules and policies a report may lean on: sentences of laws in force, quoted with where they stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.drafting.context import Requirement
from assistant.drafting.exemplar import NUMERAL, gives_orders, is_plain, sentences_of
from assistant.drafting.families import families_in, family_of, family_words
from assistant.drafting.sections import Role, SectionSpec
from assistant.records import Hit, Passage, SourceKind

Search = Callable[[str], Sequence[Hit]]

_ARTICLE = re.compile(r"\s*(第[一二三四五六七八九十百零]{1,7}条(?:之[一二三四五六七八九十])?)[\s　]*")
_TOWN = re.compile(r"乡镇|乡（镇）|乡、(?:民族乡、)?镇|乡人民政府|街道办事处")
_DUTY = re.compile(r"应当|负责|必须|督促|履行")
_TOWN_DUTIES = ("乡镇人民政府 街道办事处 安全生产 监督管理 职责", "乡镇人民政府 安全生产状况 监督检查 事故隐患 整改")
_SHORTEST, _LONGEST = 16, 100  # characters of a sentence worth quoting
_MOST = 2


def references_with(search: Search) -> Callable[[SectionSpec], str]:
    """What `writer_with` asks for a section: one line for each rule that fits its topic, empty where none does.

    Only sentences without figures are given, and only of laws in force.
    """
    found: dict[str, str] = {}

    def references(spec: SectionSpec) -> str:
        if spec.key not in found:
            found[spec.key] = "\n".join(_rules(spec, search)) if spec.role is Role.WORK else ""
        return found[spec.key]

    return references


def requirements_with(search: Search) -> tuple[Requirement, ...]:
    """What laws in force ask of a town, for the plan part: quoted, with their articles."""
    found: dict[str, Requirement] = {}
    for query in _TOWN_DUTIES:
        for source, sentence in _quotes(search(query)):
            if _TOWN.search(sentence) and _DUTY.search(sentence):
                words = sentence.rstrip("。；")
                found.setdefault(source, Requirement(f"按照“{words}”的规定抓好落实", source))
                break
    return tuple(found.values())[:_MOST]


def _rules(spec: SectionSpec, search: Search) -> list[str]:
    families = dict.fromkeys((*families_in(spec.heading), *(family_of(name) for name in spec.must)))
    words = tuple(dict.fromkeys(word for family in families for word in family_words(family))) or spec.topics
    if not words:
        return []
    lines: dict[str, str] = {}
    for source, sentence in _quotes(search(f"{spec.heading} {' '.join(words[:4])} 安全")):
        if any(word in sentence for word in words):
            lines.setdefault(source, f"{source}：{sentence}")
    return list(lines.values())[:_MOST]


def _quotes(hits: Sequence[Hit]) -> Iterator[tuple[str, str]]:
    """The sentences that can be quoted, each with its source: 《安全生产法》第二十一条."""
    for hit in hits:
        passage = hit.passage
        article = _ARTICLE.match(passage.text)
        if passage.kind is not SourceKind.LAW or not passage.in_force or article is None:
            continue
        for sentence in sentences_of(passage.text[article.end() :]):
            if _SHORTEST <= len(sentence) <= _LONGEST and _quotable(sentence):
                yield _source(passage, article[1]), sentence


def _quotable(sentence: str) -> bool:
    """Whether a sentence can stand in a report: no figure, no order to a model, no list it only begins."""
    plain = is_plain(sentence) and not re.search(r"[0-9０-９“”]", sentence) and not gives_orders(sentence)
    counted = re.search(rf"{NUMERAL.pattern}(?:日|个月|年|倍|人|名|元|项|次|小时)", sentence)
    return plain and not counted and not sentence.endswith(("：", ":"))


def _source(passage: Passage, article: str) -> str:
    return f"《{passage.title.removeprefix('中华人民共和国').strip('《》')}》{article}"
