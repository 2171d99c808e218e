"""Figures counted from the start of the year on (1-2月, 1-3月, …), turned into what each month added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from assistant.ledger.contexts import Context
from assistant.ledger.grids import cell_name
from assistant.ledger.readings import Observed, Reading
from assistant.ledger.values import is_total, plain, read_number
from assistant.periods import chinese_name
from assistant.records import Aggregation, Period, Severity
from assistant.registry.registry import Registry

_SAYS_SO = re.compile(r"累计")
_FEWEST = 3
_Series = tuple[str, str, str]  # indicator, town, place


def are_cumulative(periods: Sequence[Period]) -> bool:
    """Whether periods begin on one day and end later and later: 1月, 1-2月, 1-3月."""
    starts = {period.start for period in periods}
    ends = {period.end for period in periods}
    return len(periods) > 1 and len(starts) == 1 and len(ends) == len(periods) and not _is_year_with_parts(periods)


def _is_year_with_parts(periods: Sequence[Period]) -> bool:
    """A first month, quarter or half beside the whole year is a part and its total, not a series."""
    return len(periods) == 2 and max(period.end for period in periods).month == 12


def spread_cumulative(reading: Reading, registry: Registry) -> None:
    """Replace figures counted from the start of the year by what was added since the figure before."""
    if any(item.first == item.last for item in reading.observed):
        return
    _widen_months(reading)
    series: dict[_Series, list[Observed]] = defaultdict(list)
    for item in reading.observed:
        series[item.indicator, reading.towns.get(item.row, ""), item.place].append(item)
    replaced: dict[int, Observed] = {}
    for (indicator, *_), items in series.items():
        if len(items) > 1 and are_cumulative([Period(item.first, item.last) for item in items]):
            entry = registry.find(indicator)
            if entry is not None and entry.aggregation is Aggregation.SUM:
                replaced.update(_added(reading, sorted(items, key=lambda item: item.last)))
    _drop_sums(reading, series, registry)
    if replaced:
        reading.observed = [replaced.get(id(item), item) for item in reading.observed]
        reading.context.say(Severity.INFO, "cumulative", "是累计数，已按相邻两期之差计算各期。")


def _widen_months(reading: Reading) -> None:
    """Months of a table or column that calls itself cumulative count from January on, if no figure ever falls."""
    context = reading.context
    where = "标题" if _SAYS_SO.search(plain(context.title) + plain(context.sheet)) else "表头"
    columns = reading.columns if where == "标题" else [column for column in reading.columns if column.to_date]
    to_date = {column.index for column in columns if not _is_totalled(reading, column.index)}
    told = [item for item in reading.observed if item.column in to_date]
    series: dict[_Series, list[Observed]] = defaultdict(list)
    for item in told:
        if (item.first.year, item.first.month) != (item.last.year, item.last.month) or item.first == item.last:
            return
        series[item.indicator, reading.towns.get(item.row, ""), item.place].append(item)
    ordered = [sorted(items, key=lambda item: item.first) for items in series.values()]
    falls = any(later.value < sooner.value for items in ordered for sooner, later in pairwise(items))
    if falls or max((len(items) for items in ordered), default=0) < _FEWEST:
        return
    widened = {id(item) for item in told}
    reading.observed = [
        item._replace(first=date(item.first.year, 1, 1)) if id(item) in widened else item for item in reading.observed
    ]
    context.say(Severity.WARNING, "guessed_cumulative", f"{where}写明累计，各月数字按“年初至当月”计，请核对。")


def _is_totalled(reading: Reading, column: int) -> bool:
    """Whether a total's row adds the column up, which nobody does with sums to date."""
    grid, rows = reading.table.grid, {item.row for item in reading.observed if item.column == column}
    numbers = [number.value for row in rows if (number := read_number(grid.at(row, column)))]
    totals = [row for row in reading.table.body if any(is_total(value) for value in grid.rows[row])]
    written = [number.value for row in totals if (number := read_number(grid.at(row, column)))]
    return bool(numbers) and sum(numbers, Decimal(0)) in written


def _drop_sums(reading: Reading, series: dict[_Series, list[Observed]], registry: Registry) -> None:
    """Leave out rows of a quarter, half or year beside the rows of its months."""
    sums: set[int] = set()
    more: list[Observed] = []  # of a whole whose parts are not all there, what is left for the rest of it
    for (indicator, *_), items in series.items():
        entry = registry.find(indicator)
        how = entry.aggregation if entry else Aggregation.SUM
        spans = {(item.first, item.last) for item in items}
        wholes = {span for span in spans if any(_lies_inside(other, span) for other in spans)}
        if not wholes or are_cumulative([Period(item.first, item.last) for item in items]):
            continue
        for item in (item for item in items if (item.first, item.last) in wholes):
            sums.add(id(item))
            own = (item.first, item.last)
            leaves = {span for span in spans - wholes if _lies_inside(span, own)}
            added = sum((other.value for other in items if (other.first, other.last) in leaves), Decimal(0))
            rest = left_over(Period(*own), [Period(*leaf) for leaf in leaves])
            if how is Aggregation.LAST:  # how things stood at its end, which none of its parts reaches
                more += [item._replace(first=rest.start)] if rest else []
            elif rest and how is Aggregation.SUM and item.value > added:
                more.append(item._replace(first=rest.start, last=rest.end, value=item.value - added))
                say_left_over(reading.context, cell_name(item.row, item.column), item.value, added, rest)
            elif added != item.value:
                cell = cell_name(item.row, item.column)
                message = f"{cell}写的是{item.value:f}，所含各期相加是{added:f}，按各期相加计。"
                reading.context.say(Severity.WARNING, "sum_mismatch", message, cell)
    reading.observed = [item for item in reading.observed if id(item) not in sums] + more


def left_over(whole: Period, parts: Sequence[Period]) -> Period | None:
    """The rest of a period that its parts cover from its first day on, where that is half of it or more.

    A shorter rest is rather one of a year under way, whose whole sums what there is so far.
    """
    day = whole.start
    for part in sorted(parts, key=lambda part: part.start):
        if part.start != day:
            return None
        day = part.end + timedelta(days=1)
    return Period(day, whole.end) if 2 * (whole.end - day).days >= (whole.end - whole.start).days else None


def say_left_over(context: Context, cell: str, whole: Decimal, parts: Decimal, rest: Period) -> None:
    """Tell a person that what the parts leave of the whole was given to the rest of its time."""
    message = (
        f"{cell}写的是{whole:f}，所含各期相加是{parts:f}，余下的{whole - parts:f}计入{chinese_name(rest)}，请核对。"
    )
    context.say(Severity.WARNING, "rest_of_whole", message, cell)


def _lies_inside(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    return inner != outer and outer[0] <= inner[0] and inner[1] <= outer[1]


def _added(reading: Reading, items: list[Observed]) -> dict[int, Observed]:
    added: dict[int, Observed] = {}
    before: Observed | None = None
    for item in items:
        if before is None:
            before = item
            continue
        difference = item.value - before.value
        if difference < 0:
            reading.context.say(
                Severity.WARNING,
                "falling_cumulative",
                f"{cell_name(item.row, item.column)}的累计数{item.value:f}小于上一期的{before.value:f}，本期按0计，请核对。",
                cell_name(item.row, item.column),
            )
            difference = Decimal(0)
        added[id(item)] = item._replace(first=before.last + timedelta(days=1), value=difference)
        before = item
    return added
