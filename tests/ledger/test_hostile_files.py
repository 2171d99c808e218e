"""Files made to hurt, as the fuzzer found them: refused in words, or read; the process lives, and soon."""

import time
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import create_engine

from assistant.errors import UnreadableFile
from assistant.ledger.grids import Grid, Merge, merge_origins
from assistant.ledger.importing import import_files
from assistant.ledger.workbooks import read_grids
from assistant.registry.registry import shipped_registry
from evals.fuzz_attacks import LAUGHS
from evals.fuzz_cases import zip_of
from evals.fuzz_workbooks import book_of, sheet_xml, skeleton

KEPT = Path(__file__).resolve().parents[1] / "data" / "hostile"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def sheet(rows: str) -> bytes:
    return book_of(f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode())


def read(folder: Path, data: bytes, name: str = "台账.xlsx") -> list[Grid]:
    path = folder / name
    path.write_bytes(data)
    return read_grids(path)


def strings(table: str) -> bytes:
    cells = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    own = f"<worksheet {MAIN}><sheetData>{cells}</sheetData></worksheet>"
    return zip_of(
        skeleton() | {"xl/worksheets/sheet1.xml": own.encode(), "xl/sharedStrings.xml": f"{table}</sst>".encode()}
    )


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="ZZZZZZ99"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c  r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFC1"/><c><v>2</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row><row r='5000000000'><c r='A5000000000'><v>1</v></c></row>",
    ],
)
def test_cells_far_apart_however_they_are_written(tmp_path, rows):
    with pytest.raises(UnreadableFile):
        read(tmp_path, sheet(rows))


def test_more_shared_strings_announced_than_there_are(tmp_path):
    try:
        [grid] = read(tmp_path, strings(f'<sst {MAIN} count="2147483648" uniqueCount="2147483648"><si><t>甲</t></si>'))
    except UnreadableFile:
        return
    assert grid.at(0, 0) == "甲"


def test_cells_of_another_prefix_are_read_all_the_same(tmp_path):
    own = f'<x:worksheet {MAIN.replace("xmlns", "xmlns:x")}><x:sheetData><x:row r="1"><x:c r="B1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    [grid] = read(tmp_path, book_of(own.encode()))
    assert grid.at(0, 1) == 7


def test_entities_are_not_expanded(tmp_path):
    try:
        [grid] = read(tmp_path, strings(f"{LAUGHS}<sst {MAIN}><si><t>&i;</t></si>"))
    except UnreadableFile:
        return
    assert "哈" not in str(grid.at(0, 0))


@pytest.mark.parametrize("name", ["panic-directory.xls", "panic-assertion.xls"])
def test_an_xls_that_makes_its_reader_panic(tmp_path, name):
    with pytest.raises(UnreadableFile, match="读不出表格"):
        read(tmp_path, (KEPT / name).read_bytes(), "台账.xls")


def test_a_sound_xls_and_ods_are_read(tmp_path):
    for name in ("ledger.xls", "ledger.ods"):
        first, second = read(tmp_path, (KEPT / name).read_bytes(), name)
        assert (first.at(2, 2), second.at(2, 2)) == (8, 40)


def test_merged_ranges_over_the_whole_sheet_again_and_again():
    grid = Grid("a", "b", [[1] * 50 for _ in range(1_000)], (Merge(0, 0, 1_048_575, 16_383),) * 5_000)
    began = time.process_time()
    assert len(merge_origins(grid)) == 51_000
    assert time.process_time() - began < 2


@pytest.mark.parametrize("piece", ["<c ", '<c r="A1" ', "<row ", "<row hidden='1'", "<comment ", '<c r="A1"><f>1'])
def test_tags_that_never_end(tmp_path, piece):
    began = time.process_time()
    with pytest.raises(UnreadableFile):
        read(tmp_path, sheet(piece * 100_000))
    assert time.process_time() - began < 5


def test_a_dimension_is_not_believed(tmp_path):
    rows = sheet_xml([["检查台账"], ["检查日期", "检查企业"], ["2024.3.5", 8]], Random(1))
    plain = read(tmp_path, book_of(rows))
    wide = rows.replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>', 1)
    assert [grid.rows for grid in read(tmp_path, book_of(wide))] == [grid.rows for grid in plain]


def test_lines_that_hold_nothing_a_delimiter_could_be_told_from(tmp_path):
    assert read(tmp_path, "\u3000\n".encode() * 150, "空.csv")[0].rows == []
    assert read(tmp_path, b"\n" * 150 + b"a;b\nc;d", "后.csv")[0].rows[-1] == ["c", "d"]


def test_thousands_of_columns_cost_no_more_than_their_number(tmp_path):
    head = "".join(f'<c t="inlineStr"><is><t>隐患{n}</t></is></c>' for n in range(4_000))
    path = tmp_path / "宽.xlsx"
    path.write_bytes(sheet(f"<row>{head}</row><row>{'<c><v>3</v></c>' * 4_000}</row>"))
    began = time.process_time()
    import_files(create_engine("sqlite://"), [path], shipped_registry())
    assert time.process_time() - began < 5


def test_a_last_cell_a_million_rows_down_is_still_read(tmp_path):
    rows = '<row r="1"><c r="B1"><v>0</v></c><c r="D1"><v>3</v></c></row><row r="1048576"><c r="C1048576"><v>0</v></c></row>'
    [grid] = read(tmp_path, sheet(rows))
    assert grid.rows[0] == [None, 0, None, 3] and grid.rows[1048575] == [None, None, 0]
    assert grid.rows[1] == [] and len(grid.rows) == 1048576
