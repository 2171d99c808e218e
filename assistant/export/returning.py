"""A returned file from the disk: opened whatever office program saved it, and cut down to the report's own lines."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.export.lines import plain
from assistant.export.report import attachment_lines, attachment_names
from assistant.export.returned import FileLine, ReturnedFile, read_returned
from assistant.office import soffice
from assistant.office.archive import MAX_BYTES, is_ole, is_protected, open_word, protected
from assistant.records import Draft, Notice, Severity

_WORD = (".docx", ".docm", ".dotx", ".dotm")
_CONVERTED = (".doc", ".wps", ".odt", ".rtf")


def read_file(path: Path) -> ReturnedFile:
    """The file as read. A .doc, .wps, .odt or .rtf goes through LibreOffice.

    Raises `UnreadableFile` for what is missing, locked with a password, damaged, too large, or no Word file.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableFile(f"“{path.name}”有 {size // 1024 // 1024} MB，太大了，没有读取。请压缩图片后另存再试。")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"读不了“{path.name}”：{error.strerror}。请检查路径和文件名。") from error
    if not data:
        raise UnreadableFile(f"“{path.name}”是空的。请确认文件已保存完整。")
    suffix = path.suffix.lower()
    if is_ole(data) and is_protected(data):
        raise protected(path.name)
    if is_ole(data) or suffix in _CONVERTED:
        name = f"{path.stem}.doc" if suffix not in (".odt", ".rtf") else path.name
        data = soffice.convert(name, data, "docx")
    elif suffix not in _WORD:
        raise UnreadableFile(f"“{path.name}”不是 Word 文件。请选用从据实导出、改过的 .docx。")
    return read_returned(open_word(path.name, data, everything=True))


def report_lines(file: ReturnedFile, draft: Draft) -> list[FileLine]:
    """The report's own lines: without a 附件说明 the layout wrote, also where its bookmarks are gone."""
    written = {
        plain(text) for annex in (True, False) for text in attachment_lines(attachment_names(draft, annex=annex))
    }
    return [line for line in file.lines if line.marks or plain(line.text) not in written]


def notices_of(file: ReturnedFile, draft: Draft, base: Draft, *, guessed: bool) -> tuple[Notice, ...]:
    """What is to be said of a file beside its changes."""
    said: list[tuple[Severity, str, str]] = []
    if guessed:
        said.append((Severity.WARNING, "no_origin", "文件里没有稿件信息，按稿子现在的文字对照，请逐条看过再采用。"))
    if file.macros:
        said.append((Severity.WARNING, "macros", "文件里带有宏，没有运行，也没有带回稿子；来历不明的请勿打开。"))
    if file.tracked:
        said.append((Severity.INFO, "tracked", f"文件里有修订痕迹 {file.tracked} 处，按全部接受后的文字对照。"))
    if file.remarks:
        said.append((Severity.INFO, "remarks", f"文件里有批注 {len(file.remarks)} 条，已列在下面，没有写进正文。"))
    if [(s.key, s.heading, s.text) for s in draft.sections] != [(s.key, s.heading, s.text) for s in base.sections]:
        said.append((Severity.INFO, "moved_on", "稿子在导出之后又改过，两边都改了的地方标为冲突，采用即以文件为准。"))
    return tuple(Notice(severity, kind, message) for severity, kind, message in said)
