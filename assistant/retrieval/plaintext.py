"""Decoding plain text: UTF-8 first, then the encodings Chinese offices still use."""

from __future__ import annotations

from assistant.errors import UnreadableFile

MAX_TEXT = 16 * 1024 * 1024  # bytes; thousands of reports
_SAMPLE = 64 * 1024  # bytes on which a rare encoding is guessed
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LEAST_COMMON = 80  # percent of the non-ASCII characters that everyday Chinese text has inside GB 2312


def decode_text(name: str, data: bytes, advice: str) -> tuple[str, str]:
    """The text and the encoding it was in. Raises `UnreadableFile` (with `advice`) for what is no text."""
    if len(data) > MAX_TEXT:
        raise UnreadableFile(f"“{name}”超过 {MAX_TEXT // 1024 // 1024} MB，没有读取。请拆分后重试。")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(name, data, encoding, advice), encoding
    if b"\x00" in data:
        raise _no_text(name, advice)
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        encoding = _guess(data)
    if not encoding:
        raise _no_text(name, advice)
    return _decode(name, data, encoding, advice), encoding


def _guess(data: bytes) -> str:
    """GB 18030 where that gives everyday Chinese, what charset-normalizer finds otherwise."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and _reads_as_chinese(text):
        return "gb18030"
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=["big5", "gb18030", "utf_8"]).best()
    return best.encoding if best else ""


def _reads_as_chinese(text: str) -> bool:
    beyond = [character for character in text[:_SAMPLE] if character > "\x7f"]
    common = sum(1 for character in beyond if character.encode("gb2312", "ignore"))
    control = sum(1 for character in text[:_SAMPLE] if character < " " and character not in "\t\n\r\f\x1a")
    return bool(beyond) and common * 100 >= _LEAST_COMMON * len(beyond) and not control


def _decode(name: str, data: bytes, encoding: str, advice: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _no_text(name, advice) from error


def _no_text(name: str, advice: str) -> UnreadableFile:
    return UnreadableFile(f"“{name}”不是能读取的文档，或编码无法识别。{advice}")
