"""A Word file as PDF, where LibreOffice is installed."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.export.files import write_atomically
from assistant.office import soffice

_STAND_INS = Path(__file__).with_name("fonts.conf")


def to_pdf(source: Path, path: Path, *, timeout: int = soffice.TIMEOUT) -> None:
    """Convert a .docx; official fonts this machine lacks are shown in their stand-ins of the same kind. Each run has a LibreOffice profile of its own, so several may go at once.

    Raises `UnreadableFile` where LibreOffice is missing, takes longer than `timeout` seconds or cannot read the
    file, `InputError` where `path` cannot be written.
    """
    try:
        data = source.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"读不了“{source}”：{error.strerror}。请检查路径和文件名。") from error
    write_atomically(path, soffice.convert(source.name, data, "pdf", timeout=timeout, fonts=_STAND_INS))
