"""Spreadsheet files into grids: told by their content, not by their name, and never written to."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ledger.annotations import annotations_of
from assistant.ledger.apart import read_apart
from assistant.ledger.archives import SheetExtent, inspect_archive
from assistant.ledger.delimited import read_delimited
from assistant.ledger.grids import Grid, Merge, convert_rows
from assistant.ledger.webtables import read_webtables
from assistant.records import Cell, Notice, Severity

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".csv", ".tsv", ".txt", ".ods", ".htm", ".html")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAX_TEXT = 300_000_000


def read_grids(path: Path, name: str = "") -> list[Grid]:
    """The sheets of a file, hidden ones included and marked. `name` is how evidence will call the file.

    Raises `UnreadableFile` where the file is missing, empty, damaged, protected, oversized, or no
    spreadsheet.
    """
    name = name or path.name
    head = _head(path)
    if head.startswith(_ZIP):
        grids = _read_archive(path, name)
        if grids:
            grids[0].notices += annotations_of(path, name, [grid.sheet for grid in grids])
        return grids
    if head.startswith(_OLE):
        _refuse_password(path)
        return read_apart(path, name)
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableFile(f"文件“{path.name}”不是表格文件。能读的有 .xlsx、.xls、.csv，请另存为其中一种再导入。")
    if path.stat().st_size > MAX_TEXT:
        raise UnreadableFile(f"文件“{path.name}”超过 {MAX_TEXT // 1_000_000} MB，没有读取。请分成几个文件再导入。")
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"<?xml") and b"spreadsheet" in start:
        raise UnreadableFile(f"文件“{path.name}”是旧式的 XML 表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。")
    if start.startswith(b"<") and any(mark in start for mark in (b"<html", b"<table", b"<!doctype", b"<meta", b"<div")):
        return read_webtables(path, name)
    return read_delimited(path, name)


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError as error:
        raise UnreadableFile(f"找不到文件“{path}”。请检查路径和文件名。") from error
    except OSError as error:
        raise UnreadableFile(f"打不开文件“{path.name}”（{error.strerror}），请检查它是否存在、是否被占用。") from error
    if not head.strip():
        raise UnreadableFile(f"文件“{path.name}”是空的。请检查是否选错了文件。")
    return head


def _refuse_password(path: Path) -> None:
    if _ENCRYPTED in path.read_bytes():
        raise UnreadableFile(f"文件“{path.name}”设有打开密码。请用 Excel 或 WPS 打开，去掉密码另存后再导入。")


def _read_archive(path: Path, name: str) -> list[Grid]:
    """An .xlsx as spreadsheet programs write it is read here; anything else that is packed, apart."""
    extents = inspect_archive(path)
    plain = "xl/workbook.xml" in extents and not any(extent.odd for extent in extents.values())
    if plain:
        return read_workbook(path, name, extents)
    grids = read_apart(path, name)
    for number, grid in enumerate(grids, start=1):
        grid.notices += _extent_notices(name, grid.sheet, extents.get(_part_of(number), SheetExtent()))
    return grids


def read_workbook(path: Path, name: str, extents: dict[str, SheetExtent]) -> list[Grid]:
    """The sheets of a workbook, by its content, with notices of what `extents` know. Raises `UnreadableFile`."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as workbook:  # by content, whatever its name
            return [_read_sheet(workbook, index, name, extents) for index in range(len(workbook.sheet_names))]
    except PasswordError as error:
        raise UnreadableFile(f"文件“{path.name}”设有密码。请用 Excel 或 WPS 打开，去掉密码另存后再导入。") from error
    except BaseException as error:
        if not isinstance(error, (CalamineError, OSError, ValueError)) and type(error).__name__ != "PanicException":
            raise
        raise UnreadableFile(
            f"文件“{path.name}”读不出表格（{error}），可能已损坏或不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。"
        ) from error


def _read_sheet(workbook: object, index: int, name: str, extents: dict[str, SheetExtent]) -> Grid:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    assert isinstance(workbook, CalamineWorkbook)
    about = workbook.sheets_metadata[index]
    hidden = about.visible != SheetVisibleEnum.Visible
    if about.typ != SheetTypeEnum.WorkSheet or hidden:
        return Grid(name, about.name, [], hidden=hidden)
    sheet = workbook.get_sheet_by_index(index)
    _, left = sheet.start or (0, 0)  # rows come from the first row on, columns only from the first filled one
    padding: list[object] = [None] * left
    rows = convert_rows([*padding, *row] for row in sheet.iter_rows())
    merges = tuple(Merge(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    extent = extents.get(_part_of(index + 1), SheetExtent())
    return Grid(name, about.name, rows, merges, notices=_extent_notices(name, about.name, extent))


def _part_of(number: int) -> str:
    return f"xl/worksheets/sheet{number}.xml"


def _extent_notices(file: str, sheet: str, extent: SheetExtent) -> list[Notice]:
    notices = []
    if extent.hidden_rows:
        numbers = sorted(extent.hidden_rows)
        shown = "、".join(str(number) for number in numbers[:10]) + ("等" if len(numbers) > 10 else "")
        notices.append(
            Notice(
                Severity.INFO,
                "hidden_rows",
                f"“{sheet}”第{shown}行被筛选或隐藏，仍按表中内容计入。",
                Cell(file, sheet, f"A{numbers[0]}"),
            )
        )
    for cell, formula in list(extent.uncomputed.items())[:50]:
        notices.append(
            Notice(
                Severity.WARNING,
                "formula_without_value",
                f"“{sheet}”{cell} 的公式“={formula}”没有保存结果，按空格处理。请用 Excel 打开该文件并保存一次。",
                Cell(file, sheet, cell),
            )
        )
    return notices
