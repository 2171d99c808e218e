"""Months without rows are told where a ledger is kept month by month, and only there."""

import pytest

KIND = "months_without_rows"
HEAD = ["序号", "检查日期", "检查企业（家次）", "发现隐患（处）"]


def _ledger(months, rows=3, title="2024年安全检查台账"):
    days = [(month, day) for month in months for day in range(5, 5 + rows)]
    return [[title], HEAD, *([n, f"2024.{month}.{day}", n, 1] for n, (month, day) in enumerate(days, start=1))]


def test_a_gap_in_a_dense_ledger_is_named(read):
    ledger = read(_ledger([1, 2, 3, 4, 5, 6, 8, 9, 10, 12]))
    assert "7月、11月没有" in ledger.message(KIND)


@pytest.mark.parametrize(
    ("months", "rows"), [(range(1, 13), 3), ([1, 3, 4, 6, 8, 9, 10, 12], 1), ([4, 5, 6, 7, 8, 9], 5), ([2, 5], 9)]
)
def test_full_sparse_seasonal_and_short_ledgers_are_left_alone(read, months, rows):
    assert KIND not in read(_ledger(months, rows)).kinds


def test_a_half_year_s_ledger_answers_for_its_half_only(read):
    assert KIND not in read(_ledger(range(1, 7), title="2024年上半年安全检查台账")).kinds


def test_a_missing_row_among_rows_of_months(read):
    rows = [
        ["2024年安全检查统计表"],
        ["月份", "检查企业（家次）"],
        *([f"{month}月", 4] for month in range(1, 13) if month != 7),
    ]
    assert "7月没有" in read(rows).message(KIND)
