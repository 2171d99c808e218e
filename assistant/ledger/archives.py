"""A look into an .xlsx before a reader is let loose on it: damaged, oversized, or spread too wide to load."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from assistant.errors import UnreadableFile

MAX_UNPACKED = 600_000_000
MAX_RATIO = 100
MAX_CELLS = 10_000_000
MAX_FILLED = 5_000_000
MAX_PARTS = 2_000
_CHUNK = 1 << 20
_QUOTED = 100  # characters of another program's complaint
_OVERLAP = 512
_FILLED = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?:[^<>]*[^/<>])?>')
_ODD = re.compile(rb'<(?:c|row)(?![\w:.-])(?! r="[A-Z]{0,3}\d{1,7}")|<[\w.-]+:(?:c|row)(?![\w:.-])')
_COUNTED = re.compile(rb"<(?:\w+:)?sst\b[^<>]*?uniqueCount\s*=\s*[\"']\s*(\d+)")
_LEAST_STRING = 5  # bytes of the shortest shared string: <si/>
_ROW = re.compile(rb'<(?:\w+:)?row(?= )[^<>]*? r="(\d+)"[^<>]*>')
_UNCOMPUTED = re.compile(rb'<c r="([A-Z]+\d+)"[^<>]*><f[^<>]*>([^<]*)</f>(?:<v ?/>|<v></v>)?</c>')
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')


@dataclass(slots=True)
class SheetExtent:
    """How far a sheet's filled cells reach, and what a reader would not tell."""

    rows: int = 0
    columns: int = 0
    filled: int = 0
    odd: bool = False  # written otherwise than spreadsheet programs write it
    hidden_rows: set[int] = field(default_factory=set)
    uncomputed: dict[str, str] = field(default_factory=dict)  # cell → formula without a stored result


def inspect_archive(path: Path) -> dict[str, SheetExtent]:
    """The extents of the workbook's sheet parts (``xl/worksheets/sheet1.xml``).

    Unpacks every part piece by piece, keeping none, so that damage and bombs are found at bounded
    memory. `odd` parts are those whose cells cannot be counted at a glance. Raises `UnreadableFile` where the
    archive is damaged, unpacks to more than `MAX_UNPACKED` bytes or `MAX_RATIO` times its size, or a sheet
    spreads over `MAX_CELLS` cells or fills more than `MAX_FILLED`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _refuse_bomb(archive, path)
            return {part.filename: _inspect_part(archive, part, path) for part in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            f"文件“{path.name}”已损坏或没有下载完整（{str(error)[:_QUOTED]}）。请重新取得该文件，或用 Excel、WPS 打开后另存再导入。"
        ) from error


def _refuse_bomb(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(path.stat().st_size, 1)
    if unpacked > MAX_UNPACKED or (unpacked > 50_000_000 and unpacked // packed > MAX_RATIO):
        raise UnreadableFile(
            f"文件“{path.name}”解压后有 {unpacked // 1_000_000} MB，是原来的 {unpacked // packed} 倍，不像正常的表格，"
            "为安全起见没有读取。请把需要的内容复制到新建的表格中再导入。"
        )
    if len(parts) > MAX_PARTS:
        raise UnreadableFile(
            f"文件“{path.name}”里有 {len(parts)} 个部件，不像正常的表格，没有读取。请另存为 .xlsx 再导入。"
        )


def _inspect_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, path: Path) -> SheetExtent:
    extent = SheetExtent()
    is_xml = not part.filename.lower().startswith("xl/media/")
    widest: set[bytes] = set()
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            if is_xml:
                extent.odd = extent.odd or (not tail and _is_odd_start(chunk, part.file_size))
                tail = _scan(tail + chunk, extent, widest)
                if extent.filled > MAX_FILLED:
                    break
    extent.columns = max((_column_number(letters) for letters in widest), default=0)
    if extent.rows * extent.columns > MAX_CELLS or extent.filled > MAX_FILLED:
        raise UnreadableFile(
            f"文件“{path.name}”中有一张表的内容散布在 {extent.rows} 行 {extent.columns} 列之间，超出可读取的范围。"
            "请删除表格远处多余的内容后再导入。"
        )
    return extent


def _is_odd_start(chunk: bytes, size: int) -> bool:
    """Another encoding than UTF-8, or more shared strings announced than there is room for."""
    counted = _COUNTED.search(chunk[:4096])
    announced = int(counted[1][:18]) if counted else 0
    declared = b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk
    return (
        declared or b"\x00" in chunk[:64] or b"utf-16" in chunk[:200].lower() or announced > size // _LEAST_STRING + 1
    )


def _scan(piece: bytes, extent: SheetExtent, widest: set[bytes]) -> bytes:
    """Note what a piece of sheet XML holds; returns the end of it that belongs to the next piece too."""
    end = piece[max(piece.rfind(b"<"), len(piece) - _OVERLAP) :]  # from the last tag on, so that nothing is seen twice
    if b"<c" not in piece and b"<row" not in piece and b":c" not in piece:
        return end  # no sheet: shared strings, say
    found = _FILLED.findall(piece)
    if found:
        extent.filled += len(found)
        widest.update(letters for letters, _ in found)
        extent.rows = max(extent.rows, max(int(number) for _, number in found))
    extent.odd = extent.odd or _ODD.search(piece, 0, len(piece) - 40) is not None
    if _HIDDEN.search(piece):
        extent.hidden_rows.update(int(each[1][:9]) for each in _ROW.finditer(piece) if _HIDDEN.search(each[0]))
    if b"<f" in piece:
        for each in _UNCOMPUTED.finditer(piece):
            extent.uncomputed[each[1].decode()] = each[2].decode("utf-8", "replace")
    return end


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
