"""Saved layouts: how the columns of a kind of sheet are to be read, as YAML files a person can correct.

One file for each layout (the same headers in the same order), written when the layout is first met.
In it, 识别 is what the program recognised and 指标 is what counts: whoever changes 指标 (to another
indicator, by id or name, or to nothing) is followed from the next import on. Where both are the
same, the sheet is recognised afresh.
"""

from __future__ import annotations

import os
import re
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError
from assistant.ledger.columns import Column
from assistant.ledger.grids import column_name
from assistant.ledger.headers import Role
from assistant.ledger.matching import Candidate
from assistant.ledger.noting import ROLE_NAMES, layout_of
from assistant.ledger.readings import Reading
from assistant.registry.registry import Registry

HEAD = (
    "# 据实：这种表格的读法。要更正时，改“指标”一项（写指标编号或名称；留空表示不计），保存后重新导入。\n"
    "# “识别”是程序自己的判断，请勿改动；删除本文件则重新识别。\n"
)
_BY_PERSON = "按保存的读法"


@dataclass(slots=True)
class Layout:
    """What a person corrected in one layout: empty where nobody did."""

    ignored: bool = False
    columns: dict[str, str] = field(default_factory=dict)  # header → indicator id, "" for none
    roles: dict[str, Role] = field(default_factory=dict)  # header → part
    rows: dict[str, bool] = field(default_factory=dict)  # indicator counted by rows → whether it is
    lines: dict[str, str] = field(default_factory=dict)  # name of a line → indicator id, "" for none

    @property
    def changed(self) -> bool:
        """Whether a person corrected anything."""
        return bool(self.columns or self.roles or self.lines or not all(self.rows.values()))

    def correct_columns(self, columns: list[Column]) -> None:
        """Put the person's indicators and parts in the place of the recognised ones."""
        for column in columns:
            header = column.header
            if header in self.roles:
                column.role = self.roles[header]
            if header in self.columns:
                chosen = self.columns[header]
                column.measures = [Candidate(chosen, 100, _BY_PERSON)] if chosen else []
                column.role = Role.VALUE if chosen else (Role.TEXT if column.role is Role.VALUE else column.role)
                _give_up(columns, column, chosen)

    def correct_rows(self, reading: Reading) -> None:
        """Drop what the person does not want counted by rows."""
        for indicator, counted in self.rows.items():
            if not counted and indicator in reading.sources and reading.sources[indicator].method == "rows":
                del reading.sources[indicator]
                reading.observed = [item for item in reading.observed if item.indicator != indicator]


def _give_up(columns: list[Column], winner: Column, indicator: str) -> None:
    for column in columns:
        if column is not winner:
            column.measures = [candidate for candidate in column.measures if candidate.indicator != indicator]


class Layouts:
    """The saved layouts of a workspace; none are kept without a folder."""

    def __init__(self, folder: Path | None, registry: Registry) -> None:
        self.folder, self.registry = folder, registry
        self._met: dict[str, dict[str, Any]] = {}

    def of(self, signature: str) -> Layout:
        """The corrections of a layout; raises `InputError` where its file cannot be understood."""
        path = self._path(signature)
        return self._read(path) if path else Layout()

    def meet(self, reading: Reading) -> None:
        """Remember a layout for saving, with what was recognised in it."""
        self._met.setdefault(layout_of(reading.table), _describe(reading))

    def save(self) -> None:
        """Write the layouts met: new ones, and those recognised otherwise than before. Corrected ones are not touched."""
        if self.folder is None or not self._met:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        for signature, described in self._met.items():
            path = self._path(signature) or self.folder / f"{_file_stem(described['表'])}-{signature}.yaml"
            text = HEAD + yaml.safe_dump(described, allow_unicode=True, sort_keys=False)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                _write_whole(path, text)

    def _path(self, signature: str) -> Path | None:
        return layout_file(self.folder, signature) if self.folder else None

    def _read(self, path: Path) -> Layout:
        saved = load_file(path)
        layout = Layout(ignored=bool(saved.get("不读")))
        for entry in saved.get("列") or []:
            if _text(entry, "指标") != _text(entry, "识别"):
                layout.columns[_text(entry, "表头")] = self._indicator(entry, path)
            if _text(entry, "作用") != _text(entry, "识别作用"):
                layout.roles[_text(entry, "表头")] = _role(entry, path)
        for entry in saved.get("按行计数") or []:
            layout.rows[_text(entry, "识别")] = bool(_text(entry, "指标"))
        for entry in saved.get("各行") or []:
            if _text(entry, "指标") != _text(entry, "识别"):
                layout.lines[_text(entry, "名称")] = self._indicator(entry, path)
        return layout

    def _indicator(self, entry: dict[str, Any], path: Path) -> str:
        name = _text(entry, "指标")
        known = self.registry.find(name) if name else None
        if name and known is None:
            raise InputError(f"读法文件“{path.name}”中的指标“{name}”不在指标字典里。请写字典中的编号或名称，或留空。")
        return known.id if known else ""


def layout_file(folder: Path, signature: str) -> Path | None:
    """The file of a layout; None where there is none yet."""
    return next(iter(sorted(folder.glob(f"*-{signature}.yaml"))), None) if folder.is_dir() else None


def load_file(path: Path) -> dict[str, Any]:
    """A layout's file as written; raises `InputError` where it is not one."""
    try:
        saved = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        place = getattr(error, "problem_mark", None)
        line = f"第{place.line + 1}行附近" if place else ""
        raise InputError(f"读法文件“{path.name}”{line}格式有误。请改正，或删除该文件后重新导入。") from error
    lists = [saved.get(key) or [] for key in ("列", "按行计数", "各行")] if isinstance(saved, dict) else [None]
    if not all(isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries) for entries in lists):
        raise InputError(f"读法文件“{path.name}”的内容不成样子。请改正，或删除该文件后重新导入。")
    return dict(saved)


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value).strip()


def _role(entry: dict[str, Any], path: Path) -> Role:
    name = _text(entry, "作用")
    role = next((role for role, shown in ROLE_NAMES.items() if shown == name), None)
    if role is None:
        choices = "、".join(ROLE_NAMES.values())
        raise InputError(f"读法文件“{path.name}”中的作用“{name}”不认识。可写：{choices}。")
    return role


def _describe(reading: Reading) -> dict[str, Any]:
    by_rows = [source.indicator for source in reading.sources.values() if source.method == "rows"]
    return {
        "表": reading.context.sheet or reading.context.title or reading.context.file,
        "不读": False,
        "列": [_describe_column(column) for column in reading.columns],
        "按行计数": [{"识别": indicator, "指标": indicator} for indicator in by_rows],
        "各行": [{"名称": name, "识别": found, "指标": found} for name, found in reading.lines.items()],
    }


def _describe_column(column: Column) -> dict[str, Any]:
    found = column.measures[0] if column.measures else None
    known = found.indicator if found else ""
    return {
        "列": column_name(column.index),
        "表头": column.header,
        "识别作用": ROLE_NAMES[column.role],
        "作用": ROLE_NAMES[column.role],
        "识别": known,
        "指标": known,
        "得分": found.score if found else 0,
    }


def _file_stem(name: str) -> str:
    return re.sub(r"[^\w\u4e00-\u9fff]+", "", name)[:30] or "表"


def _write_whole(path: Path, text: str) -> None:
    """Write the file so that whoever imports at the same time reads the old one or the new one, never half of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
