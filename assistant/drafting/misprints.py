"""Known slips of typing and conversion, put right and reported."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.records import Notice, Severity

_FILE = Path(__file__).with_name("misprints.toml")
_SILENT = 1  # slips of a single character or mark are put right without a word


def mend(text: str, source: str) -> tuple[str, list[Notice]]:
    """The text with known slips put right, and a notice for each that is a word."""
    notices: list[Notice] = []
    for pattern, meant in _slips():
        for wrong in dict.fromkeys(found.group() for found in pattern.finditer(text)):
            if len(wrong) > _SILENT and wrong != meant:
                where = f"（{source}）" if source else ""
                notices.append(
                    Notice(Severity.INFO, "misprint", f"往年总结中的“{wrong}”{where}应为“{meant}”，已改正。")
                )
        text = pattern.sub(meant, text)
    return text, notices


@cache
def _slips() -> tuple[tuple[re.Pattern[str], str], ...]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    words = [(re.compile(re.escape(wrong)), meant) for wrong, meant in data["words"].items()]
    return (*words, *((re.compile(pattern), meant) for pattern, meant in data["patterns"].items()))
