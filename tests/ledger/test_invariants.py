"""What must not matter: the order of rows, blank rows and columns, where the table stands."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ledger.grids import Grid, convert_rows
from assistant.ledger.layouts import Layouts
from assistant.ledger.matching import Matcher
from assistant.ledger.understanding import read_grid
from assistant.registry.registry import shipped_registry

MATCHER = Matcher(shipped_registry())
LAYOUTS = Layouts(None, shipped_registry())
HEAD = ["序号", "检查日期", "检查类型", "检查单位数（家次）", "出动人员（人次）", "发现隐患（处）", "备注"]
PLAIN = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def records(seed: int) -> list[list[object]]:
    random = Random(seed)
    return [
        [
            n,
            f"2024.{random.randrange(1, 13)}.{random.randrange(1, 28)}",
            "日常检查",
            random.randrange(9),
            "/" if n % 4 else 3,
            n % 3,
            None,
        ]
        for n in range(1, random.randrange(6, 25))
    ]


def observed(rows: list[list[object]]) -> list[tuple[object, ...]]:
    """Everything read from the sheet but where it stands."""
    grid = Grid("台账.xlsx", "检查", convert_rows(rows))
    [reading] = read_grid(grid, MATCHER, LAYOUTS)
    return sorted((item.indicator, item.first, item.last, item.value, item.place) for item in reading.observed)


@PLAIN
@given(st.integers(0, 10_000), st.randoms())
def test_the_order_of_rows_does_not_matter(seed, random):
    rows = records(seed)
    shuffled = list(rows)
    random.shuffle(shuffled)
    assert observed([["2024年安全检查台账"], HEAD, *shuffled]) == observed([["2024年安全检查台账"], HEAD, *rows])


@PLAIN
@given(st.integers(0, 10_000), st.sets(st.integers(0, 30)), st.integers(0, 6), st.integers(0, 4), st.integers(0, 4))
def test_blank_rows_and_columns_and_the_place_of_the_table_do_not_matter(seed, blanks, column, down, right):
    rows = [["2024年安全检查台账"], HEAD, *records(seed)]
    moved: list[list[object]] = [[] for _ in range(down)]
    for number, row in enumerate(rows):
        wide = row if number == 0 else [*row[:column], None, *row[column:]]
        moved.append([None] * right + wide)
        if number > 1 and number in blanks:
            moved.append([])
    assert observed(moved) == observed(rows)


@PLAIN
@given(st.integers(0, 10_000), st.permutations(range(7)))
def test_the_order_of_columns_does_not_matter(seed, order):
    rows = [HEAD, *records(seed)]
    turned = [["2024年安全检查台账"], *[[row[index] for index in order] for row in rows]]
    assert observed(turned) == observed([["2024年安全检查台账"], *rows])


@PLAIN
@given(st.text(max_size=200), st.sampled_from(["2024年台账.csv", "x.csv"]))
def test_no_text_breaks_the_reader(text, name):
    rows = [line.split(",") for line in text.splitlines()]
    for reading in read_grid(Grid(name, "", convert_rows(rows)), MATCHER, LAYOUTS):
        assert reading.columns


@PLAIN
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    None,
                    "序号",
                    "日期",
                    "合计",
                    "2024.1.1",
                    3,
                    "/",
                    "√",
                    "检查家次",
                    "1月",
                    "石桥村",
                    "已整改",
                    "隐患描述",
                    "单位",
                    "处",
                ]
            ),
            max_size=8,
        ),
        max_size=12,
    )
)
def test_no_arrangement_of_ledger_words_breaks_the_reader(rows):
    read_grid(Grid("2024年.xlsx", "台账", convert_rows(rows)), MATCHER, LAYOUTS)
