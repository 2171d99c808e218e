"""The text layer of a PDF: its lines put back together into paragraphs, page by page."""

from __future__ import annotations

import io
import re
import struct
import zlib
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.office.headings import number_level
from assistant.records import Document, Notice, Severity
from assistant.retrieval.blocks import Line, build_document

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_PAGES = 400
_LEAST_CHARACTERS = 15  # a page: less on average is a scan with stray marks
_PAGE_NUMBER = re.compile(
    r"\s*(?:[—\-–－]+\s*\d{1,3}\s*[—\-–－]+|第\s*\d+\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?|\d{1,3})\s*"
)
_ENDS = "。！？；：:;!?"
_FULL_LINE = 85  # percent of the longest usual line: shorter ends a paragraph
_RADICALS = re.compile("[\u2e80-\u2fdf]")  # look-alikes of common characters that many PDF fonts give
_BROKEN = (  # what a broken PDF makes pypdf raise besides its own errors
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    AssertionError,
    RuntimeError,  # NotImplementedError and RecursionError among them
    OSError,
    EOFError,
    zlib.error,
    struct.error,
)
_CJK = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef“”‘’"
_GAP = re.compile(rf"(?<=[{_CJK}]) (?=\S)|(?<=\S) (?=[{_CJK}])")  # the white a typesetter leaves beside figures


def read_pdf(name: str, data: bytes) -> Document:
    """The document; raises `UnreadableFile` for scans, and for locked or broken files."""
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(f"“{name}”有密码保护，不能读取。请去掉密码后另存一份再试。")
        pages = _pages(name, reader)
    except UnreadableFile:
        raise
    except (PyPdfError, *_BROKEN) as error:
        raise UnreadableFile(f"“{name}”已损坏或不是规范的 PDF，不能读取。请重新导出，或改用 Word 文件。") from error
    if sum(len("".join(page.split())) for page in pages) < _LEAST_CHARACTERS * len(pages):
        raise UnreadableFile(
            f"“{name}”没有文字层，应是扫描件，不能核对。请向来文单位索取 Word 文件，或先用文字识别（OCR）软件转成文字。"
        )
    note = Notice(Severity.INFO, "pdf_layout", f"“{name}”由 PDF 文字层读取，分段和表格可能与原件不同。")
    return build_document(name, _paragraphs(pages), (note,))


def _pages(name: str, reader: PdfReader) -> list[str]:
    if len(reader.pages) > MAX_PAGES:
        raise UnreadableFile(
            f"“{name}”有 {len(reader.pages)} 页，超过 {MAX_PAGES} 页，没有读取。请只导出需要核对的部分。"
        )
    return [page.extract_text() or "" for page in reader.pages]


def _paragraphs(pages: list[str]) -> list[Line]:
    """Lines that fill the type area are joined with the next one; a paragraph may run over a page's end."""
    lines = [(line, number) for number, page in enumerate(pages, 1) for line in _lines(page)]
    lengths = sorted(len(line) for line, _ in lines)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    joined: list[Line] = []
    open_end = False
    for line, page in lines:
        if open_end and joined and not number_level(line):
            joined[-1] = Line(_join(joined[-1].text, line), joined[-1].source)
        else:
            joined.append(Line(line, f"第{page}页"))
        full = len(line) * 100 >= usual * _FULL_LINE
        open_end = full and line[-1] not in _ENDS
    return joined


def _lines(page: str) -> list[str]:
    lines = [_GAP.sub("", _RADICALS.sub(_ordinary, line).strip()) for line in page.splitlines()]
    lines = [line for line in lines if line]
    if lines and _PAGE_NUMBER.fullmatch(lines[-1]):
        lines.pop()
    if lines and _PAGE_NUMBER.fullmatch(lines[0]):
        lines.pop(0)
    return lines


def _ordinary(found: re.Match[str]) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", found[0])


def _join(first: str, second: str) -> str:
    """Chinese runs on without a blank; two Latin words keep one."""
    blank = first[-1].isascii() and second[0].isascii() and first[-1].isalpha() and second[0].isalpha()
    return first + (" " if blank else "") + second
