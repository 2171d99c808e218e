"""Writing a finished file: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from assistant.errors import InputError


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` at `path` by way of a temporary file in the same folder, so that nobody sees half a file.

    Raises `InputError` when the folder is missing or the file cannot be replaced; what stood there stays.
    """
    if not path.parent.is_dir():
        raise InputError(f"没有文件夹“{path.parent}”，不能保存“{path.name}”。请先建好文件夹，或换一个位置。")
    if path.is_dir():
        raise InputError(f"“{path}”是文件夹，不能保存成文件。请写明文件名。")
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.stem[:20]}-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(_mode_of(path))
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(
            f"不能保存“{path}”：{error.strerror}。请检查权限和磁盘空间，或关闭正在打开它的程序。"
        ) from error


def _mode_of(path: Path) -> int:
    """The mode of the file that is replaced, or of a new file under the usual mask."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
