"""Plain data files of an evidence package: CSV that no spreadsheet runs, JSON with a fixed order, the list of hashes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence

from assistant.export.workbook import MEASURE_NAMES
from assistant.periods import chinese_name, period_id
from assistant.records import Fact

SUMS = "SHA256SUMS"
_RUN = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # the wide ones too: some programs take them for the same
_FACTS = ("编号", "指标", "领域", "期间", "口径", "数值", "单位", "算法", "文件", "工作表", "单元格", "原文")


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with BOM, as Excel and WPS want it; a text that begins like a formula stands behind an apostrophe."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_inert(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _inert(value: object) -> str:
    text = str(value).replace("\0", "")
    return f"'{text}" if isinstance(value, str) and text.lstrip(" \u3000").startswith(_RUN) else text


def json_bytes(data: object) -> bytes:
    """Readable JSON whose keys stand in the order given."""
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode("utf-8", "replace")


def facts_csv(facts: Iterable[Fact]) -> bytes:
    """A row for each cell of each fact; one for a fact without cells."""
    rows: list[Sequence[object]] = []
    for fact in facts:
        told = (
            fact.id,
            fact.name,
            fact.topic,
            chinese_name(fact.period),
            MEASURE_NAMES.get(fact.measure, fact.measure),
            fact.value,
            fact.unit,
            fact.formula,
        )
        rows += [(*told, cell.file, cell.sheet, cell.cell, cell.text) for cell in fact.evidence] or [
            (*told, "", "", "", "")
        ]
    return csv_bytes(_FACTS, rows)


def facts_data(facts: Iterable[Fact]) -> list[dict[str, object]]:
    """The facts as JSON tells them."""
    return [
        {
            "id": fact.id,
            "indicator": fact.indicator,
            "name": fact.name,
            "topic": fact.topic,
            "period": period_id(fact.period),
            "measure": fact.measure,
            "value": str(fact.value),
            "unit": fact.unit,
            "formula": fact.formula,
            "inputs": list(fact.inputs),
            "evidence": [
                {"file": cell.file, "sheet": cell.sheet, "cell": cell.cell, "text": cell.text} for cell in fact.evidence
            ],
        }
        for fact in facts
    ]


def sums_bytes(parts: Mapping[str, bytes]) -> bytes:
    """The SHA-256 of every file, as `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(parts[name]).hexdigest()}  {name}\n" for name in sorted(parts)).encode()


def read_sums(data: bytes) -> dict[str, str]:
    """File name → SHA-256 of such a list. Raises `ValueError` for what is no such list."""
    sums: dict[str, str] = {}
    for line in data.decode("utf-8").splitlines():
        digest, separator, name = line.partition("  ")
        if len(digest) != 64 or not separator or not name or set(digest) - set("0123456789abcdef") or name in sums:
            raise ValueError(f"no line of hashes: {line[:80]}")
        sums[name] = digest
    return sums
