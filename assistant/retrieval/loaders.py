"""Reading a report, a past summary or a regulation: Word, PDF, plain text, standard input."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.office import soffice
from assistant.office.archive import MAX_BYTES, damaged, is_ole, is_protected, open_word, protected
from assistant.office.body import Paragraph, WordText, read_body
from assistant.records import Document, Notice, Severity
from assistant.retrieval.blocks import Line, build_document
from assistant.retrieval.pdf import read_pdf
from assistant.retrieval.plaintext import decode_text

_KINDS = "请选用 .docx、.doc、.wps、.pdf、.txt 或 .md 文件。"
_CONVERTED = (".odt", ".rtf", ".ott", ".uot")
_MARKED_UP = (b"{\\rtf", b"<html", b"<!doctype html", b"mime-version:")


def load_document(path: Path) -> Document:
    """The text and blocks of a document. Raises `UnreadableFile` with one sentence saying what is wrong."""
    if not path.exists():
        raise UnreadableFile(f"找不到文件“{path}”。请检查路径和文件名。")
    if path.is_dir():
        raise UnreadableFile(f"“{path}”是文件夹，不是文档。{_KINDS}")
    if path.name.startswith("~$"):
        raise UnreadableFile(f"“{path.name}”是 Word 打开文档时留下的临时文件。请选用去掉“~$”的那个文件。")
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        raise UnreadableFile(f"读不了“{path}”：{error.strerror}。请检查文件权限，或关闭正在使用它的程序。") from error
    if size > MAX_BYTES:
        raise _too_large(path.name)
    return load_bytes(path.name, data)


def load_bytes(name: str, data: bytes) -> Document:
    """The same from memory; what the bytes are decides, the name only where they do not say."""
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableFile(f"“{name}”是空文件。请确认选对了文件。")
    suffix = Path(name).suffix.lower()
    head = data[:1024].lstrip().lower()
    if data.startswith(b"%PDF") or b"%pdf-" in head:
        return read_pdf(name, data)
    if data.startswith(b"PK"):
        return _load_word(name, data) if suffix not in _CONVERTED else _load_converted(name, data)
    if is_ole(data):
        return _load_ole(name, data)
    if suffix not in (".txt", ".md") and (suffix in _CONVERTED or head.startswith(_MARKED_UP)):
        return _load_converted(name, data)
    if suffix in (".docx", ".docm", ".dotx"):
        raise damaged(name)
    return _load_plain(name, data)


def load_text(text: str, name: str = "标准输入") -> Document:
    """A text as given: offsets are offsets into it, once line ends are newlines."""
    return _document_of_text(name, text, ())


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(f"“{name}”超过 {MAX_BYTES // 1024 // 1024} MB，没有读取。请删去图片或拆分后重试。")


def _load_plain(name: str, data: bytes) -> Document:
    text, encoding = decode_text(name, data, _KINDS)
    guess = Notice(
        Severity.INFO, "guessed_encoding", f"“{name}”不是 UTF-8，按 {encoding} 读取；如有乱码请另存为 UTF-8。"
    )
    return _document_of_text(name, text, () if encoding == "utf-8" else (guess,))


def _document_of_text(name: str, text: str, notices: tuple[Notice, ...]) -> Document:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = (Line(line, f"第{number}行") for number, line in enumerate(text.split("\n"), 1))
    return build_document(name, lines, notices)


def _load_ole(name: str, data: bytes) -> Document:
    if is_protected(data):
        raise protected(name)
    streams = {
        stream: stream.encode("utf-16-le") in data for stream in ("WordDocument", "Workbook", "PowerPoint Document")
    }
    if not streams["WordDocument"] and (streams["Workbook"] or streams["PowerPoint Document"]):
        raise UnreadableFile(f"“{name}”是 Office 文件，但不是 Word 文档。报告请用 .docx，表格请用台账导入。")
    # WPS keeps its own documents in Word's format under another suffix, which LibreOffice takes for MS Works.
    return _load_converted(name, data, f"{Path(name).stem}.doc" if streams["WordDocument"] else name)


def _load_converted(name: str, data: bytes, as_name: str = "") -> Document:
    document = _load_word(name, soffice.convert(as_name or name, data, "docx"))
    note = Notice(Severity.INFO, "converted", f"“{name}”由 LibreOffice 转换后读取。")
    return Document(document.file, document.text, document.blocks, document.title, (note, *document.notices))


def _load_word(name: str, data: bytes) -> Document:
    word = read_body(open_word(name, data))
    lines = [line for paragraph in word.paragraphs for line in _lines_of(paragraph)]
    if not lines:
        if word.seen["embedded"]:
            raise UnreadableFile(f"“{name}”的正文是嵌入的网页，不能读取。请在 Word 中打开并另存为 .docx 后重试。")
        pictures = (
            "，只有图片。图片里的文字不能读取，请先用文字识别（OCR）软件转成文字" if word.seen["pictures"] else ""
        )
        raise UnreadableFile(f"“{name}”里没有文字{pictures}。请确认选对了文件。")
    return build_document(name, lines, _notices(name, word))


def _lines_of(paragraph: Paragraph) -> list[Line]:
    """A paragraph's lines: a manual line break ends a heading as a paragraph mark does."""
    hint = _hint(paragraph)
    return [Line(text, paragraph.source, hint, paragraph.centred) for text in paragraph.text.split("\n")]


def _hint(paragraph: Paragraph) -> int | None:
    if paragraph.anchor is not None or paragraph.source.startswith("表"):
        return None
    if paragraph.style in ("title", "标题"):
        return -1
    return None if paragraph.outline is None else min(paragraph.outline + 1, 4)


def _notices(name: str, word: WordText) -> list[Notice]:
    said = {
        "tracked": f"“{name}”有修订记录，按接受全部修订后的文字读取。",
        "hidden": f"“{name}”有隐藏文字，没有读取。",
        "annex": f"“{name}”末尾由本软件附上的核数表没有读取。",
        "embedded": f"“{name}”有嵌入的网页或文档，其中的文字没有读取。",
        "contents": f"“{name}”的目录没有读取。",
        "pictures": f"“{name}”有 {word.seen['pictures']} 处图片，图片里的文字没有读取。",
    }
    return [Notice(Severity.INFO, kind, message) for kind, message in said.items() if word.seen[kind]]
