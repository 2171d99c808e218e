"""Writes the monthly tables of earlier years: one row an indicator, one column a month."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from making.layout import Row

MONTHS = tuple(f"{month}月" for month in range(1, 13))


def write_months(rows: tuple[Row, ...], path: Path, encoding: str = "gb18030") -> None:
    """Writes the table as a township exports it: no ids, GB18030, Windows line ends."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    columns = ("指标名称", "单位", *MONTHS, "全年")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(encoding))
