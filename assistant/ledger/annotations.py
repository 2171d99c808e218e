"""What clerks put on cells besides their values: comments, and lines struck through a row.

Neither changes what is counted; both are told, since no reader of values shows them.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from html import unescape
from pathlib import Path

from assistant.records import Cell, Notice, Severity

_MOST = 50  # notices of one kind and sheet
_LARGEST = 60_000_000  # bytes of a part that is looked into
_TARGET = re.compile(r'Target="([^"]*comment[^"]*\.xml)"', re.IGNORECASE)
_COMMENT = re.compile(
    r'<(?:\w+:)?comment [^<>]*?ref="([A-Z]+\d+)"[^<>]*>((?:(?!<(?:\w+:)?comment ).)*?)</(?:\w+:)?comment>', re.DOTALL
)
_TEXT = re.compile(r"<(?:\w+:)?t(?: [^<>]*)?>([^<]*)</")
_FONTS = re.compile(r"<fonts\b(?:(?!<fonts\b).)*?</fonts>", re.DOTALL)
_FONT = re.compile(r"<font/>|<font[ >](?:(?!<font[ >]).)*?</font>", re.DOTALL)
_STRIKE = re.compile(r'<strike(?:\s+val="(?:1|true)")?\s*/>')
_FORMATS = re.compile(r"<cellXfs\b(?:(?!<cellXfs\b).)*?</cellXfs>", re.DOTALL)
_FORMAT = re.compile(r"<xf\b[^<>]*>")
_FONT_OF = re.compile(r'fontId="(\d+)"')
_FILLED = re.compile(r'<c r="[A-Z]{1,3}(\d+)" s="(\d+)"(?:[^<>]*[^/<>])?>')
_FEWEST = 2  # struck cells from which a row is called struck through


def annotations_of(path: Path, name: str, sheets: list[str]) -> list[Notice]:
    """Notices of the comments and struck rows of an .xlsx; `sheets` are its sheets' names in order."""
    notices: list[Notice] = []
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        struck = _struck_formats(_text(archive, "xl/styles.xml", parts))
        for number, sheet in enumerate(sheets, start=1):
            part = f"xl/worksheets/sheet{number}.xml"
            for target in _TARGET.findall(_text(archive, f"xl/worksheets/_rels/sheet{number}.xml.rels", parts)):
                inside = posixpath.normpath(posixpath.join("xl/worksheets", target)).lstrip("/")
                notices += _comments(_text(archive, inside, parts), name, sheet)
            if struck:
                notices += _struck_rows(_text(archive, part, parts), struck, name, sheet)
    return notices


def _text(archive: zipfile.ZipFile, part: str, parts: set[str]) -> str:
    if part not in parts or archive.getinfo(part).file_size > _LARGEST:
        return ""
    return archive.read(part).decode("utf-8", "replace")


def _comments(xml: str, file: str, sheet: str) -> list[Notice]:
    found = []
    for cell, inner in _COMMENT.findall(xml)[:_MOST]:
        said = " ".join(unescape("".join(_TEXT.findall(inner))).split())[:200]
        message = f"{file}“{sheet}”{cell} 有批注“{said}”，批注没有计入。"
        found.append(Notice(Severity.INFO, "comment", message, Cell(file, sheet, cell)))
    return found


def _struck_formats(styles: str) -> frozenset[str]:
    """The numbers of the cell formats whose font is struck through."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if not fonts or not formats:
        return frozenset()
    struck = {str(number) for number, font in enumerate(_FONT.findall(fonts[0])) if _STRIKE.search(font)}
    used = ((number, _FONT_OF.search(entry)) for number, entry in enumerate(_FORMAT.findall(formats[0])))
    return frozenset(str(number) for number, font in used if font and font[1] in struck)


def _struck_rows(xml: str, struck: frozenset[str], file: str, sheet: str) -> list[Notice]:
    rows = Counter(row for row, style in _FILLED.findall(xml) if style in struck)
    found = []
    for row in [row for row, cells in rows.items() if cells >= _FEWEST][:_MOST]:
        message = f"{file}“{sheet}”第{row}行加了删除线，仍按表中内容计入；如已作废请删去该行或写明“作废”。"
        found.append(Notice(Severity.WARNING, "struck_row", message, Cell(file, sheet, f"A{row}")))
    return found
