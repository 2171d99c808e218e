"""The workspace's settings file written: only what changes, comments and order kept, readable by its owner alone."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from assistant.errors import SettingsError
from assistant.settings import SETTINGS_FILE, Settings

SECRETS = ("llm_api_key", "embedding_api_key")
_SECRET_MODE, _PLAIN_MODE = 0o600, 0o644

Value = str | int | Decimal


def variable(name: str) -> str:
    """The environment variable that sets this setting."""
    return f"{Settings.model_config['env_prefix']}{name.upper()}"


def is_fixed(name: str) -> bool:
    """Whether the environment sets this setting, so that the file cannot."""
    wanted = variable(name)
    return any(each.upper() == wanted for each in os.environ)


def write_settings(folder: Path, changes: Mapping[str, Value | None]) -> None:
    """Set these in the folder's file, or take out those given as None.

    Raises `SettingsError` where the file is not TOML or cannot be written; it is then as it was.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = folder / SETTINGS_FILE
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        document = tomlkit.parse(text)
    except (TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsError(f"设置文件 {SETTINGS_FILE} 不是有效的 TOML：{error}。请改正后重试。") from None
    except OSError as error:
        raise SettingsError(f"打不开设置文件 {path}（{error.strerror}）。请检查权限。") from error
    for name, value in changes.items():
        if value is None:
            document.pop(name, None)
        else:
            document[name] = tomlkit.value(f"{value:f}") if isinstance(value, Decimal) else value
    secret = any(document.get(name) for name in SECRETS)
    try:
        _replace(path, tomlkit.dumps(document), _SECRET_MODE if secret else _mode_of(path))
    except OSError as error:
        raise SettingsError(f"写不了设置文件 {path}（{error.strerror}）。请检查权限和磁盘空间。") from error


def _mode_of(path: Path) -> int:
    return path.stat().st_mode & 0o777 if path.exists() else _PLAIN_MODE


def _replace(path: Path, text: str, mode: int) -> None:
    """Write beside the file and put in its place; nobody else can read it at any moment."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _SECRET_MODE), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.chmod(mode)
    fresh.replace(path)
