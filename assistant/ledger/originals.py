"""Copies of the spreadsheets that were imported, so that they can be shown and read again."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.ledger.sharing import COUNTY
from assistant.records import ALL_TOWNS


def keep_originals(folder: Path, found: Mapping[str, Path], names: Iterable[str]) -> None:
    """Copy these files into `folder` under the names that evidence gives them; a newer one replaces an older."""
    for name in names:
        source, target = found[name], _inside(folder, name)
        if target is None or source.resolve() == target:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.new")
        shutil.copyfile(source, fresh)
        fresh.replace(target)


def kept_in(folder: Path, town: str, name: str = "") -> Path:
    """The folder in `folder` for a town's files, and for one of this name, which may be all towns' of a county."""
    return folder if town == ALL_TOWNS or name.startswith(COUNTY) else folder / town


def original(folder: Path, name: str) -> Path | None:
    """The copy of a file; None where none was kept."""
    path = _inside(folder, name)
    return path if path is not None and path.is_file() else None


def _inside(folder: Path, name: str) -> Path | None:
    """Where a file of this name is kept; None for a name that leads out of the folder."""
    base = folder.resolve()
    path = (base / name).resolve()
    return path if path.is_relative_to(base) and path != base else None
