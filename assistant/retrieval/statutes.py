"""Statutes and regulations: whether a document is one, and its articles with chapter, title and version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from assistant.records import Document, Notice, Severity
from assistant.retrieval.articles import ARTICLE, article_key, article_order
from assistant.retrieval.titles import DIGEST, LAW_ENDING, document_number

_HEADER_END = re.compile(r"<!--(?:(?!<!--).)*?-->")
_MARKUP = re.compile(r"^(?:\s*>)*\s*(#{1,6}\s+)?")
_START = re.compile(rf"{ARTICLE}(?P<gap>[\s\u3000]+|(?=【|（))?")
_NOT_A_START = re.compile(r"\s*(?:规定|第|的|、|所列|和|至|或者|及|款|项|，)")
_PART = re.compile(r"第[一二三四五六七八九十百零\d]{1,5}\s*(分编|[编章节])(?=[\s\u3000]|$)[\s\u3000]*(.{0,40})")
_PARTS = ("编", "分编", "章", "节")
_ANNEX = re.compile(r"附\s*[件表录]?\s*[一二三四五六七八九十\d]{0,3}\s*[:：]?(?:\s.{0,40})?")
_SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[\s\u3000]+(?=[\u4e00-\u9fff])")
_DAY = r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日"
_DATED = re.compile(rf"{_DAY}(?!\s*起?\s*[施实]行)")
_EFFECTIVE = re.compile(rf"自\s*{_DAY}\s*起\s*[施实]行|{_DAY}\s*起?\s*[施实]行")
_FILE_DAY = re.compile(r"(\d{4})[-._年]?(\d{2})[-._月]?(\d{2})(?!\d)")
_YEAR_ONLY = re.compile(r"[（(]((?:19|20)\d{2})年?(?:修[正订改]|版)")
_REPEALS = re.compile(r"((?:《(?:[^《》]|《[^》]*》)+》[^《》。；]{0,60})+)(?:同时|即行|自行)?废止")
_NAMED = re.compile(r"《((?:[^《》]|《[^》]*》)+)》")
_LONGEST_TITLE = 60
_LEAST_ARTICLES = 2
_CLOSING = 3  # articles at the end in which a law says when it takes effect and what it ends


@dataclass(frozen=True, slots=True)
class Article:
    """An article, or an annex (`number` empty): `text` stands at `start:end` of the statute's text."""

    number: str
    path: tuple[str, ...]
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statute:
    """A law as read. `version` is the day of its text (empty where nothing says it), `effective` the day it takes effect."""

    title: str
    text: str
    articles: tuple[Article, ...]
    version: str = ""
    effective: str = ""
    digest_only: bool = False
    document_number: str = ""
    repeals: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(slots=True)
class _Reader:
    """The articles met so far, and where in the law they stand."""

    articles: list[Article] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    number: str = ""
    lines: list[tuple[int, str]] = field(default_factory=list)

    def close(self) -> None:
        if self.lines:
            start, (last, text) = self.lines[0][0], self.lines[-1]
            whole = "\n".join(line for _, line in self.lines)
            self.articles.append(Article(self.number, self.path, whole, start, last + len(text)))
        self.lines = []

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(self.parts[level] for level in ("文", *_PARTS, "附") if level in self.parts)

    def enter(self, level: str, heading: str) -> None:
        self.close()
        order = ("文", *_PARTS, "附")
        self.parts = {each: name for each, name in self.parts.items() if order.index(each) < order.index(level)}
        self.parts[level] = heading


def is_statute(document: Document) -> bool:
    """Whether articles make up at least a third of the document: a short law may have a long history above it."""
    lines = _clean(document)
    numbered = [article for article in _split(lines) if article.number]
    inside = sum(len(each.text) for each in numbered)
    whole = sum(len(line.text) for line in lines)
    return len(numbered) >= _LEAST_ARTICLES and 3 * inside >= whole


def read_statute(document: Document) -> Statute:
    """The law a document holds. Its text is the document's without markup, blank lines and front matter."""
    lines = _clean(document)
    articles = _split(lines)
    text = "\n".join(line.text for line in lines)
    first = next((article.start for article in articles if article.number), len(text))
    header = text[:first]
    title = _title(document, lines, first)
    closing = "\n".join(article.text for article in articles[-_CLOSING:])
    effective = max((_iso(found) for found in _EFFECTIVE.finditer(header + closing)), default="")
    version = _version(document.file, title, header)
    digest = bool(DIGEST.search(title))
    return Statute(
        title=title,
        text=text,
        articles=tuple(articles),
        version=version,
        effective=max(effective, version),
        digest_only=digest,
        document_number=document_number(header),
        repeals=tuple(name for found in _REPEALS.finditer(closing) for name in _NAMED.findall(found[1])),
        notices=tuple(_notices(document.file, title, version, articles, digest=digest)),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int
    heading: bool


def _clean(document: Document) -> list[_Line]:
    kept: list[_Line] = []
    start = 0
    for raw in _without_front_matter(document.text.split("\n")):
        line = _HEADER_END.sub("", raw).replace("**", "")
        marked = _MARKUP.match(line)
        text = line[marked.end() if marked else 0 :].strip(" \t\u3000\xa0\ufeff")
        if text:
            kept.append(_Line(text, start, bool(marked and marked[1])))
            start += len(text) + 1
    return kept


def _without_front_matter(lines: list[str]) -> list[str]:
    if lines and lines[0].strip() == "---" and "---" in (line.strip() for line in lines[1:20]):
        return lines[[line.strip() for line in lines].index("---", 1) + 1 :]
    return lines


def _split(lines: list[_Line]) -> list[Article]:
    reader = _Reader()
    for line in lines:
        part = _PART.fullmatch(_SPACED.sub(" ", line.text))
        number = _article_start(line.text, reader)
        if part and not line.text.endswith(("。", "；")):
            reader.enter(part[1], _tidy(line.text))
        elif number:
            reader.close()
            reader.number = number
            reader.parts.pop("附", None)
            reader.lines.append((line.start, line.text))
        elif (reader.articles or reader.lines) and _ANNEX.fullmatch(line.text):
            reader.close()
            reader.parts, reader.number = {}, ""
            reader.enter("附", _tidy(line.text))
        elif line.heading and not reader.lines and not LAW_ENDING.search(line.text):
            reader.enter("文", _tidy(line.text))
        elif reader.lines or "附" in reader.parts:
            reader.lines.append((line.start, line.text))
    reader.close()
    return reader.articles


def _article_start(text: str, reader: _Reader) -> str:
    """The number of the article a line begins; empty where it begins none, as 第三十条规定的… wrapped onto a new line."""
    found = _START.match(text)
    if not found:
        return ""
    key = article_key(found[1], found[2])
    if not key:
        return ""
    number, inserted = article_order(key)
    before = article_order(reader.number)
    if found["gap"] is not None:
        return key if (number, inserted) > before or not reader.lines else ""
    follows = (number, inserted) in ((before[0] + 1, 0), (before[0], before[1] + 1))
    return key if follows and not _NOT_A_START.match(text, found.end()) else ""


def _tidy(heading: str) -> str:
    """第一章　总　则 as 第一章 总则."""
    number, _, name = heading.replace("\u3000", " ").partition(" ")
    return f"{number} {name.replace(' ', '')}".strip()


def _title(document: Document, lines: list[_Line], first: int) -> str:
    above = [line for line in lines if line.start < first and not _PART.match(line.text)][:8]
    named = [line for line in above if len(line.text) <= _LONGEST_TITLE and LAW_ENDING.search(_bare(line.text))]
    if named:
        return _tidy_title((next((line for line in named if line.heading), None) or named[0]).text)
    if document.title and LAW_ENDING.search(_bare(document.title)):
        return _tidy_title(document.title)
    return _tidy_title(_FILE_DAY.sub("", PurePath(document.file).stem).rstrip("_-（( ）)"))


def _bare(title: str) -> str:
    return re.sub(r"[（(][^（()）]*[）)]$", "", title.strip()).strip()


def _tidy_title(title: str) -> str:
    """Without blanks, and without the year of its version, which is told apart from the title."""
    title = re.sub(r"\s+", "", title)
    return re.sub(r"[（(](?:19|20)\d{2}年?(?:修[正订改]|版|本)?[^（()）]*[）)]$", "", title)


def _version(file: str, title: str, header: str) -> str:
    """The latest day at which the text was passed or amended: by the header, or the file's name."""
    days = [_iso(found) for found in _DATED.finditer(header)]
    named = _FILE_DAY.search(PurePath(file).stem)
    if named and 1 <= int(named[2]) <= 12 and 1 <= int(named[3]) <= 31:
        days.append("-".join(named.groups()))
    if not days and (year := _YEAR_ONLY.search(f"{title}{PurePath(file).stem}")):
        return year[1]
    return max(days, default="")


def _iso(found: re.Match[str]) -> str:
    year, month, day = (group for group in found.groups() if group)
    return f"{year}-{int(month):02}-{int(day):02}"


def _notices(file: str, title: str, version: str, articles: list[Article], *, digest: bool) -> Iterator[Notice]:
    if digest:
        yield Notice(Severity.INFO, "digest", f"“{file}”是《{title}》，不是法条原文；引用条文请以公布的原文为准。")
    if not version:
        yield Notice(
            Severity.WARNING,
            "no_version",
            f"“{file}”没有写明通过或修订的日期，无法与其他版本比较。可在文件名末尾加上日期，如“(2021-06-10)”。",
        )
    numbers = [article_order(each.number)[0] for each in articles if each.number]
    missing = [number for number in range(1, max(numbers, default=0)) if number not in set(numbers)]
    if missing and not digest:
        shown = "、".join(f"第{number}条" for number in missing[:5])
        yield Notice(
            Severity.WARNING,
            "article_gap",
            f"“{file}”缺少{shown}{'等' if len(missing) > 5 else ''}，请核对文件是否完整。",
        )
