"""Opening a Word file safely, and packing one so that equal content gives equal bytes."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.errors import UnreadableFile
from assistant.office import ooxml
from assistant.office.ooxml import Element

MAX_BYTES = 64 * 1024 * 1024  # a report with photographs stays far below
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 48 * 1024 * 1024
MAX_PARTS = 4000

_DATE = (1980, 1, 1, 0, 0, 0)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_FLAGS = 0x0A  # in the FIB of a .doc, after the magic number 0xA5EC
_MAIN_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml", "ms-word.")


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a Word file by name ("word/document.xml"), and which of them is the document."""

    name: str
    parts: dict[str, bytes]
    main: str

    def root(self, part: str) -> Element:
        """The parsed part; raises `UnreadableFile` where it is not XML."""
        try:
            return ooxml.parse(self.parts[part])
        except ooxml.ParseError as error:
            raise damaged(self.name) from error

    def related(self, suffix: str) -> str | None:
        """The name of the part the document refers to by a relationship type ending in `suffix`."""
        folder, _, leaf = self.main.rpartition("/")
        rels = f"{folder}/_rels/{leaf}.rels".lstrip("/")
        if rels not in self.parts:
            return None
        for relation in self.root(rels):
            if str(relation.get("Type", "")).endswith("/" + suffix) and relation.get("TargetMode") != "External":
                target = str(relation.get("Target", ""))
                part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                return part if part in self.parts else None
        return None


def damaged(name: str) -> UnreadableFile:
    """The error for a Word file whose inside is broken."""
    return UnreadableFile(f"“{name}”已损坏，不能读取。请在 Word 或 WPS 中打开并另存为新的 .docx 后重试。")


def is_ole(data: bytes) -> bool:
    """Whether these are the bytes of an OLE file: .doc, .wps, or a protected .docx."""
    return data.startswith(_OLE)


def is_protected(data: bytes) -> bool:
    """Whether an OLE file is locked with a password: a wrapped .docx, or a .doc with its flag set."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return True
    place = data.find(b"\xec\xa5", 512)
    if place < 0 or place % 512:
        return False
    flags = int.from_bytes(data[place + _WORD_FLAGS : place + _WORD_FLAGS + 2], "little")
    return bool(flags & 0x0100)


def protected(name: str) -> UnreadableFile:
    """The error for a file that asks for a password."""
    return UnreadableFile(f"“{name}”有密码保护，不能读取。请去掉密码后另存一份再试。")


def open_word(name: str, data: bytes, *, everything: bool = False) -> Package:
    """The parts of a .docx, .docm or .dotx: its XML parts, or `everything`.

    Raises `UnreadableFile` for what is protected, damaged, too large, or no Word file at all.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _read_parts(name, archive, everything)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise damaged(name) from error
    except RuntimeError as error:  # zipfile's word for an encrypted member
        raise protected(name) from error
    return Package(name, parts, _main_part(name, parts))


def _read_parts(name: str, archive: zipfile.ZipFile, everything: bool) -> dict[str, bytes]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    wanted = [entry for entry in entries if everything or entry.filename.endswith((".xml", ".rels"))]
    too_large = sum(entry.file_size for entry in entries) > MAX_UNPACKED
    if len(entries) > MAX_PARTS or too_large or any(e.file_size > MAX_XML for e in wanted if e.filename[-4:] == ".xml"):
        raise UnreadableFile(f"“{name}”解开后过大，疑似异常文件，没有读取。请确认文件来源，或另存后重试。")
    return {entry.filename: archive.read(entry) for entry in wanted}


def _main_part(name: str, parts: Mapping[str, bytes]) -> str:
    types = parts.get("[Content_Types].xml")
    if types is None:
        raise UnreadableFile(f"“{name}”不是 Word 文档。请选用 .docx、.doc、.wps、.pdf、.txt 或 .md 文件。")
    try:
        root = ooxml.parse(types)
    except ooxml.ParseError as error:
        raise damaged(name) from error
    for entry in root:
        if isinstance(entry.tag, str) and any(kind in str(entry.get("ContentType", "")) for kind in _MAIN_TYPES):
            part = str(entry.get("PartName", "")).lstrip("/")
            if part.endswith(".xml") and "main+xml" in str(entry.get("ContentType")):
                if part not in parts:
                    raise damaged(name)
                return part
    raise UnreadableFile(f"“{name}”是 Office 文件，但不是 Word 文档。报告请用 .docx，表格请用台账导入。")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts with fixed dates and a fixed order: equal parts give equal bytes."""
    target = io.BytesIO()
    order = sorted(parts, key=lambda part: (part != "[Content_Types].xml", part != "_rels/.rels", part))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in order:
            entry = zipfile.ZipInfo(part, _DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, parts[part], compresslevel=6)
    return target.getvalue()
