"""Delimited text (.csv, .tsv, .txt) into a grid: any of the usual delimiters, quoted cells, UTF-8 or GB18030."""

from __future__ import annotations

import csv
import io
from itertools import islice
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.ledger.decoding import read_text
from assistant.ledger.grids import Grid, convert_rows

_DELIMITERS = (",", "\t", ";", "|", "，")
_SAMPLE = 50


def read_delimited(path: Path, name: str) -> list[Grid]:
    """The one grid of a delimited file; cells stay text. Raises `UnreadableFile`."""
    text = read_text(path)
    csv.field_size_limit(1 << 20)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows = convert_rows(reader)
    except csv.Error as error:
        raise UnreadableFile(
            f"文件“{path.name}”第{reader.line_num}行读不下去（{error}）。请用 Excel 或 WPS 打开后另存为 CSV 再导入。"
        ) from error
    return [Grid(name, "", rows)]


def _delimiter(text: str) -> str:
    """The delimiter that splits most of the first lines into the same number of cells."""
    lines = list(islice((line for line in text.splitlines() if line.strip()), _SAMPLE)) or [""]

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=lambda count: (counts.count(count) if count else 0, count))
        return (counts.count(usual) if usual else 0, usual)

    return max(_DELIMITERS, key=agreement)
