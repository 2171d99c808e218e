"""A checked document back in Word: a comment on each figure that needs a person, an annex of them all."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.export.annex import annex_blocks, rows_of_report
from assistant.export.comments import comment_figures
from assistant.export.files import write_atomically
from assistant.export.manuscript import text_lines
from assistant.export.plainpackage import as_document
from assistant.export.report import document_body
from assistant.export.style import Style
from assistant.export.wordfile import DOCUMENT, new_parts, text_width
from assistant.office import ooxml, soffice
from assistant.office.archive import MAX_BYTES, Package, is_ole, is_protected, open_word, pack, protected
from assistant.office.elements import annex_blocks as find_annex
from assistant.office.ooxml import Element, child, w
from assistant.records import CheckReport, Document

_CONVERTED = (".doc", ".wps", ".rtf", ".odt")


def annotate(source: Path | Document, report: CheckReport, path: Path) -> None:
    """Write the checked document with comments and the annex 核数表 to `path`; `source` is never changed.

    A .docx comes back as it is, but for the comments and the annex; .doc and .wps come back as .docx through
    LibreOffice; anything else (text, PDF, a `Document` in memory) as a new file in our layout.
    Raises `UnreadableFile` for a source that cannot be read, `InputError` where `path` cannot be written.
    """
    write_atomically(path, annotated_bytes(source, report))


def annotated_bytes(source: Path | Document, report: CheckReport) -> bytes:
    """The same file as bytes, for a download."""
    package = _word_source(source) if isinstance(source, Path) else None
    if package is None:
        title = source.title if isinstance(source, Document) else ""
        package = _typeset(report.text, title)
    commented = comment_figures(package, report)
    document = ooxml.parse(commented.parts[package.main])
    _append_annex(document, report)
    return pack({**commented.parts, package.main: ooxml.serialize(document)})


def _word_source(source: Path) -> Package | None:
    """The Word package of a file, None where the file is no Word document."""
    try:
        data = source.read_bytes() if source.stat().st_size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableFile(f"读不了“{source}”：{error.strerror}。请检查路径和文件名。") from error
    if is_ole(data) and is_protected(data):
        raise protected(source.name)
    if is_ole(data) or (source.suffix.lower() in _CONVERTED and data):
        data = soffice.convert(source.name if source.suffix.lower() != ".wps" else f"{source.stem}.doc", data, "docx")
    if not data.startswith(b"PK"):
        return None
    return as_document(open_word(source.name, data, everything=True))


def _typeset(text: str, title: str) -> Package:
    """A new document of a text in our layout."""
    style = Style()
    body = document_body(text_lines(text, title), style)
    return Package("核数结果", new_parts(body, style, title, "据实"), DOCUMENT)


def _append_annex(document: Element, report: CheckReport) -> None:
    """The annex at the end of the body, in place of one from an earlier check."""
    body = child(document, "body")
    if body is None:
        return
    for block in find_annex(body):
        body.remove(block)
    taken = [int(mark.get(w("id"), 0)) for mark in document.iter(w("bookmarkStart"))]
    annex = annex_blocks(
        rows_of_report(report),
        text_width(document),
        Style(),
        checked=True,
        findings=report.findings,
        bookmark=max(taken, default=-1) + 1,
    )
    last = body[-1] if len(body) else None
    if last is not None and last.tag == w("sectPr"):
        for block in annex:
            last.addprevious(block)
    else:
        body.extend(annex)
