"""Facts that come as plain rows (topic, indicator, period, value, unit), with no spreadsheet to understand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from unicodedata import normalize

from assistant.errors import InputError, UnknownPeriod
from assistant.ledger.decoding import read_text
from assistant.periods import parse_period, period_id
from assistant.records import Cell, Fact, Period
from assistant.registry.registry import Registry, shipped_registry

_REQUIRED = ("indicator", "period", "value")
COLUMNS = ("topic", "indicator", "period", "value", "unit")
_SCALES = {"万元": (Decimal(10_000), "元"), "亿元": (Decimal(100_000_000), "元")}


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where rows came from: a file whose lines are cells, or the caller's own list."""

    file: str = ""
    first_line: int = 1

    def cell(self, number: int, text: str) -> tuple[Cell, ...]:
        if not self.file:
            return ()
        return (Cell(self.file, "", f"D{number}", text),)


def facts_from_rows(rows: Iterable[Mapping[str, object]], registry: Registry | None = None) -> list[Fact]:
    """A fact for every row ``{"topic", "indicator", "period", "value", "unit"}``, in the order given.

    `indicator` is an id, name or alias of the registry (the shipped one where none is given); any
    other name becomes its own indicator. The written name, topic and unit are kept; only 万元 and
    亿元 become 元. Raises `InputError` naming every bad row at once, rows counted from 1.
    """
    return _facts(rows, registry, _Origin())


def facts_from_csv(path: Path, registry: Registry | None = None) -> list[Fact]:
    """The facts of a CSV file with the columns ``topic,indicator,period,value,unit`` (UTF-8 or GB18030).

    The evidence of each fact is its cell in the file. Raises `InputError` naming every bad line.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    missing = [name for name in _REQUIRED if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"文件“{path.name}”缺少列：{'、'.join(missing)}。首行应为 {','.join(COLUMNS)}。")
    return _facts(reader, registry, _Origin(path.name, 2))


def _facts(rows: Iterable[Mapping[str, object]], registry: Registry | None, origin: _Origin) -> list[Fact]:
    registry = registry or shipped_registry()
    facts: list[Fact] = []
    defects: list[str] = []
    taken: set[str] = set()
    for number, row in enumerate(rows, origin.first_line):
        if not any(_text(value) for value in row.values()):
            continue
        try:
            fact = _fact(row, registry, taken, origin, number)
        except (InputError, ValueError) as error:
            defects.append(f"第{number}行{error}")
            continue
        taken.add(fact.id)
        facts.append(fact)
    if defects:
        raise InputError(f"{origin.file or '数据'}有{len(defects)}行不能用：" + "；".join(defects) + "。请改正后重试。")
    return facts


def _fact(row: Mapping[str, object], registry: Registry, taken: set[str], origin: _Origin, number: int) -> Fact:
    absent = [name for name in _REQUIRED if not _text(row.get(name))]
    if absent:
        raise ValueError(f"缺少 {'、'.join(absent)}")
    written, topic = _text(row["indicator"]), _text(row.get("topic"))
    indicator = registry.find(written) or registry.find(normalize("NFKC", written).replace(" ", ""))
    value, unit = _value(row["value"], _text(row.get("unit")) or (indicator.unit if indicator else ""))
    period = _period(_text(row["period"]))
    name = indicator.name if indicator and written == indicator.id else written
    identity = indicator.id if indicator else written
    return Fact(
        id=_free_id(f"{identity}@{period_id(period)}", topic, name, taken),
        indicator=identity,
        name=name,
        topic=topic or (indicator.topic if indicator else ""),
        period=period,
        value=value,
        unit=unit,
        evidence=origin.cell(number, _text(row["value"])),
        town=_text(row.get("town")),
        place=_text(row.get("place")),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _value(written: object, unit: str) -> tuple[Decimal, str]:
    text = normalize("NFKC", _text(written)).replace(",", "").removesuffix("%")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"的数值“{_text(written)}”不是数字") from None
    if not value.is_finite():
        raise ValueError(f"的数值“{_text(written)}”不是数字")
    factor, base = _SCALES.get(unit, (Decimal(1), unit))
    return value * factor, base


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except UnknownPeriod:
        raise ValueError(f"的期间“{text}”看不懂（可写 2024、2024H1、2024Q3、2024-05）") from None


def _free_id(identity: str, topic: str, name: str, taken: set[str]) -> str:
    """The id, told apart by topic, then name, then a number where rows share an indicator and a period."""
    candidates = [identity, f"{identity}~{topic}", f"{identity}~{topic}~{name}"]
    for candidate in candidates:
        if candidate not in taken:
            return candidate
    number = 2
    while f"{identity}~{number}" in taken:
        number += 1
    return f"{identity}~{number}"
