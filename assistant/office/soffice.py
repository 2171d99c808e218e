"""LibreOffice as a converter: found where installed, run with a profile of its own, and never longer than allowed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from assistant.errors import UnreadableFile

_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_SYSTEM_FONTS = Path("/etc/fonts/fonts.conf")
TIMEOUT = 120  # seconds; a report takes two to three


def find_soffice() -> str | None:
    """The LibreOffice program of this machine, or None."""
    return (
        shutil.which("soffice")
        or shutil.which("libreoffice")
        or next((place for place in _PLACES if Path(place).is_file()), None)
    )


def convert(name: str, data: bytes, target: str, *, timeout: int = TIMEOUT, fonts: Path | None = None) -> bytes:
    """The file's content in another format ("docx", "pdf").

    `fonts` is a fontconfig file of stand-ins for missing fonts; one the user has set himself goes before it.
    Raises `UnreadableFile` when LibreOffice is not installed, takes too long or cannot read the file.
    """
    program = find_soffice()
    if program is None:
        raise UnreadableFile(
            f"转换“{name}”需要 LibreOffice，本机没有找到。请安装 LibreOffice（含 Writer），或在 Word、WPS 中另存为所需格式。"
        )
    with tempfile.TemporaryDirectory(prefix="jushi-office-") as folder:
        source = Path(folder) / f"source{Path(name).suffix.lower()}"
        source.write_bytes(data)
        _run(_command(program, Path(folder), source, target), name, timeout, _environment(fonts))
        result = Path(folder) / "out" / f"source.{target}"
        if not result.is_file() or not result.stat().st_size:
            raise UnreadableFile(f"LibreOffice 不能转换“{name}”，文件可能已损坏。请在 Word 或 WPS 中打开并另存后重试。")
        return result.read_bytes()


def _command(program: str, folder: Path, source: Path, target: str) -> list[str]:
    """The call, with a profile of its own: two runs on one profile stop each other."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ["--headless", "--norestore", "--convert-to", target, "--outdir", str(folder / "out")]
    return [program, profile, *options, str(source)]


def _environment(fonts: Path | None) -> dict[str, str]:
    """This process's own, with the stand-ins where fontconfig keeps its settings in the usual place."""
    usable = fonts is not None and _SYSTEM_FONTS.exists()
    return {**({"FONTCONFIG_FILE": str(fonts)} if usable else {}), **os.environ}


def _run(command: list[str], name: str, timeout: int, environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, env=environment
    )
    try:
        process.wait(timeout)
    except subprocess.TimeoutExpired as error:
        _stop(process)
        raise UnreadableFile(
            f"转换“{name}”超过 {timeout} 秒，已停止。请在 Word 或 WPS 中另存为 .docx 后重试。"
        ) from error


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the converter and the program it started."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
