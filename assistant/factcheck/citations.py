"""Laws a text cites: whether the regulations imported have them, and the article, and whether it says what is cited."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from assistant.records import Finding, Severity

Regulations = Callable[[str, str], str | None]

_CITED = re.compile(
    r"《(?P<title>[^》\n]{2,40})》(?:（[^）\n]{0,20}）)?(?P<article>第[一二三四五六七八九十百零〇\d]+条(?:之[一二三四五六七八九十])?)?"
)
_LAW = re.compile(r"(?:法|条例|规定|办法|规则|细则|决定|准则)$")
_SAYS = re.compile(
    r"(?:第[一二三四五六七八九十\d]+[款项])*(?:明确)?(?:规定|要求|指出|明确)[，,：:]?[“\"]?(?P<said>[^。”\"\n]{8,160})"
)
_HALF = 2


def find_citations(text: str, regulations: Regulations) -> Iterator[Finding]:
    """The laws cited that `regulations` does not know, or that do not say what is cited."""
    told: set[tuple[str, str]] = set()
    for found in _CITED.finditer(text):
        title, article = found["title"], found["article"] or ""
        if not _LAW.search(title):
            continue
        content = regulations(title, article)
        surface = found.group()
        if content is None or not content:
            if (title, article) not in told:
                told.add((title, article))
                yield _unknown(found.start(), surface, title, article, known=content is not None)
            continue
        says = _SAYS.match(text, found.end()) if article else None
        if says and not _agrees(says["said"], content):
            message = f"《{title}》{article}的内容与引述不符：条文为“{content[:60]}…”"
            span = text[found.start() : says.end()]
            yield Finding("law_misquoted", Severity.WARNING, found.start(), says.end(), span, message, "核对条文")


def _unknown(start: int, surface: str, title: str, article: str, *, known: bool) -> Finding:
    kind = "article_unknown" if known else "law_unknown"
    told = f"《{title}》中没有{article}。" if known else f"已导入的法规中没有《{title}》，无法确认其名称和现行效力。"
    severity = Severity.WARNING if known else Severity.INFO
    return Finding(
        kind, severity, start, start + len(surface), surface, told, "核对条号" if known else "导入该法规后再核对"
    )


def _agrees(said: str, article: str) -> bool:
    """Whether at least half of the pairs of characters cited stand in the article."""
    words = "".join(char for char in said if "\u4e00" <= char <= "\u9fff")
    pairs = [words[pos : pos + 2] for pos in range(len(words) - 1)]
    return sum(pair in article for pair in pairs) * _HALF >= len(pairs)
