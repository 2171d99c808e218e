"""A sheet drawn: every row with its part, merged ranges kept, long sheets cut around what has to be seen."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.ledger.grids import Grid, Merge
from assistant.ledger.originals import keep_originals, original
from assistant.ledger.pictures import FIRST_ROWS, MOST_COLUMNS, MOST_ROWS, Part, picture_of

HEAD = ["日期", "检查单位数", "发现隐患数"]
ROWS = [
    ["2024年检查台账"],
    HEAD,
    ["", "（家次）", "（处）"],
    ["2024.3.5", 8, 4],
    ["2024.4.5", 7, 5],
    ["合计", 15, 9],
    [],
    ["填表人：王强"],
]


def grid(rows, merges=(), **given):
    cells = [[cell if cell != "" else None for cell in row] for row in rows]
    return Grid("台账.xlsx", "检查", cells, tuple(merges), **given)


def test_each_row_has_its_part():
    drawn = picture_of(grid(ROWS))
    assert [row.part for row in drawn.rows] == [
        Part.TITLE,
        Part.HEADER,
        Part.UNIT,
        Part.BODY,
        Part.BODY,
        Part.TOTAL,
        Part.BLANK,
        Part.FOOTER,
    ]
    assert drawn.heads == ("2-3",)
    assert drawn.columns == ("A", "B", "C")
    assert not drawn.cut


def test_a_merged_range_is_one_cell():
    drawn = picture_of(grid(ROWS, [Merge(0, 0, 0, 2), Merge(3, 0, 4, 0)]))
    assert [(cell.name, cell.across, cell.down) for cell in drawn.rows[0].cells] == [("A1", 3, 1)]
    assert [(cell.name, cell.down) for cell in drawn.rows[3].cells] == [("A4", 2), ("B4", 1), ("C4", 1)]
    assert [cell.name for cell in drawn.rows[4].cells] == ["B5", "C5"]


def test_a_long_sheet_is_cut_around_the_rows_asked_for():
    drawn = picture_of(grid([HEAD, *([f"2024.3.{day % 28 + 1}", day, 1] for day in range(500))]), [300])
    numbers = [row.number for row in drawn.rows]
    assert numbers[: FIRST_ROWS + 5] == [*range(1, FIRST_ROWS + 1), 298, 299, 300, 301, 302]
    assert drawn.rows[FIRST_ROWS].after == 297 - FIRST_ROWS
    assert numbers[-1] == 501 and drawn.cut and drawn.all_rows == 501


def test_a_range_merged_over_rows_left_out_is_named_again_where_it_goes_on():
    rows = [HEAD, *([None, day, 1] for day in range(200))]
    drawn = picture_of(grid(rows, [Merge(1, 0, 200, 0)]))
    ends = [(row.number, row.cells[0].name, row.cells[0].down) for row in drawn.rows if row.cells[0].column == 0]
    assert ends == [(1, "A1", 1), (2, "A2", FIRST_ROWS - 1), (199, "A2", 3)]


def test_a_wide_sheet_is_cut():
    drawn = picture_of(grid([[f"列{number}" for number in range(300)]]))
    assert (len(drawn.columns), drawn.all_columns) == (MOST_COLUMNS, 300)


@given(
    st.integers(1, 400),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 5), st.integers(0, 60), st.integers(0, 5)), max_size=1),
    st.lists(st.integers(-5, 500), max_size=80),
)
def test_every_place_drawn_is_covered_once(count, corners, wanted):
    merges = [Merge(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in corners]
    drawn = picture_of(grid([[1, 2, 3, 4] for _ in range(count)], merges), wanted)
    assert len(drawn.rows) <= MOST_ROWS + 5
    places, shown = [], [row.number for row in drawn.rows]
    for row in drawn.rows:
        for cell in row.cells:
            places += [
                (row.number + down, cell.column + across) for down in range(cell.down) for across in range(cell.across)
            ]
    assert sorted(places) == [(number, column) for number in shown for column in range(4)]


def test_copies_are_kept_under_the_names_evidence_uses_and_never_outside(tmp_path):
    source, folder = tmp_path / "台账.csv", tmp_path / "kept"
    source.write_text("1", encoding="utf-8")
    keep_originals(folder, {"分表/台账.csv": source, "../外面.csv": source}, ["分表/台账.csv", "../外面.csv"])
    assert original(folder, "分表/台账.csv").read_text(encoding="utf-8") == "1"
    assert original(folder, "../外面.csv") is None and not (tmp_path / "外面.csv").exists()
    source.write_text("2", encoding="utf-8")
    keep_originals(folder, {"分表/台账.csv": source}, ["分表/台账.csv"])
    assert [path.name for path in (folder / "分表").iterdir()] == ["台账.csv"]
    assert original(folder, "分表/台账.csv").read_text(encoding="utf-8") == "2"
