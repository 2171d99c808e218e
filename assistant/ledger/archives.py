"""A look into an .xlsx before a reader is let loose on it: damaged, oversized, or spread too wide to load."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import UnreadableFile

MAX_UNPACKED = 1_500_000_000
MAX_RATIO = 400
MAX_CELLS = 30_000_000
_CHUNK = 1 << 20
_OVERLAP = 512
_FILLED = re.compile(rb'<(?:\w+:)?c(?= )[^>]*? r="([A-Z]{1,3})\d+"(?:[^>]*[^/>])?>')
_ROW = re.compile(rb'<(?:\w+:)?row(?= )[^>]*? r="(\d+)"[^>]*>')
_UNCOMPUTED = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[^>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')


@dataclass(slots=True)
class SheetExtent:
    """How far a sheet's filled cells reach, and what a reader would not tell."""

    rows: int = 0
    columns: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    uncomputed: dict[str, str] = field(default_factory=dict)  # cell → formula without a stored result


def inspect_archive(path: Path) -> dict[str, SheetExtent]:
    """The extents of the workbook's sheet parts (``xl/worksheets/sheet1.xml``).

    Unpacks every part piece by piece, keeping none, so that damage and bombs are found at bounded
    memory. Raises `UnreadableFile` where the archive is damaged, unpacks to more than
    `MAX_UNPACKED` bytes or `MAX_RATIO` times its size, or a sheet spreads over `MAX_CELLS` cells.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, path)
            return {part.filename: _inspect_part(archive, part, path) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            f"文件“{path.name}”已损坏或没有下载完整（{error}）。请重新取得该文件，或用 Excel、WPS 打开后另存再导入。"
        ) from error


def _refuse_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    unpacked = sum(part.file_size for part in archive.infolist())
    packed = max(path.stat().st_size, 1)
    if unpacked > MAX_UNPACKED or (unpacked > 50_000_000 and unpacked // packed > MAX_RATIO):
        raise UnreadableFile(
            f"文件“{path.name}”解压后有 {unpacked // 1_000_000} MB，是原来的 {unpacked // packed} 倍，不像正常的表格，"
            "为安全起见没有读取。请把需要的内容复制到新建的表格中再导入。"
        )


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> SheetExtent:
    extent = SheetExtent()
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    widest: set[bytes] = set()
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if is_sheet:
                tail = _scan(tail + chunk, extent, widest)
    extent.columns = max((_column_number(letters) for letters in widest), default=0)
    if extent.rows * extent.columns > MAX_CELLS:
        raise UnreadableFile(
            f"文件“{path.name}”中有一张表的内容散布在 {extent.rows} 行 {extent.columns} 列之间，超出可读取的范围。"
            "请删除表格远处多余的内容后再导入。"
        )
    return extent


def _scan(piece: bytes, extent: SheetExtent, widest: set[bytes]) -> bytes:
    """Note what a piece of sheet XML holds; returns the end of it that belongs to the next piece too."""
    widest.update(_FILLED.findall(piece))
    rows = _ROW.findall(piece[-200_000:])
    if rows:
        extent.rows = max(extent.rows, int(rows[-1]))
    if _HIDDEN.search(piece):
        extent.hidden_rows.update(int(found[1]) for found in _ROW.finditer(piece) if _HIDDEN.search(found[0]))
    if b"<f" in piece:
        for found in _UNCOMPUTED.finditer(piece):
            extent.uncomputed[found[1].decode()] = found[2].decode("utf-8", "replace")
    return piece[-_OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
