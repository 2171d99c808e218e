"""Loading, validating and searching the indicator dictionary."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.errors import RegistryError
from assistant.records import Aggregation, Indicator

_SHIPPED = Path(__file__).with_name("indicators.csv")
COLUMNS = ("id", "topic", "name", "aliases", "unit", "equal_units", "aggregation", "formula")


@dataclass(frozen=True, slots=True)
class Registry:
    """The indicators a town uses: the shipped ones, and the town's own added or put in their place."""

    indicators: tuple[Indicator, ...]
    _by_name: dict[str, Indicator]

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.indicators)

    def __len__(self) -> int:
        return len(self.indicators)

    def find(self, name: str) -> Indicator | None:
        """The indicator with this id, name or alias, or None."""
        return self._by_name.get(name.strip())

    def inputs(self, indicator: Indicator) -> tuple[str, ...]:
        """Ids of the indicators a ratio is computed from: numerator, denominator."""
        return _operands(indicator.formula)


def registry_of(indicators: Iterable[Indicator]) -> Registry:
    """A validated registry.

    Raises `RegistryError` naming every defect at once: an id, name or alias that two indicators
    share, an empty field, a ratio whose formula is missing or names an unknown indicator.
    """
    entries = tuple(indicators)
    by_name: dict[str, Indicator] = {}
    defects: list[str] = []
    for entry in entries:
        if not (entry.id and entry.name and entry.topic and entry.unit):
            defects.append(f"“{entry.id or entry.name}”缺少编号、名称、领域或单位")
        for name in (entry.id, *entry.names):
            if by_name.setdefault(name, entry) is not entry:
                defects.append(f"“{name}”同时属于 {by_name[name].id} 和 {entry.id}")
    ids = {entry.id for entry in entries}
    for entry in entries:
        if entry.aggregation is Aggregation.RATIO:
            operands = _operands(entry.formula)
            if len(operands) != 2 or not set(operands) <= ids:
                defects.append(f"{entry.id} 的公式“{entry.formula}”应为“指标 / 指标”，且两个指标都在字典中")
    if defects:
        raise RegistryError("指标字典有误：" + "；".join(defects) + "。请改正后重试。")
    return Registry(entries, by_name)


@cache
def shipped_registry() -> Registry:
    """The registry that comes with the program."""
    return registry_of(read_indicators(_SHIPPED))


def load_registry(own: Path | None = None) -> Registry:
    """The shipped registry with a town's own CSV laid over it (same columns; same id replaces)."""
    if own is None or not own.exists():
        return shipped_registry()
    merged = {entry.id: entry for entry in shipped_registry()}
    merged.update((entry.id, entry) for entry in read_indicators(own))
    return registry_of(merged.values())


def read_indicators(path: Path) -> list[Indicator]:
    """The indicators of a CSV file; raises `RegistryError` with every bad line."""
    entries: list[Indicator] = []
    defects: list[str] = []
    rows = csv.DictReader(io.StringIO(_text_of(path), newline=""))
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise RegistryError(f"指标字典 {path.name} 缺少列：{'、'.join(missing)}。")
    for number, row in enumerate(rows, start=2):
        filled = {column: row[column] or "" for column in COLUMNS}
        if not any(filled.values()):
            continue
        try:
            entries.append(_indicator(filled))
        except ValueError:
            choices = "、".join(Aggregation)
            defects.append(f"第{number}行的汇总方式“{row['aggregation']}”不在 {choices} 之中")
    if defects:
        raise RegistryError(f"指标字典 {path.name} 有误：" + "；".join(defects) + "。")
    return entries


def _text_of(path: Path) -> str:
    """A dictionary saved as UTF-8, or by Excel in the system's GB18030."""
    try:
        data = path.read_bytes()
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("gb18030")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"指标字典 {path.name} 打不开或不是文字文件。请另存为 UTF-8 的 CSV。") from error


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        id=row["id"].strip(),
        topic=row["topic"].strip(),
        name=row["name"].strip(),
        unit=row["unit"].strip(),
        aggregation=Aggregation(row["aggregation"].strip()),
        aliases=_split(row["aliases"]),
        equal_units=_split(row["equal_units"]),
        formula=row["formula"].strip(),
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split("|") if part.strip())


def _operands(formula: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in formula.split("/") if part.strip())
