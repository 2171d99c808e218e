"""What a person can correct in the reading of a kind of sheet, and the file it is saved in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from assistant.errors import InputError
from assistant.ledger.layouts import HEAD, layout_file, load_file
from assistant.ledger.noting import ROLE_NAMES
from assistant.registry.registry import Registry


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing of a layout that is read as an indicator: a column, its rows counted, or a line.

    `found` is the indicator the program recognised, `chosen` the one that counts; "" for none.
    """

    name: str  # the column's header, the indicator counted by rows, the line's name
    found: str
    chosen: str
    column: str = ""  # letters
    role: str = ""  # of a column, as `ROLE_NAMES` has it
    found_role: str = ""


@dataclass(frozen=True, slots=True)
class SavedLayout:
    """A layout as its file has it."""

    signature: str
    ignored: bool
    columns: tuple[Choice, ...]
    rows: tuple[Choice, ...]
    lines: tuple[Choice, ...]

    @property
    def corrected(self) -> bool:
        """Whether anything in it was changed by a person."""
        every = (*self.columns, *self.rows, *self.lines)
        return self.ignored or any(each.chosen != each.found or each.role != each.found_role for each in every)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person wants otherwise; what is not named stays as it is.

    `columns` and `lines` give an indicator (id or name) or "" by header and name, `roles` a part of
    `ROLE_NAMES` by header, `rows` whether an indicator is counted by rows.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, bool] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    ignored: bool | None = None
    anew: bool = False  # forget every earlier correction first


def read_layout(folder: Path, signature: str) -> SavedLayout | None:
    """The saved layout with this signature; None where none was met yet."""
    path = layout_file(folder, signature)
    if path is None:
        return None
    saved = load_file(path)
    return SavedLayout(
        signature,
        bool(saved.get("不读")),
        tuple(_choice(entry, "表头") for entry in saved.get("列") or ()),
        tuple(_choice(entry, "识别") for entry in saved.get("按行计数") or ()),
        tuple(_choice(entry, "名称") for entry in saved.get("各行") or ()),
    )


def correct_layout(folder: Path, signature: str, correction: Correction, registry: Registry) -> str:
    """Write a correction into the layout's file; returns what stood there before, for `restore_layout`.

    Raises `InputError` where there is no such layout, or an indicator or part is not known.
    """
    path = layout_file(folder, signature)
    if path is None:
        raise InputError("这种表格还没有保存过读法。请先导入这份台账，再来更正。")
    before = path.read_text(encoding="utf-8")
    saved = load_file(path)
    if correction.anew:
        _forget(saved)
    if correction.ignored is not None:
        saved["不读"] = correction.ignored
    for entry in saved.get("列") or ():
        header = _text(entry, "表头")
        if header in correction.roles:
            entry["作用"] = _role(correction.roles[header])
        if header in correction.columns:
            entry["指标"] = _indicator(correction.columns[header], registry)
    for entry in saved.get("按行计数") or ():
        if (name := _text(entry, "识别")) in correction.rows:
            entry["指标"] = name if correction.rows[name] else ""
    for entry in saved.get("各行") or ():
        if (name := _text(entry, "名称")) in correction.lines:
            entry["指标"] = _indicator(correction.lines[name], registry)
    _write(path, HEAD + yaml.safe_dump(saved, allow_unicode=True, sort_keys=False))
    return before


def restore_layout(folder: Path, signature: str, text: str) -> None:
    """Put back what `correct_layout` replaced."""
    path = layout_file(folder, signature)
    if path is not None:
        _write(path, text)


def _forget(saved: dict[str, Any]) -> None:
    saved["不读"] = False
    for entry in [entry for key in ("列", "按行计数", "各行") for entry in saved.get(key) or ()]:
        entry["指标"] = entry.get("识别") or ""
        if "识别作用" in entry:
            entry["作用"] = entry["识别作用"]


def _choice(entry: dict[str, Any], name: str) -> Choice:
    found, chosen = _text(entry, "识别"), _text(entry, "指标")
    return Choice(_text(entry, name), found, chosen, _text(entry, "列"), _text(entry, "作用"), _text(entry, "识别作用"))


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry.get(key)
    return "" if value is None else str(value).strip()


def _indicator(name: str, registry: Registry) -> str:
    known = registry.find(name) if name.strip() else None
    if name.strip() and known is None:
        raise InputError(f"指标字典里没有“{name}”。请从列表中选一项；没有合适的，可以在“设置”里添加本单位的指标。")
    return known.id if known else ""


def _role(name: str) -> str:
    if name not in ROLE_NAMES.values():
        raise InputError(f"列的作用“{name}”不认识。可用：{'、'.join(ROLE_NAMES.values())}。")
    return name


def _write(path: Path, text: str) -> None:
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)
