"""Comments and struck rows are told, and change nothing."""

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from assistant.ledger.importing import import_files
from assistant.records import Severity
from assistant.registry.registry import shipped_registry

HEAD = ["序号", "检查日期", "检查企业（家次）", "发现隐患（处）"]
ROWS = [["2024年安全检查台账"], HEAD, [1, "3月5日", 4, 2], [2, "4月5日", 3, 1], [3, "5月6日", 2, 1]]


def _book(path):
    book = Workbook()
    book.active.title = "说明"
    page = book.create_sheet("检查台账")
    for row in ROWS:
        page.append(row)
    page["D4"].comment = Comment("王某：含\n县级检查 1 处 & 复查", "王某")
    for cell in page[5]:
        cell.font = Font(strike=True)
    page["B3"].font = Font(strike=True)
    book.save(path)
    return path


def test_comments_and_struck_rows_are_told_and_still_count(engine, tmp_path):
    report = import_files(engine, [_book(tmp_path / "2024年.xlsx")], shipped_registry())
    told = {notice.kind: notice for notice in report.notices}
    assert told["comment"].severity is Severity.INFO
    assert (told["comment"].cell.sheet, told["comment"].cell.cell) == ("检查台账", "D4")
    assert "含 县级检查 1 处 & 复查" in told["comment"].message
    struck = [notice for notice in report.notices if notice.kind == "struck_row"]
    assert [(notice.cell.sheet, notice.cell.cell) for notice in struck] == [("检查台账", "A5")]
    assert report.sheets[-1].data_rows == 3


def test_a_plain_book_has_neither(read):
    assert not {"comment", "struck_row"} & set(read(ROWS).kinds)
