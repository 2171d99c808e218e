"""Ledgers for a small made-up county."""

from openpyxl import Workbook

HEAD = ("序号", "检查日期", "检查企业（家次）", "排查隐患（处）", "完成整改（处）")


def write_ledger(folder, year, *rows):
    """A town's ledger of a year, one row a month: enterprises checked, hazards found, hazards put right."""
    folder.mkdir(parents=True, exist_ok=True)
    book = Workbook()
    book.active.append([f"{folder.name}{year}年安全检查台账"])
    book.active.append(HEAD)
    for month, row in enumerate(rows, 1):
        book.active.append([month, f"{year}.{month}.5", *row])
    book.save(folder / f"{year}.xlsx")


def make_county(folder):
    """Three towns with two years each, and one that has sent nothing."""
    write_ledger(folder / "云溪镇", 2024, (100, 30, 30), (110, 20, 17))
    write_ledger(folder / "云溪镇", 2023, (120, 20, 20), (30, 20, 20))
    write_ledger(folder / "石门乡", 2024, (50, 40, 20), (40, 10, 9))
    write_ledger(folder / "石门乡", 2023, (60, 40, 40), (60, 20, 20))
    write_ledger(folder / "安平街道", 2024, (300, 100, 99))
    write_ledger(folder / "安平街道", 2023, (290, 90, 90))
    (folder / "柳河镇").mkdir()
    return folder
