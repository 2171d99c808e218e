"""A made-up county: towns with two years of ledgers, some of them late, one with files nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from pathlib import Path
from random import Random

from assistant.records import Aggregation
from assistant.registry.registry import shipped_registry
from evals.ledger_sheets import Sheet, write_book
from evals.ledger_towns import Town, make_town

_FIRST = "云石安柳三青白清双东金松竹梅平长永新上下"
_SECOND = "溪门平河江岩沙泉桥湾坪林山塘坝陂田源渡洲"
_KINDS = ("镇", "镇", "镇", "乡", "乡", "街道")


def town_names(count: int) -> list[str]:
    """So many different names of towns, always the same."""
    names = [first + second for first, second in product(_FIRST, _SECOND) if first != second]
    Random(7).shuffle(names)
    return [name + _KINDS[number % len(_KINDS)] for number, name in enumerate(names[:count])]


def make_county(folder: Path, towns: int, *, late: int = 0, first: int = 0) -> Iterator[Town]:
    """Write the ledgers of so many towns, each in a folder of its own; the last `late` ones have sent nothing."""
    for number, name in enumerate(town_names(towns)):
        home = folder / name
        home.mkdir(parents=True, exist_ok=True)
        if number < towns - late:
            town = make_town(first + number)
            town.name = name
            town.write(home)
            write_book(home / "2023年汇总表.xlsx", [_last_year(town)])
            yield town


def _last_year(town: Town) -> Sheet:
    """Last year's figures as a plain list: some like this year's, some far from them."""
    random, registry = Random(town.number + 1_000_000), shipped_registry()
    rows: list[list[object]] = [[f"{town.name}2023年安全生产工作汇总表"], ["序号", "指标名称", "单位", "全年数"]]
    for (indicator, period), value in sorted(town.truth.items()):
        entry = registry.find(indicator)
        if entry is None or period != "2024" or entry.aggregation is Aggregation.RATIO:
            continue
        earlier = (value * Decimal(random.randrange(60, 140)) / 100).quantize(Decimal(1), ROUND_HALF_UP)
        rows.append([len(rows) - 1, entry.name, entry.unit, int(earlier)])
    return Sheet("汇总表", rows)
