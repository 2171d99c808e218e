"""What a question names outright: laws, articles of laws, document numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieval.articles import ARTICLE, article_key, article_order
from assistant.retrieval.titles import NUMBER, law_named, numbers_in, short_title

_QUOTED = re.compile(r"《((?:[^《》]|《[^》]*》)+)》")
_ARTICLES = re.compile(rf"{ARTICLE}(?:\s*[至到—~-]+\s*{ARTICLE})?")
_LISTED = re.compile(r"第\s*([\d一二三四五六七八九十百零]+(?:\s*[、,，和]\s*[\d一二三四五六七八九十百零]+)+)\s*条")
_MOST = 20  # articles of one range
_NEAR = 14  # characters that may stand between a law and its article


@dataclass(frozen=True, slots=True)
class Named:
    """A law, or an article of one, that a text names. `law` is a short title of the library, empty for none."""

    law: str
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """All that a text names outright."""

    articles: tuple[Named, ...]
    laws: tuple[Named, ...]
    numbers: tuple[str, ...]
    unknown: tuple[str, ...]  # 《…》 that is no law of the library
    rest: str  # the text without the articles and document numbers, and the laws these are of


def read_reference(text: str, known: Sequence[str]) -> Reference:
    """The laws, articles and document numbers in a text; `known` are the short titles there are."""
    laws, unknown = _laws(text, known)
    articles = [
        Named(_law_before(named.start, laws), named.article, named.start, named.end) for named in _articles(text)
    ]
    numbers = numbers_in(text)
    named = [*articles, *(law for law in laws if any(each.law == law.law for each in articles))]
    return Reference(tuple(articles), tuple(laws), tuple(numbers), tuple(unknown), _without(text, named))


def _without(text: str, named: Sequence[Named]) -> str:
    for each in sorted({(each.start, each.end) for each in named}, reverse=True):
        text = f"{text[: each[0]]} {text[each[1] :]}"
    return NUMBER.sub(" ", text)


def _laws(text: str, known: Sequence[str]) -> tuple[list[Named], list[str]]:
    laws: list[Named] = []
    unknown: list[str] = []
    for found in _QUOTED.finditer(text):
        law = law_named(found[1], known)
        if law:
            laws.append(Named(law, "", found.start(), found.end()))
        else:
            unknown.append(short_title(found[1]))
    laws += [named for named in _bare_laws(text, known) if not any(_overlap(named, other) for other in laws)]
    return sorted(laws, key=lambda named: named.start), unknown


def _bare_laws(text: str, known: Sequence[str]) -> list[Named]:
    """Laws named without 《》: whole titles anywhere, abbreviations only right before an article or alone."""
    named: list[Named] = []
    for title in sorted((title for title in known if title in text), key=len, reverse=True):
        start = text.find(title)
        while start >= 0:
            new = Named(title, "", start, start + len(title))
            if not any(_overlap(new, other) for other in named):
                named.append(new)
            start = text.find(title, new.end)
    for found in re.finditer(
        r"[\u4e00-\u9fff]{1,12}?(?:法典|条例|规定|办法|法)(?=\s*(?:第|里?的?第?\d|$|里|中|上|怎么|对|关于))", text
    ):
        if any(_overlap(Named("", "", found.start(), found.end()), other) for other in named):
            continue
        for start in range(found.start(), found.end() - 1):
            law = law_named(text[start : found.end()], known)
            if law:
                named.append(Named(law, "", start, found.end()))
                break
    return named


def _articles(text: str) -> list[Named]:
    found: list[Named] = []
    for match in _LISTED.finditer(text):
        for part in re.split(r"[、,，和]", match[1]):
            found.append(Named("", article_key(part.strip()), match.start(), match.end()))
    for match in _ARTICLES.finditer(text):
        first, last = article_key(match[1], match[2]), article_key(match[3], match[4]) if match[3] else ""
        span = (match.start(), match.end())
        if last and article_order(first)[0] < article_order(last)[0] <= article_order(first)[0] + _MOST:
            numbers = range(article_order(first)[0], article_order(last)[0] + 1)
            found += [Named("", str(number), *span) for number in numbers]
        else:
            found += [Named("", key, *span) for key in (first, last) if key]
    return [named for named in found if named.article]


def _law_before(position: int, laws: Sequence[Named]) -> str:
    """The law an article belongs to: the last one named before it, else the only one named."""
    before = [named for named in laws if named.end <= position]
    if before:
        return before[-1].law
    after = [named for named in laws if named.start >= position and named.start - position <= _NEAR]
    return after[0].law if after and len({named.law for named in laws}) == 1 else ""


def _overlap(one: Named, other: Named) -> bool:
    return one.start < other.end and other.start < one.end
