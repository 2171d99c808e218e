"""Which of the layout's fonts this machine has. They are licensed: named in the file, never shipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from assistant.export.layout import FALLBACKS
from assistant.export.style import Style

_WINDOWS_FILES = {
    "方正小标宋简体": ("FZXBSJW.TTF", "FZXBSK.TTF", "方正小标宋简体.TTF"),
    "仿宋_GB2312": ("SIMFANG_GB2312.TTF", "仿宋_GB2312.TTF", "FSGB2312.TTF"),
    "楷体_GB2312": ("SIMKAI_GB2312.TTF", "楷体_GB2312.TTF", "KTGB2312.TTF"),
    "黑体": ("SIMHEI.TTF",),
    "宋体": ("SIMSUN.TTC", "SIMSUN.TTF"),
    "Times New Roman": ("TIMES.TTF",),
}


def missing_fonts(style: Style | None = None) -> tuple[str, ...]:
    """The fonts of the layout that are not installed here; () where all are, or where it cannot be told."""
    installed = _installed()
    if installed is None:
        return ()
    return tuple(name for name in (style or Style()).fonts if not installed(name))


def fonts_note(style: Style | None = None) -> str:
    """One sentence for the user about missing fonts and what stands in for them; "" where none is missing."""
    missing = missing_fonts(style)
    if not missing:
        return ""
    named = "、".join(f"{name}{_stand_in(name)}" for name in missing)
    return f"本机没有这些公文字体：{named}。文件中已写明字体名，在装有这些字体的电脑上打开即按规定字体显示和打印。"


def _stand_in(name: str) -> str:
    """What the file names in the font's place; an English name is only the same font's other name."""
    other = FALLBACKS.get(name, "")
    return f"（用{other}代替）" if other and not other.isascii() else ""


def _installed() -> _FontList | None:
    if sys.platform == "win32":
        return _FontList(files=_font_files())
    program = shutil.which("fc-list")
    if program is None:
        return None
    listed = subprocess.run([program, ":", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = {name.strip().lower() for line in listed.stdout.splitlines() for name in line.split(",")}
    return _FontList(families=families)


class _FontList:
    """Answers whether a font is installed, by family name or, on Windows, by file."""

    def __init__(self, *, families: set[str] | None = None, files: set[str] | None = None) -> None:
        self._families, self._files = families or set(), files

    def __call__(self, name: str) -> bool:
        if self._files is None:
            return name.lower() in self._families
        return any(file in self._files for file in _WINDOWS_FILES.get(name, (f"{name}.ttf".upper(),)))


def _font_files() -> set[str]:
    folders = [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"]
    if local := os.environ.get("LOCALAPPDATA"):
        folders.append(Path(local) / "Microsoft/Windows/Fonts")
    return {file.name.upper() for folder in folders if folder.is_dir() for file in folder.iterdir()}
