"""Bytes of a text file into text: UTF-8 (with or without a mark), UTF-16 with a mark, GB18030."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_PLAIN = ("utf-8", "gb18030")


def decode_text(data: bytes, file: str) -> str:
    """The text of a file; raises `UnreadableFile` where no Chinese encoding fits or the file is binary."""
    marked = [encoding for mark, encoding in _MARKS if data.startswith(mark)]
    for encoding in marked or _PLAIN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableFile(
        f"文件“{file}”不是文字文件，或编码不是 UTF-8、GB18030。请用 Excel 或 WPS 打开后另存为 CSV 再导入。"
    )


def read_text(path: Path) -> str:
    """The text of the file at `path`; raises `UnreadableFile` where it is missing, empty or not text."""
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{path}”。请检查路径和文件名。") from error
    except OSError as error:
        raise UnreadableFile(
            f"打不开文件“{path.name}”（{error.strerror}）。请检查文件是否存在、是否被占用。"
        ) from error
    if not data.strip():
        raise UnreadableFile(f"文件“{path.name}”是空的。请检查是否选错了文件。")
    return decode_text(data, path.name)
