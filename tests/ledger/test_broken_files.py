"""Files that cannot be read as they are: clear words, bounded memory, nothing stored by halves."""

import tracemalloc
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.errors import UnreadableFile
from assistant.ledger.facts import facts_for
from assistant.ledger.importing import import_files
from assistant.ledger.problems import problems
from assistant.ledger.storage import METADATA, OBSERVATIONS
from assistant.ledger.workbooks import read_grids
from assistant.periods import parse_period
from assistant.registry.registry import shipped_registry

GOOD = [["2024年安全检查台账"], ["序号", "检查日期", "检查单位数（家次）"], [1, "2024.3.5", 8], [2, "2024.4.5", 7]]
SHEET_HEAD = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)


def book_with(path: Path, good: Path, sheet: bytes) -> Path:
    """The good workbook with its sheet's XML replaced."""
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, sheet if part == "xl/worksheets/sheet1.xml" else old.read(part))
    return path


@pytest.fixture
def good(write) -> Path:
    return write("好.xlsx", 检查=GOOD)


def test_missing_empty_and_foreign_files(tmp_path):
    empty, picture = tmp_path / "空.xlsx", tmp_path / "照片.xlsx"
    empty.write_bytes(b"")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    for path, word in ((tmp_path / "没有.xlsx", "找不到"), (empty, "空"), (picture, "不是表格")):
        with pytest.raises(UnreadableFile, match=word) as caught:
            read_grids(path)
        assert path.name in str(caught.value)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.95])
def test_a_file_cut_short(good, share):
    data = good.read_bytes()
    good.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableFile, match="损坏"):
        read_grids(good)


def test_a_file_with_flipped_bytes_inside(good):
    data = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as archive:
        offset = archive.getinfo("xl/worksheets/sheet1.xml").header_offset + 80
    data[offset : offset + 40] = bytes(40)
    good.write_bytes(bytes(data))
    with pytest.raises(UnreadableFile, match="损坏"):
        read_grids(good)


def test_a_zip_bomb_is_refused_unopened(tmp_path, good):
    bomb = book_with(tmp_path / "弹.xlsx", good, SHEET_HEAD.encode() + b" " * 60_000_000)
    tracemalloc.start()
    with pytest.raises(UnreadableFile, match="倍"):
        read_grids(bomb)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_a_password(tmp_path, good):
    from msoffcrypto.format.ooxml import OOXMLFile

    locked = tmp_path / "锁.xlsx"
    with good.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    with pytest.raises(UnreadableFile, match="密码"):
        read_grids(locked)


def test_a_million_rows_with_nothing_but_format(tmp_path, good, engine):
    rows = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>' for n in range(5, 300_001)
    )
    head = "".join(
        f'<row r="{n}">'
        + "".join(f'<c r="{"ABC"[i]}{n}" t="inlineStr"><is><t>{value}</t></is></c>' for i, value in enumerate(row))
        + "</row>"
        for n, row in enumerate(GOOD, start=1)
    )
    path = book_with(tmp_path / "格式.xlsx", good, f"{SHEET_HEAD}{head}{rows}</sheetData></worksheet>".encode())
    [grid] = read_grids(path)
    assert len(grid.rows) == 4


def test_sixteen_thousand_columns(tmp_path, good):
    cells = '<c r="A1" t="inlineStr"><is><t>序号</t></is></c><c r="XFD1" t="inlineStr"><is><t>检查日期</t></is></c>'
    path = book_with(
        tmp_path / "宽.xlsx", good, f'{SHEET_HEAD}<row r="1">{cells}</row></sheetData></worksheet>'.encode()
    )
    [grid] = read_grids(path)
    assert grid.at(0, 16_383) == "检查日期"


def test_cells_in_the_far_corners_are_refused_before_they_fill_memory(tmp_path, good):
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    path = book_with(tmp_path / "远.xlsx", good, f"{SHEET_HEAD}{far}</sheetData></worksheet>".encode())
    with pytest.raises(UnreadableFile, match="1048576"):
        read_grids(path)


def test_an_xlsx_called_xls_and_a_page_called_xls(tmp_path, good, engine):
    renamed = tmp_path / "旧.xls"
    renamed.write_bytes(good.read_bytes())
    assert read_grids(renamed)[0].at(2, 2) == 8
    page = tmp_path / "导出.xls"
    html = (
        '<html><meta charset="gb2312"><table><tr><td colspan=3>2024年安全检查台账</td></tr>'
        "<tr><th>序号<th>检查日期<th>检查单位数（家次）</tr>"
        '<tr><td>1</td><td rowspan="2">2024-03-05</td><td>8</td></tr><tr><td>2</td><td>&nbsp;7</td></tr></table></html>'
    )
    page.write_bytes(html.encode("gb18030"))
    import_files(engine, [page], shipped_registry())
    [fact] = [f for f in facts_for(engine, parse_period("2024-03"), shipped_registry()) if f.unit == "家次"]
    assert fact.value == 15


def test_pages_without_a_table_and_old_xml_sheets(tmp_path):
    page = tmp_path / "登录.xls"
    page.write_text("<!DOCTYPE html><html><body>请先登录</body></html>", encoding="utf-8")
    with pytest.raises(UnreadableFile, match="网页"):
        read_grids(page)
    page.write_text(
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        encoding="utf-8",
    )
    with pytest.raises(UnreadableFile, match="XML"):
        read_grids(page)


def test_formulas_without_a_stored_result_are_told(tmp_path, write, engine):
    path = write("公式.xlsx", 检查=[*GOOD, [3, "2024.5.1", "=[1]Sheet1!A1"], ["合计", None, "=SUM(C3:C5)"]])
    report = import_files(engine, [path], shipped_registry())
    told = [notice for notice in report.notices if notice.kind == "formula_without_value"]
    assert [notice.cell.cell for notice in told] == ["C5", "C6"]
    assert facts_for(engine, parse_period("2024"), shipped_registry())[1].value == 15


def test_one_bad_file_does_not_stop_the_others_and_is_remembered(tmp_path, good, engine):
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04 broken")
    report = import_files(engine, [tmp_path], shipped_registry())
    assert report.failed == ("坏.xlsx",)
    assert report.files == ("好.xlsx",)
    assert "unreadable" in [notice.kind for notice in problems(engine)]
    assert facts_for(engine, parse_period("2024"), shipped_registry())


def test_all_bad_is_an_error_that_names_them(tmp_path, engine):
    for name in ("甲.xlsx", "乙.xls"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(UnreadableFile, match="甲.xlsx.*乙.xls|乙.xls.*甲.xlsx"):
        import_files(engine, [tmp_path], shipped_registry())


def test_a_file_that_broke_keeps_what_was_stored_of_it(good, engine, tmp_path, write):
    other = write("另.xlsx", 检查=GOOD)
    import_files(engine, [good, other], shipped_registry())
    good.write_bytes(b"PK\x03\x04 broken")
    import_files(engine, [good, other], shipped_registry())
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(OBSERVATIONS)) == 8


def test_an_interrupted_import_stores_nothing(good, engine, monkeypatch):
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("assistant.ledger.saving.settle_sources", fail)
    with pytest.raises(KeyboardInterrupt):
        import_files(engine, [good], shipped_registry())
    with engine.connect() as connection:
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in METADATA.sorted_tables]
    assert counts == [0] * len(counts)


def test_importing_twice_changes_nothing_and_a_changed_file_replaces_its_own(good, write, engine):
    def values() -> dict[str, object]:
        return {fact.id: fact for fact in facts_for(engine, parse_period("2024"), shipped_registry())}

    import_files(engine, [good], shipped_registry())
    once = values()
    import_files(engine, [good], shipped_registry())
    assert values() == once
    write("好.xlsx", 检查=[*GOOD, [3, "2024.5.5", 5]])
    import_files(engine, [good], shipped_registry())
    assert values()["inspection.enterprises@2024"].value == 20


def test_the_source_is_never_touched(good, engine):
    before = (good.read_bytes(), good.stat().st_mtime_ns)
    import_files(engine, [good], shipped_registry())
    assert (good.read_bytes(), good.stat().st_mtime_ns) == before


def test_a_name_that_runs_into_the_file_is_not_quoted_whole(good):
    data = good.read_bytes()
    name = b"[Content_Types].xml"
    place = data.index(name)  # the file's own header: its length is made to reach far into what is packed
    good.write_bytes(data[: place - 4] + (1500).to_bytes(2, "little") + data[place - 2 :])
    with pytest.raises(UnreadableFile, match="已损坏或没有下载完整") as caught:
        read_grids(good)
    assert len(str(caught.value)) < 300
