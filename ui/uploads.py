"""Files a person gives to the page: only of the kinds expected, kept under their own names."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from assistant.errors import InputError

SHEETS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv", ".tsv", ".txt", ".htm", ".html")
TEXTS = (".docx", ".doc", ".wps", ".txt", ".md")
MAX_SIZE = "50mb"
FOLDER = "GRADIO_TEMP_DIR"  # where the page's library puts what is uploaded


def accepted(files: Sequence[str] | str | None, kinds: Sequence[str]) -> list[Path]:
    """The uploaded files as paths; raises `InputError` naming those of another kind, and any that was not uploaded."""
    given = [files] if isinstance(files, str) else list(files or ())
    paths = [Path(file) for file in given]
    if not all(map(_is_uploaded, paths)):
        raise InputError("没有收到上传的文件。请把文件重新拖进来。")
    wrong = [path.name for path in paths if path.suffix.lower() not in kinds]
    if wrong:
        raise InputError(f"{'、'.join(f'“{name}”' for name in wrong)}不是这里能用的文件。请选 {' '.join(kinds)} 文件。")
    return paths


def _is_uploaded(path: Path) -> bool:
    """Whether the file is one that somebody uploaded: a request can name any path of this machine."""
    folder = os.environ.get(FOLDER)
    return not folder or path.resolve().is_relative_to(Path(folder).resolve())


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


def fetch_nothing() -> None:
    """Keep the page's library from fetching what a request names by its address in place of a file."""
    from gradio import processing_utils

    async def refuse(url: str) -> NoReturn:
        raise InputError(f"不能从网址取文件（{url[:80]}）。请先下载到本机，再把文件拖进来。")

    processing_utils.async_ssrf_protected_get = refuse
