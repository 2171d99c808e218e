"""A town's own indicators: a small CSV beside the shipped dictionary, added to and taken from by a person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import InputError, RegistryError
from assistant.records import Aggregation, Indicator
from assistant.registry.registry import COLUMNS, read_indicators, registry_of, shipped_registry

AGGREGATIONS = {
    Aggregation.SUM: "相加（全年是各次之和）",
    Aggregation.LAST: "取最新（如在册企业数）",
    Aggregation.COUNT: "按行计数（一行算一个）",
    Aggregation.DISTINCT: "不重复的个数",
    Aggregation.RATIO: "比率（两个指标相除）",
}
_PREFIX = "own"
_LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet that opens the file would run it
_LONGEST = 60


def own_indicators(path: Path) -> list[Indicator]:
    """The town's own indicators; none where there is no file yet."""
    return read_indicators(path) if path.exists() else []


def next_id(path: Path) -> str:
    """An id that is not taken: own.1, own.2 …"""
    taken = {entry.id for entry in own_indicators(path)}
    return next(f"{_PREFIX}.{number}" for number in range(1, len(taken) + 2) if f"{_PREFIX}.{number}" not in taken)


def add_indicator(path: Path, entry: Indicator) -> None:
    """Add an indicator, or put it in the place of the town's own with the same id.

    Raises `RegistryError` saying what is wrong with it; the file is then as it was.
    """
    texts = (entry.id, entry.topic, entry.name, entry.unit, entry.formula, *entry.aliases, *entry.equal_units)
    for text in texts:
        if text.startswith(_LIKE_FORMULAS) or len(text) > _LONGEST or not text.isprintable() or "|" in text:
            raise RegistryError(
                f"“{text[:_LONGEST]}”不能用：请写 {_LONGEST} 字以内的文字，不以 = + - @ 开头，不含“|”。"
            )
    if not entry.name:
        raise RegistryError("指标没有名称。请写上报告里怎么称呼它，例如“新能源车充电桩检查”。")
    if not entry.topic:
        raise RegistryError(f"“{entry.name}”没有选领域。请选一个，例如“消防安全”；没有合适的，直接写一个。")
    if not entry.unit:
        raise RegistryError(f"“{entry.name}”没有写单位。请写上，例如“处”“家次”。")
    others = [each for each in own_indicators(path) if each.id != entry.id]
    _save(path, [*others, entry])


def remove_indicator(path: Path, identity: str) -> None:
    """Take one of the town's own indicators out. Raises `InputError` where it is none of them."""
    entries = own_indicators(path)
    if identity not in {entry.id for entry in entries}:
        raise InputError(f"“{identity}”不是本单位自己加的指标，不能删除。")
    _save(path, [entry for entry in entries if entry.id != identity])


def _save(path: Path, entries: Iterable[Indicator]) -> None:
    kept = list(entries)
    merged = {entry.id: entry for entry in shipped_registry()} | {entry.id: entry for entry in kept}
    registry_of(merged.values())  # raises where the dictionary would not hold together
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows(_row(entry) for entry in kept)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text.getvalue(), encoding="utf-8-sig", newline="")  # with a mark, so that Excel shows Chinese
    fresh.replace(path)


def _row(entry: Indicator) -> tuple[str, ...]:
    lists = ("|".join(entry.aliases), "|".join(entry.equal_units))
    return entry.id, entry.topic, entry.name, lists[0], entry.unit, lists[1], str(entry.aggregation), entry.formula
