"""Rows that contradict themselves: more settled than found, more signed than due."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from assistant.ledger.grids import cell_name
from assistant.ledger.readings import Reading
from assistant.records import Aggregation, Severity
from assistant.registry.registry import Registry


def say_parts_beyond_wholes(reading: Reading, registry: Registry) -> None:
    """Warn where a rate's upper figure exceeds its lower one in the same row; both still count."""
    for entry in registry:
        if entry.aggregation is not Aggregation.RATIO:
            continue
        part, whole = registry.inputs(entry)
        if part not in reading.sources or whole not in reading.sources:
            continue
        rows: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
        places = {}
        for item in reading.observed:
            if item.indicator in (part, whole):
                rows[item.row][item.indicator] += item.value
                if item.indicator == part:
                    places[item.row] = item.column
        names = [found.name if (found := registry.find(identity)) else identity for identity in (part, whole)]
        for row, sums in rows.items():
            if whole in sums and sums[part] > sums[whole]:
                cell = cell_name(row, places[row])
                message = f"第{row + 1}行“{names[0]}”{sums[part]:f}大于“{names[1]}”{sums[whole]:f}，请核对。"
                reading.context.say(Severity.WARNING, "part_beyond_whole", message, cell)
