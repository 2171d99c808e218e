"""Files a person gives to the page: only of the kinds expected, kept under their own names."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from assistant.errors import InputError

SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html")
TEXTS = (".docx", ".doc", ".wps", ".txt", ".md")
ROWS = (".csv",)
MAX_SIZE = "50mb"


def accepted(files: Sequence[str] | str | None, kinds: Sequence[str]) -> list[Path]:
    """The uploaded files as paths; raises `InputError` naming those of another kind."""
    given = [files] if isinstance(files, str) else list(files or ())
    paths = [Path(file) for file in given]
    wrong = [path.name for path in paths if path.suffix.lower() not in kinds]
    if wrong:
        raise InputError(f"{'、'.join(f'“{name}”' for name in wrong)}不是这里能用的文件。请选 {' '.join(kinds)} 文件。")
    return paths


def keep(path: Path, folder: Path) -> Path:
    """A copy of the file in `folder` under its own name; an earlier one of the same name is never overwritten."""
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / path.name, 2
    while target.exists() and target.read_bytes() != path.read_bytes():
        target = folder / f"{path.stem}（{number}）{path.suffix}"
        number += 1
    if not target.exists():
        shutil.copyfile(path, target)
    return target
