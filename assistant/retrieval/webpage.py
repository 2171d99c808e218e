"""Saved web pages: the lines a reader sees, without scripts, styles and navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.errors import UnreadableFile
from assistant.records import Document
from assistant.retrieval.blocks import Line, build_document
from assistant.retrieval.plaintext import decode_text

_UNSEEN = ("script", "style", "nav", "noscript", "template", "iframe", "form", "button", "select", "svg", "head")
_LINES = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "header",
        "footer",
        "table",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "br",
        "hr",
    ]
)
_HEADINGS = {"h1": -1, "h2": 1, "h3": 2, "h4": 3, "h5": 4}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_ADVICE = "请把网页另存为 .docx 或 .txt 后再导入。"


def read_webpage(name: str, data: bytes) -> Document:
    """The document a page shows. Raises `UnreadableFile` where it shows no text."""
    from lxml import html  # type: ignore[import-untyped]

    named = _CHARSET.search(data[:4096])
    try:
        text = data.decode(named[1].decode("ascii")) if named else decode_text(name, data, _ADVICE)[0]
    except (LookupError, UnicodeError):  # a name of no encoding, of one that is none for texts, or a wrong one
        text = decode_text(name, data, _ADVICE)[0]
    try:
        root = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except (ValueError, AssertionError, html.etree.ParserError) as error:
        raise UnreadableFile(f"“{name}”不是能读取的网页。{_ADVICE}") from error
    lines = [Line(line, f"第{number}行", hint) for number, (line, hint) in enumerate(_lines(root), 1)]
    return build_document(name, lines)


def _lines(root: Any) -> Iterator[tuple[str, int | None]]:  # noqa: ANN401 - lxml's element
    """Each line with the level its tag gives it."""
    line: list[str] = []
    hint: int | None = None
    for piece, level in _pieces(root):
        if piece is None:
            if text := " ".join("".join(line).split()):
                yield text, hint
            line, hint = [], level
        else:
            line.append(piece)
    if text := " ".join("".join(line).split()):
        yield text, hint


def _pieces(element: Any) -> Iterator[tuple[str | None, int | None]]:  # noqa: ANN401 - lxml's element
    """Texts in order; None where a line ends, with the level of the next one."""
    if isinstance(element.tag, str) and element.tag.lower() not in _UNSEEN:
        breaks = element.tag.lower() in _LINES
        if breaks:
            yield None, _HEADINGS.get(element.tag.lower())
        yield element.text or "", None
        for child in element:
            yield from _pieces(child)
        if breaks:
            yield None, None
    yield element.tail or "", None
