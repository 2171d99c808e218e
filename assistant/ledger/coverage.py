"""Months without a row in a ledger that has rows in all the others: perhaps nobody wrote them down."""

from __future__ import annotations

from collections import defaultdict

from assistant.ledger.headers import Role
from assistant.ledger.readings import Reading
from assistant.records import Severity

_MONTHS = 6  # months with rows from which a ledger is one kept all year
_GAPS = 3  # more gaps than these are a season or a habit
_ROWS = 2  # rows every other month has at least, where rows are dated by the day


def say_missing_months(reading: Reading) -> None:
    """Name the months of the table's period without rows, where the table is dense in all others.

    Never for lists of rare events: those have months of a single row, or many without any.
    """
    period = reading.context.period
    roles = {column.role for column in reading.columns}
    if period is None or period.start.year != period.end.year or not roles & {Role.DATE, Role.MONTH}:
        return
    rows: dict[int, set[int]] = defaultdict(set)
    for item in reading.observed:
        if (item.first.year, item.first.month) != (item.last.year, item.last.month):
            return
        rows[item.first.month].add(item.row)
    kept = range(period.start.month, period.end.month + 1)
    missing = [month for month in kept if month not in rows]
    fewest = _ROWS if Role.DATE in roles else 1
    if not 0 < len(missing) <= _GAPS or len(rows) < _MONTHS or min(len(found) for found in rows.values()) < fewest:
        return
    names = "、".join(f"{month}月" for month in missing)
    reading.context.say(
        Severity.INFO, "months_without_rows", f"其他各月都有记录，{names}没有。请核对是没有开展还是漏登。"
    )
