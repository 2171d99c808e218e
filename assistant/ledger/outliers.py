"""Figures far beyond the others of their column, which a slip of the finger makes: 800 for 8."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from assistant.ledger.grids import cell_name
from assistant.ledger.readings import Observed, Reading
from assistant.records import Severity
from assistant.registry.registry import Registry

_FEWEST = 5  # figures from which a column shows what is usual in it
_LEAST = 200
_TIMES = 40  # times the second largest
_TIMES_OF_MASSES = 100  # for what is handed out or counted by heads and money
_TIMES_OF_SECOND = 20  # enough where the figure is also a hundred times the middle one
_MASSES = frozenset(("份", "人次", "人", "元", "户", "米"))


def leave_out_outliers(reading: Reading, registry: Registry) -> None:
    """Leave the one figure out that is out of all proportion to its column, and say so."""
    columns: dict[int, list[Observed]] = defaultdict(list)
    for item in reading.observed:
        if item.value > 0 and item.indicator in reading.sources and reading.sources[item.indicator].method == "column":
            columns[item.column].append(item)
    for items in columns.values():
        entry = registry.find(items[0].indicator)
        times = _TIMES_OF_MASSES if entry is None or entry.unit in _MASSES else _TIMES
        largest, second = _two_largest(items)
        beyond = largest.value >= times * second or (
            largest.value >= 100 * _middle(items) and largest.value >= _TIMES_OF_SECOND * second
        )
        if len(items) < _FEWEST or largest.value < _LEAST or not beyond:
            continue
        cell = cell_name(largest.row, largest.column)
        reading.observed = [item for item in reading.observed if item != largest]
        reading.context.say(
            Severity.WARNING,
            "impossible_value",
            f"{cell}的“{largest.text}”比同列其他数字大出{largest.value // max(second, Decimal(1)):f}倍，不合常理，没有计入，请改正。",
            cell,
        )


def _two_largest(items: list[Observed]) -> tuple[Observed, Decimal]:
    ordered = sorted(items, key=lambda item: item.value, reverse=True)
    return ordered[0], ordered[1].value if len(ordered) > 1 else ordered[0].value


def _middle(items: list[Observed]) -> Decimal:
    return sorted(item.value for item in items)[len(items) // 2]
